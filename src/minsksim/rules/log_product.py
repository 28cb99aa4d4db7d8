"""The weighted log product of many parties' gains: what a util adds to it, and how far to go.

While some parties are short of what they need, all are lent the same amount; afterwards a weak
barrier keeps everybody above its reservation.
"""

import numpy as np

from minsksim._compiled.marks import inlined, jit
from minsksim.domains.arguments import (
    NOT_NEGATIVE,
    NUMBER,
    count,
    not_negative,
    numbers,
    room,
    tuple_of,
    wholes,
)
from minsksim.domains.checked import checked
from minsksim.domains.needs import FILLED, WEIGHTED

HALVINGS = 50
NEWTONS, NEAR = 16, 1e-13
"""Most of Newton's steps before the halvings, and the share of a step to which they find it."""

TERMS = tuple_of(NUMBER, NOT_NEGATIVE, NOT_NEGATIVE)
"""How a search stands: h, whether parties are still brought above their reservations; s, utils lent
to every party; mu, how firmly parties are kept above their reservations."""


@checked(
    WEIGHTED,
    totals=numbers(">n"),
    weights=numbers(">n"),
    least=not_negative(">n"),
    parties=count("n"),
    terms=TERMS,
    slopes=room(">n"),
)
@jit
def marginal_utility_of(
    totals: np.ndarray,
    weights: np.ndarray,
    least: np.ndarray,
    parties: int,
    terms: tuple[float, float, float],
    slopes: np.ndarray,
) -> None:
    """Write what a util for each party adds to the weighted log product.

    Formula: w_a / (G_a - h r_a + s) + mu / (G_a - r_a), the second for r_a > 0 alone.

    Parameters
    ----------
    totals : ndarray, shape (>= n,)
        G_a, gains, utils.
    weights, least : ndarray, shape (>= n,)
        w_a > 0 and r_a >= 0.
    parties : int
        n.
    terms : tuple of float
        h, 1 while parties are brought above r and 0 after that; s >= 0, utils lent to every
        party; mu >= 0, how firmly parties are kept above r.
    slopes : ndarray, shape (>= n,)
        Receives the worth.

    Returns
    -------
    None
        The worth is written into ``slopes``.

    Notes
    -----
    Source: nash1950; harsanyi1963, for more than two parties. The barrier is ours: reservations
    bound the solution and are no disagreement point.

    Examples
    --------
    >>> slopes = np.zeros(2)
    >>> gains, half, none = np.array([0.5, 0.25]), np.array([0.5, 0.5]), np.zeros(2)
    >>> marginal_utility_of(gains, half, none, 2, (0.0, 0.0, 1.0), slopes)
    >>> slopes
    array([1., 2.])
    """
    held, loan, barrier = terms
    for a in range(parties):
        slopes[a] = weights[a] / (totals[a] - held * least[a] + loan)
        if least[a] > 0.0 and barrier > 0.0:
            slopes[a] += barrier / (totals[a] - least[a])


@inlined
def _slope_at(
    totals: np.ndarray,
    change: np.ndarray,
    weights: np.ndarray,
    least: np.ndarray,
    parties: int,
    terms: tuple[float, float, float],
    step: float,
) -> tuple[float, float]:
    """Return the slope of the log product after a step and that slope's own; -inf outside."""
    held, loan, barrier = terms
    slope, bend = 0.0, 0.0
    for a in range(parties):
        gain = totals[a] + step * change[a]
        over, spare = gain - held * least[a] + loan, gain - least[a]
        has_barrier = least[a] > 0.0 and barrier > 0.0
        if over <= 0.0 or (has_barrier and spare <= 0.0):
            return -np.inf, 0.0
        own = weights[a] * change[a] / over
        slope, bend = slope + own, bend - own * change[a] / over
        if has_barrier:
            own = barrier * change[a] / spare
            slope, bend = slope + own, bend - own * change[a] / spare
    return slope, bend


