"""Tables with any number of parties: the Nash product over levers whose gains add up.

Each lever is a row of positions with what each brings every party; a package takes a mixture of
positions from every lever. Probability moves between the positions of one lever at a time, and of
all at once, until no move can raise the weighted log product by more than a hair. Parties that
are short of what they need are first lent the same amount, which then shrinks to nothing.
``nash_product.py`` has the same solution over lists of packages.
"""

import numpy as np

from minsksim._jit import jit

STAGES = 40
SWEEPS = 200
HALVINGS = 50
GAP = 1e-9
"""First-order improvement of the mean log gain that ends the search."""
SMALL = 1e-9
TINY = 1e-11
BARRIER = 1e-8
"""Shares of the scale of gains at which a loan is paid back, and below which a gain is none; and
how weak the barrier at reservations is in the end."""


@jit
def marginal_worth(
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
    >>> marginal_worth(gains, half, none, 2, (0.0, 0.0, 1.0), slopes)
    >>> slopes
    array([1., 2.])
    """
    held, loan, barrier = terms
    for a in range(parties):
        slopes[a] = weights[a] / (totals[a] - held * least[a] + loan)
        if least[a] > 0.0 and barrier > 0.0:
            slopes[a] += barrier / (totals[a] - least[a])


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
        As in ``marginal_worth``.
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
    held, loan, barrier = terms
    low, high = 0.0, most
    for half in range(HALVINGS):
        step = high if half == 0 else (low + high) / 2.0
        slope, is_inside = 0.0, True
        for a in range(parties):
            gain = totals[a] + step * change[a]
            over, spare = gain - held * least[a] + loan, gain - least[a]
            has_barrier = least[a] > 0.0 and barrier > 0.0
            if over <= 0.0 or (has_barrier and spare <= 0.0):
                is_inside = False
                break
            slope += weights[a] * change[a] / over
            if has_barrier:
                slope += barrier * change[a] / spare
        if is_inside and slope >= 0.0:
            if half == 0:
                return most
            low = step
        else:
            high = step
    return low


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
        As in ``marginal_worth``.
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
        marginal_worth(totals, weights, least, parties, terms, slopes)
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
    scale = 0.0
    for i in range(levers):
        for j in range(counts[i]):
            for a in range(parties):
                scale = max(scale, abs(gains[i, j, a]))
    scale *= levers
    if scale <= 0.0:
        return False
    most = 0.0
    for a in range(parties):
        most = max(most, least[a])
    loan, is_met = scale + most, False
    for _ in range(STAGES):
        spare = settle_levers(
            gains, counts, levers, parties, weights, least, (1.0, loan, 0.0), mixture, totals,
            slopes, change,
        )  # fmt: skip
        if loan == 0.0:
            is_met = True
            break
        following = max(loan / 4.0, -1.25 * spare)
        if loan <= SMALL * scale:
            following = 0.0
        if following > 0.95 * loan or (following == 0.0 and spare <= TINY * scale):
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
