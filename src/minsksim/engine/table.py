"""At the table: who meets, what is offered, accepted, kept or broken."""

import numpy as np

from minsksim._jit import jit
from minsksim.engine.layout import (
    AUDIENCE_COST,
    FORGETTING,
    PATIENCE,
    RATIONALITY,
    RESERVATION,
    State,
    Structure,
    Values,
)
from minsksim.engine.noise import ACCEPT, KEEP, MEET, uniform
from minsksim.engine.package import OWNER, find_package, gains_at, is_free
from minsksim.engine.sheet import fill_sheet, move_cost, read_sheet
from minsksim.engine.tranche import came_from, is_over
from minsksim.engine.worth import on_scale
from minsksim.rules.choice import acceptance_probability
from minsksim.rules.compliance import keeping_probability
from minsksim.rules.trust import remember

TINY = 1e-9
"""Shares of a scale, and utils, below which a move or a gain is none."""


@jit
def meets(s: Structure, state: State, seed: int, rep: int, turn: int, c: int) -> bool:
    """Return whether the parties of channel ``c`` meet this turn."""
    if state.is_open[c] == 0 or state.parts.left[c] > 0:
        return False
    quality = state.quantity[s.lever_owner.shape[0] + s.index_stock.shape[0] + c]
    return uniform(seed, rep, turn, s.hash_channel[c], MEET) < quality


@jit
def weigh_offer(s: Structure, values: Values, state: State, c: int, levers: int) -> bool:
    """Set both parties' gains from the package on the table; return whether it is worth signing."""
    gain, own, desk = state.offer_gain[c], state.offer_own[c], state.desk
    gain[0], gain[1], own[0], own[1] = 0.0, 0.0, 0.0, 0.0
    is_move = False
    for i in range(levers):
        lever = desk.levers[i]
        value, now = state.offer_value[c, lever], state.quantity[lever]
        if abs(value - now) <= TINY * (s.scale[lever, 1] - s.scale[lever, 0]):
            state.offer_value[c, lever] = now
            continue
        is_move = True
        desk.points[i, 0] = value
        gains_at(desk, i, 1)
        first, second, owner = desk.first[i, 0], desk.second[i, 0], int(desk.facts[i, OWNER])
        own[owner] += first if owner == 0 else second
        gain[0] += first
        gain[1] += second
    if not is_move or gain[0] + gain[1] <= TINY:
        return False
    for side in range(2):
        least = values.actor[s.channel_ends[c, side], RESERVATION]
        if gain[side] < least - TINY:
            return False
        gain[side] = max(gain[side], least)
    return True


@jit
def round_offer(s: Structure, values: Values, state: State, c: int, levers: int) -> bool:
    """Put the package on the table, people in whole numbers; return whether it is worth signing.

    The nearest whole numbers are tried first, then those below and those above.
    """
    desk = state.desk
    for lift in (0.5, 0.0, 1.0 - TINY):
        is_rounded = False
        for i in range(levers):
            lever = desk.levers[i]
            state.offer_value[c, lever] = desk.chosen[i]
            if s.lever_whole[lever] == 1:
                state.offer_value[c, lever] = np.floor(desk.chosen[i] + lift)
                is_rounded = True
        if weigh_offer(s, values, state, c, levers):
            return True
        if not is_rounded:
            return False
    return False


@jit
def propose(s: Structure, values: Values, state: State, c: int) -> bool:
    """Put the protocol's package for channel ``c`` on the table; return whether there is one."""
    levers = 0
    for row in range(s.table_start[c], s.table_start[c + 1]):
        if is_free(s, state, s.table_levers[row]):
            state.desk.levers[levers] = s.table_levers[row]
            levers += 1
    for lever in range(s.lever_owner.shape[0]):
        state.offer_value[c, lever] = state.quantity[lever]
    if levers == 0:
        return False
    if not find_package(s, values, state, c, levers):
        return False
    if not round_offer(s, values, state, c, levers):
        return False
    state.offer_state[c] = 1
    return True


