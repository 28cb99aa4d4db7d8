"""The course that salience takes over the turns, worked out once for all runs of a design point.

Influence draws no random numbers, and dated events strike in every run: salience, and what is at
stake by it, take the same course in every run until chance touches it, by an event that may or
may not happen or by a private type. Where salience answers to a quantity, what that adds is kept
apart from it, so salience itself is on the course, but what is at stake is not.
"""

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.copying import copy_rows
from minsksim.engine.arrays.records import State, Structure


@jit
def forget_path(state: State) -> None:
    """Begin a design point, whose numbers may be others."""
    known = state.salience_path.is_known
    for turn in range(known.shape[0]):
        known[turn] = 0


@jit
def leave_path(state: State) -> None:
    """Note that chance has touched salience."""
    state.salience_path.is_left[0] = 1


@jit
def begin_path(s: Structure, state: State) -> None:
    """Begin a run, off the course if it has private types."""
    state.salience_path.is_left[0] = 1 if s.belief.shape[0] > 0 else 0


@jit
def has_answers(s: Structure) -> bool:
    """Return whether somebody's salience answers to a quantity."""
    for a in range(s.salience_answers.shape[0]):
        if s.salience_answers[a] == 1:
            return True
    return False


@jit
def is_on_path(state: State, turn: int) -> bool:
    """Return whether salience and stakes of the turn are known."""
    return state.salience_path.is_left[0] == 0 and state.salience_path.is_known[turn - 1] == 1


@jit
def recall_salience(state: State, turn: int) -> None:
    """Set the salience of a turn that is known."""
    copy_rows(state.salience_path.salience[turn - 1], state.salience)


@jit
def recall_stakes(state: State, turn: int) -> None:
    """Set the stakes of a turn that is known."""
    copy_rows(state.salience_path.stake[turn - 1], state.stake)


@jit
def keep_path(state: State, turn: int) -> None:
    """Keep what a turn made of salience, unless chance had a hand in it."""
    course = state.salience_path
    if course.is_left[0] == 0:
        copy_rows(state.salience, course.salience[turn - 1])
        copy_rows(state.stake, course.stake[turn - 1])
        course.is_known[turn - 1] = 1
