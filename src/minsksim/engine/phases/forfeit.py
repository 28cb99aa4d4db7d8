"""Forfeit: what somebody with a horizon loses in the turns to come by breaking its word.

Partners keep back the reversible moves that are due, take those back that stand, and make no
further part. What they have given and cannot take back is not lost, and tempts nobody to go on.
"""

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.records import PATIENCE, State, Structure, Values
from minsksim.engine.bargaining.lever_payoff import later_payoff, move_cost
from minsksim.engine.bargaining.many_parties import seat_of, trust_at
from minsksim.engine.phases.tranches import came_from, value_after
from minsksim.engine.valuation.present_value import counted_from
from minsksim.rules.compliance import forfeit
from minsksim.rules.lever_payoff import delay_discount
from minsksim.rules.package_gain import expected_gain


@jit
def standing_moves(s: Structure, values: Values, state: State, c: int, side: int) -> float:
    """Return what a party would lose by its partners' taking back what stands in channel ``c``."""
    total, a = 0.0, s.seats[c, side]
    for lever in range(s.lever_owner.shape[0]):
        if state.bound_channel[lever] != c or s.lever_reversible[lever] == 0:
            continue
        other = seat_of(s, c, s.lever_owner[lever])
        if other != side:
            keep, back = trust_at(s, state, c, side, other), state.bound_from[lever]
            now = state.planned[lever]
            total += later_payoff(s, values, state, a, lever, back, now, keep, 0)
    return total


@jit
def moves_due(s: Structure, values: Values, state: State, c: int, side: int) -> float:
    """Return what a party expects of its partners' moves now due that they would keep back."""
    total, a = 0.0, s.seats[c, side]
    for row in range(s.table_start[c], s.table_start[c + 1]):
        lever = s.table_levers[row]
        if state.promised[lever] != c or s.lever_reversible[lever] == 0:
            continue
        other = seat_of(s, c, s.lever_owner[lever])
        if other != side:
            keep, before = trust_at(s, state, c, side, other), came_from(s, state, lever)
            after = state.offer_value[c, lever]
            gain = later_payoff(s, values, state, a, lever, before, after, keep, 0)
            total += expected_gain(gain, keep)
    return total


@jit
def later_parts(
    s: Structure, values: Values, state: State, c: int, side: int, following: int
) -> float:
    """Return what a party expects of the parts still to come, its own moves and costs included.

    What is due after the last turn that it counts is neither a gain nor a cost to it.
    ``following`` is the part that is due in the next turn, counted from 1.
    """
    parts, count, a = state.parts, s.channel_tranches[c], s.seats[c, side]
    if parts.left[c] == 0 or following > count:
        return 0.0
    total = 0.0
    for lever in range(parts.of.shape[0]):
        if parts.of[lever] != c or state.is_active[lever] == 0:
            continue
        other = seat_of(s, c, s.lever_owner[lever])
        keep = trust_at(s, state, c, side, other)
        for part in range(following, count + 1):
            before, later = value_after(s, state, c, lever, part - 1), part - following + 1
            after = value_after(s, state, c, lever, part)
            if s.lever_momentary[lever] == 1:  # it falls back after every part
                before, after = parts.origin[lever], parts.origin[lever] + after - before
            gain = later_payoff(s, values, state, a, lever, before, after, keep, later)
            total += expected_gain(gain, keep)
            if other == side and counted_from(s, state, a, later) > 0:
                cost = move_cost(s, values, lever, before, after)
                total -= delay_discount(values.actor[a, PATIENCE], later) * cost
    return total


@jit
def forfeited(s: Structure, values: Values, state: State, c: int, side: int) -> float:
    """Return what a party forfeits by breaking the agreement, or its part, that is due."""
    due = s.channel_tranches[c] - state.parts.left[c] + 1
    return forfeit(
        moves_due(s, values, state, c, side),
        standing_moves(s, values, state, c, side),
        later_parts(s, values, state, c, side, due + 1),
    )


@jit
def forfeited_by_act(s: Structure, values: Values, state: State, c: int, side: int) -> float:
    """Return what a party forfeits by going back on channel ``c`` once the turn's part is done."""
    due = s.channel_tranches[c] - state.parts.left[c] + 1
    return forfeit(
        0.0,
        standing_moves(s, values, state, c, side),
        later_parts(s, values, state, c, side, due),
    )
