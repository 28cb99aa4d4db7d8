"""The positions of one lever that a search tries, and what each of them brings both parties."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.records import Structure
from minsksim.engine.arrays.workspace import LANE, POINTS, Cache, Workspace
from minsksim.rules.arithmetic import log, power_by_log
from minsksim.rules.indivisible import CLOSE
from minsksim.rules.lever_payoff import CODE, ONE, TWO, WEIGHT_A, WEIGHT_B
from minsksim.rules.package_gain import gain_from_move, move_cost
from minsksim.rules.utility import shapes
from minsksim.vocabulary import CONCAVE

FIRST_CELLS, CELLS = POINTS - 2, 21
"""Parts into which a window is cut: at first, when most shapes are known, and when narrowed."""

SCALE_LOW, SPAN, NOW, PAY_UP, PAY_DOWN, OWNER = 0, 1, 2, 3, 4, 5
"""Columns of a lever's facts: its scale, its present 0-1 value, what moving costs, and whom."""


@jit
def grid(window: np.ndarray, now: float, is_curved: bool, cells: int, points: np.ndarray) -> int:
    """Write the positions to try inside a window and return how many."""
    low, high = window[0], window[1]
    points[0] = low
    count = 1
    if is_curved and high > low:
        for i in range(1, cells):
            points[count] = low + (high - low) * i / cells
            count += 1
    if high > low:
        points[count] = high
        count += 1
    if low < now < high:
        points[count] = now
        count += 1
    return count


