"""Where influence ends: opinions in the long run, without walking there turn by turn.

The rule of one turn is ``influence.friedkin_johnsen``; these are the points it leaves unchanged.
"""

import networkx as nx
import numpy as np

from minsksim.domains.arguments import not_negative, numbers, shares
from minsksim.domains.checked import checked
from minsksim.errors import UsageError

_OPINIONS = numbers("A", "...")


@checked(attention=not_negative("A", "A"))
def consensus_weights(attention: np.ndarray) -> np.ndarray:
    """Return the weight of every actor's start in the opinion on which all agree in the end.

    Formula: pi W = pi, sum pi = 1; the consensus is pi . x(0).

    Parameters
    ----------
    attention : ndarray, shape (A, A)
        W >= 0, row a is whom actor a heeds and sums to 1.

    Returns
    -------
    ndarray, shape (A,)
        pi; 0 for actors to whom nobody in the core listens.

    Raises
    ------
    UsageError
        If a row does not sum to 1, or no consensus is reached: two groups that never hear each
        other, or opinions that circle for ever.

    Notes
    -----
    Source: degroot1974, the limit as weights on the starting opinions.

    Examples
    --------
    >>> W = np.array([[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.5, 0.5]])
    >>> consensus_weights(W).round(6).tolist()
    [0.25, 0.5, 0.25]
    """
    _demand_attention(attention)
    if np.any(attention.sum(axis=1) == 0.0):
        raise UsageError("An actor heeds nobody, not even itself; give its row a sum of 1.")
    cores = _closed_groups(attention)
    if len(cores) > 1:
        raise UsageError(
            f"No consensus: actors {cores[0]} and actors {cores[1]} never hear each other."
        )
    core = cores[0]
    weights = np.zeros(len(attention))
    weights[core] = _stationary(attention[np.ix_(core, core)])
    return weights


@checked(attention=not_negative("A", "A"), susceptibility=shares("A"), innate=_OPINIONS)
def settled_opinions(
    attention: np.ndarray, susceptibility: np.ndarray, innate: np.ndarray
) -> np.ndarray:
    """Return everybody's opinion in the long run.

    Formula: x = (I - D W)^-1 (I - D) x(0). A group that hears only itself and holds on to nothing
    (D = 1) makes this matrix singular; it ends at its own consensus, pi . x(0).

    Parameters
    ----------
    attention : ndarray, shape (A, A)
        W >= 0; a row sums to 1, or to 0 for an actor that heeds nobody and keeps its start.
    susceptibility : ndarray, shape (A,)
        Diagonal of D, each in [0, 1].
    innate : ndarray, shape (A,) or (A, K)
        Starting opinions x(0), on one topic or on K.

    Returns
    -------
    ndarray, shape of ``innate``
        Opinions, inside the hull of the starting ones.

    Raises
    ------
    UsageError
        If a row or a susceptibility is out of range, or opinions circle for ever.

    Notes
    -----
    Source: friedkin_johnsen1990, the equilibrium; degroot1974 where D = 1.

    Examples
    --------
    Two heed only each other, with susceptibilities 0.6 and 0.3; they start at 0 and 1:

    >>> W = np.array([[0.0, 1.0], [1.0, 0.0]])
    >>> settled_opinions(W, np.array([0.6, 0.3]), np.array([0.0, 1.0])).round(6).tolist()
    [0.512195, 0.853659]
    """
    _demand_attention(attention)
    openness = np.where(attention.sum(axis=1) > 0.0, susceptibility, 0.0)
    heard = openness[:, None] * attention
    opinions = np.zeros(innate.shape)
    settled: list[int] = []
    for group in _closed_groups(heard):
        if np.all(openness[group] == 1.0):
            opinions[group] = _stationary(attention[np.ix_(group, group)]) @ innate[group]
            settled += group
    rest = [a for a in range(len(openness)) if a not in settled]
    own = ((1.0 - openness) * innate.T).T[rest] + heard[np.ix_(rest, settled)] @ opinions[settled]
    opinions[rest] = np.linalg.solve(np.eye(len(rest)) - heard[np.ix_(rest, rest)], own)
    return opinions


def _demand_attention(attention: np.ndarray) -> None:
    total = attention.sum(axis=1)
    if not np.all((total == 0.0) | np.isclose(total, 1.0)):
        raise UsageError("An actor's row of attention sums to 1, or to 0.")


def _closed_groups(heard: np.ndarray) -> list[list[int]]:
    """Return the groups that hear one another and nobody else, in order of their first actor."""
    graph = nx.from_numpy_array(heard, create_using=nx.DiGraph)
    parts = nx.attracting_components(graph)
    return sorted(sorted(int(a) for a in part) for part in parts)


def _stationary(attention: np.ndarray) -> np.ndarray:
    """Return the weights that one closed group's attention leaves unchanged."""
    count = len(attention)
    if not nx.is_aperiodic(nx.from_numpy_array(attention, create_using=nx.DiGraph)):
        raise UsageError("Opinions circle for ever; let somebody give weight to its own.")
    balance = np.vstack([attention.T - np.eye(count), np.ones(count)])
    return np.asarray(np.linalg.lstsq(balance, np.eye(count + 1)[count], rcond=None)[0])
