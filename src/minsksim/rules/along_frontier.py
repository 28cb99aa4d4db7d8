"""Walking along a frontier: what a position gives, and where one gives enough.

A frontier is a chain of vertices (U_k, V_k); a *position* k + s lies a share s of the way from
vertex k to vertex k + 1.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import EXTENDED, index, numbers, position
from minsksim.domains.checked import checked
from minsksim.domains.needs import FALLS, RISES


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

    Formula: smallest k + s with V_k + s (V_{k+1} - V_k) >= level.

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
    return -1.0


@checked(FALLS, first=numbers(">K"), last=index("K"), level=EXTENDED)
@jit
def last_keeping(first: np.ndarray, last: int, level: float) -> float:
    """Return the last position where the first party still has ``level``, or -1.

    Formula: largest k + s with U_k + s (U_{k+1} - U_k) >= level.

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
        return -1.0
    for k in range(last):
        if first[k + 1] < level:
            return k + (first[k] - level) / (first[k] - first[k + 1])
    return float(last)
