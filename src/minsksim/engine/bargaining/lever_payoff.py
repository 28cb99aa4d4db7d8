"""What a lever is worth to two actors, boiled down to the numbers of ``rules/lever_payoff.py``.

They are gathered once, so that many positions can be tried without going back to the scenario's
arrays.
"""

import numpy as np

from minsksim._compiled.marks import inlined, jit
from minsksim.engine.arrays.records import (
    COST_DOWN,
    COST_UP,
    FIRST,
    PATIENCE,
    SECOND,
    State,
    Structure,
    Values,
)
from minsksim.engine.valuation.marginal_utility import on_scale, seen_on_scale, term_weight
from minsksim.engine.valuation.present_value import FOR_GOOD, worth_of_later, worth_of_lever
from minsksim.rules import package_gain
from minsksim.rules.lever_payoff import (
    CODE,
    ONE,
    TWO,
    WEIGHT_A,
    WEIGHT_B,
    delay_discount,
    payoff_at,
    scale_payoff,
)
from minsksim.rules.utility import shape
from minsksim.vocabulary import LINEAR


@inlined
def fill_one_turn(
    s: Structure,
    values: Values,
    state: State,
    a: int,
    b: int,
    lever: int,
    linear: np.ndarray,
    curved: np.ndarray,
) -> int:
    """Write what a lever brings two actors in a turn; return how many curved terms there are.

    ``linear[side]`` is d U / d z, and rows of ``curved`` (columns CODE ... WEIGHT_B) are terms
    w f(z). For actors with a horizon what goes through stocks is left out.
    """
    span = s.scale[lever, 1] - s.scale[lever, 0]
    linear_a, linear_b = state.slope[lever, a] * span, state.slope[lever, b] * span
    of, times, code, count = s.term_of, s.term_times, s.term_shape, 0
    for row in range(s.direct_start[lever], s.direct_start[lever + 1]):
        n = s.direct_terms[row]
        weight_a = term_weight(s, values, state, a, n)
        weight_b = term_weight(s, values, state, b, n)
        if weight_a == 0.0 and weight_b == 0.0:
            continue
        first, second = values.term[n, FIRST], values.term[n, SECOND]
        if of[n] != lever:
            linear_a += weight_a * shape(code[n], seen_on_scale(s, state, a, of[n]), first, second)
            linear_b += weight_b * shape(code[n], seen_on_scale(s, state, b, of[n]), first, second)
            continue
        if times[n] >= 0:
            weight_a *= seen_on_scale(s, state, a, times[n])
            weight_b *= seen_on_scale(s, state, b, times[n])
        if code[n] == LINEAR:
            linear_a, linear_b = linear_a + weight_a, linear_b + weight_b
            continue
        curved[count, CODE], curved[count, ONE], curved[count, TWO] = (code[n], first, second)
        curved[count, WEIGHT_A], curved[count, WEIGHT_B] = weight_a, weight_b
        count += 1
    linear[0], linear[1] = linear_a, linear_b
    return count


@jit
def look_ahead(
    s: Structure,
    lever: int,
    linear: np.ndarray,
    curved: np.ndarray,
    count: int,
    side: int,
    worth: tuple[float, float],
) -> None:
    """Turn one party's payoff of one turn into its present value; ``worth`` is that of a lever."""
    scale_payoff(linear, curved, count, worth[0], side)
    linear[side] += worth[1] * (s.scale[lever, 1] - s.scale[lever, 0])


@inlined
def fill_payoff(
    s: Structure,
    values: Values,
    state: State,
    a: int,
    b: int,
    lever: int,
    linear: np.ndarray,
    curved: np.ndarray,
    keep_a: float,
    keep_b: float,
) -> int:
    """Write what a lever is worth to two actors; return how many curved terms there are.

    A delayed lever is discounted. An actor with a horizon counts the present value of a move that
    is kept in each later turn with probability ``keep_a`` or ``keep_b``.
    """
    count = fill_one_turn(s, values, state, a, b, lever, linear, curved)
    delay = s.lever_delay[lever]
    if s.looks_ahead == 1:
        worth_a = worth_of_lever(s, values, state, a, lever, keep_a)
        look_ahead(s, lever, linear, curved, count, 0, worth_a)
        worth_b = worth_of_lever(s, values, state, b, lever, keep_b)
        look_ahead(s, lever, linear, curved, count, 1, worth_b)
    elif delay > 0:
        scale_payoff(linear, curved, count, delay_discount(values.actor[a, PATIENCE], delay), 0)
        scale_payoff(linear, curved, count, delay_discount(values.actor[b, PATIENCE], delay), 1)
    return count


