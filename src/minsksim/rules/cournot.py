"""A market of few sellers: tariffs, sanctioned sellers, and a state firm that wants currency."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import (
    FLAG,
    NOT_NEGATIVE,
    NUMBER,
    POSITIVE,
    list_of,
    not_negative,
    record,
    room,
    shares,
)
from minsksim.domains.checked import checked
from minsksim.errors import UsageError


class Seller(NamedTuple):
    """One seller: unit cost, tariff on its sales, weight of profit, and whether it may sell.

    A ``profit_weight`` below 1 is a firm that also counts revenue: theta times profit plus
    (1 - theta) times revenue after tariff.
    """

    cost: float
    tariff: float = 0.0
    profit_weight: float = 1.0
    is_sanctioned: bool = False


class Market(NamedTuple):
    """Price, and each seller's quantity and profit after tariff."""

    price: float
    quantities: np.ndarray
    profits: np.ndarray


@checked(
    intercept=NUMBER,
    slope=POSITIVE,
    perceived=not_negative("Y"),
    reach=shares("Y"),
    sales=room("Y"),
)
@jit
def clear_market(
    intercept: float, slope: float, perceived: np.ndarray, reach: np.ndarray, sales: np.ndarray
) -> float:
    """Write what every seller sells in equilibrium and return the price.

    Formula: q_i = w_i (P - k_i) / b and P = (a + sum w k) / (1 + sum w), both over those with
    k_i < P; whoever is dearer sells nothing.

    Parameters
    ----------
    intercept : float
        a, price at which nobody buys, money per unit.
    slope : float
        b > 0, fall of the price with each unit sold.
    perceived : ndarray, shape (Y,)
        k_i >= 0, unit cost that each seller acts on, money per unit.
    reach : ndarray, shape (Y,)
        w_i in [0, 1], share of the buyers that the seller can serve: 0 shuts it out, 1 is a
        textbook seller.
    sales : ndarray, shape (Y,)
        Filled with q_i.

    Returns
    -------
    float
        P, money per unit; a if nobody sells.

    Notes
    -----
    Source: cournot1838 for w = 1; a seller that serves a share w of the buyers as a Cournot
    seller would is ours.

    Examples
    --------
    Costs 2 and 4 under P = 10 - Q, the second seller serving half of the buyers: P = 14 / 2.5.

    >>> sales = np.zeros(2)
    >>> clear_market(10.0, 1.0, np.array([2.0, 4.0]), np.array([1.0, 0.5]), sales)
    5.6
    >>> sales.round(6).tolist()
    [3.6, 0.8]
    """
    sales[:] = 1.0
    price, has_changed = intercept, True
    # Leaving out a seller dearer than the price lowers the price, so nobody ever comes back.
    while has_changed:
        total, weight, has_changed = intercept, 1.0, False
        for i in range(perceived.shape[0]):
            if sales[i] > 0.0:
                total += reach[i] * perceived[i]
                weight += reach[i]
        price = total / weight
        for i in range(perceived.shape[0]):
            if sales[i] > 0.0 and perceived[i] >= price:
                sales[i], has_changed = 0.0, True
    for i in range(perceived.shape[0]):
        if sales[i] > 0.0:
            sales[i] = reach[i] * (price - perceived[i]) / slope
    return price


@checked(weight=NOT_NEGATIVE, cost=NOT_NEGATIVE, tariff=NOT_NEGATIVE)
@jit
def perceived_cost(weight: float, cost: float, tariff: float) -> float:
    """Return the unit cost that a seller acts on.

    Formula: k = theta c + t.

    Parameters
    ----------
    weight : float
        theta >= 0, 1 for a seller that wants profit, below 1 for one that wants revenue, too.
    cost, tariff : float
        c and t >= 0, money per unit.

    Returns
    -------
    float
        Money per unit.

    Notes
    -----
    Source: fershtman_judd1987, a firm with weight theta on profit.

    Examples
    --------
    >>> perceived_cost(0.5, 4.0, 1.0)
    3.0
    """
    return weight * cost + tariff


@checked(price=NUMBER, cost=NUMBER, sales=NOT_NEGATIVE)
@jit
def profit(price: float, cost: float, sales: float) -> float:
    """Return what a seller earns.

    Formula: (P - c) q.

    Parameters
    ----------
    price, cost : float
        P and c, its true unit cost and tariff, money per unit.
    sales : float
        q >= 0, units.

    Returns
    -------
    float
        Money; negative for a state firm that sells below cost.

    Notes
    -----
    Source: cournot1838.

    Examples
    --------
    >>> profit(5.0, 3.0, 2.0)
    4.0
    """
    return (price - cost) * sales


@checked(
    intercept=NUMBER,
    slope=POSITIVE,
    sellers=list_of(record(Seller, NOT_NEGATIVE, NOT_NEGATIVE, NOT_NEGATIVE, FLAG)),
)
def cournot(intercept: float, slope: float, sellers: Sequence[Seller]) -> Market:
    """Return the Cournot equilibrium of a market with linear demand.

    Formula: P = a - b Q; among the m who sell q_i = (P - k_i) / b with k_i = theta_i c_i + t_i
    and P = (a + sum k) / (m + 1); a seller whose k_i is at or above P sells nothing.

    Parameters
    ----------
    intercept : float
        a, price at which nobody buys, money per unit.
    slope : float
        b > 0, fall of the price with each unit sold.
    sellers : sequence of Seller
        At least one that may sell.

    Returns
    -------
    Market
        Profits use true unit costs, (P - t_i - c_i) q_i, and can be negative for a state firm.

    Raises
    ------
    UsageError
        If demand does not fall in the price, or nobody can sell with a gain.

    Notes
    -----
    Source: cournot1838; the weight of revenue as in fershtman_judd1987, where a firm with weight
    theta behaves as if its unit cost were theta c.

    Examples
    --------
    Costs 2 and 4 under P = 10 - Q: P = 16 / 3.

    >>> market = cournot(10.0, 1.0, [Seller(2.0), Seller(4.0)])
    >>> round(market.price, 6), market.quantities.round(6).tolist()
    (5.333333, [3.333333, 1.333333])

    The second seller is sanctioned; the first is a monopolist:

    >>> cournot(10.0, 1.0, [Seller(2.0), Seller(4.0, is_sanctioned=True)]).price
    6.0
    """
    perceived = np.array(
        [perceived_cost(s.profit_weight, s.cost, s.tariff) for s in sellers], dtype=float
    )
    reach = np.array([not s.is_sanctioned for s in sellers], dtype=float)
    if not ((perceived < intercept) & (reach > 0.0)).any():
        raise UsageError(
            f"Nobody sells: every seller is sanctioned or costs at least {intercept}, the price "
            "at which nobody buys. Raise the demand or admit a seller."
        )
    quantities = np.zeros(len(sellers))
    price = float(clear_market(float(intercept), float(slope), perceived, reach, quantities))
    margins = np.array([price - s.tariff - s.cost for s in sellers])
    return Market(price, quantities, margins * quantities)
