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
    delay = s.lever_delay[lever]
    if delay > 0:
        scale_payoff(linear, curved, count, delay_discount(values.actor[a, PATIENCE], delay), 0)
        scale_payoff(linear, curved, count, delay_discount(values.actor[b, PATIENCE], delay), 1)
    return count


@jit
def move_payoff(
    s: Structure, values: Values, state: State, a: int, lever: int, before: float, after: float
) -> float:
    """Return what actor ``a`` gains when the lever goes from ``before`` to ``after``, utils.

    Uses the second pair of arrays of the workspace: a caller may be using the first.
    """
    linear, curved = state.workspace.linear[1], state.workspace.curves[1]
    count = fill_payoff(s, values, state, a, a, lever, linear, curved)
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
