"""Stability in a graph of states: who would leave a state, and who could make that not pay.

The graph model for conflict resolution needs no numbers but orders: each actor's ranking of
states, and who can move the conflict from which state to which. Four concepts differ in how far
ahead an actor looks and in what it believes others would do to stop it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from minsksim.domains.arguments import flags, index, list_of, numbers, one_of
from minsksim.domains.checked import checked

CONCEPTS = ("nash", "gmr", "smr", "seq")
"""Nash, general metarationality, symmetric metarationality, sequential stability."""


@checked(moves=flags("A", "S", "S"), movers=list_of(index("A")))
def reachable(moves: np.ndarray, movers: Sequence[int]) -> np.ndarray:
    """Return which states some actors can reach together, none moving twice in a row.

    Formula: s' is in R_H(s) if a sequence of moves by members of H, no two in a row by one
    member, leads from s to s'.

    Parameters
    ----------
    moves : ndarray of bool, shape (A, S, S)
        ``moves[a, s, t]``: actor a can move the conflict from s to t.
    movers : sequence of int
        H, the actors that move.

    Returns
    -------
    ndarray of bool, shape (S, S)
        Row s: the states that H can reach from s.

    Notes
    -----
    Source: fang_hipel_kilgour1993, legal sequences of moves of a coalition.

    Examples
    --------
    >>> one = [[False, True, False], [False, False, False], [False, False, False]]
    >>> two = [[False, False, False], [False, False, True], [False, False, False]]
    >>> reachable(np.array([one, two]), (0, 1)).tolist()[0]
    [False, True, True]
    """
    size = moves.shape[1]
    found = np.zeros((size, size), dtype=bool)
    for start in range(size):
        edge = [(start, -1)]
        seen = set(edge)
        while edge:
            state, last = edge.pop()
            for a in movers:
                for after in np.flatnonzero(moves[a, state]) if a != last else ():
                    found[start, after] = True
                    if (int(after), a) not in seen:
                        seen.add((int(after), a))
                        edge.append((int(after), a))
    return found


@checked(
    payoffs=numbers("A", "S"),
    moves=flags("A", "S", "S"),
    concept=one_of(dict.fromkeys(CONCEPTS, "")),
)
def stable_states(payoffs: np.ndarray, moves: np.ndarray, concept: str) -> np.ndarray:
    """Return for every actor in which states it would stay.

    Formula: with R_i moves, R+_i improvements of i, N - i the others: Nash: R+_i(s) is empty.
    GMR: for every t in R+_i(s) there is u in R_{N-i}(t) with P_i(u) <= P_i(s). SMR: such a u
    from which every v in R_i(u) has P_i(v) <= P_i(s). SEQ: as GMR, with others' moves all
    improvements of theirs.

    Parameters
    ----------
    payoffs : ndarray, shape (A, S)
        P, any numbers in the order of each actor's preference; ties allowed.
    moves : ndarray of bool, shape (A, S, S)
        ``moves[a, s, t]``: actor a can move the conflict from s to t.
    concept : str
        One of ``CONCEPTS``.

    Returns
    -------
    ndarray of bool, shape (A, S)
        Whether the state is stable for the actor.

    Raises
    ------
    UsageError
        If the concept is none of the four.

    Notes
    -----
    Source: kilgour_hipel_fang1987; fang_hipel_kilgour1993, for more than two actors.

    Examples
    --------
    >>> payoffs = np.array([[3, 1, 4, 2], [3, 4, 1, 2]])  # CC, CD, DC, DD
    >>> flips = [[[2, 3, 0, 1][s] == t for t in range(4)] for s in range(4)]
    >>> others = [[[1, 0, 3, 2][s] == t for t in range(4)] for s in range(4)]
    >>> stable_states(payoffs, np.array([flips, others]), "nash").all(axis=0).tolist()
    [False, False, False, True]
    """
    gains = payoffs[:, None, :] > payoffs[:, :, None]
    improvements = moves & gains
    stable = np.zeros(payoffs.shape, dtype=bool)
    for i in range(len(payoffs)):
        others = [a for a in range(len(payoffs)) if a != i]
        deters = ~gains[i]
        if concept == "smr":
            deters &= ~(moves[i].astype(np.intp) @ gains[i].T.astype(np.intp) > 0).T
        answers = reachable(improvements if concept == "seq" else moves, others)
        is_met = (deters.astype(np.intp) @ answers.T.astype(np.intp)) > 0
        if concept == "nash":
            is_met[:] = False
        stable[i] = ~np.any(improvements[i] & ~is_met, axis=1)
    return stable


@checked(payoffs=numbers("A", "S"), moves=flags("A", "S", "S"))
def equilibria(payoffs: np.ndarray, moves: np.ndarray) -> dict[str, tuple[int, ...]]:
    """Return the states in which nobody would leave, by concept.

    Formula: s is an equilibrium if it is stable for every actor. Nash is within SEQ and SMR,
    which are within GMR.

    Parameters
    ----------
    payoffs : ndarray, shape (A, S)
        Any numbers in the order of each actor's preference.
    moves : ndarray of bool, shape (A, S, S)
        ``moves[a, s, t]``: actor a can move the conflict from s to t.

    Returns
    -------
    dict of str to tuple of int
        For each of ``CONCEPTS`` the states, counted from 0.

    Notes
    -----
    Source: kilgour_hipel_fang1987.

    Examples
    --------
    >>> payoffs = np.array([[3, 1, 4, 2], [3, 4, 1, 2]])  # CC, CD, DC, DD
    >>> flips = [[[2, 3, 0, 1][s] == t for t in range(4)] for s in range(4)]
    >>> others = [[[1, 0, 3, 2][s] == t for t in range(4)] for s in range(4)]
    >>> equilibria(payoffs, np.array([flips, others]))
    {'nash': (3,), 'gmr': (0, 3), 'smr': (0, 3), 'seq': (0, 3)}
    """
    return {
        concept: tuple(np.flatnonzero(stable_states(payoffs, moves, concept).all(axis=0)).tolist())
        for concept in CONCEPTS
    }
