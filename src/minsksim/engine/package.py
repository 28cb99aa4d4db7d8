"""The package of two parties: every lever on the table, the frontier, and the protocol's choice.

Levers whose terms are linear need three positions (lowest, present, highest); a curved lever gets
a grid that is narrowed around the solution until it no longer matters. With linear or concave
gains the result is the optimum over the whole package; ``tests/engine/test_package.py`` compares
it with brute force.
"""

import numpy as np

from minsksim._jit import jit
from minsksim.engine.layout import STEP_DOWN, STEP_UP, State, Structure, Values
from minsksim.engine.worth import delay_discount, lever_level, move_cost
from minsksim.rules.bargaining import balanced_position, settle
from minsksim.rules.frontier import lever_frontier, sort_concessions
from minsksim.rules.trust import trust

CELLS = 8
POINTS = CELLS + 2
ROUNDS = 12
FINE = 1e-6


@jit
def reach(s: Structure, values: Values, state: State, c: int, l: int) -> tuple[float, float]:
    """Return the lowest and highest value that lever ``l`` may take in a package of channel ``c``.

    Bounds, this turn's step, the stock it draws on, and promises to other partners limit it.
    """
    now = state.quantity[l]
    low = max(s.scale[l, 0], now - values.lever[l, STEP_DOWN])
    high = min(s.scale[l, 1], now + values.lever[l, STEP_UP])
    if s.lever_drawn[l] >= 0:
        high = max(now, min(high, state.quantity[s.lever_drawn[l]]))
    if state.bound_channel[l] >= 0 and state.bound_channel[l] != c:
        if state.bound_from[l] < now:
            low = now
        else:
            high = now
    if s.lever_whole[l] == 1:
        low, high = min(now, np.ceil(low)), max(now, np.floor(high))
    return low, high


@jit
def is_free(s: Structure, state: State, l: int) -> bool:
    """Return whether lever ``l`` can be put into a package now."""
    if state.is_active[l] == 0 or state.promised[l] >= 0:
        return False
    return not (s.lever_delay[l] > 0 and np.any(~np.isnan(state.pending[:, l])))


@jit
def gains_of_move(
    s: Structure, values: Values, state: State, c: int, l: int, base: np.ndarray, value: float
) -> tuple[float, float]:
    """Return both parties' gains when lever ``l`` goes to ``value``, the partner's at trust.

    G_a counts own moves in full, less their cost, and the partner's moves with trust.
    """
    first, second = s.channel_ends[c, 0], s.channel_ends[c, 1]
    now = state.quantity[l]
    u = (lever_level(s, values, state, first, l, value) - base[0]) * delay_discount(
        s, values, first, l
    )
    v = (lever_level(s, values, state, second, l, value) - base[1]) * delay_discount(
        s, values, second, l
    )
    cost = move_cost(s, values, l, now, value)
    if s.lever_owner[l] == first:
        return u - cost, v * trust(state.ledger[c, 1, 0], state.ledger[c, 1, 1])
    return u * trust(state.ledger[c, 0, 0], state.ledger[c, 0, 1]), v - cost


@jit
def grid(low: float, high: float, now: float, is_curved: bool, points: np.ndarray) -> int:
    """Write the positions to try between ``low`` and ``high`` and return how many."""
    points[0] = low
    points[1] = high
    count = 2
    if is_curved:
        for i in range(1, CELLS):
            points[count] = low + (high - low) * i / CELLS
            count += 1
    if low < now < high:
        points[count] = now
        count += 1
    return count


