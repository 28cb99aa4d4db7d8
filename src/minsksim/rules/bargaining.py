"""Where on the frontier two parties settle: four bargaining solutions.

A frontier is a concave chain of vertices (U_k, V_k): U falls and V rises from the point that is
best for the first party to the one best for the second. A *position* k + s lies a share s of the
way from vertex k to vertex k + 1. Gains are over no agreement, so the disagreement point is (0, 0)
unless it is given; a reservation is a lower bound, not a disagreement point: an outside option
changes nothing until it binds.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import EXTENDED, NUMBER, OPEN_SHARE, POSITIVE, one_of, pair
from minsksim.domains.checked import checked
from minsksim.domains.needs import CHAIN, FRONTIER
from minsksim.rules.along_frontier import first_reaching as first_reaching
from minsksim.rules.along_frontier import last_for_both as last_for_both
from minsksim.rules.along_frontier import last_keeping as last_keeping
from minsksim.rules.along_frontier import value_at as value_at
from minsksim.vocabulary import EGALITARIAN as EGALITARIAN  # for those who call these rules
from minsksim.vocabulary import (
    KALAI_SMORODINSKY,
    NASH,
    PROTOCOLS,
    SECOND_PROPOSES,
    TAKE_IT_OR_LEAVE_IT,
)

SETTLED = {
    word.code: name for name, word in PROTOCOLS.items() if word.code <= TAKE_IT_OR_LEAVE_IT
} | {SECOND_PROPOSES: "second proposes"}


@checked(*FRONTIER, **CHAIN, alpha=OPEN_SHARE, d1=NUMBER, d2=NUMBER)
@jit
def nash_position(
    first: np.ndarray, second: np.ndarray, last: int, alpha: float, d1: float, d2: float
) -> float:
    """Return the position that maximises the weighted Nash product.

    Formula: argmax (U - d1)**alpha (V - d2)**(1 - alpha); inside an edge
    s = ((1-alpha) dV (U-d1) - alpha dU (V-d2)) / (dU dV), with dU the fall of U.

    Parameters
    ----------
    first, second : ndarray
        U and V at the vertices, utils.
    last : int
        Index of the last vertex.
    alpha : float
        Weight of the first party, in (0, 1).
    d1, d2 : float
        Disagreement point, utils.

    Returns
    -------
    float
        A position.

    Notes
    -----
    Source: nash1950; the asymmetric product as in binmore_rubinstein_wolinsky1986.

    Examples
    --------
    >>> round(nash_position(np.array([1.0, 0.0]), np.array([0.0, 1.0]), 1, 0.5, 0.1, 0.3), 6)
    0.6
    """
    for k in range(last):
        fall = first[k] - first[k + 1]
        rise = second[k + 1] - second[k]
        if fall <= 0.0:
            continue
        have, want = first[k] - d1, second[k] - d2
        wanted = (1.0 - alpha) * rise * have - alpha * fall * want
        if wanted < fall * rise:
            return k + max(wanted / (fall * rise), 0.0)
    return float(last)


@checked(*FRONTIER, **CHAIN, d1=NUMBER, d2=NUMBER, rate=POSITIVE)
@jit
def balanced_position(
    first: np.ndarray, second: np.ndarray, last: int, d1: float, d2: float, rate: float
) -> float:
    """Return the position where the second party's gain is ``rate`` times the first's.

    Formula: first point of the frontier with V - d2 >= rate (U - d1). With rate 1 this is the
    egalitarian solution, with the ratio of the ideal gains it is Kalai-Smorodinsky's.

    Parameters
    ----------
    first, second : ndarray
        U and V at the vertices, utils.
    last : int
        Index of the last vertex.
    d1, d2 : float
        Disagreement point, utils.
    rate : float
        Wanted ratio of gains, > 0.

    Returns
    -------
    float
        A position.

    Notes
    -----
    Source: kalai1977; kalai_smorodinsky1975.

    Examples
    --------
    >>> balanced_position(np.array([1.0, 0.0]), np.array([0.0, 1.0]), 1, 0.0, 0.0, 1.0)
    0.5
    """
    for k in range(last + 1):
        short = rate * (first[k] - d1) - (second[k] - d2)
        if short <= 0.0:
            if k == 0:
                return 0.0
            before = rate * (first[k - 1] - d1) - (second[k - 1] - d2)
            return k - 1 + before / (before - short)
    return float(last)


@checked(
    *FRONTIER,
    **CHAIN,
    protocol=one_of(SETTLED),
    alpha=OPEN_SHARE,
    disagreement=pair(NUMBER),
    reservation=pair(EXTENDED),
    ideal=pair(NUMBER),
)
@jit
def settle(
    first: np.ndarray,
    second: np.ndarray,
    last: int,
    protocol: int,
    alpha: float,
    disagreement: tuple[float, float],
    reservation: tuple[float, float],
    ideal: tuple[float, float] = (0.0, 0.0),
) -> float:
    """Return the position that a protocol selects, or -1 if no package suits both parties.

    Formula: the protocol's solution over the frontier, then moved to the nearest position with
    U >= r1 and V >= r2, each but for rounding (``is_enough``). ``take_it_or_leave_it``: max U
    subject to V >= r2.

    Parameters
    ----------
    first, second : ndarray
        U and V at the vertices of a concave frontier, utils.
    last : int
        Index of the last vertex.
    protocol : int
        NASH, KALAI_SMORODINSKY, EGALITARIAN, TAKE_IT_OR_LEAVE_IT or SECOND_PROPOSES.
    alpha : float
        Weight of the first party in the Nash product.
    disagreement, reservation : tuple of float
        Point (d1, d2) and least acceptable levels (r1, r2), utils.
    ideal : tuple of float
        For KALAI_SMORODINSKY, each party's largest gain over disagreement that leaves the other
        at least disagreement, utils; (0, 0) means that this frontier shows it.

    Returns
    -------
    float
        A position, or -1.

    Notes
    -----
    Source: nash1950; kalai_smorodinsky1975; kalai1977; the bound by outside options as in
    binmore_rubinstein_wolinsky1986.

    Examples
    --------
    With U + V <= 1 and V <= 0.4 the solutions differ:

    >>> u, v = np.array([1.0, 0.6]), np.array([0.0, 0.4])
    >>> codes = (NASH, KALAI_SMORODINSKY, EGALITARIAN, TAKE_IT_OR_LEAVE_IT)
    >>> p = [settle(u, v, 1, code, 0.5, (0.0, 0.0), (0.0, 0.0)) for code in codes]
    >>> [round(value_at(u, x), 6) for x in p]
    [0.6, 0.714286, 0.6, 1.0]
    """
    d1, d2 = disagreement
    low = first_reaching(second, last, max(reservation[1], d2))
    begin = max(int(low), 0)
    firsts, seconds, end = first[begin:], second[begin:], last - begin
    least = max(reservation[0], d1)
    high = last_for_both(first, low, begin + last_keeping(firsts, end, least), least)
    if high < 0.0:
        return -1.0
    if protocol == NASH:
        position = begin + nash_position(firsts, seconds, end, alpha, d1, d2)
    elif protocol == TAKE_IT_OR_LEAVE_IT:
        position = low
    elif protocol == SECOND_PROPOSES:
        position = high
    else:
        rate = 1.0
        if protocol == KALAI_SMORODINSKY:
            ideal_first, ideal_second = ideal
            if ideal_first <= 0.0 and ideal_second <= 0.0:
                ideal_first = value_at(first, first_reaching(second, last, d2)) - d1
                ideal_second = value_at(second, last_keeping(first, last, d1)) - d2
            if ideal_first <= 0.0 or ideal_second <= 0.0:
                return low
            rate = ideal_second / ideal_first
        position = balanced_position(first, second, last, d1, d2, rate)
    return min(max(position, low), high)
