"""Where an actor stands among the channels: holes it spans, paths through it, power by ties.

Ties are undirected: ``ties[a, b] = ties[b, a] > 0`` where a channel links two actors. What a
position is worth in utils is the matter of ``myerson``.
"""

import networkx as nx
import numpy as np

from minsksim.domains.arguments import NUMBER, not_negative
from minsksim.domains.checked import checked
from minsksim.errors import UsageError


@checked(ties=not_negative("A", "A"))
def constraint(ties: np.ndarray) -> np.ndarray:
    """Return how far each actor's contacts depend on one another and leave it no hole to span.

    Formula: c_a = sum_b (p_ab + sum_q p_aq p_qb)^2 over the contacts b, with p_ab = z_ab / sum_q
    z_aq the share of a's ties that b takes.

    Parameters
    ----------
    ties : ndarray, shape (A, A)
        z >= 0, symmetric, zero on the diagonal.

    Returns
    -------
    ndarray, shape (A,)
        Constraint; 1 for an actor with a single contact, low for a broker, not a number without
        contacts.

    Raises
    ------
    UsageError
        If the ties are not symmetric, negative, or lead to their own start.

    Notes
    -----
    Source: burt1992, chapter 2, equation 2.4, as computed by networkx.

    Examples
    --------
    The hub of a star with three leaves:

    >>> constraint(np.array([[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]])).round(6)
    array([0.333333, 1.      , 1.      , 1.      ])
    """
    return _by_actor(nx.constraint(_graph(ties), weight="weight"))


@checked(ties=not_negative("A", "A"))
def effective_size(ties: np.ndarray) -> np.ndarray:
    """Return how many of its contacts an actor reaches without redundancy.

    Formula: n - 2 t / n, with n contacts and t ties among them; all ties count as equal.

    Parameters
    ----------
    ties : ndarray, shape (A, A)
        z >= 0, symmetric, zero on the diagonal; only whether there is a tie matters.

    Returns
    -------
    ndarray, shape (A,)
        Between 1 and the number of contacts; not a number without contacts.

    Raises
    ------
    UsageError
        If the ties are not symmetric, negative, or lead to their own start.

    Notes
    -----
    Source: burt1992, chapter 2, as computed by networkx.

    Examples
    --------
    >>> effective_size(np.array([[0, 1, 1], [1, 0, 0], [1, 0, 0]]))
    array([2., 1., 1.])
    """
    return _by_actor(nx.effective_size(_graph(ties)))


@checked(ties=not_negative("A", "A"))
def betweenness(ties: np.ndarray) -> np.ndarray:
    """Return the share of shortest paths between others that pass through an actor.

    Formula: b_a = 2 / ((A - 1)(A - 2)) sum over pairs s, t of (shortest paths through a) /
    (shortest paths).

    Parameters
    ----------
    ties : ndarray, shape (A, A)
        z >= 0, symmetric, zero on the diagonal; only whether there is a tie matters.

    Returns
    -------
    ndarray, shape (A,)
        Shares in [0, 1].

    Raises
    ------
    UsageError
        If the ties are not symmetric, negative, or lead to their own start.

    Notes
    -----
    Source: freeman1977, as computed by networkx.

    Examples
    --------
    >>> betweenness(np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]]))
    array([0., 1., 0.])
    """
    return _by_actor(nx.betweenness_centrality(_graph(ties)))


@checked(ties=not_negative("A", "A"), attenuation=NUMBER)
def bonacich_power(ties: np.ndarray, attenuation: float) -> np.ndarray:
    """Return an actor's power, which its contacts' power adds to or takes from.

    Formula: c = (I - beta R)^-1 R 1.

    Parameters
    ----------
    ties : ndarray, shape (A, A)
        R >= 0, symmetric, zero on the diagonal.
    attenuation : float
        beta, below 1 / (largest eigenvalue of R) in size. Above 0, strong contacts help, as with
        information; below 0, contacts with other contacts hurt, as where channels are exclusive.

    Returns
    -------
    ndarray, shape (A,)
        Power, in units of a tie; ratios between actors are what counts.

    Raises
    ------
    UsageError
        If the ties are not symmetric, negative, or lead to their own start, or beta is too large.

    Notes
    -----
    Source: bonacich1987, equation for c(alpha, beta), with alpha = 1.

    Examples
    --------
    A path of three: the middle has 2 (1 + beta) / (1 - 2 beta^2).

    >>> path = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    >>> bonacich_power(path, 0.3).round(6)
    array([1.95122 , 3.170732, 1.95122 ])
    """
    _demand_ties(ties)
    largest = float(np.abs(np.linalg.eigvalsh(ties)).max())
    if abs(attenuation) * largest >= 1.0 - 1e-9:  # an eigenvalue of 2 may come as 1.9999999999
        raise UsageError(
            f"An attenuation of {attenuation} lets power grow without end among these ties; keep "
            f"it below {1.0 / largest:.6g} in size."
        )
    return np.asarray(np.linalg.solve(np.eye(len(ties)) - attenuation * ties, ties.sum(axis=1)))


def _by_actor(measure: dict[int, float]) -> np.ndarray:
    return np.array([measure[actor] for actor in sorted(measure)])


def _graph(ties: np.ndarray) -> "nx.Graph[int]":
    _demand_ties(ties)
    return nx.from_numpy_array(ties)


def _demand_ties(ties: np.ndarray) -> None:
    if not np.array_equal(ties, ties.T) or np.any(np.diag(ties) != 0.0):
        raise UsageError("Ties are the same in both directions, and none to oneself.")
