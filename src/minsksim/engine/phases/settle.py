"""Settle: moves become true, and everything that follows from them is worked out."""

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.records import (
    BUILD,
    DECAY,
    EFFECT,
    FIRST,
    ROW,
    SECOND,
    State,
    Structure,
    Values,
)
from minsksim.engine.phases.drift import move_stock
from minsksim.engine.phases.groups import add_up_groups, has_several_origins
from minsksim.engine.phases.passing import put_quality
from minsksim.engine.phases.perceive import look
from minsksim.engine.valuation.marginal_utility import feel, on_scale, open_quality, willingness
from minsksim.engine.valuation.markets import clear, has_moved
from minsksim.engine.valuation.measures import gather
from minsksim.rules.brokerage import best_path
from minsksim.rules.channel import next_quality
from minsksim.rules.market import linear_price
from minsksim.rules.total_utility import satisfaction, total_utility


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
        if by >= 0 and s.lever_momentary[by] == 1 and not has_several_origins(s, i):
            move_stock(s, values, state, i)
    # who is named comes before whoever could be anybody: promises of a group are kept from it
    for shared in range(s.shared.shape[0]):
        i = s.shared[shared, ROW]
        by = s.inflow_lever[i]
        if by >= 0 and s.lever_momentary[by] == 1 and has_several_origins(s, i):
            move_stock(s, values, state, i)


@jit
def age_channels(s: Structure, values: Values, state: State) -> None:
    """Let channels grow where an agreement was kept to its end; idle ones fade.

    What shifts a quality for a while neither grows nor fades with it.
    """
    first = s.lever_owner.shape[0] + s.index_stock.shape[0]
    for c in range(s.channel_ends.shape[0]):
        if state.parts.left[c] > 0:
            continue
        was_kept = state.parts.is_done[c] == 1 and state.was_broken[c] == 0
        build, decay = values.channel[c, BUILD], values.channel[c, DECAY]
        if s.passing.shape[0] > 0:
            lasting = next_quality(state.passing.quality[c], was_kept, build, decay)
            put_quality(s, state, c, lasting)
        else:
            state.quantity[first + c] = next_quality(
                state.quantity[first + c], was_kept, build, decay
            )


@jit
def derive_quantities(s: Structure, values: Values, state: State) -> None:
    """Set prices, what sellers sell and earn, and access from levers and channels."""
    levers, channels = s.lever_owner.shape[0], s.channel_ends.shape[0]
    add_up_groups(s, state)
    work = state.workspace
    scaled, quality, willing = work.scaled, work.quality, work.willing
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
        state.quantity[v] = best_path(origin, goal, s.edge_ends, quality, willing, work.reached)
        v += 1


@jit
def add_up(s: Structure, values: Values, state: State) -> None:
    """Set every actor's utility as the sum of its interests, its regard and its costs."""
    interests = state.salience.shape[1]
    level, scaled, own = state.workspace.levels, state.workspace.scaled, state.workspace.own
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
        factor = scaled[times[n]] if times[n] >= 0 else 1.0
        if interest[n] != k:  # terms come in the order of interests
            level[k] += total
            k, total = interest[n], 0.0
        total += satisfaction(
            term[n, EFFECT], code[n], scaled[of[n]], term[n, FIRST], term[n, SECOND], factor
        )
    level[k] += total
    feel(s, state)
    total_utility(
        level, state.felt, values.regard, state.paid, own, state.contribution, state.utility
    )


@jit
def derive_and_show(s: Structure, values: Values, state: State, is_traced: bool) -> None:
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
    derive_and_show(s, values, state, is_traced)
    if is_traced or s.measures_utility == 1 or turn == s.turns:
        add_up(s, values, state)


@jit
def play(
    s: Structure, values: Values, state: State, seed: int, rep: int, turn: int, is_traced: bool
) -> None:
    """Play the phase, and take the turn's measures."""
    settle_turn(s, values, state, turn, is_traced)
    gather(s, state, turn)
