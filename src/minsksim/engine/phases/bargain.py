"""Bargain: the parties of every channel meet, offer and sign, and learn from what they saw."""

from minsksim._compiled.marks import jit
from minsksim.endings import (
    AGREED,
    BLOCKED,
    CLOSED,
    NO_OFFER,
    NOT_MET,
    OFFERED,
    OUTBID,
)
from minsksim.engine.arrays.copying import copy_row
from minsksim.engine.arrays.draws import draw_at_table, draw_of
from minsksim.engine.arrays.randomness import ACCEPT, MEET
from minsksim.engine.arrays.records import AGAINST, THROUGH, State, Structure, Values
from minsksim.engine.bargaining.counter_offer import (
    find_bid,
    outbids,
    put_back,
    set_aside,
    takes,
    would_be_blocked,
)
from minsksim.engine.bargaining.many_parties import seat_of
from minsksim.engine.bargaining.offer import (
    find_externalities,
    have_all,
    is_blocked,
)
from minsksim.engine.phases.beliefs import (
    BY,
    OF,
    UNSEEN,
    assume_type,
    chance_to_accept,
    imagine,
    learn,
    restore_true_type,
)
from minsksim.engine.phases.meetings import (
    chance_to_meet,
    has_met,
    note_left,
    note_meeting,
    obstacle,
)
from minsksim.engine.phases.obstacles import note_obstacles
from minsksim.engine.phases.propose import propose, propose_as_believed
from minsksim.engine.phases.tranches import resume, split
from minsksim.engine.valuation.answers import read_answers
from minsksim.engine.valuation.marginal_utility import appraise_turn
from minsksim.engine.valuation.present_value import open_outlook
from minsksim.vocabulary import LOW_TYPE


@jit
def meets(s: Structure, values: Values, state: State, turn: int, c: int) -> bool:
    """Return whether the parties of channel ``c`` meet this turn; if not, note why."""
    if state.offer_state[c] in (AGREED, BLOCKED, OUTBID):  # it was decided this turn
        return False
    if has_met(s, state, turn, c):  # for a counter-offer, or before one was thought of
        return True
    state.meeting_chance[c] = 0.0
    if state.parts.left[c] > 0:
        return False
    if state.is_open[c] == 0:
        state.offer_state[c] = CLOSED
        return False
    state.meeting_chance[c] = chance_to_meet(s, values, state, turn, c)
    if draw_of(s, state, MEET, c) < state.meeting_chance[c]:
        note_meeting(s, values, state, turn, c)
        return True
    found = obstacle(s, values, state, turn, c)
    if found != NO_OFFER:
        note_left(s, state, c)
    state.offer_state[c] = NOT_MET if found == NO_OFFER else found
    return False


@jit
def accepts(s: Structure, values: Values, state: State, c: int, side: int) -> bool:
    """Return whether a party signs the package on the table (logit choice)."""
    return draw_at_table(s, state, ACCEPT, c, side) < chance_to_accept(s, values, state, c, side)


@jit
def sign(s: Structure, values: Values, state: State, c: int) -> None:
    """Make the package an agreement."""
    state.offer_state[c] = AGREED
    state.was_agreed[c] = 1
    for row in range(s.table_start[c], s.table_start[c + 1]):
        lever = s.table_levers[row]
        if state.offer_value[c, lever] != state.quantity[lever]:
            state.promised[lever] = c


@jit
def open_bargaining(s: Structure, values: Values, state: State, turn: int) -> None:
    """Note where levers are, and work out what moving them would bring everybody."""
    copy_row(state.quantity, state.at_table)
    copy_row(state.quantity, state.planned)
    resume(state)
    read_answers(s, values, state)
    open_outlook(s, values, state, turn)
    imagine(s, values, state)
    appraise_turn(s, values, state, turn)


@jit
def foresee(s: Structure, values: Values, state: State, turn: int, c: int) -> None:
    """Work out, for outside observers, how likely channel ``c`` is to make a public agreement."""
    for b in range(s.belief.shape[0]):
        if s.belief[b, BY] >= 0:
            continue
        state.mind.chances[b, LOW_TYPE] = UNSEEN
        is_idle = state.is_open[c] == 1 and state.parts.left[c] == 0
        if s.channel_public[c] == 0 or seat_of(s, c, s.belief[b, OF]) < 0 or not is_idle:
            continue
        for kind in range(2):
            assume_type(s, state, b, float(kind))
            chances = 0.0
            if propose_as_believed(s, values, state, c) and not is_blocked(s, values, state, c):
                chances = chance_to_meet(s, values, state, turn, c)
                for side in range(s.channel_size[c]):
                    chances *= chance_to_accept(s, values, state, c, side)
            state.mind.chances[b, kind] = chances
            restore_true_type(s, state, b)
        state.offer_state[c], state.was_blocked[c] = NO_OFFER, 0


