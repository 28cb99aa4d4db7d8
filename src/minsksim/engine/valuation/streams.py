"""What a unit that flows into or between stocks is worth in the turns to come.

Stocks move by linear rules: shares that flow on, fade or refuse, and flows that answer to stocks.
So what a unit is worth later follows from what a unit in each stock brings in one turn, backwards,
flow by flow in the reverse order of a turn, for all actors side by side. Three things are left as
they are. Bounds at which a stock or flow stops are ignored. Where a flow is shared in proportion
to what groups hold, and its size is a lever or answers, it is divided as the groups stand now;
so are refusals that answer to a quantity. And numbers that answer to quantities, as the quality
of a channel may, are not foreseen.
"""

import numpy as np

from minsksim._compiled.marks import inlined, jit
from minsksim.engine.arrays.copying import copy_row
from minsksim.engine.arrays.outlook import HOW_LONG, UNTIL
from minsksim.engine.arrays.records import (
    BY_SHARES,
    PATIENCE,
    REFUSED,
    REFUSED_TO,
    WENT,
    State,
    Structure,
    Values,
)
from minsksim.engine.valuation.shared_flows import expected_share, share_of_refusals
from minsksim.rules.present_value import before_outflow, with_future


@jit
def has_horizon(s: Structure, a: int) -> bool:
    """Return whether actor ``a`` counts what moves bring in later turns."""
    return s.horizon[a, HOW_LONG] > 0 or s.horizon[a, UNTIL] > 0


@jit
def is_settled(s: Structure, i: int) -> bool:
    """Return whether inflow ``i`` runs when moves take effect, and not in the drift before."""
    return s.inflow_lever[i] >= 0 and s.lever_momentary[s.inflow_lever[i]] == 1


@inlined
def add_part(worth: np.ndarray, part: float, unit: np.ndarray) -> None:
    """Add to every actor's worth a part of what a unit is worth to it; both have shape (A,)."""
    for a in range(worth.shape[0]):
        worth[a] = before_outflow(worth[a], part, unit[a])


@jit
def find_parts(s: Structure, values: Values, state: State) -> None:
    """Set how shared flows are divided now, and how likely somebody is to refuse."""
    view = state.outlook
    for shared in range(s.shared.shape[0]):
        view.refusing[shared] = share_of_refusals(s, values, state, shared)
        for end in range(s.end_start[2 * shared], s.end_start[2 * shared + 2]):
            view.part[end] = expected_share(s, values, state, shared, end)


@jit
def add_counts(s: Structure, state: State, shared: int, what: int, part: float, unit: int) -> None:
    """Add what the stocks bring that count one end of a shared flow, or those who refuse."""
    view = state.outlook
    for row in range(s.shared_counter.shape[0]):
        if s.shared_counter[row, 0] == shared and s.shared_counter[row, 1] == what:
            add_part(view.room[unit], part, view.worth[s.shared_counter[row, 2]])


@jit
def arrive(s: Structure, state: State, shared: int, unit: int) -> None:
    """Write what one person whom a shared flow moves is worth where he or she arrives."""
    view = state.outlook
    going, to = 1.0 - view.refusing[shared], s.shared[shared, REFUSED_TO]
    view.room[unit, :] = 0.0
    for end in range(s.end_start[2 * shared + 1], s.end_start[2 * shared + 2]):
        part = going * view.part[end]
        add_part(view.room[unit], part, view.worth[s.end_stock[end]])
        add_counts(s, state, shared, end, part, unit)
    add_counts(s, state, shared, WENT, going, unit)
    if to >= 0:
        add_part(view.room[unit], view.refusing[shared], view.worth[to])
    add_counts(s, state, shared, REFUSED, view.refusing[shared], unit)


