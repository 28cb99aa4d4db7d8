"""Levers that come in lumps: which values they can be moved to, and which package is chosen.

A visit happens or it does not, so a package cannot hold half of one, and no lottery over visits is
on offer. What the parties can reach is then no concave frontier, but one such frontier of the
continuous levers for every combination of lumps, each moved by what its lumps bring. Every
protocol maximises a *rank* over all of it: two numbers, of which the second decides on a tie of
the first.

As a package of which lumps may be divided is never ranked below one of which they may not, its
rank is a bound: a combination that begins with some lumps is not looked at where the bound of all
that begin so does not beat what was found. This is branch and bound (land_doig1960).
"""

import numpy as np

from minsksim._compiled.marks import inlined, jit
from minsksim.domains.arguments import (
    EXTENDED,
    NOT_NEGATIVE,
    NUMBER,
    OPEN_SHARE,
    count,
    numbers,
    one_of,
    pair,
)
from minsksim.domains.checked import Need, checked
from minsksim.rules.arithmetic import log, logistic
from minsksim.rules.bargaining import SETTLED
from minsksim.vocabulary import (
    EGALITARIAN,
    KALAI_SMORODINSKY,
    NASH,
    SECOND_PROPOSES,
    TAKE_IT_OR_LEAVE_IT,
    ULTIMATUM,
)

SLACK = 1e-12
"""Utils, and parts of a rank, that count as none: sums of lumps round."""
CLOSE = 1e-9
"""Share of the way from the first step to the last by which a value may miss a step."""

_RISING = Need(
    lambda steps: bool((np.diff(steps) > 0.0).all()), "steps must rise; sort them, each once"
)
_HAS_IDEAL = Need(
    lambda protocol, ideal: protocol != KALAI_SMORODINSKY or min(ideal) > 0.0,
    "for KALAI_SMORODINSKY both ideal gains must be above 0",
)


@checked(_RISING, steps=numbers("n"), now=NUMBER, limit=NUMBER)
@jit
def next_step(steps: np.ndarray, now: float, limit: float) -> float:
    """Return the nearest value that a lever can take on its way to a limit.

    Formula: the x in X nearest to z with z < x <= m, or m <= x < z; z where there is none.

    Parameters
    ----------
    steps : ndarray, shape (n,)
        X, the values that the lever can take, rising, in its unit.
    now : float
        z, where it is; it need not be one of them.
    limit : float
        m, how far it may go this turn, in either direction.

    Returns
    -------
    float
        In the lever's unit.

    Notes
    -----
    Source: ours; an instrument that comes in lumps is moved by one lump at a time.

    Examples
    --------
    >>> visits = np.array([0.0, 1.0, 3.0])
    >>> [float(next_step(visits, 1.0, limit)) for limit in (3.0, 2.0, 0.0)]
    [3.0, 1.0, 0.0]
    """
    # counted from the front: compiled code does not count back from an array's end
    slack, found = CLOSE * (steps[steps.shape[0] - 1] - steps[0]), now
    for x in steps:
        if limit > now and now + slack < x <= limit + slack:
            return x
        if limit < now and limit - slack <= x < now - slack:
            found = x
    return found


@checked(_RISING, steps=numbers("n"), now=NUMBER, limit=NUMBER)
@jit
def farthest_step(steps: np.ndarray, now: float, limit: float) -> float:
    """Return the farthest value that a lever can take on its way to a limit.

    Formula: the x in X farthest from z with z < x <= m, or m <= x < z; z where there is none.

    Parameters
    ----------
    steps, now, limit
        As in ``next_step``.

    Returns
    -------
    float
        In the lever's unit.

    Notes
    -----
    Source: ours; as ``steps.step_up`` and ``steps.step_down``, over the values that there are.

    Examples
    --------
    >>> visits = np.array([0.0, 1.0, 3.0])
    >>> [float(farthest_step(visits, 0.0, limit)) for limit in (3.0, 2.0, 0.5)]
    [3.0, 1.0, 0.0]
    """
    # counted from the front: compiled code does not count back from an array's end
    slack, found = CLOSE * (steps[steps.shape[0] - 1] - steps[0]), now
    for x in steps:
        if limit > now and now + slack < x <= limit + slack:
            found = x
        if limit < now and limit - slack <= x < now - slack:
            return x
    return found