@jit
def accepts(
    s: Structure, values: Values, state: State, seed: int, rep: int, turn: int, c: int, side: int
) -> bool:
    """Return whether a party signs the package on the table (logit choice)."""
    a = s.channel_ends[c, side]
    chance = acceptance_probability(
        state.offer_gain[c, side], values.actor[a, RESERVATION], values.actor[a, RATIONALITY]
    )
    return uniform(seed, rep, turn, s.hash_party[c, side], ACCEPT) < chance


@jit
def sign(s: Structure, values: Values, state: State, c: int) -> None:
    """Make the package an agreement."""
    state.offer_state[c] = 2
    state.was_agreed[c] = 1
    for row in range(s.table_start[c], s.table_start[c + 1]):
        lever = s.table_levers[row]
        if state.offer_value[c, lever] != state.quantity[lever]:
            state.promised[lever] = c


@jit
def account(s: Structure, values: Values, state: State, c: int) -> None:
    """Write what an agreement just signed is worth to everybody, at the table or not.

    The ledger takes both at their word: it is what the agreement would bring if kept. Nothing
    in a run depends on it, so a run that keeps no agreements leaves it out.
    """
    actors = state.ledger_gain.shape[1]
    linear, curved = state.desk.linear[0], state.desk.curves[0]
    for row in range(s.table_start[c], s.table_start[c + 1]):
        lever = s.table_levers[row]
        now, value = state.quantity[lever], state.offer_value[c, lever]
        if value == now:
            continue
        before, after = on_scale(s, lever, now), on_scale(s, lever, value)
        for a in range(0, actors, 2):
            b = min(a + 1, actors - 1)
            terms = fill_sheet(s, values, state, a, b, lever, linear, curved)
            one, two = read_sheet(linear, curved, terms, after)
            was_one, was_two = read_sheet(linear, curved, terms, before)
            state.ledger_gain[c, a] += one - was_one
            if b > a:
                state.ledger_gain[c, b] += two - was_two
        state.ledger_gain[c, s.lever_owner[lever]] -= move_cost(s, values, lever, now, value)


@jit
def keeps(
    s: Structure, values: Values, state: State, seed: int, rep: int, turn: int, c: int, side: int
) -> bool:
    """Return whether a party honours its side of the agreement (folk-theorem logit)."""
    a = s.channel_ends[c, side]
    exposure = values.actor[a, AUDIENCE_COST] if s.channel_public[c] == 1 else 0.0
    chance = keeping_probability(
        state.offer_gain[c, side],
        max(0.0, -state.offer_own[c, side]),
        exposure,
        values.actor[a, PATIENCE],
        values.actor[a, RATIONALITY],
    )
    return uniform(seed, rep, turn, s.hash_party[c, side], KEEP) < chance


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
    """Let the partner of ``side`` write into its ledger whether the promise was kept."""
    observer = 1 - side
    phi = values.channel[c, FORGETTING]
    for column in range(2):
        seen = 1.0 if (column == 0) == has_kept else 0.0
        state.ledger[c, observer, column] = remember(state.ledger[c, observer, column], phi, seen)


@jit
def break_faith(s: Structure, values: Values, state: State, c: int, side: int) -> None:
    """Charge a breaker its audience cost and let the partner snap back."""
    state.was_broken[c] = 1
    state.parts.left[c] = 0
    a = s.channel_ends[c, side]
    if s.channel_public[c] == 1:
        state.paid[a] += values.actor[a, AUDIENCE_COST]
    snap_back(s, values, state, c, s.channel_ends[c, 1 - side])


@jit
def deliver(s: Structure, values: Values, state: State, c: int) -> None:
    """Carry out the agreement of channel ``c`` as far as the parties kept it.

    A party whose partner broke its word keeps back its own reversible moves of this agreement.
    """
    for row in range(s.table_start[c], s.table_start[c + 1]):
        lever = s.table_levers[row]
        if state.promised[lever] != c:
            continue
        side = 0 if s.lever_owner[lever] == s.channel_ends[c, 0] else 1
        is_held_back = state.has_kept[c, 1 - side] == 0 and s.lever_reversible[lever] == 1
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
    is_judged = is_over(state, c)
    for side in range(2):
        if is_judged:
            judge(s, values, state, c, side, state.has_kept[c, side] == 1)
        if state.has_kept[c, side] == 0:
            break_faith(s, values, state, c, side)
