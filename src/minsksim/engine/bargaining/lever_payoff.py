"""What a lever is worth to two actors, boiled down to a few numbers.

Most of what a lever does to a utility is linear in its 0-1 value; only curved terms need their
shape again at every position. Both are gathered once, in ``linear``
and ``curved``, so that many positions can be tried
without going back to the scenario's arrays.
"""

import numpy as np

from minsksim._jit import inlined, jit
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
from minsksim.rules.utility import shape
from minsksim.vocabulary import LINEAR

CODE, ONE, TWO, WEIGHT_A, WEIGHT_B = 0, 1, 2, 3, 4
"""Columns of a curved term: shape, its parameters, and its weight for either actor."""


@jit
def delay_discount(s: Structure, values: Values, a: int, lever: int) -> float:
    """Return patience to the power of the lever's delay."""
    discount = 1.0
    for _ in range(s.lever_delay[lever]):
        discount *= values.actor[a, PATIENCE]
    return discount


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
) -> int:
    """Write what a lever is worth to two actors; return how many curved terms there are.

    ``linear[side]`` is d U / d z, and rows of ``curved`` (columns CODE ... WEIGHT_B) are terms
    w f(z). A delayed lever is discounted.
    """
    span = s.scale[lever, 1] - s.scale[lever, 0]
    linear_a, linear_b = state.slope[lever, a] * span, state.slope[lever, b] * span
    of, times, code = s.term_of, s.term_times, s.term_shape
    count = 0
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
    if s.lever_delay[lever] > 0:
        scale_payoff(linear, curved, count, delay_discount(s, values, a, lever), 0)
        scale_payoff(linear, curved, count, delay_discount(s, values, b, lever), 1)
    return count


@jit
def scale_payoff(
    linear: np.ndarray, curved: np.ndarray, count: int, factor: float, side: int
) -> None:
    """Multiply what a lever brings one of the two actors."""
    linear[side] *= factor
    for row in range(count):
        curved[row, WEIGHT_A + side] *= factor


@jit
def read_payoff(
    linear: np.ndarray, curved: np.ndarray, count: int, z: float
) -> tuple[float, float]:
    """Return the part of both utilities that depends on the lever, with the lever at ``z``."""
    one, two = linear[0] * z, linear[1] * z
    for row in range(count):
        level = shape(int(curved[row, CODE]), z, curved[row, ONE], curved[row, TWO])
        one += curved[row, WEIGHT_A] * level
        two += curved[row, WEIGHT_B] * level
    return one, two


@jit
def move_payoff(
    s: Structure, values: Values, state: State, a: int, lever: int, before: float, after: float
) -> float:
    """Return what actor ``a`` gains when the lever goes from ``before`` to ``after``, utils.

    Uses the second pair of arrays of the workspace: a caller may be using the first.
    """
    linear, curved = state.workspace.linear[1], state.workspace.curves[1]
    count = fill_payoff(s, values, state, a, a, lever, linear, curved)
    level_after, _ = read_payoff(linear, curved, count, on_scale(s, lever, after))
    level_before, _ = read_payoff(linear, curved, count, on_scale(s, lever, before))
    return level_after - level_before


@jit
def cost_of_share(values: Values, lever: int, share: float) -> float:
    """Return what a move by a share of the lever's scale costs its owner, utils >= 0."""
    if share >= 0.0:
        return values.lever[lever, COST_UP] * share
    return values.lever[lever, COST_DOWN] * -share


@jit
def move_cost(s: Structure, values: Values, lever: int, before: float, after: float) -> float:
    """Return what the owner pays once for a move of the lever, utils >= 0."""
    return cost_of_share(values, lever, (after - before) / (s.scale[lever, 1] - s.scale[lever, 0]))