@checked(
    _HAS_IDEAL,
    gains=pair(NUMBER),
    protocol=one_of({**SETTLED, ULTIMATUM: "ultimatum"}),
    alpha=OPEN_SHARE,
    disagreement=pair(NUMBER),
    reservation=pair(EXTENDED),
    ideal=pair(NUMBER),
    rationality=NOT_NEGATIVE,
)
@jit
def package_rank(
    gains: tuple[float, float],
    protocol: int,
    alpha: float,
    disagreement: tuple[float, float],
    reservation: tuple[float, float],
    ideal: tuple[float, float],
    rationality: float,
) -> tuple[float, float]:
    """Return what a protocol compares packages by, where not all of them can be mixed.

    Formula: with g = (U - d1, V - d2), NASH: (alpha ln g1 + (1 - alpha) ln g2, g1 + g2);
    EGALITARIAN: (min g, max g); KALAI_SMORODINSKY: the same of g1 / i1 and g2 / i2;
    TAKE_IT_OR_LEAVE_IT: (U, V); SECOND_PROPOSES: (V, U); ULTIMATUM:
    (U / (1 + exp(-lambda (V - r2))), V). NASH has minus infinity where a gain is not above 0.

    Parameters
    ----------
    gains : tuple of float
        U and V, utils over no agreement.
    protocol : int
        NASH, KALAI_SMORODINSKY, EGALITARIAN, TAKE_IT_OR_LEAVE_IT, SECOND_PROPOSES or ULTIMATUM.
    alpha : float
        Weight of the first party in the Nash product.
    disagreement, reservation : tuple of float
        (d1, d2) and (r1, r2), utils.
    ideal : tuple of float
        (i1, i2), for KALAI_SMORODINSKY: each party's largest gain over disagreement by any
        package that leaves the other at least disagreement, utils, > 0.
    rationality : float
        lambda >= 0 of the second party, per util; for ULTIMATUM.

    Returns
    -------
    tuple of float
        The package with the higher first number is chosen, on a tie that with the higher second.

    Notes
    -----
    Source: zhou1997, the Nash product over what need not be convex; imai1983, the lexicographic
    max-min of gains, and of gains as shares of the ideal ones; mckelvey_palfrey1995.

    Examples
    --------
    Two packages that cannot be mixed: an equal one, and one with the higher product.

    >>> none, ask = (0.0, 0.0), (0.5, (0.0, 0.0), (0.0, 0.0), (1.0, 0.5), 0.0)
    >>> [package_rank(g, EGALITARIAN, *ask) for g in ((0.3, 0.3), (0.8, 0.25))]
    [(0.3, 0.3), (0.25, 0.8)]
    >>> [round(float(package_rank(g, NASH, *ask)[0]), 4) for g in ((0.3, 0.3), (0.8, 0.25))]
    [-1.204, -0.8047]
    >>> [package_rank(g, KALAI_SMORODINSKY, *ask) for g in ((0.3, 0.3), (0.8, 0.25))]
    [(0.3, 0.6), (0.5, 0.8)]
    """
    u, v = gains
    first, second = u - disagreement[0], v - disagreement[1]
    if protocol == TAKE_IT_OR_LEAVE_IT:
        return u, v
    if protocol == SECOND_PROPOSES:
        return v, u
    if protocol == ULTIMATUM:
        return u * logistic(rationality * (v - reservation[1])), v
    if protocol == NASH:
        if first <= 0.0 or second <= 0.0:
            return -np.inf, first + second
        return alpha * log(first) + (1.0 - alpha) * log(second), first + second
    if protocol != EGALITARIAN:
        first, second = first / ideal[0], second / ideal[1]
    return min(first, second), max(first, second)


@checked(rank=pair(EXTENDED), best=pair(EXTENDED))
@inlined
def beats(rank: tuple[float, float], best: tuple[float, float]) -> bool:
    """Return whether a package is chosen rather than the best before it.

    Formula: a1 > b1 + e, or a1 >= b1 - e and a2 > b2 + e.

    Parameters
    ----------
    rank, best : tuple of float
        (a1, a2) and (b1, b2), as ``package_rank`` has them, or of a bound.

    Returns
    -------
    bool
        Whether it takes its place; the first of equals stays.

    Notes
    -----
    Source: imai1983, the lexicographic order; e = 1e-12 is ours, as sums of lumps round.

    Examples
    --------
    >>> best = (0.5, 0.5)
    >>> beats((0.5, 0.75), best), beats((0.5, 0.5), best), beats((0.25, 1.0), best)
    (True, False, False)
    """
    if rank[0] > best[0] + SLACK:
        return True
    return rank[0] >= best[0] - SLACK and rank[1] > best[1] + SLACK


@checked(gains=numbers(">n"), count=count("n", 1))
@jit
def most_missed(gains: np.ndarray, count: int) -> float:
    """Return by how much a concave curve can exceed the chords between evenly spaced points of it.

    Formula: with a and b the falls of the rise per cell before and after a cell (0 if it does not
    fall), a b / (a + b) in an inner cell, b in the first, a in the last; the largest.

    Parameters
    ----------
    gains : ndarray, shape (>= count,)
        The curve at the points, utils.
    count : int
        How many points there are.

    Returns
    -------
    float
        Utils >= 0; 0 for fewer than three points.

    Notes
    -----
    Source: ours; a concave curve lies below the chords next to a cell, drawn on into it.

    Examples
    --------
    A curve that bends by a half at every point, which at its ends says least of itself:

    >>> float(most_missed(np.array([0.0, 1.0, 1.5, 1.5, 1.0, 0.0]), 6))
    0.5
    """
    most, cells = 0.0, count - 1
    for j in range(cells if count > 2 else 0):
        rise = gains[j + 1] - gains[j]
        before = 0.0 if j == 0 else gains[j] - gains[j - 1] - rise
        after = 0.0 if j == cells - 1 else rise - (gains[j + 2] - gains[j + 1])
        if j == 0:
            missed = after
        elif j == cells - 1:
            missed = before
        elif before > 0.0 and after > 0.0:
            missed = before * after / (before + after)
        else:
            missed = 0.0
        most = max(most, missed)
    return most
