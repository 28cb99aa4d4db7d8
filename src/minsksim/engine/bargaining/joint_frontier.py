"""All levers together: the joint frontier of a package and every lever's value on it."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.workspace import Workspace
from minsksim.rules.frontier import lever_frontier, merge_concessions, merge_orders

SOME = 8


@jit
def find_chain(work: Workspace, i: int) -> None:
    """Find the positions on lever ``i``'s own frontier."""
    first, second, chain = work.first[i], work.second[i], work.chains[i]
    work.lengths[i] = lever_frontier(first, second, work.counts[i], chain)


@jit
def list_concessions(work: Workspace, levers: int) -> None:
    """Write every lever's steps along its own frontier, and how cheaply they pass utility on."""
    steps, falls, rises, rates, row = work.steps, work.falls, work.rises, work.rates, 0
    for i in range(levers):
        first, second, chain = work.first[i], work.second[i], work.chains[i]
        there = chain[0]
        for j in range(1, work.lengths[i]):
            here, there = there, chain[j]
            falls[row], rises[row] = first[here] - first[there], second[there] - second[here]
            steps[row, 0], steps[row, 1], steps[row, 2] = i, here, there
            row += 1
    for k in range(row):
        rates[k] = rises[k] / falls[k]


@jit
def sort_some(work: Workspace, levers: int) -> int:
    """Sort the concessions of every ``SOME`` levers, one by one; return how many runs there are."""
    runs, count = 0, 0
    for begin in range(0, levers, SOME):
        number, order = 0, work.order[count:]
        for i in range(begin, min(begin + SOME, levers)):
            start = number
            number += work.lengths[i] - 1
            merge_concessions(work.rates, count, start, number, order)
        work.runs[runs] = count
        count, runs = count + number, runs + 1
    work.runs[runs] = count
    return runs


@jit
def sort_concessions(work: Workspace, levers: int) -> int:
    """Sort every lever's steps along its own frontier; return how many there are.

    Neighbouring runs are merged two by two, so that work grows hardly faster than tables.
    """
    count = sort_some(work, levers)
    runs, batch, width = work.runs, work.batch, 1
    while width < count:
        for run in range(0, count - width, 2 * width):
            low, middle, high = runs[run], runs[run + width], runs[min(run + 2 * width, count)]
            for k in range(middle, high):
                batch[k - middle] = work.order[k]
            merge_orders(work.rates, batch, high - middle, work.order[low:], middle - low)
        width *= 2
    return runs[count]


@jit
def stay(work: Workspace, levers: int) -> bool:
    """Return whether no package is better for both than leaving all levers where they are.

    It is so where the present position lies on every lever's own frontier, and no concession
    beyond it passes more utility on than the last one before it, of the same or another lever.
    """
    passed, beyond, row = np.inf, 0.0, 0
    for i in range(levers):
        first, chain, last, k = work.first[i], work.chains[i], work.lengths[i] - 1, 0
        while k < last and first[chain[k]] > 0.0:
            k += 1
        here = chain[k]
        if first[here] != 0.0 or work.second[i, here] != 0.0:
            return False
        if k > 0:
            passed = min(passed, work.rates[row + k - 1])
        if k < last:
            beyond = max(beyond, work.rates[row + k])
        work.chosen[i] = work.points[i, here]
        row += last
    return passed >= beyond


@jit
def add_up_concessions(
    work: Workspace,
    levers: int,
    last: int,
    first: np.ndarray,
    second: np.ndarray,
    us: np.ndarray,
    vs: np.ndarray,
) -> None:
    """Write what two actors gain at every vertex: the sums of their gains along the concessions."""
    chains, order, falls, rises = work.chains, work.order, work.falls, work.rises
    u, v = 0.0, 0.0
    for i in range(levers):
        u += first[i, chains[i, 0]]
        v += second[i, chains[i, 0]]
    us[0], vs[0] = u, v
    for k in range(last):
        row = order[k]
        u -= falls[row]
        v += rises[row]
        us[k + 1], vs[k + 1] = u, v


@jit
def add_homes(work: Workspace, levers: int, last: int, ratifiers: int) -> None:
    """Write what every vertex of the joint frontier brings every ratifier."""
    chains, steps, order, totals = work.chains, work.steps, work.order, work.home_totals
    for r in range(ratifiers):
        total = 0.0
        for i in range(levers):
            total += work.homes[r, i, chains[i, 0]]
        totals[r, 0] = total
        for k in range(last):
            row = order[k]
            i, here, there = steps[row, 0], steps[row, 1], steps[row, 2]
            total += work.homes[r, i, there] - work.homes[r, i, here]
            totals[r, k + 1] = total


@jit
def add_vertices(work: Workspace, levers: int, last: int) -> None:
    """Write the vertices of the joint frontier."""
    add_up_concessions(work, levers, last, work.first, work.second, work.us, work.vs)


@jit
def mix(work: Workspace, levers: int, position: float) -> None:
    """Write the value of every lever at a position of the joint frontier."""
    points, chains, steps, order = work.points, work.chains, work.steps, work.order
    chosen, at, whole = work.chosen, work.at, int(position)
    for i in range(levers):
        at[i] = chains[i, 0]
    for k in range(whole):
        row = order[k]
        at[steps[row, 0]] = steps[row, 2]
    for i in range(levers):
        chosen[i] = points[i, at[i]]
    if position > whole:
        row = order[whole]
        i, here, there = steps[row, 0], steps[row, 1], steps[row, 2]
        chosen[i] = points[i, here] + (position - whole) * (points[i, there] - points[i, here])