@jit
def leave(s: Structure, state: State, shared: int, end: int, part: float, unit: int) -> None:
    """Add what goes by a part of one person's leaving one origin; who refuses may stay there."""
    view = state.outlook
    going = part * (1.0 - view.refusing[shared])
    gone = going if s.shared[shared, REFUSED_TO] < 0 else part
    add_part(view.room[unit], -gone, view.worth[s.end_stock[end]])
    add_counts(s, state, shared, end, going, unit)


@jit
def undo_shared(s: Structure, values: Values, state: State, i: int, unit: np.ndarray) -> None:
    """Write what one unit of a shared flow is worth, and what its origins are worth before it."""
    view, shared = state.outlook, s.inflow_shared[i]
    first, last = s.end_start[2 * shared], s.end_start[2 * shared + 1]
    arrive(s, state, shared, 0)
    arrive(s, state, shared, 1)
    for end in range(first, last):
        leave(s, state, shared, end, view.part[end], 0)
    copy_row(view.room[0], unit)
    if s.inflow_lever[i] >= 0 or s.inflow_constant[i] == 1:
        return
    for end in range(first, last):
        worth = view.worth[s.end_stock[end]]
        if s.shared[shared, BY_SHARES] == 1:
            add_part(worth, values.inflow[i], unit)
        else:  # as many of one more come from this origin as the rate says
            copy_row(view.room[1], view.room[0])
            leave(s, state, shared, end, 1.0, 0)
            add_part(worth, values.inflow[i], view.room[0])


@jit
def undo_plain(s: Structure, values: Values, state: State, i: int, unit: np.ndarray) -> None:
    """Write what one unit of a flow is worth, and what the stock it leaves is worth before it."""
    worth, origin = state.outlook.worth, s.inflow_from[i]
    copy_row(worth[s.inflow_to[i]], unit)
    if origin >= 0:
        add_part(unit, -1.0, worth[origin])
    for counter in range(s.inflow_counter.shape[1]):
        if s.inflow_counter[i, counter] == 1:
            add_part(unit, 1.0, worth[counter])
    if origin >= 0 and s.inflow_lever[i] < 0 and s.inflow_constant[i] == 0:
        add_part(worth[origin], values.inflow[i], unit)


@jit
def undo_answer(s: Structure, values: Values, state: State, i: int, unit: np.ndarray) -> None:
    """Add what a unit in the stock that a flow answers to is worth by that; in a sum, in each."""
    worth, v = state.outlook.worth, s.inflow_answer[i]
    answered = v - s.lever_owner.shape[0]
    if answered < 0 or answered >= worth.shape[0]:
        return
    rate = values.answer[i] / (s.scale[v, 1] - s.scale[v, 0])
    is_sum = False
    for row in range(s.sum_stock.shape[0]):
        if s.sum_stock[row] == answered:
            is_sum = True
            for group in range(s.sum_start[row], s.sum_start[row + 1]):
                add_part(worth[s.sum_groups[group]], rate, unit)
    if not is_sum:
        add_part(worth[answered], rate, unit)


@jit
def value_units(s: Structure, values: Values, state: State) -> None:
    """Set what a unit through each flow is worth, by how many turns are counted from its own on.

    ``outlook.unit[n, i, a]`` is a unit that flows through ``i`` once, n turns counted.
    """
    view = state.outlook
    worth, margin = view.worth, view.margin
    find_parts(s, values, state)
    worth[:, :] = 0.0
    for n in range(1, min(view.unit.shape[0] - 1, s.turns - view.turn[0] + 1) + 1):
        for stock in range(worth.shape[0]):
            add_part(worth[stock], -values.decay[stock], worth[stock])
            for a in range(worth.shape[1]):
                patience = values.actor[a, PATIENCE]
                worth[stock, a] = with_future(margin[stock, a], patience, worth[stock, a])
        for row in range(s.flow_order.shape[0] - 1, -1, -1):
            i = s.flow_order[row]
            unit = view.unit[n, i]
            if s.inflow_shared[i] >= 0:
                undo_shared(s, values, state, i, unit)
            else:
                undo_plain(s, values, state, i, unit)
            undo_answer(s, values, state, i, unit)
