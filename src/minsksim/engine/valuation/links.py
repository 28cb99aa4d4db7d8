"""How much a quantity moves with the lever that drives it: a flow, a price, a path of access."""

from minsksim._compiled.marks import inlined, jit
from minsksim.engine.arrays.records import (
    LINK_ACCESS,
    LINK_ANSWER,
    LINK_FLOW,
    State,
    Structure,
    Values,
)
from minsksim.rules import brokerage
from minsksim.rules.bounded_stocks import margin_within


@jit
def broker_margin(s: Structure, state: State, x: int, lever: int) -> float:
    """Return how much access pair ``x`` gains when the broker's lever goes from 0 to full."""
    broker, work = s.lever_owner[lever], state.workspace
    return brokerage.broker_margin(
        s.access_ends[x, 0],
        s.access_ends[x, 1],
        s.edge_ends,
        work.quality,
        work.willing,
        broker,
        state.cache.informative[broker],
        work.reached,
    )


@jit
def as_bounds_allow(s: Structure, state: State, v: int, rate: float) -> float:
    """Return how much stock ``v`` moves with a lever: nothing against a bound it stands at."""
    stock = v - s.lever_owner.shape[0]
    if s.stock_bounded[stock] == 0:
        return rate
    return margin_within(
        state.quantity[v], rate, s.stock_bounds[stock, 0], s.stock_bounds[stock, 1]
    )


@inlined
def link_rate(s: Structure, values: Values, state: State, j: int) -> float:
    """Return how much the quantity of link ``j`` moves with its lever, per natural units."""
    lever, v = s.link_lever[j], s.link_quantity[j]
    if s.link_kind[j] == LINK_FLOW:
        return as_bounds_allow(s, state, v, s.link_sign[j] * values.inflow[s.link_inflow[j]])
    span = s.scale[lever, 1] - s.scale[lever, 0]
    if s.link_kind[j] == LINK_ANSWER:
        rate = s.link_sign[j] * values.answer[s.link_inflow[j]] / span
        return as_bounds_allow(s, state, v, rate)
    market = v - s.lever_owner.shape[0] - s.index_stock.shape[0] - s.channel_ends.shape[0]
    if s.link_kind[j] == LINK_ACCESS:
        pair = market - s.index_market.shape[0]
        return broker_margin(s, state, pair, lever) / span
    return values.response[market, lever] / span
