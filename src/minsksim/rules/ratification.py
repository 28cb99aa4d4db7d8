"""Assent from home: which part of a frontier everybody who must ratify will ratify.

What a package brings a ratifier changes along the frontier as one lever after another moves: up
or down, and evenly within an edge. ``theory/ratification.py`` has the closed forms for a pie.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import EXTENDED, NUMBER, SHARE, index, numbers, pair, position
from minsksim.domains.checked import Need, checked
from minsksim.domains.needs import LOW_FIRST

_ORDERED_SPAN = Need(lambda span: span[0] <= span[1], "the span must begin before it ends")


@checked(_ORDERED_SPAN, before=NUMBER, after=NUMBER, needs=EXTENDED, span=pair(SHARE))
@jit
def assent_in_edge(
    before: float, after: float, needs: float, span: tuple[float, float]
) -> tuple[float, float]:
    """Return the part of a span inside one edge where a ratifier has what it needs.

    Formula: the s in [a, b] with g0 + s (g1 - g0) >= n; (1, 0) where there is none.

    Parameters
    ----------
    before, after : float
        g0 and g1, the ratifier's gains at the ends of the edge, utils.
    needs : float
        n, utils.
    span : tuple of float
        a and b, shares of the edge in [0, 1].

    Returns
    -------
    tuple of float
        Shares of the edge; the first is the larger one where there is no such part.

    Notes
    -----
    Source: putnam1988, win-sets.

    Examples
    --------
    >>> assent_in_edge(0.0, 1.0, 0.25, (0.0, 1.0)), assent_in_edge(0.0, 0.1, 0.25, (0.0, 1.0))
    ((0.25, 1.0), (1.0, 0.0))
    """
    low, high = span
    if before < needs and after < needs:
        return 1.0, 0.0
    if before < needs:
        low = max(low, (needs - before) / (after - before))
    elif after < needs:
        high = min(high, (needs - before) / (after - before))
    if low > high:
        return 1.0, 0.0
    return low, high


@checked(
    LOW_FIRST,
    homes=pair(numbers(">K")),
    last=index("K"),
    needs=pair(EXTENDED),
    low=position("K"),
    high=position("K"),
    wanted=position("K"),
)
@jit
def nearest_assent(
    homes: tuple[np.ndarray, np.ndarray],
    last: int,
    needs: tuple[float, float],
    low: float,
    high: float,
    wanted: float,
) -> float:
    """Return the position nearest to the wanted one that both ratifiers assent to, or -1.

    Formula: argmin |x - w| over low <= x <= high with R_1(x) >= n_1 and R_2(x) >= n_2; the
    earlier one on a tie.

    Parameters
    ----------
    homes : tuple of ndarray
        R_1 and R_2 at the vertices of the frontier, utils over no agreement.
    last : int
        Index of the last vertex.
    needs : tuple of float
        n_1 and n_2, utils; minus infinity where nobody ratifies.
    low, high : float
        Positions between which both parties agree, low <= high.
    wanted : float
        Position that the parties would choose.

    Returns
    -------
    float
        A position, or -1.

    Notes
    -----
    Source: putnam1988; that negotiators anticipate ratification as in tarar2001.

    Examples
    --------
    >>> homes = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    >>> round(nearest_assent(homes, 1, (0.6, 0.0), 0.0, 1.0, 0.5), 6)
    0.4
    >>> nearest_assent(homes, 1, (0.7, 0.4), 0.0, 1.0, 0.5)
    -1.0
    """
    one, two = homes
    best = -1.0
    k = int(low)
    while True:
        next_one = min(k + 1, last) if high > k else k
        span = assent_in_edge(
            one[k], one[next_one], needs[0], (max(low - k, 0.0), min(high - k, 1.0))
        )
        span = assent_in_edge(two[k], two[next_one], needs[1], span) if span[0] <= span[1] else span
        if span[0] <= span[1]:
            found = min(max(wanted, k + span[0]), k + span[1])
            if best < 0.0 or abs(found - wanted) < abs(best - wanted):
                best = found
        k += 1
        if k >= high:
            return best
