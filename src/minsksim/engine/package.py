"""The package of two parties: every lever on the table, the frontier, and the protocol's choice.

Levers whose terms are linear need three positions (lowest, present, highest); a curved lever gets
a grid that is narrowed around the solution until it no longer matters. With linear or concave
gains the result is the optimum over the whole package; ``tests/engine/test_package.py`` compares
it with brute force.
"""

import numpy as np

from minsksim._jit import jit
from minsksim.engine.layout import (
    PATIENCE,
    RESERVATION,
    STEP_DOWN,
    STEP_UP,
    State,
    Structure,
    Values,
)
from minsksim.engine.worth import delay_discount, lever_levels, move_cost
from minsksim.rules.bargaining import (
    KALAI_SMORODINSKY,
    SECOND_PROPOSES,
    TAKE_IT_OR_LEAVE_IT,
    balanced_position,
    settle,
    value_at,
)
from minsksim.rules.frontier import lever_frontier, sort_concessions
from minsksim.rules.patience import bargaining_weight
from minsksim.rules.trust import trust

CELLS = 8
POINTS = CELLS + 2
ROUNDS = 8
FINE = 4e-3
"""Width of a grid cell, as a share of the lever's reach, at which a search ends. Near an optimum
gains change with the square of it, so what is missed is a millionth."""


@jit
def reach(s: Structure, values: Values, state: State, c: int, lever: int) -> tuple[float, float]:
    """Return the lowest and highest value that the lever may take in a package of channel ``c``.

    Bounds, this turn's step, the stock it draws on, and promises to other partners limit it.
    """
    now = state.quantity[lever]
    low = max(s.scale[lever, 0], now - values.lever[lever, STEP_DOWN])
    high = min(s.scale[lever, 1], now + values.lever[lever, STEP_UP])
    if s.lever_drawn[lever] >= 0:
        high = max(now, min(high, state.quantity[s.lever_drawn[lever]]))
    if state.bound_channel[lever] >= 0 and state.bound_channel[lever] != c:
        if state.bound_from[lever] < now:
            low = now
        else:
            high = now
    if s.lever_whole[lever] == 1:
        low, high = min(now, np.ceil(low)), max(now, np.floor(high))
    return low, high


@jit
def is_free(s: Structure, state: State, lever: int) -> bool:
    """Return whether the lever can be put into a package now."""
    if state.is_active[lever] == 0 or state.promised[lever] >= 0:
        return False
    return not (s.lever_delay[lever] > 0 and np.any(~np.isnan(state.pending[:, lever])))


@jit
def weigh_lever(
    s: Structure, values: Values, state: State, c: int, lever: int, weights: np.ndarray
) -> None:
    """Write how much of the lever's worth counts for each party of channel ``c``.

    Own moves count in full, the partner's with trust; delayed ones are discounted.
    """
    for side in range(2):
        a = s.channel_ends[c, side]
        weights[side] = delay_discount(s, values, a, lever)
        if s.lever_owner[lever] != a:
            weights[side] *= trust(state.ledger[c, side, 0], state.ledger[c, side, 1])


@jit
def grid(window: np.ndarray, now: float, is_curved: bool, points: np.ndarray) -> int:
    """Write the positions to try inside a window and return how many."""
    low, high = window[0], window[1]
    points[0] = low
    count = 1
    if is_curved:
        for i in range(1, CELLS):
            points[count] = low + (high - low) * i / CELLS
            count += 1
    if high > low:
        points[count] = high
        count += 1
    if low < now < high:
        points[count] = now
        count += 1
    return count


@jit
def gains_at(
    s: Structure,
    values: Values,
    state: State,
    c: int,
    lever: int,
    weights: np.ndarray,
    points: np.ndarray,
    gains: np.ndarray,
) -> None:
    """Write both parties' gains, shape (2, >= points), from each position of the lever.

    The owner pays for moving.
    """
    one, two = s.channel_ends[c, 0], s.channel_ends[c, 1]
    now = state.quantity[lever]
    base_one, base_two = lever_levels(s, values, state, one, two, lever, now)
    is_own = s.lever_owner[lever] == one
    for j in range(points.shape[0]):
        level_one, level_two = lever_levels(s, values, state, one, two, lever, points[j])
        cost = move_cost(s, values, lever, now, points[j])
        gains[0, j] = (level_one - base_one) * weights[0]
        gains[1, j] = (level_two - base_two) * weights[1]
        gains[0 if is_own else 1, j] -= cost


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


