"""What stood in the way of a package, asked after the fact: by leaving one thing out after another.

Only where a run is kept turn by turn, since each question is another search. Nothing that the run
goes on with is touched: what is left out is put back, and so is what became of the meeting.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.answering import RESERVATION_ANSWERS
from minsksim.endings import NOT_RATIFIED, NOTHING_SUITS
from minsksim.engine.arrays.copying import copy_row
from minsksim.engine.arrays.records import State, Structure, Values
from minsksim.engine.bargaining.ratification import is_ratified
from minsksim.engine.bargaining.reaches import list_free_levers, reach
from minsksim.engine.phases.propose import propose_as_believed
from minsksim.engine.valuation.answers import FIRST, KIND

ALONE, TOGETHER = 1, 2
"""How a ratifier refuses: whatever the others need, or because of what they need."""


@jit
def note_obstacles(s: Structure, values: Values, state: State, c: int) -> None:
    """Note why the parties of channel ``c`` met and found no package."""
    found = state.obstacles
    found.refuses[c, :], found.is_still[c, :], found.is_answer[c, :] = 0, 0, 0
    if state.offer_state[c] == NOT_RATIFIED and not note_refusals_at_home(s, values, state, c):
        state.offer_state[c] = NOTHING_SUITS
    if state.offer_state[c] == NOTHING_SUITS:
        note_answers(s, values, state, c)
        note_still_levers(s, values, state, c)


@jit
def note_refusals_at_home(s: Structure, values: Values, state: State, c: int) -> bool:
    """Note who at home refuses; return whether without all of them a package suits the parties.

    Who refuses every package of the parties alone is named. If nobody does, what they need does not
    go together: then those are named without whom, one after another, it still would not.
    """
    begin, end = s.ratifier_start[c], s.ratifier_start[c + 1]
    found, needs = state.obstacles, values.needs[begin:end]
    asked = found.needs[: end - begin]
    copy_row(needs, asked)
    needs[:] = -np.inf
    suits = propose_as_believed(s, values, state, c)
    is_any = False
    for j in range(end - begin if suits else 0):
        needs[j] = asked[j]
        if not propose_as_believed(s, values, state, c):
            found.refuses[c, j], is_any = ALONE, True
        needs[j] = -np.inf
    copy_row(asked, needs)
    for j in range(end - begin if suits and not is_any else 0):
        needs[j] = -np.inf
        if propose_as_believed(s, values, state, c):
            found.refuses[c, j], needs[j] = TOGETHER, asked[j]
    copy_row(asked, needs)
    propose_as_believed(s, values, state, c)
    return suits


@jit
def asks_for_more(s: Structure, state: State, c: int, row: int) -> bool:
    """Return whether an answer lets a party of channel ``c`` ask for more this turn."""
    if s.answering[row, KIND] != RESERVATION_ANSWERS or state.answered.amount[row] <= 0.0:
        return False
    for side in range(s.channel_size[c]):
        if s.seats[c, side] == s.answering[row, FIRST]:
            return True
    return False


@jit
def note_answers(s: Structure, values: Values, state: State, c: int) -> None:
    """Note whether a package would suit all if no party asked for more, as quantities stand.

    If it would suit the parties and still not be ratified, who refuses at home is noted as well:
    both stand in the way.
    """
    asked, amounts, is_any = state.answered.reservation, state.answered.amount, False
    kept = state.obstacles.reservation
    copy_row(asked, kept)
    for row in range(s.answering.shape[0]):
        if asks_for_more(s, state, c, row):
            asked[s.answering[row, FIRST]] -= amounts[row]
            is_any = True
    if is_any:
        if propose_as_believed(s, values, state, c):
            note_which_answers(s, values, state, c)
        elif is_ratified(s, c) and note_refusals_at_home(s, values, state, c):
            begin, end = s.ratifier_start[c], s.ratifier_start[c + 1]
            needs, room = values.needs[begin:end], state.obstacles.needs[: end - begin]
            copy_row(needs, room)
            needs[:] = -np.inf
            note_which_answers(s, values, state, c)
            copy_row(room, needs)
        copy_row(kept, asked)
        propose_as_believed(s, values, state, c)
        state.offer_state[c] = NOTHING_SUITS


@jit
def note_which_answers(s: Structure, values: Values, state: State, c: int) -> None:
    """Note the answers that have to go before a package suits the parties.

    All that let them ask for more are left out, and come back one after another. One with which no
    package suits any more is noted and stays out, so that one which changes nothing is not named.
    """
    asked, amounts = state.answered.reservation, state.answered.amount
    for row in range(s.answering.shape[0]):
        if asks_for_more(s, state, c, row):
            a = s.answering[row, FIRST]
            asked[a] += amounts[row]
            if not propose_as_believed(s, values, state, c):
                state.obstacles.is_answer[c, row] = 1
                asked[a] -= amounts[row]


@jit
def note_still_levers(s: Structure, values: Values, state: State, c: int) -> None:
    """Note which levers on the table of channel ``c`` can go nowhere this turn."""
    levers = list_free_levers(s, state, c)
    for i in range(levers):
        lever = state.workspace.levers[i]
        low, high = reach(s, values, state, c, lever)
        state.obstacles.is_still[c, lever] = 1 if low == high else 0
