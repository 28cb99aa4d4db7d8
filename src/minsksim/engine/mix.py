"""All levers together: the joint frontier of a package and the position a protocol takes on it."""

import numpy as np

from minsksim._jit import jit
from minsksim.engine.home import ratified_position
from minsksim.engine.layout import Desk
from minsksim.rules.bargaining import balanced_position, value_at
from minsksim.rules.frontier import lever_frontier, merge_concessions, merge_orders
from minsksim.rules.protocols import choose_position

SOME = 16


@jit
def find_chain(desk: Desk, i: int) -> None:
    """Find the positions on lever ``i``'s own frontier."""
    first, second, chain = desk.first[i], desk.second[i], desk.chains[i]
    desk.lengths[i] = lever_frontier(first, second, desk.counts[i], chain)


@jit
def list_concessions(desk: Desk, i: int, row: int) -> int:
    """Write lever ``i``'s steps along its own frontier from a row on; return how many."""
    first, second, chain, steps = desk.first[i], desk.second[i], desk.chains[i], desk.steps
    there, rate, number = chain[0], np.inf, desk.lengths[i] - 1
    for j in range(number):
        here, there = there, chain[j + 1]
        paid, gained = first[here] - first[there], second[there] - second[here]
        # collinear edges of one lever may differ in the last bit; the earlier one goes first
        rate = min(rate, gained / paid if paid > 0.0 else np.inf)
        desk.rates[row + j] = rate
        steps[row + j, 0], steps[row + j, 1], steps[row + j, 2] = i, here, there
    return number


@jit
def collect_concessions(desk: Desk, levers: int) -> int:
    """List every lever's steps along its own frontier, and sort them; return how many there are.

    Levers are sorted in one by one, some at a time, so that work grows hardly faster than tables.
    """
    rates, count = desk.rates, 0
    for begin in range(0, levers, SOME):
        number, order = 0, desk.order if begin == 0 else desk.batch
        for i in range(begin, min(begin + SOME, levers)):
            start = number
            number += list_concessions(desk, i, count + start)
            merge_concessions(rates, count, start, number, order)
        if begin > 0:
            merge_orders(rates, order, number, desk.order, count)
        count += number
    return count


@jit
def add_up_concessions(
    desk: Desk,
    levers: int,
    last: int,
    first: np.ndarray,
    second: np.ndarray,
    us: np.ndarray,
    vs: np.ndarray,
) -> None:
    """Write what two actors gain at every vertex: the sums of their gains along the concessions."""
    chains, steps, order = desk.chains, desk.steps, desk.order
    u, v = 0.0, 0.0
    for i in range(levers):
        u += first[i, chains[i, 0]]
        v += second[i, chains[i, 0]]
    us[0], vs[0] = u, v
    for k in range(last):
        row = order[k]
        i, here, there = steps[row, 0], steps[row, 1], steps[row, 2]
        u = u + first[i, there] - first[i, here]
        v = v + second[i, there] - second[i, here]
        us[k + 1], vs[k + 1] = u, v


@jit
def add_homes(desk: Desk, levers: int, last: int) -> None:
    """Write what every vertex of the joint frontier brings both ratifiers."""
    add_up_concessions(
        desk, levers, last, desk.home_first, desk.home_second, desk.home_us, desk.home_vs
    )


@jit
def add_vertices(desk: Desk, levers: int, last: int) -> None:
    """Write the vertices of the joint frontier."""
    add_up_concessions(desk, levers, last, desk.first, desk.second, desk.us, desk.vs)


@jit
def mix(desk: Desk, levers: int, last: int, position: float) -> None:
    """Write the value of every lever at a position of the joint frontier."""
    points, chains, steps, order = desk.points, desk.chains, desk.steps, desk.order
    chosen = desk.chosen
    for i in range(levers):
        chosen[i] = points[i, chains[i, 0]]
    for k in range(last):
        share = min(position - k, 1.0)
        if share <= 0.0:
            break
        row = order[k]
        i, here, there = steps[row, 0], steps[row, 1], steps[row, 2]
        chosen[i] = points[i, here] + share * (points[i, there] - points[i, here])


@jit
def best_mix(
    desk: Desk,
    levers: int,
    protocol: int,
    alpha: float,
    disagreement: tuple[float, float],
    reservation: tuple[float, float],
    ideal: tuple[float, float],
    rationality: float,
    needs: tuple[float, float],
) -> tuple[bool, float, float]:
    """Choose a value for every lever on the desk; return whether it suits both, and the gains.

    Where none does, the position that favours both most evenly is chosen, so that a finer grid
    around it can still find one.
    """
    last = collect_concessions(desk, levers)
    add_vertices(desk, levers, last)
    us, vs = desk.us, desk.vs
    if np.isinf(needs[0]) and np.isinf(needs[1]):
        position = choose_position(
            us, vs, last, protocol, alpha, disagreement, reservation, ideal, rationality
        )
    else:
        add_homes(desk, levers, last)
        position = ratified_position(
            desk, last, protocol, alpha, disagreement, reservation, ideal, rationality, needs
        )
    is_found = position >= 0.0
    if not is_found:
        position = balanced_position(us, vs, last, 0.0, 0.0, 1.0)
    mix(desk, levers, last, position)
    return is_found, value_at(us, position), value_at(vs, position)