@jit
def best_mix(
    first: np.ndarray,
    second: np.ndarray,
    points: np.ndarray,
    counts: np.ndarray,
    protocol: int,
    alpha: float,
    reservation: tuple[float, float],
    chosen: np.ndarray,
) -> bool:
    """Choose a position for every lever; return whether a package suits both parties.

    Where none does, the position that favours both most evenly is chosen, so that a finer grid
    around it can still find one.
    """
    levers = counts.shape[0]
    chain = np.zeros(POINTS, np.int64)
    moves = np.zeros((levers * POINTS, 3), np.int64)
    rates = np.zeros(levers * POINTS)
    count = 0
    u0, v0 = 0.0, 0.0
    for i in range(levers):
        length = lever_frontier(first[i], second[i], counts[i], chain)
        chosen[i] = points[i, chain[0]]
        u0 += first[i, chain[0]]
        v0 += second[i, chain[0]]
        for j in range(1, length):
            here, there = chain[j - 1], chain[j]
            moves[count, 0], moves[count, 1], moves[count, 2] = i, here, there
            paid = first[i, here] - first[i, there]
            gained = second[i, there] - second[i, here]
            rates[count] = gained / paid if paid > 0.0 else np.inf
            count += 1
    order = np.zeros(count + 1, np.int64)
    sort_concessions(rates, count, order)
    us, vs = np.zeros(count + 1), np.zeros(count + 1)
    us[0], vs[0] = u0, v0
    for k in range(count):
        i, here, there = moves[order[k]]
        us[k + 1] = us[k] + first[i, there] - first[i, here]
        vs[k + 1] = vs[k] + second[i, there] - second[i, here]
    position = settle(us, vs, count, protocol, alpha, (0.0, 0.0), reservation)
    is_found = position >= 0.0
    if not is_found:
        position = balanced_position(us, vs, count, 0.0, 0.0, 1.0)
    for k in range(count):
        share = min(max(position - k, 0.0), 1.0)
        if share > 0.0:
            i, here, there = moves[order[k]]
            chosen[i] = points[i, here] + share * (points[i, there] - points[i, here])
    return is_found


@jit
def narrow(
    low: np.ndarray, high: np.ndarray, windows: np.ndarray, chosen: np.ndarray, curved: np.ndarray
) -> bool:
    """Shrink the search window of every curved lever; return whether any is still coarse."""
    is_coarse = False
    for i in range(chosen.shape[0]):
        span = high[i] - low[i]
        if curved[i] == 0 or span <= 0.0:
            continue
        half = (windows[i, 1] - windows[i, 0]) / CELLS
        at_edge = (chosen[i] <= windows[i, 0] and windows[i, 0] > low[i]) or (
            chosen[i] >= windows[i, 1] and windows[i, 1] < high[i]
        )
        if at_edge:
            half = (windows[i, 1] - windows[i, 0]) / 2.0
        windows[i, 0] = max(low[i], chosen[i] - half)
        windows[i, 1] = min(high[i], chosen[i] + half)
        if half > FINE * span:
            is_coarse = True
    return is_coarse


@jit
def find_package(
    s: Structure,
    values: Values,
    state: State,
    c: int,
    alpha: float,
    reservation: tuple[float, float],
    levers: np.ndarray,
    chosen: np.ndarray,
) -> bool:
    """Write the value of each of ``levers`` in the protocol's package for channel ``c``."""
    count = levers.shape[0]
    points, counts = np.zeros((count, POINTS)), np.zeros(count, np.int64)
    first, second = np.zeros((count, POINTS)), np.zeros((count, POINTS))
    low, high, base = np.zeros(count), np.zeros(count), np.zeros((count, 2))
    windows, curved = np.zeros((count, 2)), np.zeros(count, np.int64)
    for i in range(count):
        l = levers[i]
        low[i], high[i] = reach(s, values, state, c, l)
        windows[i, 0], windows[i, 1] = low[i], high[i]
        curved[i] = s.lever_curved[l]
        for side in range(2):
            a = s.channel_ends[c, side]
            base[i, side] = lever_level(s, values, state, a, l, state.quantity[l])
    is_found = False
    for search in range(ROUNDS):
        for i in range(count):
            if search > 0 and curved[i] == 0:
                continue
            now = state.quantity[levers[i]]
            counts[i] = grid(windows[i, 0], windows[i, 1], now, curved[i] == 1, points[i])
            for j in range(counts[i]):
                first[i, j], second[i, j] = gains_of_move(
                    s, values, state, c, levers[i], base[i], points[i, j]
                )
        protocol = s.channel_protocol[c]
        is_found = best_mix(first, second, points, counts, protocol, alpha, reservation, chosen)
        if not narrow(low, high, windows, chosen, curved):
            break
    return is_found