@jit
def open_channel(s: Structure, values: Values, state: State, turn: int, c: int) -> bool:
    """Return whether the parties of channel ``c`` meet and have a package to decide on."""
    has_beliefs = s.belief.shape[0] > 0
    if has_beliefs:
        foresee(s, values, state, turn, c)
    if not meets(s, values, state, turn, c):
        return False
    if has_beliefs:
        return propose_as_believed(s, values, state, c)
    return propose(s, values, state, c)


@jit
def is_accepted(s: Structure, state: State, c: int) -> bool:
    """Return whether a package lies on the table of channel ``c`` that every party accepted."""
    return state.offer_state[c] == OFFERED and have_all(state.has_accepted[c], s.channel_size[c])


@jit
def is_stopped(s: Structure, values: Values, state: State, c: int) -> bool:
    """Return whether outsiders block the package of channel ``c``; asked once, if nothing moves."""
    return state.bids.is_free[c] == 0 and is_blocked(s, values, state, c)


@jit
def open_bid(s: Structure, values: Values, state: State, turn: int, n: int) -> bool:
    """Return whether an outsider can bid against a package that is about to be signed.

    It must meet the party: by the chance of the channel between the two, which can have signed
    nothing this turn. Its best counter-offer then lies on that channel's table. It makes none that
    others would block there, so the package is then signed.
    """
    c, d = s.counter[n, AGAINST], s.counter[n, THROUGH]
    if d < 0 or not is_accepted(s, state, c) or is_stopped(s, values, state, c):
        return False
    state.bids.is_free[c] = 1
    if not meets(s, values, state, turn, d):
        return False
    set_aside(state, d)
    if find_bid(s, values, state, n):
        if not would_be_blocked(s, values, state, n):
            return True
        state.bids.is_held_back[n] = 1
    put_back(state, d)
    return False


@jit
def close_bid(
    s: Structure,
    values: Values,
    state: State,
    turn: int,
    n: int,
    has_won: bool,
    is_traced: bool,
) -> None:
    """Sign the counter-offer if the party took it; the package is then signed by nobody."""
    c, d = s.counter[n, AGAINST], s.counter[n, THROUGH]
    if not has_won:
        put_back(state, d)
        return
    state.offer_state[c] = OUTBID
    state.bids.outbid[c], state.bids.is_bid[d] = n + 1, 1
    state.has_accepted[d, 0] = state.has_accepted[d, 1] = 1
    conclude(s, values, state, turn, d, is_traced)


@jit
def conclude(
    s: Structure, values: Values, state: State, turn: int, c: int, is_traced: bool
) -> None:
    """Make the package an agreement, in parts if its channel delivers so."""
    sign(s, values, state, c)
    split(s, state, c, turn)
    if is_traced:
        find_externalities(s, values, state, c)


@jit
def close_channel(
    s: Structure, values: Values, state: State, turn: int, c: int, is_traced: bool
) -> None:
    """Make what all parties of channel ``c`` accepted an agreement; learn from what happened."""
    if is_accepted(s, state, c) and not is_stopped(s, values, state, c):
        conclude(s, values, state, turn, c, is_traced)
    elif is_traced:
        note_obstacles(s, values, state, c)
    learn(s, state, c)


@jit
def play(
    s: Structure, values: Values, state: State, seed: int, rep: int, turn: int, is_traced: bool
) -> None:
    """Play the phase; every party accepts by the logit rule."""
    open_bargaining(s, values, state, turn)
    for c in range(s.channel_ends.shape[0]):
        if open_channel(s, values, state, turn, c):
            for side in range(s.channel_size[c]):
                if accepts(s, values, state, c, side):
                    state.has_accepted[c, side] = 1
        for n in range(s.counter_start[c], s.counter_start[c + 1]):
            if open_bid(s, values, state, turn, n):
                has_won = outbids(s, values, state, n) and takes(s, state, n)
                close_bid(s, values, state, turn, n, has_won, is_traced)
        close_channel(s, values, state, turn, c, is_traced)
