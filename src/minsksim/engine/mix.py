"""All levers together: the joint frontier of a package and the position a protocol takes on it."""

import numpy as np

from minsksim._jit import jit
from minsksim.rules.bargaining import balanced_position, settle, value_at
from minsksim.rules.frontier import lever_frontier, sort_concessions

POINTS = 10
"""Most positions of a lever that are tried at once."""


@jit
def collect_concessions(
    first: np.ndarray, second: np.ndarray, counts: np.ndarray, begin: np.ndarray, moves: np.ndarray
) -> int:
    """Write every lever's steps along its own frontier and return how many there are.

    ``moves[k]`` is (lever, from, to) in positions, and ``begin`` is the first party's best
    position of each lever.
    """
    chain = np.zeros(POINTS, np.int64)
    count = 0
    for i in range(counts.shape[0]):
        length = lever_frontier(first[i], second[i], counts[i], chain)
        begin[i] = chain[0]
        for j in range(1, length):
            moves[count, 0], moves[count, 1], moves[count, 2] = i, chain[j - 1], chain[j]
            count += 1
    return count


@jit
def add_vertices(
    first: np.ndarray,
    second: np.ndarray,
    begin: np.ndarray,
    moves: np.ndarray,
    us: np.ndarray,
    vs: np.ndarray,
) -> None:
    """Sort concessions by what they pass on and write the vertices of the joint frontier."""
    last = moves.shape[0]
    rates, order, unsorted = np.zeros(last), np.zeros(last, np.int64), moves.copy()
    for k in range(last):
        i, here, there = moves[k, 0], moves[k, 1], moves[k, 2]
        paid, gained = first[i, here] - first[i, there], second[i, there] - second[i, here]
        rates[k] = gained / paid if paid > 0.0 else np.inf
        # collinear edges of one lever may differ in the last bit; the earlier one goes first
        if k > 0 and moves[k - 1, 0] == i:
            rates[k] = min(rates[k], rates[k - 1])
    sort_concessions(rates, last, order)
    us[0], vs[0] = 0.0, 0.0
    for i in range(begin.shape[0]):
        us[0] += first[i, begin[i]]
        vs[0] += second[i, begin[i]]
    for k in range(last):
        moves[k] = unsorted[order[k]]
        i, here, there = moves[k, 0], moves[k, 1], moves[k, 2]
        us[k + 1] = us[k] + first[i, there] - first[i, here]
        vs[k + 1] = vs[k] + second[i, there] - second[i, here]


@jit
def mix(
    points: np.ndarray,
    begin: np.ndarray,
    moves: np.ndarray,
    position: float,
    chosen: np.ndarray,
) -> None:
    """Write the value of every lever at a position of the joint frontier."""
    for i in range(begin.shape[0]):
        chosen[i] = points[i, begin[i]]
    for k in range(moves.shape[0]):
        share = min(position - k, 1.0)
        if share <= 0.0:
            break
        i, here, there = moves[k, 0], moves[k, 1], moves[k, 2]
        chosen[i] = points[i, here] + share * (points[i, there] - points[i, here])


@jit
def best_mix(
    gains: np.ndarray,
    points: np.ndarray,
    counts: np.ndarray,
    protocol: int,
    alpha: float,
    reservation: tuple[float, float],
    ideal: tuple[float, float],
    chosen: np.ndarray,
) -> tuple[bool, float, float]:
    """Choose a position for every lever; return whether a package suits both, and their gains.

    Where none does, the position that favours both most evenly is chosen, so that a finer grid
    around it can still find one.
    """
    levers = counts.shape[0]
    begin, room = np.zeros(levers, np.int64), np.zeros((levers * POINTS, 3), np.int64)
    last = collect_concessions(gains[0], gains[1], counts, begin, room)
    moves = room[:last]
    us, vs = np.zeros(last + 1), np.zeros(last + 1)
    add_vertices(gains[0], gains[1], begin, moves, us, vs)
    position = settle(us, vs, last, protocol, alpha, (0.0, 0.0), reservation, ideal)
    is_found = position >= 0.0
    if not is_found:
        position = balanced_position(us, vs, last, 0.0, 0.0, 1.0)
    mix(points, begin, moves, position, chosen)
    return is_found, value_at(us, position), value_at(vs, position)
