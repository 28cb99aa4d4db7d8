"""Exchange of positions: two actors give way on one issue each, and both gain equally.

Every issue ends at a compromise of all actors' positions. Two actors who stand on opposite sides
of it on two issues, and weigh these differently, can each support the other where it matters less
to them. Nobody asks the others, who gain or lose by it.
"""

from __future__ import annotations

import numpy as np

from minsksim.domains.arguments import index, not_negative, numbers, tuple_of
from minsksim.domains.checked import checked
from minsksim.errors import UsageError
from minsksim.theory.compromise import compromise


@checked(
    positions=numbers("A", "M"),
    salience=not_negative("A", "M"),
    before=numbers("M"),
    after=numbers("M"),
)
def gains_by_issue(
    positions: np.ndarray, salience: np.ndarray, before: np.ndarray, after: np.ndarray
) -> np.ndarray:
    """Return what every actor gains on every issue when the compromise moves.

    Formula: s_am (|x_am - O_m| - |x_am - O'_m|). Summed over issues it is the gain of those who
    exchange and the externality for everybody else.

    Parameters
    ----------
    positions : ndarray, shape (A, M)
        What the actors want, not the positions they take in an exchange.
    salience : ndarray, shape (A, M)
        s_am >= 0, utils per unit of distance.
    before, after : ndarray, shape (M,)
        The compromise without and with the exchange.

    Returns
    -------
    ndarray, shape (A, M)
        Utils; below 0 is a loss.

    Notes
    -----
    Source: van_assen_stokman_van_oosten2003, externalities of exchanges.

    Examples
    --------
    >>> wanted, weight = np.array([[0.0], [10.0]]), np.array([[1.0], [0.5]])
    >>> gains_by_issue(wanted, weight, np.array([5.0]), np.array([3.0])).tolist()
    [[2.0], [-1.0]]
    """
    return np.asarray(salience * (np.abs(positions - before) - np.abs(positions - after)))


@checked(
    positions=numbers("A", "M"),
    salience=not_negative("A", "M"),
    capability=not_negative("A"),
    pair=tuple_of(index("A"), index("A")),
    issues=tuple_of(index("M"), index("M")),
)
def exchange(
    positions: np.ndarray,
    salience: np.ndarray,
    capability: np.ndarray,
    pair: tuple[int, int],
    issues: tuple[int, int],
) -> np.ndarray:
    """Return everybody's positions after the largest exchange that gains both sides the same.

    Formula: the first of the pair gives way on the first issue, the second on the second;
    D_m (s_im + s_jm) = D_n (s_in + s_jn), D the distances by which the compromises move towards
    whom it suits: each as far as the other's position or as the giver's full support allows. The
    common gain is D_m (s_in s_jm - s_im s_jn) / (s_in + s_jn); without one nothing moves.

    Parameters
    ----------
    positions, salience : ndarray, shape (A, M)
        x_am on the issues' scales and s_am >= 0.
    capability : ndarray, shape (A,)
        c_a >= 0.
    pair : tuple of int
        i and j, who exchange.
    issues : tuple of int
        m, on which i gives way, and n, on which j does.

    Returns
    -------
    ndarray, shape (A, M)
        Positions taken; they differ from ``positions`` in at most two places.

    Notes
    -----
    Source: stokman_van_oosten1994, exchange of voting positions at equal gains.

    Examples
    --------
    >>> wanted = np.array([[0.0, 0.0], [100.0, 100.0]])
    >>> weight = np.array([[0.2, 0.8], [0.8, 0.2]])
    >>> exchange(wanted, weight, np.ones(2), (0, 1), (0, 1)).tolist()
    [[100.0, 0.0], [100.0, 0.0]]
    """
    (i, j), (m, n) = pair, issues
    if i == j or m == n:
        raise UsageError("An exchange needs two different actors and two different issues.")
    taken = positions.astype(float)
    middle = compromise(positions, salience, capability)
    if np.any((positions[i] - middle)[[m, n]] * (positions[j] - middle)[[m, n]] >= 0.0):
        return taken
    if salience[i, n] * salience[j, m] <= salience[i, m] * salience[j, n]:
        return taken
    pull = capability[:, None] * salience / (capability[:, None] * salience).sum(axis=0)
    reach_m = _reach(positions[j, m], positions[i, m], middle[m], pull[i, m])
    reach_n = _reach(positions[i, n], positions[j, n], middle[n], pull[j, n])
    both_m, both_n = salience[i, m] + salience[j, m], salience[i, n] + salience[j, n]
    moved = min(reach_m * both_m, reach_n * both_n)
    for giver, taker, issue, both in ((i, j, m, both_m), (j, i, n, both_n)):
        way = np.sign(positions[taker, issue] - positions[giver, issue])
        if moved > 0.0:
            taken[giver, issue] += way * moved / both / pull[giver, issue]
    return taken


def _reach(taker: float, giver: float, middle: float, pull: float) -> float:
    """Return how far the giver's support can move the compromise before it passes the taker."""
    return min(pull * abs(taker - giver), abs(taker - middle))
