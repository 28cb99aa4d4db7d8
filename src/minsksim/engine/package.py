"""The package of two parties: every lever on the table, the frontier, and the protocol's choice.

Levers whose terms are linear need three positions (lowest, present, highest); a curved lever gets
a grid that is narrowed around the solution until it no longer matters. With linear or concave
gains the result is the optimum over the whole package; ``tests/engine/test_package.py`` compares
it with brute force.
"""

import numpy as np

from minsksim._jit import jit
from minsksim.engine.layout import (
    COST_DOWN,
    COST_UP,
    PATIENCE,
    RESERVATION,
    STEP_DOWN,
    STEP_UP,
    State,
    Structure,
    Values,
)
from minsksim.engine.mix import POINTS, best_mix
from minsksim.engine.sheet import fill_sheet, most_terms, read_sheet, scale_sheet
from minsksim.rules.bargaining import KALAI_SMORODINSKY, SECOND_PROPOSES, TAKE_IT_OR_LEAVE_IT
from minsksim.rules.patience import bargaining_weight
from minsksim.rules.trust import trust

CELLS = POINTS - 2
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


LOW, SPAN, NOW, UP, DOWN, OWNER = 0, 1, 2, 3, 4, 5
"""Columns of a lever's facts: its scale, its present 0-1 value, what moving costs, and whom."""


@jit
def fill_sheets(
    s: Structure,
    values: Values,
    state: State,
    c: int,
    lever: int,
    linear: np.ndarray,
    curved: np.ndarray,
    facts: np.ndarray,
) -> int:
    """Write what a lever is worth at the table of channel ``c``; return its curved terms.

    Own moves count in full, the partner's with trust.
    """
    one, two = s.channel_ends[c, 0], s.channel_ends[c, 1]
    count = fill_sheet(s, values, state, one, two, lever, linear, curved)
    partner = 1 if s.lever_owner[lever] == one else 0
    faith = trust(state.ledger[c, partner, 0], state.ledger[c, partner, 1])
    scale_sheet(linear, curved, count, faith, partner)
    facts[LOW], facts[SPAN] = s.scale[lever, 0], s.scale[lever, 1] - s.scale[lever, 0]
    facts[NOW] = (state.quantity[lever] - facts[LOW]) / facts[SPAN]
    facts[UP], facts[DOWN] = values.lever[lever, COST_UP], values.lever[lever, COST_DOWN]
    facts[OWNER] = 1 - partner
    return count


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
    points: np.ndarray,
    count: int,
    linear: np.ndarray,
    curved: np.ndarray,
    terms: int,
    facts: np.ndarray,
    first: np.ndarray,
    second: np.ndarray,
) -> None:
    """Write both parties' gains from each position of a lever; the owner pays for moving."""
    low, span, now = facts[LOW], facts[SPAN], facts[NOW]
    base_one, base_two = read_sheet(linear, curved, terms, now)
    for j in range(count):
        z = (points[j] - low) / span
        one, two = read_sheet(linear, curved, terms, z)
        cost = facts[UP] * (z - now) if z >= now else facts[DOWN] * (now - z)
        first[j] = one - base_one - (cost if facts[OWNER] == 0.0 else 0.0)
        second[j] = two - base_two - (cost if facts[OWNER] == 1.0 else 0.0)


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
    counts, terms = np.zeros(count, np.int64), np.zeros(count, np.int64)
    reaches, linear, facts = np.zeros((count, 2)), np.zeros((count, 2)), np.zeros((count, 6))
    curves = np.zeros((count, most_terms(s), 5))
    for i in range(count):
        reaches[i, 0], reaches[i, 1] = reach(s, values, state, c, levers[i])
        terms[i] = fill_sheets(s, values, state, c, levers[i], linear[i], curves[i], facts[i])
    windows, curved, now = reaches.copy(), s.lever_curved[levers], state.quantity[levers]
    first, second = s.channel_ends[c, 0], s.channel_ends[c, 1]
    alpha = bargaining_weight(values.actor[first, PATIENCE], values.actor[second, PATIENCE])
    found = (False, 0.0, 0.0)
    for turn in range(ROUNDS):
        for i in range(count):
            if turn > 0 and curved[i] == 0:
                continue
            counts[i] = grid(windows[i], now[i], curved[i] == 1, points[i])
            one, two = gains[0, i], gains[1, i]
            gains_at(points[i], counts[i], linear[i], curves[i], terms[i], facts[i], one, two)
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
