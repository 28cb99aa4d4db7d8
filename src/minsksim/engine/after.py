"""The last phases of a turn: unilateral acts, and settling what is true now."""

import numpy as np

from minsksim._jit import jit
from minsksim.engine.before import look, move_stock
from minsksim.engine.layout import (
    AUDIENCE_COST,
    BUILD,
    DECAY,
    DOWN,
    EFFECT,
    FIRST,
    RATIONALITY,
    SECOND,
    STEP_DOWN,
    STEP_UP,
    UP,
    State,
    Structure,
    Values,
)
from minsksim.engine.luck import luck_of
from minsksim.engine.markets import clear, has_moved
from minsksim.engine.noise import ACT
from minsksim.engine.package import is_pending
from minsksim.engine.round_table import seat_of
from minsksim.engine.sheet import fill_sheet, move_cost, move_worth, read_sheet
from minsksim.engine.table import TINY, break_faith, judge
from minsksim.engine.worth import on_scale, open_quality, willingness
from minsksim.rules.brokerage import best_path
from minsksim.rules.channel import next_quality
from minsksim.rules.choice import quantal_response
from minsksim.rules.market import linear_price
from minsksim.rules.utility import shape


@jit
def unilateral_value(
    s: Structure, values: Values, state: State, lever: int, direction: int
) -> float:
    """Return where a full step of the lever in a direction (UP or DOWN) ends."""
    now = state.planned[lever]
    if direction == UP:
        value = min(s.scale[lever, 1], now + values.lever[lever, STEP_UP])
        if s.lever_drawn[lever] >= 0:
            value = max(now, min(value, state.quantity[s.lever_drawn[lever]]))
    else:
        value = max(s.scale[lever, 0], now - values.lever[lever, STEP_DOWN])
    if s.lever_whole[lever] == 1:
        value = np.floor(value + 0.5)
    return value


@jit
def is_reversal(state: State, lever: int, value: float) -> bool:
    """Return whether moving the lever to ``value`` goes back on a standing agreement."""
    if state.bound_channel[lever] < 0:
        return False
    return (value - state.planned[lever]) * (state.bound_from[lever] - state.planned[lever]) > 0.0


@jit
def price_of_reversal(s: Structure, values: Values, state: State, a: int, c: int) -> float:
    """Return what breaking channel ``c``'s agreements costs actor ``a``: audience and snapback."""
    price = values.actor[a, AUDIENCE_COST] if s.channel_public[c] == 1 else 0.0
    for other in range(s.lever_owner.shape[0]):
        if s.lever_owner[other] != a and state.bound_channel[other] == c:
            if s.lever_reversible[other] == 1:
                now, back = state.planned[other], state.bound_from[other]
                price -= move_worth(s, values, state, a, other, now, back)
    return price


@jit
def choose_act(s: Structure, values: Values, state: State, a: int) -> None:
    """Choose actor ``a``'s unilateral move: one lever, one step, or nothing (quantal response)."""
    desk = state.desk
    gains, options, linear, curved = (desk.act_gain, desk.act_move, desk.linear[0], desk.curves[0])
    gains[0], options[0, 0], options[0, 1] = 0.0, -1, -1
    desk.going_back[:] = np.nan
    count = 1
    for row in range(s.own_start[a], s.own_start[a + 1]):
        lever = s.own_levers[row]
        if state.is_active[lever] == 0 or state.promised[lever] >= 0 or state.reverted[lever] == 1:
            continue
        if s.lever_unilateral[lever] == 0 or is_pending(s, state, lever):
            continue
        now = state.planned[lever]
        terms = fill_sheet(s, values, state, a, a, lever, linear, curved)
        before, _ = read_sheet(linear, curved, terms, on_scale(s, lever, now))
        for direction in (UP, DOWN):
            if s.lever_unilateral[lever] & direction == 0:
                continue
            value = unilateral_value(s, values, state, lever, direction)
            if abs(value - now) <= TINY * (s.scale[lever, 1] - s.scale[lever, 0]):
                continue
            after, _ = read_sheet(linear, curved, terms, on_scale(s, lever, value))
            gains[count] = after - before - move_cost(s, values, lever, now, value)
            if is_reversal(state, lever, value):
                c = state.bound_channel[lever]
                if np.isnan(desk.going_back[c]):
                    desk.going_back[c] = price_of_reversal(s, values, state, a, c)
                gains[count] -= desk.going_back[c]
            options[count, 0], options[count, 1] = lever, direction
            count += 1
    if count == 1:
        return
    draw = luck_of(s, state, ACT, a)
    picked = quantal_response(gains, count, values.actor[a, RATIONALITY], draw, desk.act_weight)
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
def apply_moves(s: Structure, values: Values, state: State) -> None:
    """Make planned lever values true (or pending, if delayed) and let releases happen."""
    for lever in range(s.lever_owner.shape[0]):
        if state.planned[lever] == state.quantity[lever]:
            continue
        if s.lever_delay[lever] > 0:
            state.pending[s.lever_delay[lever] - 1, lever] = state.planned[lever]
        else:
            state.quantity[lever] = state.planned[lever]
    for i in range(s.inflow_to.shape[0]):
        by = s.inflow_lever[i]
        if by >= 0 and s.lever_momentary[by] == 1:
            move_stock(s, values, state, i)


