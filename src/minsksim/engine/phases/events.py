"""Events: what belonged to the last turn is cleared or fades, and what happens strikes."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.endings import NO_OFFER
from minsksim.engine.arrays.draws import draw_of, make_draws
from minsksim.engine.arrays.randomness import EVENT
from minsksim.engine.arrays.records import (
    INITIAL,
    State,
    Structure,
    Values,
)
from minsksim.engine.arrays.salience_cache import leave_path
from minsksim.engine.phases.drift import fade
from minsksim.engine.phases.groups import add_up_groups
from minsksim.engine.phases.passing import (
    change_lasting,
    channel_of,
    end_what_is_over,
    is_switch,
    move_quality,
    passes,
    shift_salience,
    switch,
)
from minsksim.rules.events import after_event
from minsksim.rules.influence import normalise
from minsksim.rules.trust import hear
from minsksim.vocabulary import ON_QUANTITY, ON_SALIENCE

# columns of Structure.imposed
LEVER, SINCE = 0, 1


@jit
def open_turn(s: Structure, values: Values, state: State) -> None:
    """Clear what belonged to the last turn and let momentary levers fall back."""
    state.paid[:] = 0.0
    state.promised[:] = -1
    state.reverted[:] = 0
    state.offer_state[:] = NO_OFFER
    state.has_accepted[:, :] = 0
    state.has_kept[:, :] = 0
    state.choice[:, :] = -1
    state.has_leaked[:] = 0
    state.was_agreed[:] = 0
    state.was_broken[:] = 0
    state.was_blocked[:] = 0
    if s.counter.shape[0] > 0:
        state.bids.outbid[:] = 0
        state.bids.is_bid[:] = 0
        state.bids.is_held_back[:] = 0
        state.bids.is_free[:] = 0
    for lever in range(s.lever_owner.shape[0]):
        if s.lever_momentary[lever] == 1:
            state.quantity[lever] = values.lever[lever, INITIAL]


@jit
def strike(s: Structure, values: Values, state: State, turn: int, f: int) -> None:
    """Apply effect ``f`` of an event that strikes in this turn."""
    kind, how, amount = s.effect_kind[f], s.effect_how[f], values.effect[f]
    first, second = s.effect_first[f], s.effect_second[f]
    levers = s.lever_owner.shape[0]
    if is_switch(s, f):
        switch(s, state, turn, f)
    elif kind == ON_QUANTITY and channel_of(s, first) >= 0 and s.passing.shape[0] > 0:
        move_quality(s, values, state, turn, f)
    elif kind == ON_QUANTITY:
        low, high = 0.0, 1.0
        if first < levers:
            low, high = s.scale[first, 0], s.scale[first, 1]
            state.pending[:, first] = np.nan
        elif first < levers + s.index_stock.shape[0]:
            low, high = s.stock_bounds[first - levers, 0], s.stock_bounds[first - levers, 1]
        state.quantity[first] = after_event(state.quantity[first], amount, how, low, high)
    elif kind == ON_SALIENCE and passes(s, f):
        shift_salience(s, values, state, turn, f)
    elif kind == ON_SALIENCE and s.passing.shape[0] > 0:
        change_lasting(s, values, state, f)
    elif kind == ON_SALIENCE:
        value = after_event(state.innate[first, second], amount, how, -np.inf, np.inf)
        state.salience[first, second] += value - state.innate[first, second]
        state.innate[first, second] = value
        normalise(state.innate[first])
        normalise(state.salience[first])
    else:
        others = s.channel_size[first] - 1
        for row in range(second * others, (second + 1) * others):
            ledger = state.ledger[first, row]
            ledger[0], ledger[1] = hear(ledger[0], ledger[1], amount)


@jit
def happen(s: Structure, values: Values, state: State, turn: int) -> None:
    """Let dated events strike in their turn and hazards at most once, in the file's order."""
    for e in range(s.event_turn.shape[0]):
        if state.has_happened[e] > 0:
            continue
        if s.event_turn[e] > 0:
            is_due = s.event_turn[e] == turn
        else:
            is_due = draw_of(s, state, EVENT, e) < values.hazard[e]
        if is_due:
            state.has_happened[e] = turn
            for f in range(s.effect_event.shape[0]):
                if s.effect_event[f] == e:
                    strike(s, values, state, turn, f)
                    if s.effect_kind[f] == ON_SALIENCE and s.event_turn[e] == 0:
                        leave_path(state)
            add_up_groups(s, state)


@jit
def hold(s: Structure, values: Values, state: State, turn: int) -> None:
    """Put every lever that is imposed by now where it stands, whatever moved or bound it.

    It leaves the agreements it was part of, so that no breach, part or delayed move takes it back,
    and nobody pays for it.
    """
    for i in range(s.imposed.shape[0]):
        lever = s.imposed[i, LEVER]
        if turn < s.imposed[i, SINCE]:
            continue
        state.quantity[lever] = values.imposed[i]
        state.is_active[lever] = 0
        state.pending[:, lever] = np.nan
        state.bound_channel[lever] = -1
        state.parts.of[lever] = -1


@jit
def play(
    s: Structure, values: Values, state: State, seed: int, rep: int, turn: int, is_traced: bool
) -> None:
    """Draw the turn's random numbers, let what is due end or happen, and hold what is imposed.

    Stocks decay before anything strikes them, so that an event counts in full in its turn.
    """
    make_draws(s, state, seed, rep, turn)
    open_turn(s, values, state)
    fade(s, values, state)
    end_what_is_over(s, values, state, turn)
    happen(s, values, state, turn)
    hold(s, values, state, turn)
