"""A market of few sellers: tariffs, sanctioned sellers, and a state firm that wants currency."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

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
    if slope <= 0.0:
        raise UsageError(f"Demand has slope {slope}; the price must fall: give one above 0.")
    perceived = np.array(
        [np.inf if s.is_sanctioned else s.profit_weight * s.cost + s.tariff for s in sellers]
    )
    if not (perceived < intercept).any():
        raise UsageError(
            f"Nobody sells: every seller is sanctioned or costs at least {intercept}, the price "
            "at which nobody buys. Raise the demand or admit a seller."
        )
    price = _price(intercept, perceived)
    quantities = np.where(perceived < price, price - perceived, 0.0) / slope
    margins = np.array([price - s.tariff - s.cost for s in sellers])
    return Market(price, quantities, margins * quantities)


def _price(intercept: float, perceived: np.ndarray) -> float:
    """Return the price after the dearest sellers that it does not cover have left."""
    price = intercept
    total = intercept
    for count, cost in enumerate(np.sort(perceived), start=1):
        if cost >= price:
            break
        total += float(cost)
        price = total / (count + 1)
    return price
