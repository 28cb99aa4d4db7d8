"""Tables of three or more parties: the package with the highest weighted Nash product.

Each party counts everybody else's moves with its trust in whoever is to make them. As at a table
of two, levers with a curved term get a grid that is narrowed around the solution.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.records import PATIENCE, State, Structure, Values
from minsksim.engine.bargaining.lever_payoff import cost_of_share, fill_payoff
from minsksim.engine.bargaining.package import ROUNDS
from minsksim.engine.bargaining.positions import grid, narrow, open_windows
from minsksim.engine.bargaining.reaches import reach
from minsksim.engine.valuation.answers import reservation_of
from minsksim.rules.lever_payoff import payoff_at
from minsksim.rules.many_parties import best_mixture
from minsksim.rules.package_gain import expected_gain
from minsksim.rules.patience import staying_power
from minsksim.rules.trust import trust

CELLS_FOR_MANY, FINE_FOR_MANY = 11, 4e-3
"""Parts into which a window is cut, and the share of a lever's reach that is fine enough; with more
parts, shares of positions take longer to settle."""


@jit
def seat_of(s: Structure, c: int, a: int) -> int:
    """Return where actor ``a`` sits in channel ``c``, or -1."""
    for side in range(s.channel_size[c]):
        if s.seats[c, side] == a:
            return side
    return -1


@jit
def ledger_row(size: int, observer: int, other: int) -> int:
    """Return the row of a channel's ledger in which one party judges another."""
    return observer * (size - 1) + (other if other < observer else other - 1)


@jit
def trust_at(s: Structure, state: State, c: int, side: int, other: int) -> float:
    """Return one party's trust in another at channel ``c``; in itself it is 1."""
    if side == other:
        return 1.0
    ledger = state.ledger[c, ledger_row(s.channel_size[c], side, other)]
    return trust(ledger[0], ledger[1])


@jit
def party_gains(s: Structure, values: Values, state: State, c: int, i: int, count: int) -> None:
    """Write what positions of the lever in row ``i`` bring every party; its owner pays."""
    work, size = state.workspace, s.channel_size[c]
    lever, points, gains = work.levers[i], work.points[i], work.party_gain[i]
    linear, curved = work.ratifier_linear, work.ratifier_curves
    low, span = s.scale[lever, 0], s.scale[lever, 1] - s.scale[lever, 0]
    now, owner = (state.quantity[lever] - low) / span, seat_of(s, c, s.lever_owner[lever])
    for first in range(0, size, 2):
        second = min(first + 1, size - 1)
        a, b = s.seats[c, first], s.seats[c, second]
        keep_a = trust_at(s, state, c, first, owner)
        keep_b = trust_at(s, state, c, second, owner)
        terms = fill_payoff(s, values, state, a, b, lever, linear, curved, keep_a, keep_b)
        was_one, was_two = payoff_at(linear, curved, terms, now)
        for j in range(count):
            one, two = payoff_at(linear, curved, terms, (points[j] - low) / span)
            gains[j, first], gains[j, second] = one - was_one, two - was_two
    for side in range(size):
        if side == owner:
            for j in range(count):
                gains[j, side] -= cost_of_share(values, lever, (points[j] - low) / span - now)
            continue
        partner_trust = trust_at(s, state, c, side, owner)
        for j in range(count):
            gains[j, side] = expected_gain(gains[j, side], partner_trust)


@jit
def add_party_gains(s: Structure, values: Values, state: State, c: int, i: int) -> None:
    """Add what the first position of row ``i`` brings every party to the offer on the table."""
    party_gains(s, values, state, c, i, 1)
    gains = state.workspace.party_gain[i, 0]
    owner = seat_of(s, c, s.lever_owner[state.workspace.levers[i]])
    state.offer_own[c, owner] += gains[owner]
    for side in range(s.channel_size[c]):
        state.offer_gain[c, side] += gains[side]


@jit
def begin_at(value: float, points: np.ndarray, count: int, mixture: np.ndarray) -> None:
    """Write shares of positions that mix to a value, of the two that enclose it most closely."""
    below, above = -1, -1
    for j in range(count):
        mixture[j] = 0.0
        if points[j] <= value and (below < 0 or points[j] > points[below]):
            below = j
        if points[j] >= value and (above < 0 or points[j] < points[above]):
            above = j
    if below < 0 or above < 0 or points[above] == points[below]:
        mixture[max(below, above) if below < 0 or above < 0 else below] = 1.0
        return
    mixture[above] = (value - points[below]) / (points[above] - points[below])
    mixture[below] = 1.0 - mixture[above]


@jit
def set_weights(s: Structure, values: Values, state: State, c: int) -> None:
    """Write every party's weight in the product, and its reservation."""
    work, total = state.workspace, 0.0
    for side in range(s.channel_size[c]):
        a = s.seats[c, side]
        work.party_weight[side] = staying_power(values.actor[a, PATIENCE])
        work.party_least[side] = reservation_of(values, state, a)
        total += work.party_weight[side]
    for side in range(s.channel_size[c]):
        work.party_weight[side] /= total


@jit
def find_common_package(s: Structure, values: Values, state: State, c: int, levers: int) -> bool:
    """Find the package for a table of several; return whether it suits all."""
    work = state.workspace
    for i in range(levers):
        lever = work.levers[i]
        work.reaches[i, 0], work.reaches[i, 1] = reach(s, values, state, c, lever)
        work.curved[i], work.chosen[i] = s.lever_curved[lever], state.quantity[lever]
        work.lumpy[i] = 0
    open_windows(work, levers)
    set_weights(s, values, state, c)
    is_found = False
    for look in range(ROUNDS):
        for i in range(levers):
            now, is_curved = state.quantity[work.levers[i]], work.curved[i] > 0
            if is_curved or look == 0:
                work.counts[i] = grid(
                    work.windows[i], now, is_curved, CELLS_FOR_MANY, work.points[i]
                )
                party_gains(s, values, state, c, i, work.counts[i])
                begin_at(work.chosen[i], work.points[i], work.counts[i], work.mixture[i])
        is_found = best_mixture(
            work.party_gain,
            work.counts,
            levers,
            s.channel_size[c],
            work.party_weight,
            work.party_least,
            work.mixture,
            work.party_total,
            work.party_slope,
            work.party_change,
        )
        for i in range(levers):
            value = 0.0
            for j in range(work.counts[i]):
                value += work.mixture[i, j] * work.points[i, j]
            work.chosen[i] = min(max(value, work.reaches[i, 0]), work.reaches[i, 1])
        if not narrow(work, levers, CELLS_FOR_MANY, FINE_FOR_MANY):
            break
    return is_found
