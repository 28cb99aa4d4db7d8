"""Threats as bargaining power on any frontier: the point from which the parties divide.

Each party threatens with moves of its own levers. A threat is worth making if it hurts the other
more, at the rate at which the frontier passes utility on, than it costs oneself; gains add over
levers, so each lever can be judged on its own. ``theory/threats.py`` has the closed form
for two parties who can pay each other.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains import limits
from minsksim.domains.arguments import (
    NOT_NEGATIVE,
    NUMBER,
    OPEN_SHARE,
    SHARE,
    count,
    numbers,
    pair,
    wholes,
)
from minsksim.domains.checked import Need, checked
from minsksim.domains.needs import CHAIN, FRONTIER
from minsksim.rules.bargaining import nash_position, value_at

HALVINGS = 60
"""Bisections of the rate."""


_PUT = Need(
    lambda ones, counts, levers: bool(
        ((counts[:levers] >= 1) & (counts[:levers] <= ones.shape[1])).all()
    ),
    "every lever must have at least one position, and no more than its row has gains",
)


@checked(first=NUMBER, second=NUMBER, share=SHARE, alpha=OPEN_SHARE)
@jit
def lead(first: float, second: float, share: float, alpha: float) -> float:
    """Return by how much a change moves the division towards the first party.

    Formula: (1 - alpha) t g1 - alpha (1 - t) g2, with t / (1 - t) = m, the utils that the second
    party gains along the frontier for each that the first gives.

    Parameters
    ----------
    first, second : float
        g1 and g2, what carrying out a threat does to each party, utils.
    share : float
        t in [0, 1].
    alpha : float
        Weight of the first party in the Nash product, in (0, 1).

    Returns
    -------
    float
        Utils, up to a factor; the second party wants it low.

    Notes
    -----
    Source: nash1953, optimal threats at the rate of the frontier; the weights are as in the
    asymmetric product of binmore_rubinstein_wolinsky1986.

    Examples
    --------
    >>> lead(-1.0, -3.0, 0.5, 0.5)
    0.5
    """
    return (1.0 - alpha) * share * first - alpha * (1.0 - share) * second


@checked(own=NUMBER, audience_cost=NOT_NEGATIVE)
@jit
def is_credible(own: float, audience_cost: float) -> bool:
    """Return whether a party would carry a threat out rather than back down.

    Formula: g >= -a.

    Parameters
    ----------
    own : float
        g, what carrying it out does to the party that threatens, utils.
    audience_cost : float
        a >= 0, what backing down in public costs it, utils.

    Returns
    -------
    bool
        Whether the threat counts.

    Notes
    -----
    Source: lacy_niou2004, imposing is credible iff what it brings is at least -a.

    Examples
    --------
    >>> is_credible(-0.1, 0.2), is_credible(-0.3, 0.2)
    (True, False)
    """
    return own >= -audience_cost


@checked(
    _PUT,
    ones=numbers(">L", ">P"),
    twos=numbers(">L", ">P"),
    counts=wholes(">L"),
    by_second=wholes(">L", limit=limits.SHARE),
    levers=count("L"),
    share=SHARE,
    alpha=OPEN_SHARE,
)
@jit
def best_threats(
    ones: np.ndarray,
    twos: np.ndarray,
    counts: np.ndarray,
    by_second: np.ndarray,
    levers: int,
    share: float,
    alpha: float,
) -> tuple[float, float]:
    """Return what both have if each carries out the threats that are best for it.

    Formula: D = sum over levers of (g1, g2) at the position with the highest lead for the first
    party's levers, the lowest for the second's; the first such position on a tie.

    Parameters
    ----------
    ones, twos : ndarray, shape (L, P)
        Gains of both parties at every position that a lever can be put to in a threat, utils.
        Leaving the lever where it is must be one of them.
    counts : ndarray of int, shape (L,)
        How many positions each lever has.
    by_second : ndarray of int, shape (L,)
        1 where the second party moves the lever.
    levers : int
        How many levers there are.
    share, alpha : float
        As in ``lead``.

    Returns
    -------
    tuple of float
        D1 and D2, utils.

    Notes
    -----
    Source: nash1953; lever by lever because gains add.

    Examples
    --------
    The second party would lose 3 by the first's threat, which costs the first 1:

    >>> ones, twos = np.array([[0.0, -1.0]]), np.array([[0.0, -3.0]])
    >>> counts, by = np.array([2]), np.array([0])
    >>> best_threats(ones, twos, counts, by, 1, 0.5, 0.5)
    (-1.0, -3.0)
    """
    d1, d2 = 0.0, 0.0
    for i in range(levers):
        sign = -1.0 if by_second[i] == 1 else 1.0
        pick = 0
        best = sign * lead(ones[i, 0], twos[i, 0], share, alpha)
        for j in range(1, counts[i]):
            found = sign * lead(ones[i, j], twos[i, j], share, alpha)
            if found > best:
                best, pick = found, j
        d1 += ones[i, pick]
        d2 += twos[i, pick]
    return d1, d2


@checked(*FRONTIER, **CHAIN, point=pair(NUMBER), share=SHARE, alpha=OPEN_SHARE)
@jit
def is_steeper(
    first: np.ndarray,
    second: np.ndarray,
    last: int,
    point: tuple[float, float],
    share: float,
    alpha: float,
) -> bool:
    """Return whether the division from a threat point passes utility on at more than a rate.

    Formula: alpha (V - D2) (1 - t) > (1 - alpha) (U - D1) t at the Nash point over D.

    Parameters
    ----------
    first, second : ndarray
        U and V at the vertices of a concave frontier, utils.
    last : int
        Index of the last vertex.
    point : tuple of float
        D, utils.
    share, alpha : float
        As in ``lead``.

    Returns
    -------
    bool
        Whether the rate at the division exceeds t / (1 - t).

    Notes
    -----
    Source: nash1953; at the maximum of the product the rate is alpha (V - D2) /
    ((1 - alpha) (U - D1)).

    Examples
    --------
    >>> u, v = np.array([1.0, 0.0]), np.array([0.0, 2.0])
    >>> is_steeper(u, v, 1, (0.0, 0.0), 0.5, 0.5), is_steeper(u, v, 1, (0.0, 0.0), 0.8, 0.5)
    (True, False)
    """
    position = nash_position(first, second, last, alpha, point[0], point[1])
    have, want = value_at(first, position) - point[0], value_at(second, position) - point[1]
    return alpha * want * (1.0 - share) > (1.0 - alpha) * have * share


@checked(
    *FRONTIER,
    _PUT,
    **CHAIN,
    alpha=OPEN_SHARE,
    ones=numbers(">L", ">P"),
    twos=numbers(">L", ">P"),
    counts=wholes(">L"),
    by_second=wholes(">L", limit=limits.SHARE),
    levers=count("L"),
)
@jit
def threat_point(
    first: np.ndarray,
    second: np.ndarray,
    last: int,
    alpha: float,
    ones: np.ndarray,
    twos: np.ndarray,
    counts: np.ndarray,
    by_second: np.ndarray,
    levers: int,
) -> tuple[float, float]:
    """Return the pair of threats of which neither party can better its own.

    Formula: the D that are best threats at the rate m which the Nash point over D implies. Where
    two threats are equally good at that rate, both lead to the same division.

    Parameters
    ----------
    first, second : ndarray
        U and V at the vertices of a concave frontier, utils over no agreement.
    last : int
        Index of the last vertex.
    alpha : float
        Weight of the first party in the Nash product, in (0, 1).
    ones, twos, counts, by_second, levers
        As in ``best_threats``.

    Returns
    -------
    tuple of float
        D1 and D2, utils.

    Notes
    -----
    Source: nash1953, whose proof that the solution is unique makes a bisection of m find it.

    Examples
    --------
    A pie of 4 that both can pay from; the first can cost the second 3 at a cost of 1:

    >>> u, v = np.array([4.0, 0.0]), np.array([0.0, 4.0])
    >>> ones, twos = np.array([[0.0, -1.0]]), np.array([[0.0, -3.0]])
    >>> threat_point(u, v, 1, 0.5, ones, twos, np.array([2]), np.array([0]), 1)
    (-1.0, -3.0)
    """
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        share = (low + high) / 2.0
        point = best_threats(ones, twos, counts, by_second, levers, share, alpha)
        if is_steeper(first, second, last, point, share, alpha):
            low = share
        else:
            high = share
    return best_threats(ones, twos, counts, by_second, levers, low, alpha)