@jit
def _enclose(
    totals: np.ndarray,
    change: np.ndarray,
    weights: np.ndarray,
    least: np.ndarray,
    parties: int,
    terms: tuple[float, float, float],
    most: float,
) -> tuple[float, float]:
    """Return a step where the log product still rises and one where it falls, by Newton's steps.

    Rounding is monotone, so the slope as it is computed falls with the step, term by term: beyond
    both its sign is known. From outside, where the slope is not defined, nothing is.
    """
    rises, falls, step = -1.0, most, 0.0
    for _ in range(NEWTONS):
        slope, bend = _slope_at(totals, change, weights, least, parties, terms, step)
        if step == 0.0 and slope == -np.inf:
            return -1.0, np.inf
        if slope >= 0.0:
            rises = max(rises, step)
        else:
            falls = min(falls, step)
        move = -slope / bend if bend < 0.0 and slope > -np.inf else np.inf
        low = max(rises, 0.0)
        if abs(move) <= NEAR * most:
            margin = 2.0 * NEAR * most
            step += move + (margin if slope >= 0.0 else -margin)
        else:
            step += move
        if not low < step < falls:
            step = (low + falls) / 2.0
        if falls - low <= 8.0 * NEAR * most:
            break
    return rises, falls


@checked(
    WEIGHTED,
    totals=numbers(">n"),
    change=numbers(">n"),
    weights=numbers(">n"),
    least=not_negative(">n"),
    parties=count("n"),
    terms=TERMS,
    most=NOT_NEGATIVE,
)
@jit
def step_along(
    totals: np.ndarray,
    change: np.ndarray,
    weights: np.ndarray,
    least: np.ndarray,
    parties: int,
    terms: tuple[float, float, float],
    most: float,
) -> float:
    """Return how far to go along a change of all gains: where the log product stops rising.

    Formula: the t in [0, most] where sum_a d_a slope_a, at G_a + t d_a, is 0.

    Parameters
    ----------
    totals, change : ndarray, shape (>= n,)
        G_a and d_a, utils.
    weights, least, parties, terms
        As in ``marginal_utility_of``.
    most : float
        Largest step.

    Returns
    -------
    float
        A step.

    Notes
    -----
    Source: ours; a bisection of a falling slope.

    Examples
    --------
    >>> half, none = np.array([0.5, 0.5]), np.zeros(2)
    >>> gains, change, terms = np.array([1.0, 0.0]), np.array([-1.0, 1.0]), (0.0, 0.1, 0.0)
    >>> step = step_along(gains, change, half, none, 2, terms, 1.0)
    >>> round(step, 6)
    0.5
    """
    low, high = 0.0, most
    if _slope_at(totals, change, weights, least, parties, terms, most)[0] >= 0.0:
        return most
    rises, falls = _enclose(totals, change, weights, least, parties, terms, most)
    for _ in range(1, HALVINGS):
        step = (low + high) / 2.0
        if step > rises and step < falls:  # elsewhere the sign is known
            is_rising = _slope_at(totals, change, weights, least, parties, terms, step)[0] >= 0.0
        else:
            is_rising = step <= rises
        if is_rising:
            low = step
        else:
            high = step
    return low


@checked(
    FILLED,
    gains=numbers(">L", ">P", ">n"),
    counts=wholes(">L"),
    levers=count("L"),
    parties=count("n"),
    mixture=not_negative(">L", ">P"),
    totals=room(">n"),
)
@jit
def add_gains(
    gains: np.ndarray,
    counts: np.ndarray,
    levers: int,
    parties: int,
    mixture: np.ndarray,
    totals: np.ndarray,
) -> None:
    """Write every party's gain from a mixture.

    Formula: G_a = sum_l sum_j p_lj g_lja.

    Parameters
    ----------
    gains : ndarray, shape (L, P, n)
        g_lja, what position j of lever l brings party a, utils.
    counts : ndarray of int, shape (L,)
        How many positions each lever has.
    levers, parties : int
        How many there are.
    mixture : ndarray, shape (L, P)
        p_lj, adding up to 1 for every lever.
    totals : ndarray, shape (>= n,)
        Receives the gains.

    Returns
    -------
    None
        The gains are written into ``totals``.

    Notes
    -----
    Source: ours; gains add over levers.

    Examples
    --------
    >>> totals = np.zeros(1)
    >>> add_gains(np.array([[[0.0], [1.0]]]), np.array([2]), 1, 1, np.array([[0.5, 0.5]]), totals)
    >>> totals
    array([0.5])
    """
    for a in range(parties):
        totals[a] = 0.0
    for i in range(levers):
        for j in range(counts[i]):
            if mixture[i, j] > 0.0:
                for a in range(parties):
                    totals[a] += mixture[i, j] * gains[i, j, a]