@jit
def narrow(
    reaches: np.ndarray, windows: np.ndarray, chosen: np.ndarray, curved: np.ndarray
) -> bool:
    """Shrink the search window of every curved lever; return whether any is still coarse."""
    is_coarse = False
    for i in range(chosen.shape[0]):
        low, high = reaches[i, 0], reaches[i, 1]
        if curved[i] == 0 or high <= low:
            continue
        half = (windows[i, 1] - windows[i, 0]) / CELLS
        if half > FINE * (high - low):
            is_coarse = True
        at_edge = (chosen[i] <= windows[i, 0] and windows[i, 0] > low) or (
            chosen[i] >= windows[i, 1] and windows[i, 1] < high
        )
        if at_edge:
            half = (windows[i, 1] - windows[i, 0]) / 2.0
        windows[i, 0] = max(low, chosen[i] - half)
        windows[i, 1] = min(high, chosen[i] + half)
    return is_coarse


@jit
def search(
    s: Structure,
    values: Values,
    state: State,
    c: int,
    protocol: int,
    reservation: tuple[float, float],
    ideal: tuple[float, float],
    levers: np.ndarray,
    chosen: np.ndarray,
) -> tuple[bool, float, float]:
    """Choose values of ``levers`` by one protocol; return whether it suits both, and the gains."""
    count = levers.shape[0]
    points, gains = np.zeros((count, POINTS)), np.zeros((2, count, POINTS))
    counts, weights, reaches = np.zeros(count, np.int64), np.zeros((count, 2)), np.zeros((count, 2))
    for i in range(count):
        reaches[i, 0], reaches[i, 1] = reach(s, values, state, c, levers[i])
        weigh_lever(s, values, state, c, levers[i], weights[i])
    windows, curved = reaches.copy(), s.lever_curved[levers]
    one, two = s.channel_ends[c, 0], s.channel_ends[c, 1]
    alpha = bargaining_weight(values.actor[one, PATIENCE], values.actor[two, PATIENCE])
    found = (False, 0.0, 0.0)
    for turn in range(ROUNDS):
        for i in range(count):
            if turn > 0 and curved[i] == 0:
                continue
            lever, here = levers[i], points[i]
            counts[i] = grid(windows[i], state.quantity[lever], curved[i] == 1, here)
            gains_at(s, values, state, c, lever, weights[i], here[: counts[i]], gains[:, i])
        found = best_mix(gains, points, counts, protocol, alpha, reservation, ideal, chosen)
        if not narrow(reaches, windows, chosen, curved):
            break
    return found


@jit
def find_package(
    s: Structure, values: Values, state: State, c: int, levers: np.ndarray, chosen: np.ndarray
) -> bool:
    """Write the value of each of ``levers`` in the protocol's package for channel ``c``.

    Returns whether a package suits both parties. Where levers are curved, the ideal points of
    Kalai-Smorodinsky are searched for first, since a narrowed grid no longer shows them.
    """
    protocol, nothing = s.channel_protocol[c], (0.0, 0.0)
    least = (
        values.actor[s.channel_ends[c, 0], RESERVATION],
        values.actor[s.channel_ends[c, 1], RESERVATION],
    )
    ideal = nothing
    if protocol == KALAI_SMORODINSKY and np.any(s.lever_curved[levers] == 1):
        _, first, _ = search(
            s, values, state, c, TAKE_IT_OR_LEAVE_IT, nothing, nothing, levers, chosen
        )
        _, _, second = search(
            s, values, state, c, SECOND_PROPOSES, nothing, nothing, levers, chosen
        )
        ideal = (first, second)
    is_found, _, _ = search(s, values, state, c, protocol, least, ideal, levers, chosen)
    return is_found
