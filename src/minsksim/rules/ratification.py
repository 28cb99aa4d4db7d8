"""Assent from home: which part of a frontier everybody who must ratify will ratify.

What a package brings a ratifier changes along the frontier as one lever after another moves: up
or down, and evenly within an edge. ``theory/ratification.py`` has the closed forms for a pie.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import EXTENDED, NUMBER, SHARE, index, numbers, pair, position
from minsksim.domains.checked import Need, checked
from minsksim.domains.needs import LOW_FIRST
from minsksim.rules.along_frontier import is_enough

_ORDERED_SPAN = Need(lambda span: span[0] <= span[1], "the span must begin before it ends")


@checked(_ORDERED_SPAN, before=NUMBER, after=NUMBER, needs=EXTENDED, span=pair(SHARE))
@jit
def assent_in_edge(
    before: float, after: float, needs: float, span: tuple[float, float]
) -> tuple[float, float]:
    """Return the part of a span inside one edge where a ratifier has what it needs.

    Formula: the s in [a, b] with g0 + s (g1 - g0) >= n; (1, 0) where there is none. Where only the
    end of the span that brings most has enough but for rounding (``is_enough``), that end.

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
        if before == after and is_enough(before, needs):
            return low, high
        low, high = 1.0, 0.0
    elif before < needs:
        low = max(low, (needs - before) / (after - before))
    elif after < needs:
        high = min(high, (needs - before) / (after - before))
    if low > high:
        most = span[1] if after > before else span[0]
        if is_enough(before + most * (after - before), needs):
            return most, most
        return 1.0, 0.0
    return low, high


@checked(
    LOW_FIRST,
    homes=numbers("n", ">K"),
    last=index("K"),
    needs=numbers("n", may_be_infinite=True),
    low=position("K"),
    high=position("K"),
    wanted=position("K"),
)
@jit
def nearest_assent(
    homes: np.ndarray,
    last: int,
    needs: np.ndarray,
    low: float,
    high: float,
    wanted: float,
) -> float:
    """Return the position nearest to the wanted one that all ratifiers assent to, or -1.

    Formula: argmin |x - w| over low <= x <= high with R_i(x) >= n_i, but for rounding, for every
    i; the earlier one on a tie. R_i changes evenly within an edge, so what all assent to is one
    part of each edge.

    Parameters
    ----------
    homes : ndarray, shape (n, >= K)
        R_i at the vertices of the frontier, one row for each ratifier, utils over no agreement.
    last : int
        Index of the last vertex.
    needs : ndarray, shape (n,)
        n_i, utils; minus infinity where one assents to anything.
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
    >>> homes = np.array([[1.0, 0.0], [0.0, 1.0]])
    >>> round(nearest_assent(homes, 1, np.array([0.6, 0.0]), 0.0, 1.0, 0.5), 6)
    0.4
    >>> nearest_assent(homes, 1, np.array([0.7, 0.4]), 0.0, 1.0, 0.5)
    -1.0

    A third, who wants at least the middle, leaves one position to all:

    >>> homes = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 1.0]])
    >>> nearest_assent(homes, 1, np.array([0.5, 0.0, 0.75]), 0.0, 1.0, 0.25)
    0.5
    """
    best = -1.0
    k = int(low)
    while True:
        next_one = min(k + 1, last) if high > k else k
        span = (max(low - k, 0.0), min(high - k, 1.0))
        for i in range(needs.shape[0]):
            if span[0] <= span[1]:
                span = assent_in_edge(homes[i, k], homes[i, next_one], needs[i], span)
        if span[0] <= span[1]:
            found = min(max(wanted, k + span[0]), k + span[1])
            if best < 0.0 or abs(found - wanted) < abs(best - wanted):
                best = found
        k += 1
        if k >= high:
            return best
