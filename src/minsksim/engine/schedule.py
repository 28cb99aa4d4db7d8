"""The order of a turn. This file is the model's schedule; each line is a phase or a part of one.

events -> drift -> influence -> perceive -> bargain -> deliver -> coerce -> act -> settle. Within a
phase everybody reads the same picture; channels bargain in the order of the file, and a lever
promised in one channel is off the table of the next.
"""

from minsksim._jit import jit
from minsksim.engine.arrays.copying import copy_row
from minsksim.engine.arrays.draws import make_draws
from minsksim.engine.arrays.initial_state import start, work_out
from minsksim.engine.arrays.records import State, Structure, Values
from minsksim.engine.arrays.salience_cache import (
    begin_course,
    is_on_course,
    keep_course,
    recall_salience,
    recall_stakes,
)
from minsksim.engine.phases.act import act, choose_act
from minsksim.engine.phases.bargain import accepts, account, have_all, is_blocked, meets, sign
from minsksim.engine.phases.beliefs import (
    begin_beliefs,
    foresee,
    imagine,
    learn,
    propose_as_believed,
)
from minsksim.engine.phases.coerce import begin_threats, coerce
from minsksim.engine.phases.deliver import deliver, keeps
from minsksim.engine.phases.drift import drift
from minsksim.engine.phases.events import happen, open_turn
from minsksim.engine.phases.influence import adopt, attend
from minsksim.engine.phases.perceive import leak, look
from minsksim.engine.phases.settle import add_up, settle_turn, take_stock
from minsksim.engine.phases.tranches import begin_parts, close_part, cut, is_due, resume, split
from minsksim.engine.valuation.marginal_utility import appraise, find_slopes
from minsksim.engine.valuation.markets import forget_markets
from minsksim.engine.valuation.measures import begin_measures, gather


@jit
def begin(s: Structure, values: Values, state: State, seed: int, rep: int) -> None:
    """Set up turn 0."""
    start(s, values, state)
    begin_threats(state)
    begin_parts(state)
    work_out(s, values, state.workspace)
    forget_markets(state)
    begin_beliefs(s, values, state, seed, rep)
    begin_course(s, state)
    take_stock(s, values, state, True)
    add_up(s, values, state)
    begin_measures(s, state)


@jit
def prepare_turn(
    s: Structure, values: Values, state: State, seed: int, rep: int, turn: int
) -> None:
    """Draws, events and drift."""
    make_draws(s, state, seed, rep, turn)
    open_turn(s, values, state)
    happen(s, values, state, turn)
    drift(s, values, state)


@jit
def prepare_table(s: Structure, values: Values, state: State) -> None:
    """Let levers leak, and note where they are."""
    leak(s, values, state)
    copy_row(state.quantity, state.at_table)
    copy_row(state.quantity, state.planned)
    resume(state)


@jit
def close_turn(s: Structure, values: Values, state: State, turn: int, is_traced: bool) -> None:
    """Settle and measure."""
    settle_turn(s, values, state, turn, is_traced)
    gather(s, state, turn)


@jit
def bargain(s: Structure, values: Values, state: State, turn: int, c: int, is_traced: bool) -> None:
    """Let the parties of channel ``c`` meet, offer and sign, and learn from what they saw."""
    foresee(s, values, state, c)
    if meets(s, state, c) and propose_as_believed(s, values, state, c):
        for side in range(s.channel_size[c]):
            if accepts(s, values, state, c, side):
                state.has_accepted[c, side] = 1
        is_accepted = have_all(state.has_accepted[c], s.channel_size[c])
        if is_accepted and not is_blocked(s, values, state, c):
            sign(s, values, state, c)
            split(s, state, c, turn)
            if is_traced:
                account(s, values, state, c)
    learn(s, state, c)


@jit
def honour(s: Structure, values: Values, state: State, c: int) -> None:
    """Let every party of channel ``c`` keep or break the part that is due, and deliver it."""
    cut(s, values, state, c)
    for side in range(s.channel_size[c]):
        if keeps(s, values, state, c, side):
            state.has_kept[c, side] = 1
    deliver(s, values, state, c)
    close_part(s, state, c)


@jit
def play_turn(
    s: Structure, values: Values, state: State, seed: int, rep: int, turn: int, is_traced: bool
) -> None:
    """Play one turn with the default decision of every actor; keep accounts if traced."""
    actors, channels = s.broker_lever.shape[0], s.channel_ends.shape[0]
    prepare_turn(s, values, state, seed, rep, turn)
    is_known = is_on_course(state, turn)
    if is_known:
        recall_salience(state, turn)
    else:
        for a in range(actors):
            attend(s, values, state, a)
        adopt(state)
    prepare_table(s, values, state)
    for a in range(actors + 1):
        look(s, state, a)
    imagine(s, values, state)
    if is_known:
        recall_stakes(state, turn)
        find_slopes(s, values, state)
    else:
        appraise(s, values, state)
        keep_course(state, turn)
    for c in range(channels):
        bargain(s, values, state, turn, c, is_traced)
    for c in range(channels):
        if is_due(state, c):
            honour(s, values, state, c)
    for h in range(s.threat.shape[0]):
        coerce(s, values, state, h)
    for a in range(actors):
        choose_act(s, values, state, a)
    for a in range(actors):
        act(s, values, state, a)
    close_turn(s, values, state, turn, is_traced)
