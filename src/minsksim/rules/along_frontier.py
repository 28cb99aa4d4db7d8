"""Walking along a frontier: what a position gives, and where one gives enough.

A frontier is a chain of vertices (U_k, V_k); a *position* k + s lies a share s of the way from
vertex k to vertex k + 1. What falls short of what is asked by rounding alone is enough:
``is_enough`` says how much that is.
"""

import numpy as np

from minsksim._compiled.marks import inlined, jit
from minsksim.domains.arguments import EXTENDED, NUMBER, index, numbers, position
from minsksim.domains.checked import checked
from minsksim.domains.needs import FALLS, RISES

ROUNDING = 1e-12
"""Share of what is asked, or of one util where less is asked, that a sum of moves may miss."""


@checked(gain=NUMBER, least=EXTENDED)
@inlined
def is_enough(gain: float, least: float) -> bool:
    """Return whether a gain is what is asked, but for rounding.

    Formula: G >= r - e max(1, |r|), with e = 1e-12.

    Parameters
    ----------
    gain : float
        G, utils, a sum over moves.
    least : float
        r, what a party's reservation asks, or a ratifier needs, utils.

    Returns
    -------
    bool
        Whether it counts as reached.

    Notes
    -----
    Source: ours; numbers have 53 binary digits, so that 0.5 - 0.4 is a little less than 0.1.

    Examples
    --------
    >>> 0.5 - 0.4 >= 0.1, is_enough(0.5 - 0.4, 0.1), is_enough(0.0999, 0.1)
    (False, True, False)
    """
    return gain >= least - ROUNDING * max(1.0, abs(least))


@checked(values=numbers("K"), position=position("K"))
@jit
def value_at(values: np.ndarray, position: float) -> float:
    """Return U or V at a position of the frontier.

    Formula: values_k + s (values_{k+1} - values_k), position = k + s.

    Parameters
    ----------
    values : ndarray
        U or V at the vertices, utils.
    position : float
        Between 0 and the index of the last vertex.

    Returns
    -------
    float
        Utils at that position.

    Notes
    -----
    Source: ours; linear interpolation between vertices.

    Examples
    --------
    >>> value_at(np.array([1.0, 0.0]), 0.25)
    0.75
    """
    k = int(position)
    share = position - k
    if share == 0.0:
        return values[k]
    return values[k] + share * (values[k + 1] - values[k])


@checked(RISES, second=numbers(">K"), last=index("K"), level=EXTENDED)
@jit
def first_reaching(second: np.ndarray, last: int, level: float) -> float:
    """Return the first position where the second party has at least ``level``, or -1.

    Formula: smallest k + s with V_k + s (V_{k+1} - V_k) >= level; the last vertex where it gives
    enough but for rounding.

    Parameters
    ----------
    second : ndarray
        V at the vertices, rising, utils.
    last : int
        Index of the last vertex.
    level : float
        Utils wanted.

    Returns
    -------
    float
        A position, or -1 where even the last vertex gives less.

    Notes
    -----
    Source: ours; a search along the frontier.

    Examples
    --------
    >>> first_reaching(np.array([0.0, 1.0]), 1, 0.4)
    0.4
    """
    if second[0] >= level:
        return 0.0
    for k in range(last):
        if second[k + 1] >= level:
            return k + (level - second[k]) / (second[k + 1] - second[k])
    return float(last) if is_enough(second[last], level) else -1.0


@checked(FALLS, first=numbers(">K"), last=index("K"), level=EXTENDED)
@jit
def last_keeping(first: np.ndarray, last: int, level: float) -> float:
    """Return the last position where the first party still has ``level``, or -1.

    Formula: largest k + s with U_k + s (U_{k+1} - U_k) >= level; the first vertex where it gives
    enough but for rounding.

    Parameters
    ----------
    first : ndarray
        U at the vertices, falling, utils.
    last : int
        Index of the last vertex.
    level : float
        Utils wanted.

    Returns
    -------
    float
        A position, or -1 where even the first vertex gives less.

    Notes
    -----
    Source: ours; a search along the frontier.

    Examples
    --------
    >>> last_keeping(np.array([1.0, 0.0]), 1, 0.4)
    0.6
    """
    if first[0] < level:
        return 0.0 if is_enough(first[0], level) else -1.0
    for k in range(last):
        if first[k + 1] < level:
            return k + (first[k] - level) / (first[k] - first[k + 1])
    return float(last)


@checked(first=numbers("K"), low=NUMBER, high=NUMBER, level=EXTENDED)
@jit
def last_for_both(first: np.ndarray, low: float, high: float, level: float) -> float:
    """Return the last position that suits both parties, or -1 if none does.

    Formula: h if h >= l >= 0; l if h < l and U(l) is enough; else -1.

    Parameters
    ----------
    first : ndarray
        U at the vertices, utils.
    low : float
        l, first position that gives the second party what it asks, or -1.
    high : float
        h, last position that leaves the first party what it asks; below 0 if none does.
    level : float
        What the first party asks, utils.

    Returns
    -------
    float
        A position, or -1.

    Notes
    -----
    Source: ours; where both ask for all there is, one position is left, and rounding may hide it.

    Examples
    --------
    >>> pie = np.array([1.0, 0.0])
    >>> last_for_both(pie, 0.3, 0.6, 0.4), last_for_both(pie, 0.7, 0.6, 0.4)
    (0.6, -1.0)
    >>> 0.7 + 0.1 < 0.8, last_for_both(pie, 0.8, 0.7 + 0.1, 0.2)
    (True, 0.8)
    """
    if low < 0.0:
        return -1.0
    if high >= low:
        return high
    return low if is_enough(value_at(first, low), level) else -1.0
