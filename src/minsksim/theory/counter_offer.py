"""Closed forms of a counter-offer: the cheapest bid, and the stake from which it is worth making.

Levers are linear here, so the cheapest bid moves first what serves the party most for what it costs
the outsider. Runs find theirs along the frontier, which holds for curved levers, too.
"""

from __future__ import annotations

import numpy as np

from minsksim.domains.arguments import NOT_NEGATIVE, NUMBER, not_negative, positive
from minsksim.domains.checked import checked


@checked(least=NUMBER, serves=positive("L"), costs=not_negative("L"))
def cheapest_bid(least: float, serves: np.ndarray, costs: np.ndarray) -> float:
    """Return what the cheapest bid costs an outsider that serves a party enough.

    Formula: min c z subject to s z >= m and 0 <= z <= 1: levers in the order of c / s, the last one
    in part.

    Parameters
    ----------
    least : float
        m, what the party must gain, utils.
    serves : ndarray, shape (L,)
        s > 0, what all of each lever brings the party, utils.
    costs : ndarray, shape (L,)
        c >= 0, what all of each lever costs the outsider, utils.

    Returns
    -------
    float
        Utils; infinity where all levers together are not enough.

    Notes
    -----
    Source: bernheim_whinston1986 for the bid; the order of levers is ours, a fractional knapsack.

    Examples
    --------
    >>> cheapest_bid(0.4, np.array([1.0]), np.array([1.0]))
    0.4
    >>> cheapest_bid(0.5, np.array([0.25, 1.0]), np.array([0.0, 0.5]))
    0.125
    """
    cost, wanted = 0.0, least
    for lever in np.argsort(costs / serves, kind="stable"):
        if wanted <= 0.0:
            return float(cost)
        share = min(1.0, wanted / serves[lever])
        cost += share * costs[lever]
        wanted -= share * serves[lever]
    return float(cost) if wanted <= 1e-12 else float("inf")


@checked(surplus=NOT_NEGATIVE, price=NOT_NEGATIVE)
def critical_stake(surplus: float, price: float = 1.0) -> float:
    """Return the loss from which an outsider outbids a package that is split evenly.

    Formula: h* = k S / 2: half of the surplus, at k utils of cost for each util that the party
    gains. To buy off both parties it must lose more than all of S (``rules/blocking.py``).

    Parameters
    ----------
    surplus : float
        S >= 0, what the two would gain together, utils, each half of it.
    price : float
        k >= 0, utils that a gain of 1 util to the party costs the outsider.

    Returns
    -------
    float
        Utils; a package that costs the outsider more is outbid.

    Notes
    -----
    Source: ours, from the Nash split (nash1950) and bernheim_whinston1986.

    Examples
    --------
    >>> critical_stake(0.75)
    0.375
    """
    return price * surplus / 2.0
