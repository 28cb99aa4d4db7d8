"""The first phases of a turn: events, drift, influence, perception."""

import numpy as np

from minsksim._jit import jit
from minsksim.engine.copying import copy_row, copy_rows
from minsksim.engine.course import leave_course
from minsksim.engine.layout import (
    INITIAL,
    LEAK_RATE,
    ON_QUANTITY,
    ON_SALIENCE,
    SET,
    SUSCEPTIBILITY,
    SWITCH_OFF,
    SWITCH_ON,
    State,
    Structure,
    Values,
)
from minsksim.engine.luck import luck_of
from minsksim.engine.noise import EVENT, FLOW, LEAK
from minsksim.engine.worth import on_scale
from minsksim.rules.flows import flow
from minsksim.rules.influence import friedkin_johnsen, normalise
from minsksim.rules.perception import perceive


@jit
def open_turn(s: Structure, values: Values, state: State) -> None:
    """Clear what belonged to the last turn and let momentary levers fall back."""
    state.paid[:] = 0.0
    state.promised[:] = -1
    state.reverted[:] = 0
    state.offer_state[:] = 0
    state.has_accepted[:, :] = 0
    state.has_kept[:, :] = 0
    state.ledger_gain[:, :] = 0.0
    state.choice[:, :] = -1
    state.has_leaked[:] = 0
    state.was_agreed[:] = 0
    state.was_broken[:] = 0
    state.was_blocked[:] = 0
    for lever in range(s.lever_owner.shape[0]):
        if s.lever_momentary[lever] == 1:
            state.quantity[lever] = values.lever[lever, INITIAL]


@jit
def strike(s: Structure, values: Values, state: State, f: int) -> None:
    """Apply effect ``f`` of an event."""
    kind, how, amount = s.effect_kind[f], s.effect_how[f], values.effect[f]
    first, second = s.effect_first[f], s.effect_second[f]
    levers = s.lever_owner.shape[0]
    if kind == ON_QUANTITY and (how == SWITCH_ON or how == SWITCH_OFF):
        flag = 1 if how == SWITCH_ON else 0
        if first < levers:
            state.is_active[first] = flag
        else:
            state.is_open[first - levers - s.index_stock.shape[0]] = flag
    elif kind == ON_QUANTITY:
        value = amount if how == SET else state.quantity[first] + amount
        if first < levers:
            value = min(max(value, s.scale[first, 0]), s.scale[first, 1])
            state.pending[:, first] = np.nan
        elif first < levers + s.index_stock.shape[0]:
            value = max(value, 0.0)
        else:
            value = min(max(value, 0.0), 1.0)
        state.quantity[first] = value
    elif kind == ON_SALIENCE:
        value = amount if how == SET else state.innate[first, second] + amount
        state.salience[first, second] += value - state.innate[first, second]
        state.innate[first, second] = value
        normalise(state.innate[first])
        normalise(state.salience[first])
    else:
        others = s.channel_size[first] - 1
        for row in range(second * others, (second + 1) * others):
            if amount >= 0.0:
                state.ledger[first, row, 0] += amount
            else:
                state.ledger[first, row, 1] -= amount


@jit
def happen(s: Structure, values: Values, state: State, turn: int) -> None:
    """Let dated events strike in their turn and hazards at most once, in the file's order."""
    for e in range(s.event_turn.shape[0]):
        if state.has_happened[e] > 0:
            continue
        if s.event_turn[e] > 0:
            is_due = s.event_turn[e] == turn
        else:
            is_due = luck_of(s, state, EVENT, e) < values.hazard[e]
        if is_due:
            state.has_happened[e] = turn
            for f in range(s.effect_event.shape[0]):
                if s.effect_event[f] == e:
                    strike(s, values, state, f)
                    if s.effect_kind[f] == ON_SALIENCE and s.event_turn[e] == 0:
                        leave_course(state)


@jit
def move_stock(s: Structure, values: Values, state: State, i: int) -> None:
    """Let inflow ``i`` happen once."""
    levers = s.lever_owner.shape[0]
    to, origin, by = s.inflow_to[i], s.inflow_from[i], s.inflow_lever[i]
    available = state.quantity[levers + origin] if origin >= 0 else np.inf
    amount = state.quantity[by] if by >= 0 else values.inflow[i] * available
    to_what = s.inflow_answer[i]
    if to_what >= 0:
        amount += values.answer[i] * on_scale(s, to_what, state.quantity[to_what])
    draw = luck_of(s, state, FLOW, i)
    moved = flow(amount, available, s.inflow_whole[i] == 1, draw)
    state.quantity[levers + to] += moved
    if origin >= 0:
        state.quantity[levers + origin] -= moved
    for counter in range(s.inflow_counter.shape[1]):
        if s.inflow_counter[i, counter] == 1:
            state.quantity[levers + counter] += moved


@jit
def drift(s: Structure, values: Values, state: State) -> None:
    """Land delayed moves, and let standing flows (arrests, rates) run."""
    for lever in range(s.lever_owner.shape[0]):
        if s.lever_delay[lever] == 0:
            continue
        if not np.isnan(state.pending[0, lever]):
            state.quantity[lever] = state.pending[0, lever]
        for d in range(s.max_delay):
            state.pending[d, lever] = state.pending[d + 1, lever]
        state.pending[s.max_delay, lever] = np.nan
    for i in range(s.inflow_to.shape[0]):
        by = s.inflow_lever[i]
        if by < 0 or s.lever_momentary[by] == 0:
            move_stock(s, values, state, i)


@jit
def attend(s: Structure, values: Values, state: State, a: int) -> None:
    """Stage actor ``a``'s next salience from those it heeds (Friedkin-Johnsen)."""
    openness, attention = values.actor[a, SUSCEPTIBILITY], values.attention[a]
    innate, now, staged = state.innate[a], state.salience, state.next_salience[a]
    if openness == 0.0:
        copy_row(innate, staged)
        return
    friedkin_johnsen(attention, openness, innate, now, staged)
    normalise(staged)


@jit
def adopt(state: State) -> None:
    """Let all staged salience take effect at once."""
    copy_rows(state.next_salience, state.salience)


@jit
def leak(s: Structure, values: Values, state: State) -> None:
    """Let secret levers become known this turn by chance."""
    for row in range(s.secret_levers.shape[0]):
        lever = s.secret_levers[row]
        is_leaked = luck_of(s, state, LEAK, row) < values.lever[lever, LEAK_RATE]
        state.has_leaked[lever] = 1 if is_leaked else 0


@jit
def look(s: Structure, state: State, a: int) -> None:
    """Let actor ``a`` (or the public, the last row) see what it can see of every lever."""
    quantity, seen = state.quantity, state.seen
    sight, leaked = s.lever_sight, state.has_leaked
    for lever in range(sight.shape[1]):
        seen[a, lever] = perceive(
            quantity[lever], seen[a, lever], sight[a, lever] == 1, leaked[lever] == 1
        )
