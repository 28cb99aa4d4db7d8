"""Act: one unilateral move of every actor, by quantal response over its own levers."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.draws import draw_of
from minsksim.engine.arrays.randomness import ACT
from minsksim.engine.arrays.records import (
    RATIONALITY,
    STEP_DOWN,
    STEP_UP,
    State,
    Structure,
    Values,
)
from minsksim.engine.bargaining.lever_payoff import (
    fill_payoff,
    move_cost,
    move_payoff,
    own_payoff_at,
)
from minsksim.engine.bargaining.many_parties import seat_of
from minsksim.engine.bargaining.offer import TINY
from minsksim.engine.bargaining.pools import left_to_draw
from minsksim.engine.bargaining.reaches import has_lumps, is_pending, on_next_lump
from minsksim.engine.phases.deliver import break_faith, judge
from minsksim.engine.phases.forfeit import forfeited_by_act
from minsksim.engine.valuation.answers import audience_cost_of
from minsksim.engine.valuation.marginal_utility import on_scale
from minsksim.engine.valuation.present_value import FOR_GOOD
from minsksim.engine.valuation.streams import has_horizon
from minsksim.rules import steps
from minsksim.rules.choice import quantal_response
from minsksim.rules.going_back import exposure, goes_back, price_of_going_back
from minsksim.rules.package_gain import gain_from_move
from minsksim.vocabulary import DOWN, UP


@jit
def unilateral_value(
    s: Structure, values: Values, state: State, lever: int, direction: int
) -> float:
    """Return where a full step of the lever, or its next lump, in a direction (UP or DOWN) ends."""
    now = state.planned[lever]
    if direction == UP:
        value = steps.step_up(now, s.scale[lever, 1], values.lever[lever, STEP_UP])
        if s.lever_pool_start[lever + 1] > s.lever_pool_start[lever]:
            value = steps.as_stock_allows(now, value, left_to_draw(s, state, lever))
    else:
        value = steps.step_down(now, s.scale[lever, 0], values.lever[lever, STEP_DOWN])
    if has_lumps(s, lever):
        value = on_next_lump(s, lever, now, value)
    if s.lever_whole[lever] == 1:
        value = steps.nearest_whole(value)
    return value


@jit
def is_reversal(state: State, lever: int, value: float) -> bool:
    """Return whether moving the lever to ``value`` goes back on a standing agreement."""
    if state.bound_channel[lever] < 0:
        return False
    return goes_back(value, state.planned[lever], state.bound_from[lever])


@jit
def price_of_reversal(s: Structure, values: Values, state: State, a: int, c: int) -> float:
    """Return what breaking channel ``c``'s agreements costs actor ``a``: audience and snapback."""
    exposed = exposure(audience_cost_of(values, state, a), s.channel_public[c] == 1)
    snapbacks, count = state.workspace.kept, 0  # room that only bargaining uses
    if has_horizon(s, a):
        snapbacks[0] = -forfeited_by_act(s, values, state, c, seat_of(s, c, a))
        return price_of_going_back(exposed, snapbacks, 1)
    for other in range(s.lever_owner.shape[0]):
        if s.lever_owner[other] != a and state.bound_channel[other] == c:
            if s.lever_reversible[other] == 1:
                now, back = state.planned[other], state.bound_from[other]
                snapbacks[count] = move_payoff(s, values, state, a, other, now, back)
                count += 1
    return price_of_going_back(exposed, snapbacks, count)


@jit
def choose_act(s: Structure, values: Values, state: State, a: int) -> None:
    """Choose actor ``a``'s unilateral move: one lever, one step, or nothing (quantal response)."""
    work = state.workspace
    gains, options, linear, curved = (work.act_gain, work.act_move, work.linear[0], work.curves[0])
    gains[0], options[0, 0], options[0, 1] = 0.0, -1, -1
    work.going_back[:] = np.nan
    count = 1
    for row in range(s.own_start[a], s.own_start[a + 1]):
        lever = s.own_levers[row]
        if state.is_active[lever] == 0 or state.promised[lever] >= 0 or state.reverted[lever] == 1:
            continue
        if s.lever_unilateral[lever] == 0 or is_pending(s, state, lever):
            continue
        now = state.planned[lever]
        terms = fill_payoff(s, values, state, a, a, lever, linear, curved, FOR_GOOD, FOR_GOOD)
        known = state.cache.acts[lever]
        before = own_payoff_at(linear, curved, terms, on_scale(s, lever, now), known[0])
        for direction in (UP, DOWN):
            if s.lever_unilateral[lever] & direction == 0:
                continue
            value = unilateral_value(s, values, state, lever, direction)
            if abs(value - now) <= TINY * (s.scale[lever, 1] - s.scale[lever, 0]):
                continue
            z, kept = on_scale(s, lever, value), known[direction]
            after = own_payoff_at(linear, curved, terms, z, kept)
            gains[count] = gain_from_move(after, before, move_cost(s, values, lever, now, value))
            if is_reversal(state, lever, value):
                c = state.bound_channel[lever]
                if np.isnan(work.going_back[c]):
                    work.going_back[c] = price_of_reversal(s, values, state, a, c)
                gains[count] -= work.going_back[c]
            options[count, 0], options[count, 1] = lever, direction
            count += 1
    if count == 1:
        return
    draw = draw_of(s, state, ACT, a)
    picked = quantal_response(gains, count, values.actor[a, RATIONALITY], draw, work.act_weight)
    state.choice[a, 0], state.choice[a, 1] = options[picked, 0], options[picked, 1]


@jit
def act(s: Structure, values: Values, state: State, a: int) -> None:
    """Carry out actor ``a``'s unilateral move; going back on an agreement is a breach of it."""
    lever, direction = state.choice[a, 0], state.choice[a, 1]
    if lever < 0 or state.reverted[lever] == 1:
        return
    now, value = (state.planned[lever], unilateral_value(s, values, state, lever, direction))
    state.paid[a] += move_cost(s, values, lever, now, value)
    if is_reversal(state, lever, value):
        c = state.bound_channel[lever]
        side = seat_of(s, c, a)
        judge(s, values, state, c, side, False)
        break_faith(s, values, state, c, side)
        for own in range(s.lever_owner.shape[0]):
            if s.lever_owner[own] == a and state.bound_channel[own] == c:
                state.bound_channel[own] = -1
    state.planned[lever] = value


@jit
def play(
    s: Structure, values: Values, state: State, seed: int, rep: int, turn: int, is_traced: bool
) -> None:
    """Play the phase: all choose on the same picture, then all move."""
    for a in range(state.choice.shape[0]):
        choose_act(s, values, state, a)
    for a in range(state.choice.shape[0]):
        act(s, values, state, a)
