"""The search for a package with levers that come in lumps: branch and bound over their steps.

The lumps of one lever after another are chosen. What is left, with the lumps still open treated
as if they could be divided, has a concave frontier like any table, and what the protocol would
settle for on it bounds what can still be had. Most of what is not looked at falls at the first
lever or two; at worst all combinations are looked at, and ``scenario/checks`` limits their number.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.lump_room import Lumps
from minsksim.engine.arrays.records import State, Structure
from minsksim.engine.arrays.workspace import Workspace
from minsksim.engine.bargaining.joint_frontier import (
    add_homes,
    add_vertices,
    list_concessions,
    sort_concessions,
)
from minsksim.engine.bargaining.ratification import ratified_position
from minsksim.engine.bargaining.reaches import has_lumps
from minsksim.rules.bargaining import value_at
from minsksim.rules.indivisible import beats, most_missed, package_rank
from minsksim.rules.protocols import choose_position

Pair = tuple[float, float]
Aim = tuple[int, float, Pair, Pair, Pair, float]
"""What a protocol looks for: its code, the first party's weight, the disagreement point, the least
either party must gain, the ideal gains, and the second party's rationality."""
NOT_POSSIBLE = (-np.inf, -np.inf)
"""The rank of what does not suit both."""


@jit
def list_lumps(s: Structure, state: State, levers: int) -> None:
    """Note which levers on the table come in lumps."""
    work, lumps, count = state.workspace, state.lumps, 0
    for i in range(levers):
        lever = work.levers[i]
        work.lumpy[i] = 1 if has_lumps(s, lever) else 0
        if work.lumpy[i] == 1:
            lumps.rows[count] = i
            count += 1
    lumps.total[0] = count


@jit
def lay_out_depths(work: Workspace, lumps: Lumps, levers: int) -> None:
    """Write the frontier of what is left at every depth, over the concessions in the workspace."""
    count, last = lumps.total[0], sort_concessions(work, levers)
    for depth in range(count + 1):
        fixed, u, v = lumps.rows[depth - 1] if depth > 0 else -1, 0.0, 0.0
        for i in range(levers):
            if work.lumpy[i] == 0 or i > fixed:
                u += work.first[i, work.chains[i, 0]]
                v += work.second[i, work.chains[i, 0]]
        us, vs, edges, end = lumps.us[depth], lumps.vs[depth], lumps.edges[depth], 0
        us[0], vs[0] = u, v
        for k in range(last):
            row = work.order[k]
            i = work.steps[row, 0]
            if work.lumpy[i] == 0 or i > fixed:
                u -= work.falls[row]
                v += work.rises[row]
                edges[end] = row
                end += 1
                us[end], vs[end] = u, v
        lumps.last[depth] = end


@jit
def rank_of(work: Workspace, position: float, aim: Aim) -> Pair:
    """Return the rank of a position of the frontier in the workspace; of -1, that of nothing."""
    if position < 0.0:
        return NOT_POSSIBLE
    protocol, alpha, disagreement, least, ideal, rationality = aim
    gains = (value_at(work.us, position), value_at(work.vs, position))
    return package_rank(gains, protocol, alpha, disagreement, least, ideal, rationality)


@jit
def settle_at(work: Workspace, lumps: Lumps, depth: int, u: float, v: float, aim: Aim) -> float:
    """Return where the parties would settle at a depth at which the lumps chosen bring ``u, v``.

    The frontier, moved by what they bring, is left in the workspace.
    """
    last, us, vs = lumps.last[depth], lumps.us[depth], lumps.vs[depth]
    for k in range(last + 1):
        work.us[k], work.vs[k] = us[k] + u, vs[k] + v
    protocol, alpha, disagreement, least, ideal, rationality = aim
    return choose_position(
        work.us, work.vs, last, protocol, alpha, disagreement, least, ideal, rationality
    )


@jit
def begin(lumps: Lumps) -> None:
    """Go back to before the first combination."""
    lumps.depth[0] = 0
    lumps.pick[0] = -1
    lumps.sums[0, 0], lumps.sums[0, 1] = 0.0, 0.0


@jit
def next_combination(
    work: Workspace, lumps: Lumps, aim: Aim, best: Pair, missed: Pair
) -> tuple[bool, float, float]:
    """Go on to the next combination of lumps whose bound beats the best rank; return the bound.

    ``missed`` is what the true frontier may bring either party beyond the one laid out.
    """
    depth, last = lumps.depth[0], lumps.total[0] - 1
    while depth >= 0:
        i = lumps.rows[depth]
        lumps.pick[depth] += 1
        position = lumps.pick[depth]
        if position >= work.counts[i]:
            depth -= 1
            continue
        u = lumps.sums[depth, 0] + work.first[i, position]
        v = lumps.sums[depth, 1] + work.second[i, position]
        found = settle_at(work, lumps, depth + 1, u + missed[0], v + missed[1], aim)
        bound = rank_of(work, found, aim)
        if found < 0.0 or not beats(bound, best):
            continue
        if depth == last:
            lumps.depth[0] = depth
            return True, bound[0], bound[1]
        depth += 1
        lumps.pick[depth] = -1
        lumps.sums[depth, 0], lumps.sums[depth, 1] = u, v
    lumps.depth[0] = -1
    return False, 0.0, 0.0


