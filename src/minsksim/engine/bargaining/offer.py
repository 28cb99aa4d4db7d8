"""The package on the table: weighed, rounded, and what it does to everybody."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.endings import BLOCKED
from minsksim.engine.arrays.records import (
    State,
    Structure,
    Values,
)
from minsksim.engine.bargaining.lever_payoff import (
    changes_at,
    fill_payoff,
    forget_shapes,
    move_cost,
)
from minsksim.engine.bargaining.many_parties import add_party_gains
from minsksim.engine.bargaining.positions import OWNER, gains_at
from minsksim.engine.bargaining.ratification import would_ratify
from minsksim.engine.valuation.answers import reservation_of
from minsksim.engine.valuation.marginal_utility import on_scale
from minsksim.engine.valuation.present_value import FOR_GOOD
from minsksim.rules import package_gain
from minsksim.rules.blocking import is_bought_off, loss

TINY = 1e-9
"""Shares of a scale, and utils, below which a move or a gain is none."""
TRIES = (0.5, 0.0, 1.0 - TINY)
"""What is added before people are rounded down: to the nearest, the lower, the higher number."""


@jit
def have_all(flags: np.ndarray, size: int) -> bool:
    """Return whether every party of a channel has done something."""
    for side in range(size):
        if flags[side] == 0:
            return False
    return True


@jit
def suits_all(s: Structure, values: Values, state: State, c: int) -> bool:
    """Return whether the gains written suit all; what falls short by a hair is lifted."""
    least = state.workspace.party_least
    for side in range(s.channel_size[c]):
        least[side] = reservation_of(values, state, s.seats[c, side])
    return package_gain.suits_all(state.offer_gain[c], least, s.channel_size[c], TINY)


@jit
def add_gains(s: Structure, values: Values, state: State, c: int, levers: int) -> bool:
    """Set the parties' gains from the package on the table; return whether it moves anything."""
    gain, own, work = state.offer_gain[c], state.offer_own[c], state.workspace
    for side in range(s.channel_size[c]):
        gain[side], own[side] = 0.0, 0.0
    is_move, is_pair = False, s.channel_size[c] == 2
    for i in range(levers):
        lever = work.levers[i]
        value, now = state.offer_value[c, lever], state.quantity[lever]
        if abs(value - now) <= TINY * (s.scale[lever, 1] - s.scale[lever, 0]):
            state.offer_value[c, lever] = now
            continue
        is_move = True
        work.points[i, 0] = value
        if not is_pair:
            add_party_gains(s, values, state, c, i)
            continue
        gains_at(work, state.cache, i, 1, False)
        first, second, owner = work.first[i, 0], work.second[i, 0], int(work.facts[i, OWNER])
        own[owner] += first if owner == 0 else second
        gain[0] += first
        gain[1] += second
    return is_move


@jit
def weigh_offer(s: Structure, values: Values, state: State, c: int, levers: int) -> bool:
    """Set the parties' gains from the package on the table; return whether it is worth signing."""
    is_move = add_gains(s, values, state, c, levers)
    if not is_move or not suits_all(s, values, state, c):
        return False
    return would_ratify(s, values, state, c, levers)


@jit
def put_on_table(s: Structure, state: State, c: int, levers: int, lift: float) -> bool:
    """Put the package found on the table, people in whole numbers; return whether any are in it."""
    work, is_rounded = state.workspace, False
    for i in range(levers):
        lever = work.levers[i]
        state.offer_value[c, lever] = work.chosen[i]
        if s.lever_whole[lever] == 1:
            state.offer_value[c, lever] = np.floor(work.chosen[i] + lift)
            is_rounded = True
    return is_rounded


@jit
def round_offer(s: Structure, values: Values, state: State, c: int, levers: int) -> bool:
    """Put the package on the table, people in whole numbers; return whether it is worth signing.

    The nearest whole numbers are tried first, then those below and those above.
    """
    for lift in TRIES:
        is_rounded = put_on_table(s, state, c, levers, lift)
        if weigh_offer(s, values, state, c, levers):
            return True
        if not is_rounded:
            return False
    return False


@jit
def find_externalities(s: Structure, values: Values, state: State, c: int) -> None:
    """Write what a package is worth to everybody, at the table or not.

    The externality takes both at their word: it is what the agreement would bring if kept. A run
    depends on it only where somebody can block or outbid; one that keeps no agreements leaves it
    out elsewhere.
    """
    actors = state.externality.shape[1]
    for a in range(actors):
        state.externality[c, a] = 0.0
    linear, curved = state.workspace.linear[0], state.workspace.curves[0]
    recalled = state.workspace.recalled
    for row in range(s.table_start[c], s.table_start[c + 1]):
        lever = s.table_levers[row]
        now, value = state.quantity[lever], state.offer_value[c, lever]
        if value == now:
            continue
        before, after = on_scale(s, lever, now), on_scale(s, lever, value)
        forget_shapes(recalled)
        for a in range(0, actors, 2):
            b = min(a + 1, actors - 1)
            terms = fill_payoff(s, values, state, a, b, lever, linear, curved, FOR_GOOD, FOR_GOOD)
            one, two = changes_at(linear, curved, terms, before, after, recalled)
            state.externality[c, a] += one
            if b > a:
                state.externality[c, b] += two
        state.externality[c, s.lever_owner[lever]] -= move_cost(s, values, lever, now, value)


@jit
def pays_to_stop(s: Structure, c: int, changes: np.ndarray) -> bool:
    """Return whether those who may block channel ``c`` would pay its parties for not signing.

    ``changes`` says for every actor what signing there changes, float64[A], utils.
    """
    harm = 0.0
    for row in range(s.blocker_start[c], s.blocker_start[c + 1]):
        harm += loss(changes[s.blockers[row]])
    surplus = 0.0
    for side in range(s.channel_size[c]):
        surplus += changes[s.seats[c, side]]
    return is_bought_off(surplus, harm)


@jit
def is_blocked(s: Structure, values: Values, state: State, c: int) -> bool:
    """Return whether outsiders pay the parties of channel ``c`` for not signing its package.

    What the package does to everybody is taken from the externalities, which stay written for the
    record. Payments are in utils: only where blocking is possible are they compared across actors.
    """
    if s.blocker_start[c] == s.blocker_start[c + 1]:
        return False
    find_externalities(s, values, state, c)
    if not pays_to_stop(s, c, state.externality[c]):
        return False
    state.offer_state[c] = BLOCKED
    state.was_blocked[c] = 1
    return True
