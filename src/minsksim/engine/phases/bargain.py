"""Bargain: the parties of every channel meet, offer and sign, and learn from what they saw."""

from minsksim._jit import jit
from minsksim.engine.arrays.copying import copy_row
from minsksim.engine.arrays.draws import draw_at_table, draw_of
from minsksim.engine.arrays.randomness import ACCEPT, MEET
from minsksim.engine.arrays.records import (
    RATIONALITY,
    RESERVATION,
    State,
    Structure,
    Values,
)
from minsksim.engine.arrays.salience_cache import is_on_path, keep_path, recall_stakes
from minsksim.engine.bargaining.offer import find_externalities, have_all, is_blocked
from minsksim.engine.phases.beliefs import foresee, imagine, learn, propose_as_believed
from minsksim.engine.phases.tranches import resume, split
from minsksim.engine.valuation.marginal_utility import appraise, find_slopes
from minsksim.rules.choice import acceptance_probability
from minsksim.vocabulary import AGREED


@jit
def meets(s: Structure, state: State, c: int) -> bool:
    """Return whether the parties of channel ``c`` meet this turn."""
    if state.is_open[c] == 0 or state.parts.left[c] > 0:
        return False
    quality = state.quantity[s.lever_owner.shape[0] + s.index_stock.shape[0] + c]
    return draw_of(s, state, MEET, c) < quality


@jit
def accepts(s: Structure, values: Values, state: State, c: int, side: int) -> bool:
    """Return whether a party signs the package on the table (logit choice)."""
    a = s.seats[c, side]
    chance = acceptance_probability(
        state.offer_gain[c, side], values.actor[a, RESERVATION], values.actor[a, RATIONALITY]
    )
    return draw_at_table(s, state, ACCEPT, c, side) < chance


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
    imagine(s, values, state)
    if is_on_path(state, turn):
        recall_stakes(state, turn)
        find_slopes(s, values, state)
    else:
        appraise(s, values, state)
        keep_path(state, turn)


@jit
def open_channel(s: Structure, values: Values, state: State, c: int) -> bool:
    """Return whether the parties of channel ``c`` meet and have a package to decide on."""
    foresee(s, values, state, c)
    return meets(s, state, c) and propose_as_believed(s, values, state, c)


@jit
def close_channel(
    s: Structure, values: Values, state: State, turn: int, c: int, is_traced: bool
) -> None:
    """Make what all parties of channel ``c`` accepted an agreement; learn from what happened."""
    is_accepted = have_all(state.has_accepted[c], s.channel_size[c])
    if is_accepted and not is_blocked(s, values, state, c):
        sign(s, values, state, c)
        split(s, state, c, turn)
        if is_traced:
            find_externalities(s, values, state, c)
    learn(s, state, c)


@jit
def play(
    s: Structure, values: Values, state: State, seed: int, rep: int, turn: int, is_traced: bool
) -> None:
    """Play the phase; every party accepts by the logit rule."""
    open_bargaining(s, values, state, turn)
    for c in range(s.channel_ends.shape[0]):
        if open_channel(s, values, state, c):
            for side in range(s.channel_size[c]):
                if accepts(s, values, state, c, side):
                    state.has_accepted[c, side] = 1
        close_channel(s, values, state, turn, c, is_traced)
