"""The package of two parties: every lever on the table, the frontier, and the protocol's choice.

Levers whose terms are linear need three positions (lowest, present, highest); a curved lever gets
a grid that is narrowed around the solution until it no longer matters. With linear or concave
gains the result is the optimum over the whole package; its tests
compare it with brute force.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.records import (
    COST_DOWN,
    COST_UP,
    State,
    Structure,
    Values,
)
from minsksim.engine.arrays.workspace import Workspace
from minsksim.engine.bargaining.indivisible import list_lumps
from minsksim.engine.bargaining.joint_frontier import (
    add_homes,
    add_vertices,
    find_chain,
    list_concessions,
    mix,
    sort_concessions,
    stay,
)
from minsksim.engine.bargaining.lever_payoff import fill_payoff
from minsksim.engine.bargaining.positions import (
    FIRST_CELLS,
    NOW,
    OWNER,
    PAY_DOWN,
    PAY_UP,
    SCALE_LOW,
    SPAN,
    gains_at,
    grid,
    narrow,
    open_grid,
    open_windows,
)
from minsksim.engine.bargaining.ratification import (
    is_ratified,
    ratified_position,
    ratifier_gains,
)
from minsksim.engine.bargaining.reaches import reach
from minsksim.engine.valuation.present_value import FOR_GOOD
from minsksim.rules.bargaining import balanced_position, value_at
from minsksim.rules.lever_payoff import scale_payoff
from minsksim.rules.protocols import choose_position
from minsksim.rules.trust import trust

NOTHING = (0.0, 0.0)
"""Utils of two parties where neither has, asks or risks anything."""
ROUNDS = 8
FINE = 3.3e-3
"""Width of a grid cell, as a share of the lever's reach, at which a search ends: mostly after the
second look. Near an optimum gains change with the square of it, so some millionths are missed; more
(up to some ten-thousandths) in about one search of a hundred, which ends at its window's edge."""


@jit
def fill_payoffs(
    s: Structure,
    values: Values,
    state: State,
    c: int,
    lever: int,
    linear: np.ndarray,
    curved: np.ndarray,
    facts: np.ndarray,
) -> int:
    """Write what a lever is worth at the table of channel ``c``; return its curved terms.

    Own moves count in full, the partner's with trust.
    """
    one, two = s.channel_ends[c, 0], s.channel_ends[c, 1]
    partner = 1 if s.lever_owner[lever] == one else 0
    partner_trust = trust(state.ledger[c, partner, 0], state.ledger[c, partner, 1])
    keep_one = partner_trust if partner == 0 else FOR_GOOD
    keep_two = partner_trust if partner == 1 else FOR_GOOD
    count = fill_payoff(s, values, state, one, two, lever, linear, curved, keep_one, keep_two)
    scale_payoff(linear, curved, count, partner_trust, partner)
    facts[SCALE_LOW], facts[SPAN] = s.scale[lever, 0], s.scale[lever, 1] - s.scale[lever, 0]
    facts[NOW] = (state.quantity[lever] - facts[SCALE_LOW]) / facts[SPAN]
    facts[PAY_UP], facts[PAY_DOWN] = (values.lever[lever, COST_UP], values.lever[lever, COST_DOWN])
    facts[OWNER] = 1 - partner
    return count


@jit
def lay_out(s: Structure, values: Values, state: State, c: int, levers: int) -> None:
    """Put into the workspace what every lever on the table is worth and how far it may go."""
    work = state.workspace
    if s.has_steps == 1:
        list_lumps(s, state, levers)
    for i in range(levers):
        lever = work.levers[i]
        low, high = reach(s, values, state, c, lever)
        work.reaches[i, 0], work.reaches[i, 1] = low, high
        work.curved[i] = fill_payoffs(
            s, values, state, c, lever, work.linear[i], work.curves[i], work.facts[i]
        )


@jit
def try_points(s: Structure, values: Values, state: State, c: int, levers: int, cells: int) -> None:
    """Try positions of every lever in its window; after the first time only of curved ones."""
    work, is_first = state.workspace, cells == FIRST_CELLS
    for i in range(levers):
        is_curved = s.lever_curved[work.levers[i]] == 1
        if is_curved or is_first:
            now = state.quantity[work.levers[i]]
            if is_first:
                open_grid(s, work, state.cache, i, now, is_curved)
            else:
                work.counts[i] = grid(work.windows[i], now, is_curved, cells, work.points[i])
            gains_at(work, state.cache, i, work.counts[i], is_first)
            if is_ratified(s, c):
                ratifier_gains(s, values, state, c, i, work.points[i], work.counts[i])
    # a loop of its own: sorting branches, and a processor gets on with gains until it does
    for i in range(levers):
        if is_first or s.lever_curved[work.levers[i]] == 1:
            find_chain(work, i)
    list_concessions(work, levers)


@jit
def lay_curves_again(s: Structure, values: Values, state: State, c: int, levers: int) -> None:
    """Try the first positions of curved levers again, of which a closer look has left others.

    All other levers still have theirs.
    """
    work = state.workspace
    for i in range(levers):
        if s.lever_curved[work.levers[i]] == 1:
            open_grid(s, work, state.cache, i, state.quantity[work.levers[i]], True)
            gains_at(work, state.cache, i, work.counts[i], True)
            if is_ratified(s, c):
                ratifier_gains(s, values, state, c, i, work.points[i], work.counts[i])
            find_chain(work, i)


@jit
def is_at_rest(s: Structure, values: Values, state: State, c: int, levers: int) -> bool:
    """Return whether not even the least step from where levers are suits both.

    Asked where no larger step does: if gains are concave, none between does either.
    """
    work = state.workspace
    for i in range(levers):
        now, low, high = state.quantity[work.levers[i]], work.reaches[i, 0], work.reaches[i, 1]
        least = FINE * (high - low)
        work.windows[i, 0], work.windows[i, 1] = max(low, now - least), min(high, now + least)
    try_points(s, values, state, c, levers, 1)
    if stay(work, levers):
        return True
    open_windows(work, levers)
    narrow(work, levers, FIRST_CELLS, FINE)
    return False


@jit
def best_on_frontier(
    work: Workspace,
    levers: int,
    protocol: int,
    alpha: float,
    disagreement: tuple[float, float],
    reservation: tuple[float, float],
    ideal: tuple[float, float],
    rationality: float,
    ratifiers: int,
) -> tuple[bool, float, float]:
    """Choose a value for every lever in the workspace; return whether it suits both, and the gains.

    Where none does, the position that favours both most evenly is chosen, so that a finer grid
    around it can still find one.
    """
    last = sort_concessions(work, levers)
    add_vertices(work, levers, last)
    us, vs = work.us, work.vs
    if ratifiers == 0:
        position = choose_position(
            us, vs, last, protocol, alpha, disagreement, reservation, ideal, rationality
        )
    else:
        add_homes(work, levers, last, ratifiers)
        position = ratified_position(
            work, last, protocol, alpha, disagreement, reservation, ideal, rationality, ratifiers
        )
    is_found = position >= 0.0
    if not is_found:
        position = balanced_position(us, vs, last, 0.0, 0.0, 1.0)
    mix(work, levers, position)
    return is_found, value_at(us, position), value_at(vs, position)
