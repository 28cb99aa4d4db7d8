"""Drift: delayed moves land, and standing flows (arrests, rates) run."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.draws import draw_of
from minsksim.engine.arrays.randomness import FLOW
from minsksim.engine.arrays.records import (
    State,
    Structure,
    Values,
)
from minsksim.engine.phases.groups import move_shared, origins_hold
from minsksim.engine.valuation.marginal_utility import on_scale
from minsksim.rules.flows import answering_flow, flow


@jit
def move_stock(s: Structure, values: Values, state: State, i: int) -> None:
    """Let inflow ``i`` happen once."""
    levers = s.lever_owner.shape[0]
    to, origin, by = s.inflow_to[i], s.inflow_from[i], s.inflow_lever[i]
    shared = s.inflow_shared[i]
    available = state.quantity[levers + origin] if origin >= 0 else np.inf
    if shared >= 0:
        available = origins_hold(s, state, shared)
    amount = state.quantity[by] if by >= 0 else values.inflow[i] * available
    to_what = s.inflow_answer[i]
    if to_what >= 0:
        z = on_scale(s, to_what, state.quantity[to_what])
        amount = answering_flow(amount, values.answer[i], z)
    draw = draw_of(s, state, FLOW, i)
    moved = flow(amount, available, s.inflow_whole[i] == 1, draw)
    if shared >= 0:
        move_shared(s, values, state, shared, moved)
        return
    state.quantity[levers + to] += moved
    if origin >= 0:
        state.quantity[levers + origin] -= moved
    for counter in range(s.inflow_counter.shape[1]):
        if s.inflow_counter[i, counter] == 1:
            state.quantity[levers + counter] += moved


@jit
def drift(s: Structure, values: Values, state: State) -> None:
    """Land delayed moves, and let standing flows (arrests, rates) run."""
    for lever in range(s.lever_owner.shape[0]):
        if s.lever_delay[lever] == 0:
            continue
        if not np.isnan(state.pending[0, lever]):
            state.quantity[lever] = state.pending[0, lever]
        for d in range(s.max_delay):
            state.pending[d, lever] = state.pending[d + 1, lever]
        state.pending[s.max_delay, lever] = np.nan
    for i in range(s.inflow_to.shape[0]):
        by = s.inflow_lever[i]
        if by < 0 or s.lever_momentary[by] == 0:
            move_stock(s, values, state, i)


@jit
def play(
    s: Structure, values: Values, state: State, seed: int, rep: int, turn: int, is_traced: bool
) -> None:
    """Play the phase."""
    drift(s, values, state)
