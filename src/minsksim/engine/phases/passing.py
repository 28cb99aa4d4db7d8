"""What events do for a while: it is kept apart from what lasts, so that it can be taken back.

A shift is added to a lasting salience, or to a channel's lasting quality, which is back to the last
bit when it is over: what others do to either meanwhile stays. Of several switches of one lever or
channel, the last that still holds decides, and once none holds it stands as before; a switch for
good ends those before it. What ends does so as the turn opens, before anything new happens.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.copying import copy_row, copy_rows
from minsksim.engine.arrays.records import SUSCEPTIBILITY, State, Structure, Values
from minsksim.rules.events import after_event, faded, is_over, quality_for_now, salience_for_now
from minsksim.rules.influence import normalise
from minsksim.vocabulary import ON_QUANTITY, ON_SALIENCE, SET, SWITCH_OFF, SWITCH_ON


@jit
def begin_passing(s: Structure, state: State) -> None:
    """Nothing has been shifted or switched for a while before turn 1."""
    if s.passing.shape[0] == 0:
        return
    for f in range(state.passing.since.shape[0]):
        state.passing.since[f] = 0
    copy_rows(state.innate, state.passing.lasting)
    first = s.lever_owner.shape[0] + s.index_stock.shape[0]
    copy_row(state.quantity[first : first + s.channel_ends.shape[0]], state.passing.quality)
    copy_row(state.is_active, state.passing.was_active)
    copy_row(state.is_open, state.passing.was_open)


@jit
def passes(s: Structure, f: int) -> bool:
    """Return whether effect ``f`` is for a while."""
    for row in range(s.passing.shape[0]):
        if s.passing[row] == f:
            return True
    return False


@jit
def is_switch(s: Structure, f: int) -> bool:
    """Return whether effect ``f`` switches a lever or a channel."""
    how = s.effect_how[f]
    return s.effect_kind[f] == ON_QUANTITY and (how == SWITCH_ON or how == SWITCH_OFF)


@jit
def channel_of(s: Structure, place: int) -> int:
    """Return which channel quantity ``place`` is the quality of; below 0 for levers and stocks."""
    return place - s.lever_owner.shape[0] - s.index_stock.shape[0]


@jit
def put_flag(s: Structure, state: State, place: int, flag: int, is_lasting: bool) -> None:
    """Switch the lever or channel that is quantity ``place``."""
    c = channel_of(s, place)
    if place < s.lever_owner.shape[0]:
        state.is_active[place] = flag
        if is_lasting:
            state.passing.was_active[place] = flag
    else:
        state.is_open[c] = flag
        if is_lasting:
            state.passing.was_open[c] = flag


@jit
def switch(s: Structure, state: State, turn: int, f: int) -> None:
    """Let effect ``f`` switch a lever or a channel, for a while or for good."""
    place, flag = s.effect_first[f], 1 if s.effect_how[f] == SWITCH_ON else 0
    if passes(s, f):
        state.passing.since[f] = turn
        put_flag(s, state, place, flag, False)
        return
    for row in range(s.passing.shape[0]):
        other = s.passing[row]
        if is_switch(s, other) and s.effect_first[other] == place:
            state.passing.since[other] = 0
    put_flag(s, state, place, flag, True)


@jit
def switch_back(s: Structure, state: State, place: int) -> None:
    """Put a switch as the last that still holds says, or as it was before all of them."""
    levers, last, flag = s.lever_owner.shape[0], 0, -1
    for row in range(s.passing.shape[0]):
        f = s.passing[row]
        if is_switch(s, f) and s.effect_first[f] == place and state.passing.since[f] > 0:
            if state.passing.since[f] >= last:
                last, flag = state.passing.since[f], 1 if s.effect_how[f] == SWITCH_ON else 0
    if flag < 0 and place < levers:
        flag = state.passing.was_active[place]
    elif flag < 0:
        flag = state.passing.was_open[channel_of(s, place)]
    put_flag(s, state, place, flag, False)


@jit
def add_shifts(s: Structure, state: State, a: int) -> None:
    """Set the innate salience of actor ``a``: what lasts, and all shifts that hold."""
    total = state.passing.total
    total[:] = 0.0
    for row in range(s.passing.shape[0]):
        f = s.passing[row]
        if s.effect_kind[f] == ON_SALIENCE and s.effect_first[f] == a:
            if state.passing.since[f] > 0:
                total[s.effect_second[f]] += state.passing.amount[f]
    salience_for_now(state.passing.lasting[a], total, state.innate[a])


@jit
def follow(s: Structure, values: Values, state: State, a: int) -> None:
    """Let the shifts that hold now reach the salience that actor ``a`` has.

    Whoever is moved by others stays as far from the own innate salience as they have moved it;
    anybody else has what is innate.
    """
    now, innate = state.salience[a], state.innate[a]
    if values.actor[a, SUSCEPTIBILITY] == 0.0:
        add_shifts(s, state, a)
        copy_row(innate, now)
        return
    for k in range(now.shape[0]):
        now[k] -= innate[k]
    add_shifts(s, state, a)
    for k in range(now.shape[0]):
        now[k] += innate[k]
    normalise(now)


@jit
def shift_salience(s: Structure, values: Values, state: State, turn: int, f: int) -> None:
    """Let effect ``f`` move a salience for a while."""
    a, k, shift = s.effect_first[f], s.effect_second[f], values.effect[f]
    if s.effect_how[f] == SET:
        add_shifts(s, state, a)
        shift -= state.passing.lasting[a, k] + state.passing.total[k]
    state.passing.since[f] = turn
    state.passing.amount[f] = shift
    follow(s, values, state, a)


@jit
def change_lasting(s: Structure, values: Values, state: State, f: int) -> None:
    """Let effect ``f`` move a salience for good, while others may hold for a while."""
    a, k = s.effect_first[f], s.effect_second[f]
    lasting = state.passing.lasting[a]
    before = lasting[k]
    lasting[k] = after_event(before, values.effect[f], s.effect_how[f], -np.inf, np.inf)
    state.salience[a, k] += lasting[k] - before
    normalise(lasting)
    normalise(state.salience[a])
    add_shifts(s, state, a)


@jit
def shifts_of_quality(s: Structure, state: State, c: int) -> float:
    """Return the sum of all shifts of a channel's quality that hold."""
    total = 0.0
    for row in range(s.passing.shape[0]):
        f = s.passing[row]
        if s.effect_kind[f] == ON_QUANTITY and channel_of(s, s.effect_first[f]) == c:
            if state.passing.since[f] > 0 and not is_switch(s, f):
                total += state.passing.amount[f]
    return total


