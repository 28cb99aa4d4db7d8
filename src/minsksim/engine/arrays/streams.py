"""What a unit that flows into or between stocks is worth in the turns to come.

Stocks move by linear rules (shares that flow on, flows that answer to stocks), so what a unit is
worth later follows from the model numbers alone, up to what a unit in each stock brings in a turn.
It is worked out once for a design point, backwards, flow by flow in the reverse order of a turn.
Bounds at which a flow stops (an empty stock) are not foreseen.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.outlook import HOW_LONG, UNTIL
from minsksim.engine.arrays.records import PATIENCE, Structure, Values
from minsksim.rules.present_value import before_outflow, with_future


def stream_shapes(structure: Structure) -> dict[str, tuple[int, ...]]:
    """Return the shapes of what ``fill_streams`` writes; without horizons there is nothing."""
    actors = len(structure.horizon) if structure.looks_ahead else 0
    flows, stocks = len(structure.inflow_to), len(structure.index_stock)
    table = (actors, structure.most_counted + 1, flows, stocks)
    return {"flow_once": table, "flow_standing": table, "flow_scratch": (stocks,)}


@jit
def has_horizon(s: Structure, a: int) -> bool:
    """Return whether actor ``a`` counts what moves bring in later turns."""
    return s.horizon[a, HOW_LONG] > 0 or s.horizon[a, UNTIL] > 0


@jit
def is_settled(s: Structure, i: int) -> bool:
    """Return whether inflow ``i`` runs when moves take effect, and not in the drift before."""
    return s.inflow_lever[i] >= 0 and s.lever_momentary[s.inflow_lever[i]] == 1


@jit
def step_back(s: Structure, values: Values, i: int, worth: np.ndarray) -> float:
    """Undo inflow ``i``: return what one unit of it is worth, and what stocks are worth before it.

    ``worth`` has shape (S,): of one unit in each stock after the flow, and then before it.
    """
    levers, to, origin = s.lever_owner.shape[0], s.inflow_to[i], s.inflow_from[i]
    unit = worth[to]
    if origin >= 0:
        unit -= worth[origin]
    for counter in range(s.inflow_counter.shape[1]):
        if s.inflow_counter[i, counter] == 1:
            unit += worth[counter]
    if origin >= 0 and s.inflow_lever[i] < 0:
        worth[origin] = before_outflow(worth[origin], values.inflow[i], unit)
    answered = s.inflow_answer[i] - levers
    if 0 <= answered < worth.shape[0]:
        span = s.scale[s.inflow_answer[i], 1] - s.scale[s.inflow_answer[i], 0]
        worth[answered] = before_outflow(worth[answered], values.answer[i] / span, unit)
    return unit


@jit
def fill_stream(s: Structure, values: Values, a: int, stock: int) -> None:
    """Fill what units are worth to actor ``a`` for each util that one brings a turn in ``stock``.

    ``flow_once[a, n, i, stock]`` is a unit that flows through ``i`` in one turn,
    ``flow_standing`` one unit in that and each later turn; n counts that turn and what follows.
    """
    worth, patience = values.flow_scratch, values.actor[a, PATIENCE]
    once, standing, flows = values.flow_once[a], values.flow_standing[a], s.inflow_to.shape[0]
    for each in range(worth.shape[0]):
        worth[each] = 0.0
    for n in range(1, once.shape[0]):
        for each in range(worth.shape[0]):
            worth[each] = with_future(1.0 if each == stock else 0.0, patience, worth[each])
        for is_last in (True, False):
            for i in range(flows - 1, -1, -1):
                if is_settled(s, i) == is_last:
                    once[n, i, stock] = step_back(s, values, i, worth)
        for i in range(flows):
            standing[n, i, stock] = with_future(
                once[n, i, stock], patience, standing[n - 1, i, stock]
            )


@jit
def fill_streams(s: Structure, values: Values) -> None:
    """Fill what units that flow are worth to every actor with a horizon."""
    for a in range(values.flow_once.shape[0]):
        if has_horizon(s, a):
            for stock in range(values.flow_scratch.shape[0]):
                fill_stream(s, values, a, stock)
