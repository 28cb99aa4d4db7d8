"""Zeuthen's concessions: whoever can bear a conflict less gives way, step by step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import NUMBER, list_of, pair, position
from minsksim.domains.checked import Need, checked
from minsksim.domains.needs import CHAIN, FRONTIER, LOW_FIRST
from minsksim.rules.bargaining import last_keeping, value_at

CONCESSIONS = 200
"""Equal steps, in the first party's utils, between what suits it best and the other's best: the
grid on which offers are made. The meeting point is Nash's to within one step."""


_BEATS_NONE = Need(
    lambda own, disagreement: own > disagreement,
    "an offer of one's own must be better than no agreement",
)


@checked(_BEATS_NONE, own=NUMBER, others=NUMBER, disagreement=NUMBER)
@jit
def risk_limit(own: float, others: float, disagreement: float) -> float:
    """Return the highest risk of conflict that a party bears rather than accept the other's offer.

    Formula: r = (u(own offer) - u(other's offer)) / (u(own offer) - d).

    Parameters
    ----------
    own, others : float
        The party's utils from its own offer and from the other's.
    disagreement : float
        d, the party's utils without agreement; below ``own``.

    Returns
    -------
    float
        A probability; 1 where the other's offer is no better than no agreement.

    Notes
    -----
    Source: harsanyi1956, on Zeuthen.

    Examples
    --------
    >>> risk_limit(8.0, 6.0, 0.0)
    0.25
    """
    return min(max((own - others) / (own - disagreement), 0.0), 1.0)


@checked(*FRONTIER, LOW_FIRST, **CHAIN, low=position("K"), high=position("K"))
@jit
def meeting_level(
    first: np.ndarray, second: np.ndarray, last: int, low: float, high: float
) -> float:
    """Return what the first party has where concessions along a frontier meet.

    Formula: offers lie at U_k = U(low) - k (U(low) - U(high)) / N. Whoever has the lower risk
    limit moves one step towards the other; on a tie the first party does.

    Parameters
    ----------
    first, second : ndarray
        U and V at the vertices of a concave frontier, utils over no agreement.
    last : int
        Index of the last vertex.
    low, high : float
        Positions of the best offers of the first and the second party that suit both.

    Returns
    -------
    float
        Utils of the first party.

    Notes
    -----
    Source: harsanyi1956, on Zeuthen. N = 200 is ours: fine enough to show the Nash point.

    Examples
    --------
    >>> round(meeting_level(np.array([1.0, 0.0]), np.array([0.0, 1.0]), 1, 0.0, 1.0), 6)
    0.5
    """
    top, bottom = value_at(first, low), value_at(first, high)
    step = (top - bottom) / CONCESSIONS
    here, there = 0, CONCESSIONS
    own_first, own_second = top, value_at(second, high)
    left_first, left_second = bottom, value_at(second, low)
    while here < there:
        if own_first <= 0.0 or own_second <= 0.0:
            break
        if risk_limit(own_first, left_first, 0.0) <= risk_limit(own_second, left_second, 0.0):
            here += 1
            own_first = top - here * step
            left_second = value_at(second, last_keeping(first, last, own_first))
        else:
            there -= 1
            left_first = top - there * step
            own_second = value_at(second, last_keeping(first, last, left_first))
    return own_first


@checked(points=list_of(pair(NUMBER)), disagreement=pair(NUMBER))
def concession_path(
    points: Sequence[tuple[float, float]], disagreement: tuple[float, float] = (0.0, 0.0)
) -> list[tuple[int, int]]:
    """Return the standing offers, step by step, until they meet.

    Formula: whoever has the lower risk limit moves one point towards the other; on a tie the
    first party does. r1 < r2 exactly where the first's offer has the lower Nash product, so on a
    concave chain the offers meet at the point with the highest.

    Parameters
    ----------
    points : sequence of (float, float)
        Utils of both, from the first party's best point to the second's.
    disagreement : tuple of float
        Utils of both without agreement; points that do not beat it for both are no offers.

    Returns
    -------
    list of (int, int)
        Indices of the first's and the second's offer; equal in the last entry. Empty if no
        point is better than no agreement for both.

    Notes
    -----
    Source: harsanyi1956; nash1950.

    Examples
    --------
    >>> concession_path([(4.0, 1.0), (3.0, 2.0), (1.0, 3.0)])
    [(0, 2), (0, 1), (1, 1)]
    """
    d1, d2 = disagreement
    offers = [k for k, (u, v) in enumerate(points) if u > d1 and v > d2]
    if not offers:
        return []
    here, there = 0, len(offers) - 1
    path = [(offers[here], offers[there])]
    while here < there:
        own, others = points[offers[here]], points[offers[there]]
        if risk_limit(own[0], others[0], d1) <= risk_limit(others[1], own[1], d2):
            here += 1
        else:
            there -= 1
        path.append((offers[here], offers[there]))
    return path