@jit
def put_quality(s: Structure, state: State, c: int, lasting: float) -> None:
    """Let a channel have a lasting quality, and all shifts that hold on top of it."""
    state.passing.quality[c] = lasting
    place = s.lever_owner.shape[0] + s.index_stock.shape[0] + c
    state.quantity[place] = quality_for_now(lasting, shifts_of_quality(s, state, c))


@jit
def move_quality(s: Structure, values: Values, state: State, turn: int, f: int) -> None:
    """Let effect ``f`` move a channel's quality, for a while or for good."""
    c, amount, how = channel_of(s, s.effect_first[f]), values.effect[f], s.effect_how[f]
    lasting = state.passing.quality[c]
    if passes(s, f):
        if how == SET:
            amount -= lasting + shifts_of_quality(s, state, c)
        state.passing.since[f] = turn
        state.passing.amount[f] = amount
    else:
        lasting = after_event(lasting, amount, how, 0.0, 1.0)
    put_quality(s, state, c, lasting)


@jit
def give_back(s: Structure, values: Values, state: State, f: int) -> None:
    """Take back what effect ``f`` did."""
    place = s.effect_first[f]
    state.passing.since[f] = 0
    if s.effect_kind[f] == ON_SALIENCE:
        follow(s, values, state, place)
    elif is_switch(s, f):
        switch_back(s, state, place)
    else:
        c = channel_of(s, place)
        put_quality(s, state, c, state.passing.quality[c])


@jit
def weaken(s: Structure, values: Values, state: State, f: int) -> None:
    """Let a passing shift of salience grow weaker."""
    state.passing.amount[f] = faded(state.passing.amount[f], values.fades[f])
    follow(s, values, state, s.effect_first[f])


@jit
def end_what_is_over(s: Structure, values: Values, state: State, turn: int) -> None:
    """Take back what is over, and let what fades grow weaker."""
    for row in range(s.passing.shape[0]):
        f = s.passing[row]
        since = state.passing.since[f]
        if since == 0:
            continue
        if is_over(turn, since, s.effect_lasts[f]):
            give_back(s, values, state, f)
        elif s.effect_kind[f] == ON_SALIENCE and values.fades[f] > 0.0:
            weaken(s, values, state, f)
