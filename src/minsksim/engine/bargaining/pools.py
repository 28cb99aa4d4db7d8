"""Pools: levers that draw on the same people may not promise more of them than there are.

A pool is the stocks that a flow by a lever comes from. What counts against it is set out in
``engine/arrays/fields/pools.py``: ``claims`` lists the levers and how many times each counts.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.records import State, Structure
from minsksim.rules.parts import share_by
from minsksim.rules.steps import claim_as_stock_allows

BY, TIMES = 0, 1
"""Columns of ``Structure.claims``."""
TINY = 1e-9
"""People by which claims may miss what is held: rounding."""


@jit
def claim(s: Structure, state: State, lever: int) -> float:
    """Return how many people a momentary lever is to move: signed, planned or still to deliver."""
    c = state.promised[lever]
    if c < 0:
        return state.planned[lever]
    goal = state.offer_value[c, lever]
    if state.parts.of[lever] == c and state.parts.left[c] > 0:
        count, total = s.channel_tranches[c], state.parts.goal[lever] - state.parts.origin[lever]
        done = count - state.parts.left[c]
        goal = state.parts.goal[lever] - share_by(total, done, count, s.lever_whole[lever] == 1)
    return max(goal, state.planned[lever])


@jit
def pool_left(s: Structure, state: State, pool: int) -> float:
    """Return how many people a pool holds."""
    levers, held = s.lever_owner.shape[0], 0.0
    for row in range(s.pool_start[pool], s.pool_start[pool + 1]):
        held += state.quantity[levers + s.pool_stocks[row]]
    return held


@jit
def left_to_draw(s: Structure, state: State, lever: int) -> float:
    """Return how far a lever can go before somebody would be released twice."""
    most = np.inf
    for at in range(s.lever_pool_start[lever], s.lever_pool_start[lever + 1]):
        pool = s.lever_pools[at]
        left, times = pool_left(s, state, pool), 1
        for row in range(s.claim_start[pool], s.claim_start[pool + 1]):
            if s.claims[row, BY] == lever:
                times = s.claims[row, TIMES]
            else:
                left -= s.claims[row, TIMES] * claim(s, state, s.claims[row, BY])
        most = min(most, max(left, 0.0) / times)
    return most


@jit
def lift_caps(s: Structure, state: State, levers: int) -> None:
    """Let every lever on the table go as far as it could by itself."""
    if s.lever_pools.shape[0] > 0:
        for i in range(levers):
            state.workspace.cap[state.workspace.levers[i]] = np.inf


@jit
def row_of(state: State, levers: int, lever: int) -> int:
    """Return the row of a lever in the package that is sought, or -1."""
    for i in range(levers):
        if state.workspace.levers[i] == lever:
            return i
    return -1


@jit
def cap_pool(s: Structure, state: State, levers: int, pool: int) -> bool:
    """Cap the levers of a package that together ask for more than a pool holds.

    Each keeps the same part of what it would have released. Returns whether there was a need.
    """
    work, left, wanted, most = state.workspace, pool_left(s, state, pool), 0.0, 0.0
    for row in range(s.claim_start[pool], s.claim_start[pool + 1]):
        lever, times = s.claims[row, BY], s.claims[row, TIMES]
        i = row_of(state, levers, lever)
        if i < 0:
            left -= times * claim(s, state, lever)
            continue
        value = work.chosen[i]
        if s.lever_whole[lever] == 1:
            value = np.ceil(value - TINY)
        wanted += times * value
        most = max(most, value)
    if most <= 0.0 or wanted <= left + TINY:
        return False
    for row in range(s.claim_start[pool], s.claim_start[pool + 1]):
        lever = s.claims[row, BY]
        i = row_of(state, levers, lever)
        if i >= 0:
            is_whole = s.lever_whole[lever] == 1
            cap = claim_as_stock_allows(work.chosen[i], wanted, max(left, 0.0), is_whole)
            work.cap[lever] = min(work.cap[lever], cap)
    return True


@jit
def cap_package(s: Structure, state: State, levers: int) -> bool:
    """Cap what a package draws on the same people; return whether it asked for too many."""
    is_capped = False
    for pool in range(s.claim_start.shape[0] - 1):
        if s.claim_start[pool + 1] - s.claim_start[pool] > 1:
            is_capped = cap_pool(s, state, levers, pool) or is_capped
    return is_capped
