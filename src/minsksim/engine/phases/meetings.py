"""What a meeting needs beside a chance: a date, something scarce to spend, a wait since the last.

The chance is the quality of the channel and what answers add to it. A channel without a section
``meetings`` needs nothing else. What a meeting takes is taken when the parties meet, also if they
sign nothing; channels that draw on one stock do so in the order of the file.
"""

from minsksim._compiled.marks import jit
from minsksim.endings import NO_DATE, NO_OFFER, NOTHING_LEFT, WAITING
from minsksim.engine.arrays.records import State, Structure, Values
from minsksim.engine.phases.groups import add_up_groups
from minsksim.engine.valuation.answers import quality_of
from minsksim.rules.answers import with_answers
from minsksim.rules.meetings import has_enough, has_waited, left_after_meeting, meeting_chance

# columns of Structure.meeting; SPENDS is a quantity or -1
SPENDS, WAITS, ONLY_ON = 0, 1, 2


@jit
def is_date(s: Structure, turn: int, c: int) -> bool:
    """Return whether this turn holds a date on which the parties of channel ``c`` are to meet."""
    for row in range(s.date_start[c], s.date_start[c + 1]):
        if s.date_turns[row] == turn:
            return True
    return False


@jit
def obstacle(s: Structure, values: Values, state: State, turn: int, c: int) -> int:
    """Return why the parties of channel ``c`` cannot meet this turn, or NO_OFFER if they can."""
    if s.meeting.shape[0] == 0:
        return NO_OFFER
    if s.meeting[c, ONLY_ON] == 1 and not is_date(s, turn, c):
        return NO_DATE
    if not has_waited(turn, state.last_met[c], s.meeting[c, WAITS]):
        return WAITING
    spent = s.meeting[c, SPENDS]
    if spent >= 0 and not has_enough(state.quantity[spent], values.meeting[c]):
        return NOTHING_LEFT
    return NO_OFFER


@jit
def chance_to_meet(s: Structure, values: Values, state: State, turn: int, c: int) -> float:
    """Return how likely the parties of channel ``c`` are to meet this turn, if it is open."""
    chance = quality_of(s, state, c)
    if s.answering.shape[0] > 0:
        chance = with_answers(chance, state.answered.meeting[c], 0.0, 1.0)
    if s.meeting.shape[0] == 0:
        return chance
    found = obstacle(s, values, state, turn, c)
    is_possible = found != WAITING and found != NOTHING_LEFT
    is_bound = s.meeting[c, ONLY_ON] == 1
    return meeting_chance(chance, is_date(s, turn, c), is_bound, is_possible)


@jit
def note_left(s: Structure, state: State, c: int) -> None:
    """Note what is left of the stock that a meeting of channel ``c`` takes from."""
    spent = s.meeting[c, SPENDS]
    if spent >= 0:
        state.obstacles.left[c] = state.quantity[spent]


@jit
def has_met(s: Structure, state: State, turn: int, c: int) -> bool:
    """Return whether a meeting of channel ``c`` that needs a cause was held this turn already."""
    return s.meeting.shape[0] > 0 and state.last_met[c] == turn


@jit
def note_meeting(s: Structure, values: Values, state: State, turn: int, c: int) -> None:
    """Take what the meeting of channel ``c`` takes, and remember when it was."""
    if s.meeting.shape[0] == 0:
        return
    state.last_met[c] = turn
    spent = s.meeting[c, SPENDS]
    if spent >= 0:
        state.bids.is_free[:] = 0
        state.quantity[spent] = left_after_meeting(state.quantity[spent], values.meeting[c])
        add_up_groups(s, state)
