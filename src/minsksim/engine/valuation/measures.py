"""Measures: what is reported of a run, gathered turn by turn.

A turn that was not reached (``first_above``) is one past the last turn while it is gathered, so
that the kernel compares numbers alone, and no number at all once it is reported.
"""

import numpy as np

from minsksim._compiled.marks import inlined, jit
from minsksim.endings import ENDINGS_HELD, ENDINGS_MISSED, HELD, MEETING_CODES, MISSED
from minsksim.engine.arrays.kinds import Floats
from minsksim.engine.arrays.records import State, Structure
from minsksim.vocabulary import (
    CHANGE,
    FINAL,
    FIRST_ABOVE,
    MAXIMUM,
    MEAN,
    MINIMUM,
    OF_AGREEMENTS,
    OF_BLOCKED,
    OF_BREACHES,
    OF_DELIVERED,
    OF_OUTBID,
    OF_QUANTITY,
    OF_THREATS,
    OF_UTILITY,
    TOTAL,
    TURNS_ABOVE,
)


@jit
def has_ended_so(ending: int, counted: int) -> bool:
    """Return whether a meeting that ended so is one of those that are counted."""
    if counted == HELD:
        return ending in ENDINGS_HELD
    if counted == MISSED:
        return ending in ENDINGS_MISSED
    return ending == counted


@inlined
def measured(s: Structure, state: State, q: int) -> float:
    """Return the present value of measure ``q``'s sources, added up."""
    total = 0.0
    for row in range(s.measure_start[q], s.measure_start[q + 1]):
        kind, index = s.measure_kind[row], s.measure_index[row]
        if kind == OF_QUANTITY:
            total += state.quantity[index]
        elif kind == OF_UTILITY:
            total += state.utility[index]
        elif kind == OF_AGREEMENTS:
            total += state.was_agreed[index]
        elif kind == OF_BLOCKED:
            total += state.was_blocked[index]
        elif kind == OF_OUTBID:
            total += 1.0 if state.bids.outbid[index] > 0 else 0.0
        elif kind == OF_DELIVERED:
            total += state.parts.is_done[index]
        elif kind == OF_THREATS:
            total += state.standoff.mark[index // 5, index % 5]
        elif kind == OF_BREACHES:
            total += state.was_broken[index]
        else:
            ending = state.offer_state[index // MEETING_CODES]
            total += 1.0 if has_ended_so(ending, index % MEETING_CODES) else 0.0
    return total


def reported(s: Structure, gathered: Floats) -> Floats:
    """Return measures as they are reported: NaN for a turn that was never reached.

    Parameters
    ----------
    s : Structure
    gathered : float64[..., Q]
        Measures as the turns left them.
    """
    never = (s.measure_take == FIRST_ABOVE) & (gathered > s.turns)
    found: Floats = np.where(never, np.nan, gathered)
    return found


@jit
def begin_measures(s: Structure, state: State) -> None:
    """Set measures to their value before the first turn."""
    for q in range(s.measure_take.shape[0]):
        take = s.measure_take[q]
        state.measure[q] = 0.0
        if take == CHANGE:
            state.measure[q] = -measured(s, state, q)
        elif take == MINIMUM:
            state.measure[q] = np.inf
        elif take == MAXIMUM:
            state.measure[q] = -np.inf
        elif take == FIRST_ABOVE:
            state.measure[q] = s.turns + 1.0


@jit
def gather(s: Structure, state: State, turn: int) -> None:
    """Add the turn that has just settled to every measure."""
    for row in range(s.measures_running.shape[0]):
        q = s.measures_running[row]
        take, value = s.measure_take[q], measured(s, state, q)
        if take == TOTAL:
            state.measure[q] += value
        elif take == MEAN:
            state.measure[q] += value / s.turns
        elif take == MINIMUM:
            state.measure[q] = min(state.measure[q], value)
        elif take == MAXIMUM:
            state.measure[q] = max(state.measure[q], value)
        elif value > s.measure_above[q]:
            if take == TURNS_ABOVE:
                state.measure[q] += 1.0
            else:
                state.measure[q] = min(state.measure[q], float(turn))
    if turn < s.turns:
        return
    for q in range(s.measure_take.shape[0]):
        take = s.measure_take[q]
        if take == FINAL:
            state.measure[q] = measured(s, state, q)
        elif take == CHANGE:
            state.measure[q] += measured(s, state, q)
