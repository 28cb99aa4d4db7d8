"""Numbers that answer to quantities, read once a turn and held until it has settled.

What a quantity adds is written apart from the number itself: a channel's quality goes on growing
and fading underneath, and so does the salience that influence and events move. Who bargains takes
the answers of the turn as they are and does not count on moving them.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.answering import (
    AUDIENCE_COST_ANSWERS,
    MEETING_ANSWERS,
    QUALITY_ANSWERS,
    RESERVATION_ANSWERS,
)
from minsksim.engine.arrays.records import (
    AUDIENCE_COST,
    RESERVATION,
    State,
    Structure,
    Values,
)
from minsksim.rules.answers import gradual_answer, red_line_answer, with_answers
from minsksim.rules.influence import normalise
from minsksim.rules.utility import to_scale

# columns of Structure.answering and of Values.answering
KIND, FIRST, SECOND, TO, IS_RED_LINE = 0, 1, 2, 3, 4
BY, BEYOND = 0, 1


@jit
def forget_answers(state: State) -> None:
    """Let nothing be added to any number."""
    added = state.answered
    added.quality[:], added.meeting[:] = 0.0, 0.0
    added.reservation[:], added.audience_cost[:] = 0.0, 0.0
    added.salience[:, :] = 0.0


@jit
def read_answers(s: Structure, values: Values, state: State) -> None:
    """Write what the quantities, as they truly are, add to the numbers that answer to them."""
    if s.answering.shape[0] == 0:
        return
    forget_answers(state)
    added = state.answered
    for row in range(s.answering.shape[0]):
        v, by = s.answering[row, TO], values.answering[row, BY]
        if s.answering[row, IS_RED_LINE] == 1:
            amount = red_line_answer(by, state.quantity[v], values.answering[row, BEYOND])
        else:
            z = to_scale(state.quantity[v], s.scale[v, 0], s.scale[v, 1])
            amount = gradual_answer(by, z)
        added.value[row], added.amount[row] = state.quantity[v], amount
        kind, first = s.answering[row, KIND], s.answering[row, FIRST]
        if kind == QUALITY_ANSWERS:
            added.quality[first] += amount
        elif kind == MEETING_ANSWERS:
            added.meeting[first] += amount
        elif kind == RESERVATION_ANSWERS:
            added.reservation[first] += amount
        elif kind == AUDIENCE_COST_ANSWERS:
            added.audience_cost[first] += amount
        else:
            added.salience[first, s.answering[row, SECOND]] += amount


@jit
def quality_of(s: Structure, state: State, c: int) -> float:
    """Return how well the parties of channel ``c`` can talk this turn."""
    quality = state.quantity[s.lever_owner.shape[0] + s.index_stock.shape[0] + c]
    if s.answering.shape[0] == 0:
        return quality
    return with_answers(quality, state.answered.quality[c], 0.0, 1.0)


@jit
def reservation_of(values: Values, state: State, a: int) -> float:
    """Return the least gain for which actor ``a`` may sign this turn."""
    return with_answers(values.actor[a, RESERVATION], state.answered.reservation[a], 0.0, np.inf)


@jit
def audience_cost_of(values: Values, state: State, a: int) -> float:
    """Return what actor ``a`` would lose this turn by breaking a public agreement."""
    added = state.answered.audience_cost[a]
    return with_answers(values.actor[a, AUDIENCE_COST], added, 0.0, np.inf)


@jit
def add_to_salience(s: Structure, state: State, salience: np.ndarray) -> None:
    """Add what answers to salience, of shape (A, K), and normalise the rows again."""
    if s.answering.shape[0] == 0:
        return
    for a in range(salience.shape[0]):
        if s.salience_answers[a] == 1:
            for k in range(salience.shape[1]):
                salience[a, k] += state.answered.salience[a, k]
            normalise(salience[a])
