"""What a unit that flows into or between stocks is worth in the turns to come.

Stocks move by linear rules: shares that flow on, fade or refuse, and flows that answer to stocks.
So what a unit is worth later follows from what a unit in each stock brings in one turn, backwards,
flow by flow in the reverse order of a turn. The rules are the same for every actor and every turn
that is counted, so they are listed once a turn; ``units.py`` makes units' worth of the list.

Three things are left as they are. Bounds at which a stock or flow stops are ignored. Where a flow
is shared in proportion to what groups hold, and its size is a lever or answers, it is divided as
the groups stand now; so are refusals that answer to a quantity. And numbers that answer to
quantities, as the quality of a channel may, are not foreseen.
"""

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.outlook import (
    AS_FLOW,
    AS_STOCK,
    HOW_LONG,
    TO_FLOW,
    TO_NOTHING,
    TO_STOCK,
    UNTIL,
    Additions,
)
from minsksim.engine.arrays.records import (
    BY_SHARES,
    REFUSED,
    REFUSED_TO,
    WENT,
    State,
    Structure,
    Values,
)


@jit
def has_horizon(s: Structure, a: int) -> bool:
    """Return whether actor ``a`` counts what moves bring in later turns."""
    return s.horizon[a, HOW_LONG] > 0 or s.horizon[a, UNTIL] > 0


@jit
def is_settled(s: Structure, i: int) -> bool:
    """Return whether inflow ``i`` runs when moves take effect, and not in the drift before."""
    return s.inflow_lever[i] >= 0 and s.lever_momentary[s.inflow_lever[i]] == 1


@jit
def note(steps: Additions, kind: int, into: int, of: int, part: float) -> None:
    """Put one addition at the end of the list."""
    k = steps.total[0]
    steps.kind[k], steps.into[k], steps.of[k], steps.part[k] = kind, into, of, part
    steps.total[0] = k + 1


@jit
def list_counts(s: Structure, state: State, shared: int, what: int, part: float, row: int) -> None:
    """List what the stocks bring that count one end of a shared flow, or those who refuse."""
    for counter in range(s.shared_counter.shape[0]):
        if s.shared_counter[counter, 0] == shared and s.shared_counter[counter, 1] == what:
            note(state.additions, TO_FLOW, row, s.shared_counter[counter, 2], part)


@jit
def list_arrival(s: Structure, state: State, shared: int, row: int) -> None:
    """List what one person whom a shared flow moves is worth where he or she arrives."""
    view, steps = state.outlook, state.additions
    going, to = 1.0 - view.refusing[shared], s.shared[shared, REFUSED_TO]
    kind = TO_NOTHING
    for end in range(s.end_start[2 * shared + 1], s.end_start[2 * shared + 2]):
        part = going * view.part[end]
        note(steps, kind, row, s.end_stock[end], part)
        kind = TO_FLOW
        list_counts(s, state, shared, end, part, row)
    list_counts(s, state, shared, WENT, going, row)
    if to >= 0:
        note(steps, TO_FLOW, row, to, view.refusing[shared])
    list_counts(s, state, shared, REFUSED, view.refusing[shared], row)


@jit
def list_leaving(s: Structure, state: State, shared: int, end: int, part: float, row: int) -> None:
    """List what goes by a part of one person's leaving one origin; who refuses may stay there."""
    going = part * (1.0 - state.outlook.refusing[shared])
    gone = going if s.shared[shared, REFUSED_TO] < 0 else part
    note(state.additions, TO_FLOW, row, s.end_stock[end], -gone)
    list_counts(s, state, shared, end, going, row)


@jit
def is_read(s: Structure, i: int) -> bool:
    """Return whether anything but its origins needs to know what a unit of flow ``i`` is worth."""
    if s.inflow_answer[i] >= 0:
        return True
    for row in range(s.valued_flows.shape[0]):
        if s.valued_flows[row] == i:
            return True
    return False


@jit
def list_shared(s: Structure, values: Values, state: State, i: int) -> None:
    """List what one unit of a shared flow is worth, and what its origins are worth before it."""
    view, steps, shared = state.outlook, state.additions, s.inflow_shared[i]
    first, last = s.end_start[2 * shared], s.end_start[2 * shared + 1]
    arrived, leaving = steps.stock.shape[0] - 1, steps.flow.shape[0] - 1
    is_given = s.inflow_lever[i] >= 0 or s.inflow_constant[i] == 1
    is_by_shares = s.shared[shared, BY_SHARES] == 1
    if is_read(s, i) or (is_by_shares and not is_given):
        list_arrival(s, state, shared, i)
        for end in range(first, last):
            list_leaving(s, state, shared, end, view.part[end], i)
    if is_given or first == last:
        return
    if not is_by_shares:
        list_arrival(s, state, shared, leaving)
        if last - first > 1:
            note(steps, AS_FLOW, arrived, leaving, 1.0)
    for end in range(first, last):
        if is_by_shares:
            note(steps, TO_STOCK, s.end_stock[end], i, values.inflow[i])
        else:  # as many of one more come from this origin as the rate says
            if end > first:
                note(steps, AS_STOCK, leaving, arrived, 1.0)
            list_leaving(s, state, shared, end, 1.0, leaving)
            note(steps, TO_STOCK, s.end_stock[end], leaving, values.inflow[i])


@jit
def list_plain(s: Structure, values: Values, state: State, i: int) -> None:
    """List what one unit of a flow is worth, and what the stock it leaves is worth before it."""
    steps, origin = state.additions, s.inflow_from[i]
    by_rate = origin >= 0 and s.inflow_lever[i] < 0 and s.inflow_constant[i] == 0
    if not by_rate and not is_read(s, i):
        return
    note(steps, AS_STOCK, i, s.inflow_to[i], 1.0)
    if origin >= 0:
        note(steps, TO_FLOW, i, origin, -1.0)
    for counter in range(s.inflow_counter.shape[1]):
        if s.inflow_counter[i, counter] == 1:
            note(steps, TO_FLOW, i, counter, 1.0)
    if by_rate:
        note(steps, TO_STOCK, origin, i, values.inflow[i])


@jit
def list_answer(s: Structure, values: Values, state: State, i: int) -> None:
    """List what a unit in the stock that a flow answers to is worth by that; in a sum, in each."""
    v = s.inflow_answer[i]
    answered = v - s.lever_owner.shape[0]
    if answered < 0 or answered >= s.index_stock.shape[0]:
        return
    rate = values.answer[i] / (s.scale[v, 1] - s.scale[v, 0])
    is_sum = False
    for row in range(s.sum_stock.shape[0]):
        if s.sum_stock[row] == answered:
            is_sum = True
            for group in range(s.sum_start[row], s.sum_start[row + 1]):
                note(state.additions, TO_STOCK, s.sum_groups[group], i, rate)
    if not is_sum:
        note(state.additions, TO_STOCK, answered, i, rate)


@jit
def list_additions(s: Structure, values: Values, state: State) -> None:
    """List how a turn's flows, the last first, make what units are worth at its beginning."""
    state.additions.total[0] = 0
    for row in range(s.flow_order.shape[0] - 1, -1, -1):
        i = s.flow_order[row]
        if s.inflow_shared[i] >= 0:
            list_shared(s, values, state, i)
        else:
            list_plain(s, values, state, i)
        list_answer(s, values, state, i)
