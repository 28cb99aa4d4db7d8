"""Quantal response equilibrium: everybody errs, knows that others err, and replies to that.

Of several equilibria this is the one that grows out of pure chance as choices get more exact;
it is followed along its path, round the bends where it turns back for a while.
"""

from collections.abc import Sequence

import numpy as np

from minsksim.domains.arguments import NOT_NEGATIVE, list_of, numbers
from minsksim.domains.checked import checked
from minsksim.errors import UsageError

_MOST_STEPS = 20_000
_SHORTEST_STEP = 1e-9
_CLOSE = 1e-10


@checked(payoffs=list_of(numbers("...")), rationality=NOT_NEGATIVE)
def quantal_equilibrium(payoffs: Sequence[np.ndarray], rationality: float) -> list[np.ndarray]:
    """Return the logit equilibrium of a small game in normal form, on the branch from chance.

    Formula: p_ij = exp(lambda u_ij(p)) / sum_k exp(lambda u_ik(p)) for every actor i and action
    j, where u_ij(p) is what j brings i on average against the others' p.

    Parameters
    ----------
    payoffs : sequence of ndarray, each of shape (J_1, ..., J_A)
        One array for each actor, in utils, by the actions of all in order.
    rationality : float
        lambda >= 0, per util; 0 is pure chance, and as it grows the branch leads to a Nash
        equilibrium.

    Returns
    -------
    list of ndarray, shapes (J_i,)
        Probability of every action of every actor.

    Raises
    ------
    UsageError
        If the arrays do not fit one another, a number is out of range, or the path is lost.

    Notes
    -----
    Source: mckelvey_palfrey1995, the logit equilibrium and its principal branch; turocy2005, the
    way to follow it. In a symmetric game the branch can fork; here it goes straight on, and so
    ends at the mixed equilibrium of the battle of the sexes.

    Examples
    --------
    Where one action brings 1 more whatever the other does, it is chosen by logit, 1 / (1 + 1/e):

    >>> swap = np.array([[9.0, 0.0], [10.0, 1.0]])
    >>> [mix.round(6).tolist() for mix in quantal_equilibrium([swap, swap.T], 1.0)]
    [[0.268941, 0.731059], [0.268941, 0.731059]]
    """
    counts = _demand_game(payoffs)
    # payoffs on a scale of 1, so that a step along the path means the same in every game
    span = max(float(np.ptp(table)) for table in payoffs) or 1.0
    scaled = [table / span for table in payoffs]
    place = _at_rationality(scaled, counts, rationality * span)
    return [np.exp(logs) for logs in _split(place[:-1], counts)]


def _at_rationality(payoffs: list[np.ndarray], counts: list[int], goal: float) -> np.ndarray:
    """Return log probabilities, then lambda, where the path from chance first reaches the goal."""
    chance = np.concatenate([np.full(count, -np.log(count)) for count in counts])
    place = np.append(chance, 0.0)
    direction, step = np.append(np.zeros(len(chance)), 1.0), 0.01
    for _ in range(_MOST_STEPS):
        direction = _tangent(_slopes(place, payoffs, counts), direction)
        onward = None
        while onward is None and step > _SHORTEST_STEP:
            ahead = place + step * direction
            onward = _corrected(ahead, payoffs, counts)
            if onward is None or np.linalg.norm(onward - ahead) > 0.1 * min(step, 1.0):
                onward, step = None, step / 2.0
        if onward is None:
            break
        if onward[-1] >= goal:
            part = (goal - place[-1]) / (onward[-1] - place[-1])
            found = _corrected(place + part * (onward - place), payoffs, counts, goal)
            if found is not None:
                return found
            break
        place, step = onward, 1.5 * step
    raise UsageError(
        f"The path of equilibria is lost near rationality {place[-1]:.6g} (payoffs on a scale "
        "of 1); ask for a lower one."
    )


def _misses(place: np.ndarray, payoffs: list[np.ndarray], counts: list[int]) -> np.ndarray:
    """Return how far logs are from logit replies: for each actor, the sum of its mix, then odds."""
    logs = _split(place[:-1], counts)
    mixes = [np.exp(own) for own in logs]
    parts = []
    for i, own in enumerate(logs):
        worth = _averaged(payoffs[i], mixes, {i})
        odds = own[1:] - own[0] - place[-1] * (worth[1:] - worth[0])
        parts.append(np.append(mixes[i].sum() - 1.0, odds))
    return np.concatenate(parts)


def _slopes(place: np.ndarray, payoffs: list[np.ndarray], counts: list[int]) -> np.ndarray:
    """Return the derivatives of the misses: rows as there, columns logs, then lambda."""
    mixes = [np.exp(own) for own in _split(place[:-1], counts)]
    first = np.cumsum([0, *counts])
    slopes = np.zeros((first[-1], first[-1] + 1))
    for i, count in enumerate(counts):
        rows = slice(first[i] + 1, first[i + 1])
        slopes[first[i], first[i] : first[i + 1]] = mixes[i]
        slopes[rows, first[i]] = -1.0
        slopes[rows, rows] = np.eye(count - 1)
        worth = _averaged(payoffs[i], mixes, {i})
        slopes[rows, -1] = worth[0] - worth[1:]
        for k in range(len(counts)):
            if k != i:
                table = _averaged(payoffs[i], mixes, {i, k})
                table = table if i < k else table.T
                change = place[-1] * (table[0] - table[1:]) * mixes[k]
                slopes[rows, first[k] : first[k + 1]] = change
    return slopes


def _corrected(
    place: np.ndarray, payoffs: list[np.ndarray], counts: list[int], fixed: float | None = None
) -> np.ndarray | None:
    """Return the nearest equilibrium, at any lambda or a fixed one; None if there is none near."""
    for _ in range(12):
        if place[:-1].max() > 1.0:
            return None
        misses = _misses(place, payoffs, counts)
        if np.abs(misses).max() < _CLOSE * (1.0 + abs(place[-1])):
            return place
        slopes = _slopes(place, payoffs, counts)
        if fixed is not None:
            slopes[:, -1] = 0.0
        place = place - np.linalg.lstsq(slopes, misses, rcond=None)[0]
    return None


def _tangent(slopes: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Return the direction in which the misses stay zero and the path goes on as before."""
    along = np.linalg.svd(slopes)[2][-1]
    return np.asarray(along if along @ before >= 0.0 else -along)


def _averaged(table: np.ndarray, mixes: list[np.ndarray], keep: set[int]) -> np.ndarray:
    """Return payoffs by the actions of those kept, averaged over everybody else's mix."""
    for axis in reversed(range(table.ndim)):
        if axis not in keep:
            table = np.tensordot(table, mixes[axis], axes=(axis, 0))
    return table


def _split(logs: np.ndarray, counts: list[int]) -> list[np.ndarray]:
    return np.split(logs, np.cumsum(counts)[:-1])


def _demand_game(payoffs: Sequence[np.ndarray]) -> list[int]:
    shapes = {table.shape for table in payoffs}
    if len(shapes) != 1 or len(payoffs) != payoffs[0].ndim or 0 in payoffs[0].shape:
        raise UsageError(
            f"A game of {len(payoffs)} actors needs as many arrays of one shape with "
            f"{len(payoffs)} axes, and at least one action each; these have {sorted(shapes)}."
        )
    return list(payoffs[0].shape)
