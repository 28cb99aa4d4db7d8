"""What a meeting needs beside a chance: a date, something scarce to spend, a wait since the last.

A channel without a section ``meetings`` needs none of these. What a meeting takes is taken when
the parties meet, also if they sign nothing; channels that draw on one stock do so in their order.
"""

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.records import State, Structure, Values
from minsksim.rules.meetings import chance_to_meet, has_enough, has_waited, left_after_meeting
from minsksim.vocabulary import NO_DATE, NO_OFFER, NOTHING_LEFT, WAITING

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
def chance_with_cause(
    s: Structure, values: Values, state: State, turn: int, c: int, quality: float
) -> float:
    """Return how likely the parties of channel ``c`` are to meet this turn."""
    if s.meeting.shape[0] == 0:
        return quality
    found = obstacle(s, values, state, turn, c)
    can_meet = found != WAITING and found != NOTHING_LEFT
    is_bound = s.meeting[c, ONLY_ON] == 1
    return chance_to_meet(quality, is_date(s, turn, c), is_bound, can_meet)


@jit
def note_meeting(s: Structure, values: Values, state: State, turn: int, c: int) -> None:
    """Take what the meeting of channel ``c`` takes, and remember when it was."""
    if s.meeting.shape[0] == 0:
        return
    state.last_met[c] = turn
    spent = s.meeting[c, SPENDS]
    if spent >= 0:
        left = left_after_meeting(state.quantity[spent], values.meeting[c])
        state.quantity[spent] = left