@jit
def forget_shapes(recalled: np.ndarray) -> None:
    """Make ``changes_at`` find shapes anew: the next lever or move is another one."""
    for row in range(recalled.shape[0]):
        recalled[row, CODE] = -1.0


@jit
def changes_at(
    linear: np.ndarray,
    curved: np.ndarray,
    count: int,
    before: float,
    after: float,
    recalled: np.ndarray,
) -> tuple[float, float]:
    """Return how a move changes what a lever is worth to two actors, as ``payoff_at`` has it.

    ``recalled`` keeps the shapes of terms, since the same move is mostly weighed for others, too.
    """
    one, two = linear[0] * after, linear[1] * after
    was_one, was_two = linear[0] * before, linear[1] * before
    for row in range(count):
        code, first, second = curved[row, CODE], curved[row, ONE], curved[row, TWO]
        known = recalled[row, CODE] == code and recalled[row, ONE] == first
        if not known or recalled[row, TWO] != second:
            recalled[row, CODE], recalled[row, ONE], recalled[row, TWO] = code, first, second
            recalled[row, 3] = shape(int(code), before, first, second)
            recalled[row, 4] = shape(int(code), after, first, second)
        one += curved[row, WEIGHT_A] * recalled[row, 4]
        two += curved[row, WEIGHT_B] * recalled[row, 4]
        was_one += curved[row, WEIGHT_A] * recalled[row, 3]
        was_two += curved[row, WEIGHT_B] * recalled[row, 3]
    return one - was_one, two - was_two


@inlined
def own_payoff_at(
    linear: np.ndarray, curved: np.ndarray, count: int, z: float, known: np.ndarray
) -> float:
    """Return the first actor's part of ``payoff_at``; shapes last asked for are kept in ``known``.

    Levers mostly stand where they stood in the turn, or the run, before.
    """
    own = linear[0] * z
    for row in range(count):
        code, one, two = curved[row, CODE], curved[row, ONE], curved[row, TWO]
        is_same = known[row, CODE] == code and known[row, 3] == z
        if not (is_same and known[row, ONE] == one and known[row, TWO] == two):
            known[row, CODE], known[row, ONE], known[row, TWO], known[row, 3] = code, one, two, z
            known[row, 4] = shape(int(code), z, one, two)
        own += curved[row, WEIGHT_A] * known[row, 4]
    return own


@jit
def move_payoff(
    s: Structure, values: Values, state: State, a: int, lever: int, before: float, after: float
) -> float:
    """Return what actor ``a`` gains when the lever goes from ``before`` to ``after``, utils.

    Uses the second pair of arrays of the workspace: a caller may be using the first.
    """
    linear, curved = state.workspace.linear[1], state.workspace.curves[1]
    count = fill_payoff(s, values, state, a, a, lever, linear, curved, FOR_GOOD, FOR_GOOD)
    level_after, _ = payoff_at(linear, curved, count, on_scale(s, lever, after))
    level_before, _ = payoff_at(linear, curved, count, on_scale(s, lever, before))
    return level_after - level_before


@jit
def later_payoff(
    s: Structure,
    values: Values,
    state: State,
    a: int,
    lever: int,
    before: float,
    after: float,
    keep: float,
    later: int,
) -> float:
    """Return what the move is worth now to an actor with a horizon if it comes in some turns.

    ``keep`` is the probability that it is kept in each turn after that.
    """
    linear, curved = state.workspace.linear[1], state.workspace.curves[1]
    count = fill_one_turn(s, values, state, a, a, lever, linear, curved)
    worth = worth_of_later(s, values, state, a, lever, keep, later)
    look_ahead(s, lever, linear, curved, count, 0, worth)
    level_after, _ = payoff_at(linear, curved, count, on_scale(s, lever, after))
    level_before, _ = payoff_at(linear, curved, count, on_scale(s, lever, before))
    return level_after - level_before


@jit
def cost_of_share(values: Values, lever: int, share: float) -> float:
    """Return what a move by a share of the lever's scale costs its owner, utils >= 0."""
    return package_gain.move_cost(
        share, values.lever[lever, COST_UP], values.lever[lever, COST_DOWN]
    )


@jit
def move_cost(s: Structure, values: Values, lever: int, before: float, after: float) -> float:
    """Return what the owner pays once for a move of the lever, utils >= 0."""
    return cost_of_share(values, lever, (after - before) / (s.scale[lever, 1] - s.scale[lever, 0]))