@jit
def hold_lumps(work: Workspace, lumps: Lumps, picks: np.ndarray, levers: int) -> None:
    """Leave every lumpy lever one position only, and list the concessions of the others."""
    for d in range(lumps.total[0]):
        i = lumps.rows[d]
        work.chains[i, 0], work.lengths[i] = picks[d], 1
    list_concessions(work, levers)


@jit
def rank_if_ratified(work: Workspace, lumps: Lumps, levers: int, aim: Aim, ratifiers: int) -> Pair:
    """Return the rank of what the parties settle for with the lumps picked, as home ratifies it."""
    hold_lumps(work, lumps, lumps.pick, levers)
    last = sort_concessions(work, levers)
    add_vertices(work, levers, last)
    add_homes(work, levers, last, ratifiers)
    protocol, alpha, disagreement, least, ideal, rationality = aim
    position = ratified_position(
        work, last, protocol, alpha, disagreement, least, ideal, rationality, ratifiers
    )
    return rank_of(work, position, aim)


@jit
def round_relaxed(work: Workspace, lumps: Lumps, levers: int, aim: Aim) -> bool:
    """Pick the lumps of the best package in which all may be divided; return whether none is.

    As a position lies on one edge of the frontier, at most one lever is divided in it.
    """
    position = settle_at(work, lumps, 0, 0.0, 0.0, aim)
    for i in range(levers):
        work.at[i] = work.chains[i, 0]
    whole, edges = int(position), lumps.edges[0]
    for k in range(whole if position >= 0.0 else 0):
        work.at[work.steps[edges[k], 0]] = work.steps[edges[k], 2]
    for d in range(lumps.total[0]):
        lumps.best[d] = work.at[lumps.rows[d]]
    if position <= whole:
        return position >= 0.0
    return work.lumpy[work.steps[edges[whole], 0]] == 0


@jit
def rank_picked(work: Workspace, lumps: Lumps, aim: Aim) -> Pair:
    """Return the rank of what the parties settle for with the lumps in ``best``."""
    u, v, count = 0.0, 0.0, lumps.total[0]
    for d in range(count):
        u += work.first[lumps.rows[d], lumps.best[d]]
        v += work.second[lumps.rows[d], lumps.best[d]]
    return rank_of(work, settle_at(work, lumps, count, u, v, aim), aim)


@jit
def choose_lumps(
    work: Workspace, lumps: Lumps, levers: int, aim: Aim, ratifiers: int, is_ratified: bool
) -> bool:
    """Find the best combination of lumps over what is laid out; return whether any suits both."""
    lay_out_depths(work, lumps, levers)
    if not is_ratified and round_relaxed(work, lumps, levers, aim):
        return True
    best, is_any, lacks_assent = NOT_POSSIBLE, False, 0
    if not is_ratified:
        best = rank_picked(work, lumps, aim)
        is_any = beats(best, NOT_POSSIBLE)
    begin(lumps)
    while True:
        is_open, first, second = next_combination(work, lumps, aim, best, (0.0, 0.0))
        if not is_open:
            break
        rank = (first, second)
        if is_ratified:
            rank = rank_if_ratified(work, lumps, levers, aim, ratifiers)
            lacks_assent = max(lacks_assent, work.lacks_assent[0])
        if beats(rank, best):
            best, is_any = rank, True
            for d in range(lumps.total[0]):
                lumps.best[d] = lumps.pick[d]
    work.lacks_assent[0] = 0 if is_any else lacks_assent
    return is_any


@jit
def missed_by_grid(s: Structure, work: Workspace, levers: int) -> Pair:
    """Return what either party may gain beyond the grid laid over curved levers."""
    first, second = 0.0, 0.0
    for i in range(levers):
        if s.lever_curved[work.levers[i]] == 0:
            continue
        count = work.counts[i]
        if count > 2 and work.points[i, count - 1] < work.points[i, count - 2]:
            count -= 1  # the present position stands behind the others
        first += most_missed(work.first[i], count)
        second += most_missed(work.second[i], count)
    return first, second


@jit
def is_same(one: np.ndarray, other: np.ndarray, count: int) -> bool:
    """Return whether two combinations of lumps are the same."""
    for d in range(count):
        if one[d] != other[d]:
            return False
    return True
