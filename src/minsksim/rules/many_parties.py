"""Tables with any number of parties: the Nash product over levers whose gains add up.

Each lever is a row of positions with what each brings every party; a package takes a mixture of
positions from every lever. Probability moves between the positions of one lever at a time, and of
all at once, until no move can raise the weighted log product by more than a hair. Parties that
are short of what they need are first lent the same amount, which then shrinks to nothing.
``theory/nash_product.py`` has the same solution over lists of packages.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains import limits
from minsksim.domains.arguments import (
    changed,
    count,
    not_negative,
    numbers,
    room,
    wholes,
)
from minsksim.domains.checked import checked
from minsksim.domains.kinds import Domain
from minsksim.domains.needs import FILLED, WEIGHTED
from minsksim.rules.log_product import TERMS, add_gains, marginal_utility_of, step_along

STAGES = 100
SWEEPS = 600
GAP = 1e-9
"""First-order improvement of the mean log gain that ends the search."""
SMALL = 1e-9
NO_GAIN = 1e-11
BARRIER = 1e-8
"""Shares of the scale of gains at which a loan is paid back, and below which a gain is none; and
how weak the barrier at reservations is in the end."""

_GIVEN: dict[str, Domain] = {
    "gains": numbers(">L", ">P", ">n"),
    "counts": wholes(">L"),
    "levers": count("L"),
    "parties": count("n"),
    "weights": numbers(">n"),
    "least": not_negative(">n"),
}
"""What every part of a search for the best mixture is given."""

_SEARCHED: dict[str, Domain] = {
    "mixture": changed(">L", ">P", limit=limits.NOT_NEGATIVE),
    "totals": room(">n"),
    "slopes": room(">n"),
    "change": room(">n"),
}
"""What it works on."""


@checked(
    FILLED,
    WEIGHTED,
    **_GIVEN,
    terms=TERMS,
    **_SEARCHED,
)
@jit
def sweep_levers(
    gains: np.ndarray,
    counts: np.ndarray,
    levers: int,
    parties: int,
    weights: np.ndarray,
    least: np.ndarray,
    terms: tuple[float, float, float],
    mixture: np.ndarray,
    totals: np.ndarray,
    slopes: np.ndarray,
    change: np.ndarray,
) -> float:
    """Move each lever from its worst position in use towards its best; return what is left.

    Formula: positions are ranked by sum_a slope_a g_lja; what is left is the sum over levers of
    the best rank minus the mean rank, the most that the log product can still rise.

    Parameters
    ----------
    gains, counts, levers, parties, mixture, totals
        As in ``add_gains``.
    weights, least, terms, slopes
        As in ``marginal_utility_of``.
    change : ndarray, shape (>= n,)
        Room to work in.

    Returns
    -------
    float
        The improvement that was possible, seen from where each lever's turn came.

    Notes
    -----
    Source: ours; pairwise Frank-Wolfe steps with an exact line search.

    Examples
    --------
    >>> gains, mixture = np.array([[[0.0, 0.0], [1.0, 2.0]]]), np.array([[1.0, 0.0]])
    >>> two, half, none = np.zeros(2), np.array([0.5, 0.5]), np.zeros(2)
    >>> args = (np.array([2]), 1, 2, half, none, (0.0, 0.1, 0.0), mixture, two)
    >>> round(sweep_levers(gains, *args, np.zeros(2), np.zeros(2)), 6), mixture.tolist()
    (15.0, [[0.0, 1.0]])
    """
    left = 0.0
    for i in range(levers):
        marginal_utility_of(totals, weights, least, parties, terms, slopes)
        best, worst, best_rank, worst_rank, mean = 0, -1, -np.inf, np.inf, 0.0
        for j in range(counts[i]):
            rank = 0.0
            for a in range(parties):
                rank += slopes[a] * gains[i, j, a]
            mean += mixture[i, j] * rank
            if rank > best_rank:
                best, best_rank = j, rank
            if mixture[i, j] > 0.0 and rank < worst_rank:
                worst, worst_rank = j, rank
        left += best_rank - mean
        if best == worst or best_rank <= worst_rank:
            continue
        for a in range(parties):
            change[a] = gains[i, best, a] - gains[i, worst, a]
        moved = step_along(totals, change, weights, least, parties, terms, mixture[i, worst])
        mixture[i, best] += moved
        mixture[i, worst] -= moved
        for a in range(parties):
            totals[a] += moved * change[a]
    return left


@checked(
    FILLED,
    WEIGHTED,
    **_GIVEN,
    terms=TERMS,
    **_SEARCHED,
)
@jit
def settle_levers(
    gains: np.ndarray,
    counts: np.ndarray,
    levers: int,
    parties: int,
    weights: np.ndarray,
    least: np.ndarray,
    terms: tuple[float, float, float],
    mixture: np.ndarray,
    totals: np.ndarray,
    slopes: np.ndarray,
    change: np.ndarray,
) -> float:
    """Sweep over the levers until nothing is left; return the least any party has over its r.

    Formula: min_a (G_a - r_a) at the mixture with the highest log product.

    Parameters
    ----------
    gains, counts, levers, parties, weights, least, terms, mixture, totals, slopes, change
        As in ``sweep_levers``.

    Returns
    -------
    float
        Utils.

    Notes
    -----
    Source: ours; pairwise Frank-Wolfe.

    Examples
    --------
    >>> gains, mixture = np.array([[[0.0, 0.0], [1.0, 2.0]]]), np.array([[1.0, 0.0]])
    >>> two, half, none = np.zeros(2), np.array([0.5, 0.5]), np.zeros(2)
    >>> args = (np.array([2]), 1, 2, half, none, (0.0, 0.1, 0.0), mixture)
    >>> settle_levers(gains, *args, two, np.zeros(2), np.zeros(2))
    1.0
    """
    add_gains(gains, counts, levers, parties, mixture, totals)
    for _ in range(SWEEPS):
        left = sweep_levers(
            gains, counts, levers, parties, weights, least, terms, mixture, totals, slopes, change
        )
        if left <= GAP:
            break
    spare = np.inf
    for a in range(parties):
        spare = min(spare, totals[a] - least[a])
    return spare


@jit
def _sizes(
    gains: np.ndarray, counts: np.ndarray, levers: int, parties: int, least: np.ndarray
) -> tuple[float, float]:
    """Return a bound on the gains and losses of any package, and the largest reservation."""
    largest, most = 0.0, 0.0
    for a in range(parties):
        most = max(most, least[a])
    for i in range(levers):
        for j in range(counts[i]):
            for a in range(parties):
                largest = max(largest, abs(gains[i, j, a]))
    return levers * largest, most


@checked(
    FILLED,
    WEIGHTED,
    **_GIVEN,
    **_SEARCHED,
)
@jit
def best_mixture(
    gains: np.ndarray,
    counts: np.ndarray,
    levers: int,
    parties: int,
    weights: np.ndarray,
    least: np.ndarray,
    mixture: np.ndarray,
    totals: np.ndarray,
    slopes: np.ndarray,
    change: np.ndarray,
) -> bool:
    """Find the mixture with the highest weighted Nash product; return whether all gain by it.

    Formula: argmax sum_a w_a ln G_a over p with G_a >= r_a.

    Parameters
    ----------
    gains, counts, levers, parties, totals
        As in ``add_gains``.
    weights, least, slopes, change
        As in ``sweep_levers``.
    mixture : ndarray, shape (L, P)
        Where to begin; receives the solution.

    Returns
    -------
    bool
        False where no mixture brings every party more than nothing and at least r.

    Notes
    -----
    Source: nash1950; harsanyi1963, for more than two parties.

    Examples
    --------
    One pie for three, handed out by one lever whose positions give it all to one of them:

    >>> pie, mixture = np.eye(4)[:, 1:][None], np.array([[1.0, 0.0, 0.0, 0.0]])
    >>> third, none, room = np.ones(3) / 3.0, np.zeros(3), np.zeros((3, 3))
    >>> best_mixture(pie, np.array([4]), 1, 3, third, none, mixture, *room)
    True
    >>> [round(float(p), 5) for p in mixture[0]]
    [0.0, 0.33333, 0.33333, 0.33333]
    """
    scale, most = _sizes(gains, counts, levers, parties, least)
    if scale <= 0.0:
        return False
    loan, is_met = scale + most, False
    for _ in range(STAGES):
        spare = settle_levers(
            gains, counts, levers, parties, weights, least, (1.0, loan, 0.0), mixture, totals,
            slopes, change,
        )  # fmt: skip
        if loan == 0.0:
            is_met = True
            break
        following = max(loan / 4.0, -1.02 * spare)
        if loan <= SMALL * scale:
            following = 0.0
        if following > 0.99 * loan or (following == 0.0 and spare <= NO_GAIN * scale):
            return False
        loan = following
    barrier = 1e-2
    while is_met and most > 0.0 and barrier > BARRIER:
        settle_levers(
            gains, counts, levers, parties, weights, least, (0.0, 0.0, barrier), mixture, totals,
            slopes, change,
        )  # fmt: skip
        barrier /= 8.0
    return is_met
