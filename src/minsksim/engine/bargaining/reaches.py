"""How far a lever may go in a package, and whether it may be in one at all."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.records import STEP_DOWN, STEP_UP, State, Structure, Values
from minsksim.engine.bargaining.pools import left_to_draw
from minsksim.rules import steps
from minsksim.rules.indivisible import farthest_step, next_step


@jit
def reach(s: Structure, values: Values, state: State, c: int, lever: int) -> tuple[float, float]:
    """Return the lowest and highest value that the lever may take in a package of channel ``c``.

    Bounds, this turn's step, the stock it draws on, and promises to other partners limit it.
    """
    now = state.quantity[lever]
    low = steps.step_down(now, s.scale[lever, 0], values.lever[lever, STEP_DOWN])
    high = steps.step_up(now, s.scale[lever, 1], values.lever[lever, STEP_UP])
    if s.lever_pool_start[lever + 1] > s.lever_pool_start[lever]:
        left = min(left_to_draw(s, state, lever), state.workspace.cap[lever])
        high = steps.as_stock_allows(now, high, left)
    if state.bound_channel[lever] >= 0 and state.bound_channel[lever] != c:
        low, high = steps.keep_promise(now, low, high, state.bound_from[lever])
    if s.lever_whole[lever] == 1:
        low, high = steps.whole_between(now, low, high)
    return low, high


@jit
def has_lumps(s: Structure, lever: int) -> bool:
    """Return whether the lever comes in lumps."""
    return s.step_start[lever + 1] > s.step_start[lever]


@jit
def on_next_lump(s: Structure, lever: int, now: float, limit: float) -> float:
    """Return the next value on the way to a limit that a lever with lumps can take, or ``now``."""
    return next_step(s.step_values[s.step_start[lever] : s.step_start[lever + 1]], now, limit)


@jit
def on_last_lump(s: Structure, lever: int, now: float, limit: float) -> float:
    """Return the last value on the way to a limit that a lever with lumps can take, or ``now``."""
    return farthest_step(s.step_values[s.step_start[lever] : s.step_start[lever + 1]], now, limit)


@jit
def is_pending(s: Structure, state: State, lever: int) -> bool:
    """Return whether a delayed move of the lever has not landed yet."""
    if s.lever_delay[lever] > 0:
        for d in range(state.pending.shape[0]):
            if not np.isnan(state.pending[d, lever]):
                return True
    return False


@jit
def is_free(s: Structure, state: State, lever: int) -> bool:
    """Return whether the lever can be put into a package now."""
    if state.is_active[lever] == 0 or state.promised[lever] >= 0:
        return False
    return not is_pending(s, state, lever)


@jit
def list_free_levers(s: Structure, state: State, c: int) -> int:
    """Write into the workspace which levers channel ``c`` may trade now; return how many."""
    levers = 0
    for row in range(s.table_start[c], s.table_start[c + 1]):
        if is_free(s, state, s.table_levers[row]):
            state.workspace.levers[levers] = s.table_levers[row]
            levers += 1
    return levers
