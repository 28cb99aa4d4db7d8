"""What a unit through each flow is worth, by how many turns are counted.

The additions that ``streams.py`` lists wait for each other, and are the same for every turn that is
counted. So they are worked through once a turn, for a unit of worth in every stock side by side.
What comes out says how much of each stock's worth counts in every stock and flow: short sums that
do not wait for each other, taken for every turn that is counted and all actors side by side.
"""

import numpy as np

from minsksim._compiled.marks import inlined, jit
from minsksim.engine.arrays.outlook import (
    AS_STOCK,
    TO_FLOW,
    TO_NOTHING,
    TO_STOCK,
    Additions,
    Sums,
)
from minsksim.engine.arrays.records import PATIENCE, State, Structure, Values
from minsksim.engine.arrays.workspace import LANE
from minsksim.engine.valuation.streams import list_additions
from minsksim.rules.present_value import before_outflow, with_future

TERMS = 4
"""Terms of a sum."""


@inlined
def in_lanes(row: np.ndarray) -> int:
    """Return the length of a row in a way that tells the compiler: whole vectors.

    It keeps a loop over a single vector, too, from being written out number by number.
    """
    return row.shape[0] // LANE * LANE


@jit
def work_through(steps: Additions) -> None:
    """Work through the list of additions, for a unit of worth in every stock."""
    flow, stock = steps.flow, steps.stock
    stock[:, :] = 0.0
    for j in range(stock.shape[0]):
        steps.is_moved[j] = 0
        if j < stock.shape[0] - 1:
            stock[j, j] = 1.0
    for k in range(steps.total[0]):
        kind, into, of, part = steps.kind[k], steps.into[k], steps.of[k], steps.part[k]
        if kind == TO_FLOW:
            for j in range(in_lanes(flow[0])):
                flow[into, j] = before_outflow(flow[into, j], part, stock[of, j])
        elif kind == TO_STOCK:
            steps.is_moved[into] = 1
            for j in range(in_lanes(flow[0])):
                stock[into, j] = before_outflow(stock[into, j], part, flow[of, j])
        elif kind == TO_NOTHING:
            for j in range(in_lanes(flow[0])):
                flow[into, j] = before_outflow(0.0, part, stock[of, j])
        elif kind == AS_STOCK:
            for j in range(in_lanes(flow[0])):
                flow[into, j] = stock[of, j]
        else:
            for j in range(in_lanes(flow[0])):
                stock[into, j] = flow[of, j]


@jit
def open_sum(sums: Sums, row: int, into: int, is_more: int) -> None:
    """Write a sum of nothing."""
    sums.into[row], sums.is_more[row], room = into * LANE, is_more, sums.left.shape[0] - LANE
    for term in range(TERMS):
        sums.of[row, term], sums.part[row, term] = room, 0.0


@jit
def note_sum(sums: Sums, into: int, counted: np.ndarray, stocks: int) -> None:
    """Put what a row counts of every stock at the end of the sums."""
    term, row = 0, sums.total[0]
    open_sum(sums, row, into, 0)
    for j in range(stocks):
        if counted[j] == 0.0:
            continue
        if term == TERMS:
            term, row = 0, row + 1
            open_sum(sums, row, into, 1)
        sums.of[row, term], sums.part[row, term] = j * LANE, counted[j]
        term += 1
    sums.total[0] = row + 1


@jit
def note_sums(s: Structure, state: State) -> None:
    """Write the sums that make what a unit is worth before flows, and through flows that matter."""
    steps, sums, stocks = state.additions, state.sums, s.index_stock.shape[0]
    work_through(steps)
    sums.total[0] = 0
    for j in range(stocks):
        if steps.is_moved[j] == 1:
            note_sum(sums, j, steps.stock[j], stocks)
    for row in range(s.valued_flows.shape[0]):
        note_sum(sums, stocks + row, steps.flow[s.valued_flows[row]], stocks)


@jit
def begin_units(values: Values, state: State, first: int) -> int:
    """Prepare a vector of actors, from the first on; return how many turns they count at most."""
    view, sums, work, most = state.outlook, state.sums, state.workspace, 0
    work.worth[:] = 0.0
    for a in range(first, min(first + LANE, view.counted.shape[0])):
        most = max(most, view.counted[a, 0])
        patience = work.patience[a - first] = values.actor[a, PATIENCE]
        for stock in range(view.margin.shape[0]):
            sums.margin[stock * LANE + a - first] = view.margin[stock, a]
            kept = before_outflow(patience, -values.decay[stock], patience)
            sums.later[stock * LANE + a - first] = kept
    return most


@jit
def add_turn(sums: Sums, worth: np.ndarray) -> None:
    """Count one turn more of what a unit in every stock brings, and of what it loses by itself.

    Where flows do not change it, a unit is worth as much before them.
    """
    left, margin, later = sums.left, sums.margin, sums.later
    for j in range(in_lanes(left) - LANE):
        left[j] = worth[j] = with_future(margin[j], later[j], worth[j])


@jit
def add_sums(sums: Sums, worth: np.ndarray, lanes: int) -> None:
    """Set what units are worth before flows, and through those that matter."""
    left = sums.left
    for row in range(sums.total[0]):
        into, is_more = sums.into[row], sums.is_more[row]
        one, two, three, four = sums.of[row, 0], sums.of[row, 1], sums.of[row, 2], sums.of[row, 3]
        first, second = sums.part[row, 0], sums.part[row, 1]
        third, fourth = sums.part[row, 2], sums.part[row, 3]
        for a in range(lanes):
            before = worth[into + a] if is_more == 1 else 0.0
            half = before_outflow(before, first, left[one + a])
            half = before_outflow(half, second, left[two + a])
            rest = before_outflow(third * left[three + a], fourth, left[four + a])
            worth[into + a] = half + rest


@jit
def value_units(s: Structure, values: Values, state: State) -> None:
    """Set what a unit through each flow that matters is worth, by how many turns are counted.

    ``outlook.unit[n, i, a]`` is a unit that flows through ``i`` once, n turns counted from its own
    on, and ``sums.lasting[n, i, a]`` one in each of these turns.
    """
    unit, sums, stocks = state.outlook.unit, state.sums, s.index_stock.shape[0]
    lasting, worth, patience = sums.lasting, state.workspace.worth, state.workspace.patience
    list_additions(s, values, state)
    note_sums(s, state)
    for first in range(0, unit.shape[2], LANE):
        most = begin_units(values, state, first)
        for n in range(1, most + 1):
            add_turn(sums, worth)
            add_sums(sums, worth, in_lanes(patience))
            for row in range(s.valued_flows.shape[0]):
                i, place = s.valued_flows[row], (stocks + row) * LANE
                for a in range(in_lanes(patience)):
                    now, later = worth[place + a], lasting[n - 1, i, first + a]
                    unit[n, i, first + a] = now
                    lasting[n, i, first + a] = with_future(now, patience[a], later)
