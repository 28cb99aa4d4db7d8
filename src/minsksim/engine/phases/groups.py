"""Flows that groups of people share: divided among them, and those who refuse are counted."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.draws import draw_of
from minsksim.engine.arrays.randomness import DIVIDE, REFUSE
from minsksim.engine.arrays.records import (
    HAS_REFUSALS,
    REFUSED,
    REFUSED_AT,
    REFUSED_TO,
    ROW,
    WENT,
    State,
    Structure,
    Values,
)
from minsksim.engine.valuation.shared_flows import (
    lay_out_goals,
    lay_out_origins,
    share_of_refusals,
)
from minsksim.rules.groups import apportion
from minsksim.rules.refusals import refusers


@jit
def has_several_origins(s: Structure, i: int) -> bool:
    """Return whether inflow ``i`` comes from several groups."""
    shared = s.inflow_shared[i]
    return shared >= 0 and s.end_start[2 * shared + 1] - s.end_start[2 * shared] > 1


@jit
def origins_hold(s: Structure, state: State, shared: int) -> float:
    """Return how many people the origins of a shared flow hold; infinite if it has none."""
    first, last = s.end_start[2 * shared], s.end_start[2 * shared + 1]
    if first == last:
        return np.inf
    held = 0.0
    for end in range(first, last):
        held += state.quantity[s.lever_owner.shape[0] + s.end_stock[end]]
    return held


@jit
def count_moved(s: Structure, state: State, shared: int, what: int, moved: float) -> None:
    """Let stocks that only count add up what went through an end, went in all, or refused."""
    for row in range(s.shared_counter.shape[0]):
        if s.shared_counter[row, 0] == shared and s.shared_counter[row, 1] == what:
            state.quantity[s.lever_owner.shape[0] + s.shared_counter[row, 2]] += moved


@jit
def take_from_origins(
    s: Structure, values: Values, state: State, shared: int, asked: float
) -> tuple[float, float]:
    """Divide a flow among its origins and let some refuse; return how many go and do not."""
    work, levers, first = state.workspace, s.lever_owner.shape[0], s.end_start[2 * shared]
    is_whole = s.inflow_whole[s.shared[shared, ROW]] == 1
    count = lay_out_origins(s, values, state, shared)
    if count == 0:
        return asked, 0.0
    draw = draw_of(s, state, DIVIDE, shared)
    apportion(asked, work.end_weight, work.end_held, count, is_whole, draw, work.end_part)
    refusing, stay = share_of_refusals(s, values, state, shared), s.shared[shared, REFUSED_TO] < 0
    going, refused = 0.0, 0.0
    for g in range(count):
        part, unwilling = work.end_part[g], 0.0
        if s.shared[shared, HAS_REFUSALS] == 1:
            unwilling = refusers(part, refusing, is_whole, draw_of(s, state, REFUSE, first + g))
        state.quantity[levers + s.end_stock[first + g]] -= part - unwilling if stay else part
        count_moved(s, state, shared, first + g, part - unwilling)
        count_moved(s, state, shared, REFUSED_AT - (first + g), unwilling)
        going += part - unwilling
        refused += unwilling
    return going, refused


@jit
def bring_to_goals(s: Structure, values: Values, state: State, shared: int, going: float) -> None:
    """Divide those who go among the goals of a shared flow."""
    work, levers, first = state.workspace, s.lever_owner.shape[0], s.end_start[2 * shared + 1]
    is_whole = s.inflow_whole[s.shared[shared, ROW]] == 1
    count = lay_out_goals(s, values, state, shared, going)
    draw = draw_of(s, state, DIVIDE, shared)
    apportion(going, work.end_weight, work.end_held, count, is_whole, draw, work.end_part)
    for g in range(count):
        state.quantity[levers + s.end_stock[first + g]] += work.end_part[g]
        count_moved(s, state, shared, first + g, work.end_part[g])


@jit
def move_shared(s: Structure, values: Values, state: State, shared: int, asked: float) -> None:
    """Let a shared flow happen once: everybody asked goes, refuses, or was not there to ask."""
    going, refused = take_from_origins(s, values, state, shared, asked)
    bring_to_goals(s, values, state, shared, going)
    if s.shared[shared, REFUSED_TO] >= 0:
        state.quantity[s.lever_owner.shape[0] + s.shared[shared, REFUSED_TO]] += refused
    count_moved(s, state, shared, WENT, going)
    count_moved(s, state, shared, REFUSED, refused)
    add_up_groups(s, state)


@jit
def add_up_groups(s: Structure, state: State) -> None:
    """Set every stock that is the sum of groups."""
    levers = s.lever_owner.shape[0]
    for row in range(s.sum_stock.shape[0]):
        total = 0.0
        for group in range(s.sum_start[row], s.sum_start[row + 1]):
            total += state.quantity[levers + s.sum_groups[group]]
        state.quantity[levers + s.sum_stock[row]] = total
