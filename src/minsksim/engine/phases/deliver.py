"""Deliver: promises are kept or broken, and trust remembers."""

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.draws import draw_at_table
from minsksim.engine.arrays.randomness import KEEP
from minsksim.engine.arrays.records import (
    FORGETTING,
    PATIENCE,
    RATIONALITY,
    State,
    Structure,
    Values,
)
from minsksim.engine.bargaining.lever_payoff import move_cost
from minsksim.engine.bargaining.many_parties import (
    ledger_row,
    seat_of,
)
from minsksim.engine.bargaining.offer import have_all
from minsksim.engine.phases.forfeit import forfeited
from minsksim.engine.phases.tranches import came_from, close_part, cut, is_due, is_over
from minsksim.engine.valuation.answers import audience_cost_of
from minsksim.engine.valuation.streams import has_horizon
from minsksim.rules.compliance import keeping_by_forfeit, keeping_probability, temptation
from minsksim.rules.going_back import exposure
from minsksim.rules.trust import remember


@jit
def keeps(s: Structure, values: Values, state: State, c: int, side: int) -> bool:
    """Return whether a party honours its side of the agreement (folk-theorem logit).

    A party with a horizon weighs what it would forfeit in the turns that it counts.
    """
    a = s.seats[c, side]
    exposed = exposure(audience_cost_of(values, state, a), s.channel_public[c] == 1)
    saved, rationality = temptation(state.offer_own[c, side]), values.actor[a, RATIONALITY]
    if has_horizon(s, a):
        lost = forfeited(s, values, state, c, side)
        chance = keeping_by_forfeit(lost, saved, exposed, rationality)
    else:
        chance = keeping_probability(
            state.offer_gain[c, side], saved, exposed, values.actor[a, PATIENCE], rationality
        )
    return draw_at_table(s, state, KEEP, c, side) < chance


@jit
def snap_back(s: Structure, values: Values, state: State, c: int, a: int) -> None:
    """Let actor ``a`` take back its reversible moves of standing agreements in channel ``c``."""
    for lever in range(s.lever_owner.shape[0]):
        if s.lever_owner[lever] == a and state.bound_channel[lever] == c:
            state.bound_channel[lever] = -1
            if s.lever_reversible[lever] == 1:
                state.planned[lever] = state.bound_from[lever]
                state.reverted[lever] = 1


@jit
def judge(s: Structure, values: Values, state: State, c: int, side: int, has_kept: bool) -> None:
    """Let the partners of ``side`` write into their ledgers whether the promise was kept."""
    phi = values.channel[c, FORGETTING]
    for observer in range(s.channel_size[c]):
        if observer == side:
            continue
        ledger = state.ledger[c, ledger_row(s.channel_size[c], observer, side)]
        for column in range(2):
            seen = 1.0 if (column == 0) == has_kept else 0.0
            ledger[column] = remember(ledger[column], phi, seen)


@jit
def break_faith(s: Structure, values: Values, state: State, c: int, side: int) -> None:
    """Charge a breaker its audience cost and let its partners snap back."""
    state.was_broken[c] = 1
    state.parts.left[c] = 0
    a = s.seats[c, side]
    state.paid[a] += exposure(audience_cost_of(values, state, a), s.channel_public[c] == 1)
    for other in range(s.channel_size[c]):
        if other != side:
            snap_back(s, values, state, c, s.seats[c, other])


@jit
def deliver(s: Structure, values: Values, state: State, c: int) -> None:
    """Carry out the agreement of channel ``c`` as far as the parties kept it.

    Where one party broke its word, the others keep back their reversible moves of this agreement.
    """
    is_kept_by_all = have_all(state.has_kept[c], s.channel_size[c])
    for row in range(s.table_start[c], s.table_start[c + 1]):
        lever = s.table_levers[row]
        if state.promised[lever] != c:
            continue
        side = seat_of(s, c, s.lever_owner[lever])
        is_held_back = not is_kept_by_all and s.lever_reversible[lever] == 1
        if state.has_kept[c, side] == 0 or is_held_back:
            continue
        now = came_from(s, state, lever)
        state.paid[s.lever_owner[lever]] += move_cost(
            s, values, lever, now, state.offer_value[c, lever]
        )
        state.planned[lever] = state.offer_value[c, lever]
        if s.lever_momentary[lever] == 0:
            if state.bound_channel[lever] != c:
                state.bound_from[lever] = now
            state.bound_channel[lever] = c
    is_judged = is_over(s, state, c)
    for side in range(s.channel_size[c]):
        if is_judged:
            judge(s, values, state, c, side, state.has_kept[c, side] == 1)
        if state.has_kept[c, side] == 0:
            break_faith(s, values, state, c, side)


@jit
def open_delivery(s: Structure, values: Values, state: State, c: int) -> bool:
    """Return whether channel ``c`` has something to deliver, and put the part that is due ready."""
    if not is_due(state, c):
        return False
    cut(s, values, state, c)
    return True


@jit
def close_delivery(s: Structure, values: Values, state: State, c: int) -> None:
    """Carry out what the parties of channel ``c`` kept, and count the part."""
    deliver(s, values, state, c)
    close_part(s, state, c)


@jit
def play(
    s: Structure, values: Values, state: State, seed: int, rep: int, turn: int, is_traced: bool
) -> None:
    """Play the phase; every party keeps or breaks its word by the folk-theorem logit."""
    for c in range(s.channel_ends.shape[0]):
        if open_delivery(s, values, state, c):
            for side in range(s.channel_size[c]):
                if keeps(s, values, state, c, side):
                    state.has_kept[c, side] = 1
            close_delivery(s, values, state, c)
