"""Markets of few sellers inside a run: their prices, sales, profits and rents at given levers."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.records import State, Structure, Values
from minsksim.rules.cournot import clear_market, perceived_cost, profit
from minsksim.rules.leakage import rerouted_share, sanctioned_reach
from minsksim.rules.utility import to_scale

# columns of Values.seller and .bar
COST, TARIFF, WEIGHT, REACH = 0, 1, 2, 3
SHARE, DETOUR, FEE, UNASKED = 0, 1, 2, 3

# columns of Structure.seller: a lever or -1, a quantity or -1, and 1 for what is not given
TARIFF_LEVER, RENT, PLAIN_WEIGHT, PLAIN_REACH = 0, 1, 2, 3

# columns of Structure.bar: levers or -1, and flags
LEVER, IS_LIFTED, HAS_ROAD, PLAIN_UNASKED, CAPACITY, POLITICAL, FEE_LEVER = 0, 1, 2, 3, 4, 5, 6


@jit
def lever_or(lever: int, z: np.ndarray, otherwise: float) -> float:
    """Return a lever on its 0-1 scale, or another number if there is none."""
    return z[lever] if lever >= 0 else otherwise


@jit
def terms_of_sale(
    s: Structure, values: Values, y: int, z: np.ndarray
) -> tuple[float, float, float]:
    """Return the reach of seller ``y``, its detour per unit, and the fees that are part of it.

    ``z`` holds all levers on their 0-1 scale.
    """
    reach = values.seller[y, REACH] + s.seller[y, PLAIN_REACH]
    detour, fees = 0.0, 0.0
    for b in range(s.bar_start[y], s.bar_start[y + 1]):
        force = z[s.bar[b, LEVER]]
        if s.bar[b, IS_LIFTED] == 1:
            force = 1.0 - force
        rerouted = 0.0
        if s.bar[b, HAS_ROAD] == 1:
            rerouted = rerouted_share(
                values.bar[b, SHARE] * lever_or(s.bar[b, CAPACITY], z, 1.0),
                values.bar[b, UNASKED] + s.bar[b, PLAIN_UNASKED],
                lever_or(s.bar[b, POLITICAL], z, 0.0),
            )
        left, way_round = sanctioned_reach(force, rerouted)
        fee = values.bar[b, FEE] * lever_or(s.bar[b, FEE_LEVER], z, 0.0)
        reach *= left
        detour += way_round * (values.bar[b, DETOUR] + fee)
        fees += way_round * fee
    return reach, detour, fees


@jit
def clear(
    s: Structure, values: Values, state: State, m: int, z: np.ndarray, target: np.ndarray
) -> None:
    """Write the price of market ``m`` and its sellers' sales, profits and rents to ``target``.

    ``z`` holds all levers on their 0-1 scale; ``target`` has shape (V,).
    """
    stalls = state.workspace.stalls
    perceived, reach, sales = stalls[0], stalls[1], stalls[2]
    first, last = s.seller_start[m], s.seller_start[m + 1]
    sellers = s.seller.shape[0]
    price_at = s.lever_owner.shape[0] + s.index_stock.shape[0] + s.channel_ends.shape[0]
    sales_at = price_at + s.index_market.shape[0] + s.access_ends.shape[0]
    profit_at = sales_at + sellers
    for y in range(first, last):
        reach[y], detour, fees = terms_of_sale(s, values, y, z)
        cost = values.seller[y, COST] + detour
        tariff = values.seller[y, TARIFF] * lever_or(s.seller[y, TARIFF_LEVER], z, 0.0)
        weight = values.seller[y, WEIGHT] + s.seller[y, PLAIN_WEIGHT]
        perceived[y] = perceived_cost(weight, cost, tariff)
        target[profit_at + y] = cost + tariff
        if s.seller[y, RENT] >= 0:
            target[s.seller[y, RENT]] = fees
    price = clear_market(
        values.demand[m, 0],
        values.demand[m, 1],
        perceived[first:last],
        reach[first:last],
        sales[first:last],
    )
    target[price_at + m] = price
    for y in range(first, last):
        target[sales_at + y] = sales[y]
        target[profit_at + y] = profit(price, target[profit_at + y], sales[y])
        if s.seller[y, RENT] >= 0:
            target[s.seller[y, RENT]] *= sales[y]


@jit
def forget_markets(state: State) -> None:
    """Begin a run without knowing any market."""
    state.cleared_at[:] = np.nan
    state.swung_at[:] = np.nan


@jit
def has_moved(s: Structure, state: State, before: np.ndarray) -> bool:
    """Return whether a lever of a market is not where it was, and remember where it is now."""
    is_moved = False
    for g in range(s.market_levers.shape[0]):
        now = state.quantity[s.market_levers[g]]
        if before[g] != now:
            before[g], is_moved = now, True
    return is_moved


@jit
def swing_markets(s: Structure, values: Values, state: State) -> None:
    """Write what every lever does to its market between the two ends of its scale."""
    z, low, high = state.workspace.scaled, state.workspace.tried[0], state.workspace.tried[1]
    for lever in range(s.lever_owner.shape[0]):
        z[lever] = to_scale(state.quantity[lever], s.scale[lever, 0], s.scale[lever, 1])
    for g in range(s.drive.shape[0]):
        lever, m = s.drive[g, 0], s.drive[g, 1]
        now = z[lever]
        low[:], high[:] = 0.0, 0.0
        z[lever] = 0.0
        clear(s, values, state, m, z, low)
        z[lever] = 1.0
        clear(s, values, state, m, z, high)
        z[lever] = now
        for v in range(low.shape[0]):
            state.swing[g, v] = high[v] - low[v]


@jit
def add_market_slopes(s: Structure, values: Values, state: State) -> None:
    """Add to d U_a / d lever what each lever does through markets of few sellers.

    A move is valued by the difference between the two ends of the lever's scale, other levers as
    they are, so that lifting a sanction altogether counts for what it does. What a lever does to
    its market is computed again only after a lever of a market has moved.
    """
    if s.drive.shape[0] == 0:
        return
    if has_moved(s, state, state.swung_at):
        swing_markets(s, values, state)
    margins, pull = state.workspace.margins, state.workspace.pull
    slope, swing = state.slope, state.swing
    levers, actors = slope.shape
    prices = levers + s.index_stock.shape[0] + s.channel_ends.shape[0]
    felt = s.market_felt
    for g in range(s.drive.shape[0]):
        lever, m = s.drive[g, 0], s.drive[g, 1]
        span = s.scale[lever, 1] - s.scale[lever, 0]
        for a in range(actors):
            pull[a] = margins[prices + m, a] * swing[g, prices + m]
        for f in range(felt.shape[0]):
            v = felt[f]
            for a in range(actors):
                pull[a] += margins[v, a] * swing[g, v]
        for a in range(actors):
            slope[lever, a] += pull[a] / span
