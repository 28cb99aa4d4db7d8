"""What a move is worth to an actor: its terms, its flows into stocks, prices and access.

A package must be separable, lever by lever, so a lever's direct terms are valued exactly along
their shape, and what it does through a stock, a price or a path of access is valued at the
present margin (first order). Recorded utilities always use the full shapes.
"""

import numpy as np

from minsksim._jit import jit
from minsksim.engine.layout import (
    COST_DOWN,
    COST_UP,
    EFFECT,
    FIRST,
    LINK_ACCESS,
    LINK_FLOW,
    PATIENCE,
    SECOND,
    State,
    Structure,
    Values,
)
from minsksim.rules.brokerage import access
from minsksim.rules.utility import shape, shape_slope, to_scale


@jit
def on_scale(s: Structure, v: int, value: float) -> float:
    """Return quantity ``v`` at ``value`` on its 0-1 scale."""
    return to_scale(value, s.scale[v, 0], s.scale[v, 1])


@jit
def seen_on_scale(s: Structure, state: State, a: int, v: int) -> float:
    """Return quantity ``v`` on its 0-1 scale as actor ``a`` sees it."""
    if v < s.lever_owner.shape[0]:
        return on_scale(s, v, state.seen[a, v])
    return on_scale(s, v, state.quantity[v])


@jit
def weigh_terms(s: Structure, values: Values, state: State) -> None:
    """Set d U_a / d f_n = (s_ak + sum_b r_ab s_bk) e_n for every actor and term."""
    actors, interests = state.salience.shape
    for a in range(actors):
        for n in range(s.term_of.shape[0]):
            k = s.term_interest[n]
            weight = state.salience[a, k]
            for b in range(actors):
                weight += values.regard[a, b] * state.salience[b, k]
            state.term_weight[a, n] = weight * values.term[n, EFFECT]


@jit
def willingness(s: Structure, state: State, willing: np.ndarray) -> None:
    """Write the factor by which each actor passes messages on."""
    for a in range(willing.shape[0]):
        l = s.broker_lever[a]
        willing[a] = on_scale(s, l, state.quantity[l]) if l >= 0 else 1.0


@jit
def open_quality(s: Structure, state: State, quality: np.ndarray) -> None:
    """Write the quality of each channel, 0 for a closed one."""
    first = s.lever_owner.shape[0] + s.index_stock.shape[0]
    for c in range(quality.shape[0]):
        quality[c] = state.quantity[first + c] if state.is_open[c] == 1 else 0.0


@jit
def broker_margin(
    s: Structure, x: int, l: int, quality: np.ndarray, willing: np.ndarray
) -> float:
    """Return how much access pair ``x`` gains when broker lever ``l`` goes from 0 to full."""
    broker = s.lever_owner[l]
    kept = willing[broker]
    origin, goal = s.access_ends[x, 0], s.access_ends[x, 1]
    willing[broker] = 1.0
    with_broker = access(origin, goal, s.channel_ends, quality, willing)
    willing[broker] = 0.0
    without = access(origin, goal, s.channel_ends, quality, willing)
    willing[broker] = kept
    return with_broker - without


@jit
def margin(s: Structure, values: Values, state: State, a: int, n: int, v: int) -> float:
    """Return d U_a / d quantity ``v`` through term ``n``, per natural unit of ``v``."""
    of, times, code = s.term_of[n], s.term_times[n], s.term_shape[n]
    first, second = values.term[n, FIRST], values.term[n, SECOND]
    z = seen_on_scale(s, state, a, of)
    if of == v:
        rate = shape_slope(code, z, first, second)
        if times >= 0:
            rate *= seen_on_scale(s, state, a, times)
    else:
        rate = shape(code, z, first, second)
    return state.term_weight[a, n] * rate / (s.scale[v, 1] - s.scale[v, 0])


@jit
def find_slopes(s: Structure, values: Values, state: State) -> None:
    """Set d U_a / d lever through stocks, markets and access, for every actor and lever."""
    actors, levers = state.slope.shape
    stocks, channels = s.index_stock.shape[0], s.channel_ends.shape[0]
    markets = s.index_market.shape[0]
    quality, willing = np.zeros(channels), np.zeros(actors)
    open_quality(s, state, quality)
    willingness(s, state, willing)
    by_quantity = np.zeros((actors, s.scale.shape[0]))
    for n in range(s.term_of.shape[0]):
        for v in (s.term_of[n], s.term_times[n]):
            if v >= levers:
                for a in range(actors):
                    if state.term_weight[a, n] != 0.0:
                        by_quantity[a, v] += margin(s, values, state, a, n, v)
    state.slope[:, :] = 0.0
    for j in range(s.link_lever.shape[0]):
        l, v = s.link_lever[j], s.link_quantity[j]
        if s.link_kind[j] == LINK_FLOW:
            rate = float(s.link_sign[j])
        else:
            if s.link_kind[j] == LINK_ACCESS:
                x = v - levers - stocks - channels - markets
                rate = broker_margin(s, x, l, quality, willing)
            else:
                rate = values.response[v - levers - stocks - channels, l]
            rate /= s.scale[l, 1] - s.scale[l, 0]
        for a in range(actors):
            state.slope[a, l] += by_quantity[a, v] * rate


@jit
def appraise(s: Structure, values: Values, state: State) -> None:
    """Set what every actor's utility gains from terms and levers at the present picture."""
    weigh_terms(s, values, state)
    find_slopes(s, values, state)


@jit
def lever_level(
    s: Structure, values: Values, state: State, a: int, l: int, value: float
) -> float:
    """Return the part of U_a that depends on lever ``l``, with the lever at ``value``."""
    z = on_scale(s, l, value)
    total = state.slope[a, l] * value
    for row in range(s.direct_start[l], s.direct_start[l + 1]):
        n = s.direct_terms[row]
        weight = state.term_weight[a, n]
        if weight == 0.0:
            continue
        code, first, second = s.term_shape[n], values.term[n, FIRST], values.term[n, SECOND]
        if s.term_of[n] == l:
            part = shape(code, z, first, second)
            if s.term_times[n] >= 0:
                part *= seen_on_scale(s, state, a, s.term_times[n])
        else:
            other = seen_on_scale(s, state, a, s.term_of[n])
            part = shape(code, other, first, second) * z
        total += weight * part
    return total


@jit
def delay_discount(s: Structure, values: Values, a: int, l: int) -> float:
    """Return patience to the power of the lever's delay."""
    discount = 1.0
    for _ in range(s.lever_delay[l]):
        discount *= values.actor[a, PATIENCE]
    return discount


@jit
def move_worth(
    s: Structure, values: Values, state: State, a: int, l: int, before: float, after: float
) -> float:
    """Return what actor ``a`` gains when lever ``l`` goes from ``before`` to ``after``, utils."""
    gain = lever_level(s, values, state, a, l, after) - lever_level(s, values, state, a, l, before)
    return gain * delay_discount(s, values, a, l)


@jit
def move_cost(s: Structure, values: Values, l: int, before: float, after: float) -> float:
    """Return what the owner pays once for a move of lever ``l``, utils >= 0."""
    share = (after - before) / (s.scale[l, 1] - s.scale[l, 0])
    if share >= 0.0:
        return values.lever[l, COST_UP] * share
    return values.lever[l, COST_DOWN] * -share
