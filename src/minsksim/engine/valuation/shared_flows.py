"""What a lever that moves people of several groups brings through each of the stocks.

First order, as for every stock: who would be the next to go, and how likely it is that he or she
refuses. In proportion to what the groups hold this is exact for a flow of any size.
"""

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.records import (
    ANSWERS,
    ASKED,
    BY_SHARES,
    END,
    HAS_REFUSALS,
    LEVER,
    PART,
    QUANTITY,
    REFUSAL_ANSWER,
    REFUSED,
    ROW,
    SHARED,
    SIGN,
    State,
    Structure,
    Values,
)
from minsksim.rules.groups import next_share
from minsksim.rules.refusals import refusal_share
from minsksim.rules.utility import to_scale


@jit
def lay_out_origins(s: Structure, values: Values, state: State, shared: int) -> int:
    """Write what the origins of a shared flow hold and weigh; return how many there are."""
    work, levers, first = state.workspace, s.lever_owner.shape[0], s.end_start[2 * shared]
    count = s.end_start[2 * shared + 1] - first
    for g in range(count):
        work.end_held[g] = state.quantity[levers + s.end_stock[first + g]]
        is_weighed = s.shared[shared, BY_SHARES] == 1
        work.end_weight[g] = values.share[first + g] if is_weighed else work.end_held[g]
    return count


@jit
def lay_out_goals(s: Structure, values: Values, state: State, shared: int, room: float) -> int:
    """Write the weights of the goals of a shared flow, each with room; return how many."""
    work, first = state.workspace, s.end_start[2 * shared + 1]
    count = s.end_start[2 * shared + 2] - first
    for g in range(count):
        work.end_held[g] = room
        work.end_weight[g] = values.share[first + g] if count > 1 else 1.0
    return count


@jit
def share_of_refusals(s: Structure, values: Values, state: State, shared: int) -> float:
    """Return the chance that somebody whom a shared flow would move refuses to go."""
    if s.shared[shared, HAS_REFUSALS] == 0:
        return 0.0
    v, z = s.shared[shared, REFUSAL_ANSWER], 0.0
    if v >= 0:
        z = to_scale(state.quantity[v], s.scale[v, 0], s.scale[v, 1])
    return refusal_share(values.refusal[shared, 0], values.refusal[shared, 1], z)


@jit
def find_parts(s: Structure, values: Values, state: State) -> None:
    """Set how a little more of each shared flow is divided, and how likely somebody refuses."""
    view, work = state.outlook, state.workspace
    for shared in range(s.shared.shape[0]):
        view.refusing[shared] = share_of_refusals(s, values, state, shared)
        first, count = s.end_start[2 * shared], lay_out_origins(s, values, state, shared)
        for g in range(count):
            view.part[first + g] = next_share(work.end_weight, work.end_held, count, g)
        first, count = first + count, lay_out_goals(s, values, state, shared, 1.0)
        for g in range(count):
            view.part[first + g] = next_share(work.end_weight, work.end_held, count, g)


@jit
def shared_rate(s: Structure, values: Values, state: State, row: int) -> float:
    """Return how much a stock moves with a lever through a shared flow, per unit of the lever."""
    link = s.shared_link[row]
    shared, lever, rate = link[SHARED], link[LEVER], float(link[SIGN])
    if link[ANSWERS] == 1:
        rate *= values.answer[s.shared[shared, ROW]] / (s.scale[lever, 1] - s.scale[lever, 0])
    if link[END] >= 0:
        rate *= state.outlook.part[link[END]]
    if link[PART] == ASKED:
        return rate
    refusing = state.outlook.refusing[shared]
    return rate * (refusing if link[PART] == REFUSED else 1.0 - refusing)


@jit
def add_shared_slopes(s: Structure, values: Values, state: State) -> None:
    """Add d U_a / d lever through shared flows, for every actor, to the slopes of the levers."""
    find_parts(s, values, state)
    for row in range(s.shared_link.shape[0]):
        lever, v = s.shared_link[row, LEVER], s.shared_link[row, QUANTITY]
        rate = shared_rate(s, values, state, row)
        for a in range(state.slope.shape[1]):
            state.slope[lever, a] += state.workspace.margins[v, a] * rate