@jit
def age_channels(s: Structure, values: Values, state: State) -> None:
    """Let channels grow where an agreement was kept to its end; idle ones fade."""
    first = s.lever_owner.shape[0] + s.index_stock.shape[0]
    for c in range(s.channel_ends.shape[0]):
        if state.parts.left[c] > 0:
            continue
        was_kept = state.parts.is_done[c] == 1 and state.was_broken[c] == 0
        state.quantity[first + c] = next_quality(
            state.quantity[first + c], was_kept, values.channel[c, BUILD], values.channel[c, DECAY]
        )


@jit
def derive_quantities(s: Structure, values: Values, state: State) -> None:
    """Set prices, what sellers sell and earn, and access from levers and channels."""
    levers, channels = s.lever_owner.shape[0], s.channel_ends.shape[0]
    desk = state.desk
    scaled, quality, willing = desk.scaled, desk.quality, desk.willing
    for lever in range(levers):
        scaled[lever] = on_scale(s, lever, state.quantity[lever])
    open_quality(s, state, quality)
    willingness(s, values, state, willing)
    v = levers + s.index_stock.shape[0] + channels
    is_stale = has_moved(s, state, state.cleared_at)
    for m in range(values.market.shape[0]):
        if s.market_cournot[m] == 1:
            if is_stale:
                clear(s, values, state, m, scaled, state.quantity)
        else:
            state.quantity[v] = linear_price(values.market[m], values.response[m], scaled)
        v += 1
    for x in range(s.access_ends.shape[0]):
        origin, goal = s.access_ends[x, 0], s.access_ends[x, 1]
        state.quantity[v] = best_path(origin, goal, s.edge_ends, quality, willing, desk.reached)
        v += 1


@jit
def add_up(s: Structure, values: Values, state: State) -> None:
    """Set every actor's utility as the sum of its interests, its regard and its costs."""
    actors, interests = state.salience.shape
    level, scaled, own = state.desk.levels, state.desk.scaled, state.desk.own
    salience, regards, contribution = state.salience, values.regard, state.contribution
    for v in range(scaled.shape[0]):
        scaled[v] = on_scale(s, v, state.quantity[v])
    for k in range(interests):
        level[k] = 0.0
    of, times, code, interest, term = (
        s.term_of,
        s.term_times,
        s.term_shape,
        s.term_interest,
        values.term,
    )
    k, total = 0, 0.0
    for n in range(of.shape[0]):
        part = shape(code[n], scaled[of[n]], term[n, FIRST], term[n, SECOND])
        if times[n] >= 0:
            part *= scaled[times[n]]
        if interest[n] != k:  # terms come in the order of interests
            level[k] += total
            k, total = interest[n], 0.0
        total += term[n, EFFECT] * part
    level[k] += total
    for a in range(actors):
        total = 0.0
        for k in range(interests):
            part = salience[a, k] * level[k]
            contribution[a, k] = part
            total += part
        own[a] = total
    for a in range(actors):
        regard = 0.0
        for b in range(actors):
            regard += regards[a, b] * own[b]
        contribution[a, interests] = regard
        contribution[a, interests + 1] = -state.paid[a]
        state.utility[a] = own[a] + regard - state.paid[a]


@jit
def take_stock(s: Structure, values: Values, state: State, is_traced: bool) -> None:
    """Set everything that follows from levers, stocks and channels, and let all who can see it.

    What is not traced looks for what has leaked only: the rest it sees before it bargains again.
    """
    derive_quantities(s, values, state)
    if is_traced:
        for a in range(state.seen.shape[0]):
            look(s, state, a)
        return
    for row in range(s.secret_levers.shape[0]):
        lever = s.secret_levers[row]
        if state.has_leaked[lever] == 1:
            for a in range(state.seen.shape[0]):
                state.seen[a, lever] = state.quantity[lever]


@jit
def settle_turn(s: Structure, values: Values, state: State, turn: int, is_traced: bool) -> None:
    """Apply all moves of the turn, take stock, and add up utilities where anything reads them.

    Decisions look at what moves are worth, never at the level of a utility.
    """
    apply_moves(s, values, state)
    age_channels(s, values, state)
    take_stock(s, values, state, is_traced)
    if is_traced or s.measures_utility == 1 or turn == s.turns:
        add_up(s, values, state)
