"""Markets of few sellers inside a run: their prices, sales, profits and rents at given levers."""

import numpy as np

from minsksim._jit import jit
from minsksim.engine.layout import (
    COST,
    DETOUR,
    FEE,
    REACH,
    SHARE,
    TARIFF,
    UNASKED,
    WEIGHT,
    State,
    Structure,
    Values,
)
from minsksim.rules.cournot import clear_market
from minsksim.rules.leakage import rerouted_share, sanctioned_reach


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
    reach = values.seller[y, REACH] + s.seller_default[y, 1]
    detour, fees = 0.0, 0.0
    for b in range(s.bar_start[y], s.bar_start[y + 1]):
        force = z[s.bar_lever[b]]
        if s.bar_lifted[b] == 1:
            force = 1.0 - force
        rerouted = 0.0
        if s.bar_road[b] == 1:
            rerouted = rerouted_share(
                values.bar[b, SHARE] * lever_or(s.bar_capacity[b], z, 1.0),
                values.bar[b, UNASKED] + s.bar_default[b],
                lever_or(s.bar_political[b], z, 0.0),
            )
        left, way_round = sanctioned_reach(force, rerouted)
        fee = values.bar[b, FEE] * lever_or(s.bar_fee[b], z, 0.0)
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
    perceived, reach, sales = state.desk.perceived, state.desk.reach, state.desk.sales
    first, last = s.seller_start[m], s.seller_start[m + 1]
    sellers = s.seller_start[s.seller_start.shape[0] - 1]
    price_at = s.lever_owner.shape[0] + s.index_stock.shape[0] + s.channel_ends.shape[0]
    sales_at = price_at + s.index_market.shape[0] + s.access_ends.shape[0]
    profit_at = sales_at + sellers
    for y in range(first, last):
        reach[y], detour, fees = terms_of_sale(s, values, y, z)
        cost = values.seller[y, COST] + detour
        tariff = values.seller[y, TARIFF] * lever_or(s.seller_tariff[y], z, 0.0)
        weight = values.seller[y, WEIGHT] + s.seller_default[y, 0]
        perceived[y] = weight * cost + tariff
        target[profit_at + y] = cost + tariff
        if s.seller_rent[y] >= 0:
            target[s.seller_rent[y]] = fees
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
        target[profit_at + y] = (price - target[profit_at + y]) * sales[y]
        if s.seller_rent[y] >= 0:
            target[s.seller_rent[y]] *= sales[y]


@jit
def add_market_slopes(s: Structure, values: Values, state: State) -> None:
    """Add to d U_a / d lever what each lever does through markets of few sellers.

    A move is valued by the difference between the two ends of the lever's scale, other levers as
    they are, so that lifting a sanction altogether counts for what it does.
    """
    if s.drive_lever.shape[0] == 0:
        return
    z, margins, slope = state.desk.lever_z, state.desk.margins, state.slope
    low, high = state.desk.tried[0], state.desk.tried[1]
    scale, actors = s.scale, slope.shape[0]
    for lever in range(z.shape[0]):
        span = scale[lever, 1] - scale[lever, 0]
        z[lever] = (state.quantity[lever] - scale[lever, 0]) / span
    prices = z.shape[0] + s.index_stock.shape[0] + s.channel_ends.shape[0]
    details = prices + s.index_market.shape[0] + s.access_ends.shape[0]
    for g in range(s.drive_lever.shape[0]):
        lever, m = s.drive_lever[g], s.drive_market[g]
        now, span = z[lever], scale[lever, 1] - scale[lever, 0]
        low[details:], high[details:] = 0.0, 0.0
        z[lever] = 0.0
        clear(s, values, state, m, z, low)
        z[lever] = 1.0
        clear(s, values, state, m, z, high)
        z[lever] = now
        for a in range(actors):
            total = margins[a, prices + m] * (high[prices + m] - low[prices + m])
            for v in range(details, low.shape[0]):
                total += margins[a, v] * (high[v] - low[v])
            slope[a, lever] += total / span
