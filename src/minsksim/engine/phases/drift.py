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
from minsksim.rules.bounded_stocks import after_decay, after_flow
from minsksim.rules.flows import answering_flow, flow


@jit
def move_stock(s: Structure, values: Values, state: State, i: int) -> None:
    """Let inflow ``i`` happen once: its number times the lever, the stock left, or nothing else."""
    levers = s.lever_owner.shape[0]
    to, origin, by = s.inflow_to[i], s.inflow_from[i], s.inflow_lever[i]
    shared = s.inflow_shared[i]
    available = state.quantity[levers + origin] if origin >= 0 else np.inf
    if shared >= 0:
        available = origins_hold(s, state, shared)
    amount = values.inflow[i]
    if s.inflow_constant[i] == 0:
        amount *= state.quantity[by] if by >= 0 else available
    to_what = s.inflow_answer[i]
    if to_what >= 0:
        z = on_scale(s, to_what, state.quantity[to_what])
        amount = answering_flow(amount, values.answer[i], z)
    moved = amount
    if s.inflow_drains[i] == 0:
        draw = draw_of(s, state, FLOW, i)
        moved = flow(amount, available, s.inflow_whole[i] == 1, draw)
    if shared >= 0:
        move_shared(s, values, state, shared, moved)
        return
    now = state.quantity[levers + to]
    after = now + moved
    if s.stock_bounded[to] == 1:
        after = after_flow(now, moved, s.stock_bounds[to, 0], s.stock_bounds[to, 1])
        moved = after - now
    state.quantity[levers + to] = after
    if origin >= 0:
        state.quantity[levers + origin] -= moved
    for counter in range(s.inflow_counter.shape[1]):
        if s.inflow_counter[i, counter] == 1:
            state.quantity[levers + counter] += moved


@jit
def fade(s: Structure, values: Values, state: State) -> None:
    """Let every stock that decays lose its share of the last turn's."""
    first = s.lever_owner.shape[0]
    for stock in range(s.index_decay.shape[0]):
        if s.index_decay[stock] >= 0:
            state.quantity[first + stock] = after_decay(
                state.quantity[first + stock],
                values.decay[stock],
                s.stock_bounds[stock, 0],
                s.stock_bounds[stock, 1],
            )


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