@jit
def lanes(count: int) -> int:
    """Return how many positions to reckon with: more than there are, in whole vectors."""
    return (count // LANE + 1) * LANE


@jit
def rescale(points: np.ndarray, count: int, facts: np.ndarray, z: np.ndarray) -> None:
    """Write positions on the 0-1 scale, filled up with the present one.

    The shapes of the present position are needed anyhow.
    """
    low, span, now = facts[SCALE_LOW], facts[SPAN], facts[NOW]
    for j in range(count):
        z[j] = (points[j] - low) / span
    for j in range(count, lanes(count)):
        z[j] = now


@jit
def reachable_steps(
    s: Structure, lever: int, window: np.ndarray, now: float, points: np.ndarray
) -> int:
    """Write the values inside a window that a lumpy lever can take, and where it is; count them."""
    count, is_there, slack = 0, False, CLOSE * (s.scale[lever, 1] - s.scale[lever, 0])
    for row in range(s.step_start[lever], s.step_start[lever + 1]):
        value = s.step_values[row]
        if window[0] - slack <= value <= window[1] + slack:
            points[count] = value
            is_there = is_there or value == now
            count += 1
    if not is_there:
        points[count] = now
        count += 1
    return count


@jit
def open_grid(
    s: Structure, work: Workspace, cache: Cache, i: int, now: float, is_curved: bool
) -> None:
    """Lay the positions that are tried first: mostly those of the turn before, which are kept."""
    lever, low, high = work.levers[i], work.windows[i, 0], work.windows[i, 1]
    tried, points, z = cache.tried_first[lever], cache.first_points[lever], cache.first_z[lever]
    if not (tried[0] == low and tried[1] == high and tried[2] == now):
        tried[0], tried[1], tried[2] = low, high, now
        if work.lumpy[i] == 1:
            count = reachable_steps(s, lever, work.windows[i], now, points)
        else:
            count = grid(work.windows[i], now, is_curved, FIRST_CELLS, points)
        cache.first_counts[lever] = count
        rescale(points, count, work.facts[i], z)
        for row in range(cache.known_for.shape[1]):
            cache.known_for[lever, row, 0] = -1.0
    work.counts[i] = cache.first_counts[lever]
    for j in range(work.counts[i]):
        work.points[i, j] = points[j]


@jit
def find_levels(
    work: Workspace, cache: Cache, i: int, row: int, width: int, is_first: bool, has_logs: bool
) -> None:
    """Write a curved term's shape at every position.

    Powers of the same positions need their logarithms once.
    """
    code, one, two = work.curves[i, row, CODE], work.curves[i, row, ONE], work.curves[i, row, TWO]
    if is_first:
        lever = work.levers[i]
        known, asked = cache.known[lever, row], cache.known_for[lever, row]
        if not (asked[0] == code and asked[1] == one and asked[2] == two):
            asked[0], asked[1], asked[2] = code, one, two
            shapes(int(code), cache.first_z[lever], width, one, two, known)
        return
    z, logs, level = work.z, work.logs, work.level
    if code != CONCAVE:
        shapes(int(code), z, width, one, two, level)
        return
    if not has_logs:
        for j in range(width):
            logs[j] = log(z[j])
    for j in range(width):
        level[j] = power_by_log(z[j], logs[j], one)


@jit
def add_term(
    work: Workspace, i: int, level: np.ndarray, width: int, weight_a: float, weight_b: float
) -> None:
    """Add what a curved term brings both parties at each position."""
    first, second = work.first, work.second
    for j in range(width):
        first[i, j] += weight_a * level[j]
        second[i, j] += weight_b * level[j]


@jit
def add_linear(work: Workspace, i: int, z: np.ndarray, width: int) -> None:
    """Write what the linear terms bring both parties at each position."""
    first, second, linear = work.first, work.second, work.linear
    for j in range(width):
        first[i, j], second[i, j] = linear[i, 0] * z[j], linear[i, 1] * z[j]


@jit
def gains_at(work: Workspace, cache: Cache, i: int, count: int, is_first: bool) -> None:
    """Write both parties' gains from each position of a lever; the owner pays for moving.

    The positions that are tried first, and their shapes, lie in the cache; compiled code has
    another type for its arrays, so each step is called with either.
    """
    linear, curves, now = work.linear, work.curves, work.facts[i, NOW]
    lever, width = work.levers[i], lanes(count)
    if is_first:
        add_linear(work, i, cache.first_z[lever], width)
    else:
        rescale(work.points[i], count, work.facts[i], work.z)
        add_linear(work, i, work.z, width)
    base_one, base_two, has_logs = linear[i, 0] * now, linear[i, 1] * now, False
    for row in range(work.curved[i]):
        weight_a, weight_b = curves[i, row, WEIGHT_A], curves[i, row, WEIGHT_B]
        find_levels(work, cache, i, row, width, is_first, has_logs)
        has_logs = has_logs or curves[i, row, CODE] == CONCAVE
        if is_first:
            add_term(work, i, cache.known[lever, row], width, weight_a, weight_b)
            at_present = cache.known[lever, row, count]
        else:
            add_term(work, i, work.level, width, weight_a, weight_b)
            at_present = work.level[count]
        base_one += weight_a * at_present
        base_two += weight_b * at_present
    if is_first:
        add_costs(work, i, cache.first_z[lever], width, base_one, base_two)
    else:
        add_costs(work, i, work.z, width, base_one, base_two)


@jit
def add_costs(
    work: Workspace, i: int, z: np.ndarray, width: int, base_one: float, base_two: float
) -> None:
    """Turn what both parties have at each position of a lever into gains, net of its costs."""
    facts, first, second = work.facts, work.first, work.second
    now, up, down = facts[i, NOW], facts[i, PAY_UP], facts[i, PAY_DOWN]
    pays_one = 1.0 if facts[i, OWNER] == 0.0 else 0.0
    for j in range(width):
        cost = move_cost(z[j] - now, up, down)
        first[i, j] = gain_from_move(first[i, j], base_one, cost * pays_one)
        second[i, j] = gain_from_move(second[i, j], base_two, cost * (1.0 - pays_one))


@jit
def open_windows(work: Workspace, levers: int) -> None:
    """Look everywhere a lever can go."""
    for i in range(levers):
        work.windows[i, 0], work.windows[i, 1] = work.reaches[i, 0], work.reaches[i, 1]


@jit
def narrow(work: Workspace, levers: int, cells: int, fine: float) -> bool:
    """Shrink the search window of every curved lever; return whether any is still coarse."""
    reaches, windows, chosen, curved = (work.reaches, work.windows, work.chosen, work.curved)
    is_coarse = False
    for i in range(levers):
        low, high = reaches[i, 0], reaches[i, 1]
        if curved[i] == 0 or high <= low or work.lumpy[i] == 1:
            continue
        half = (windows[i, 1] - windows[i, 0]) / cells
        if half > fine * (high - low):
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
def has_curves(s: Structure, work: Workspace, levers: int) -> bool:
    """Return whether a lever in the workspace has a term that is not linear."""
    for i in range(levers):
        if s.lever_curved[work.levers[i]] == 1:
            return True
    return False
