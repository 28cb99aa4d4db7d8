"""Ratifiers at home: what each position of a lever, and each vertex of the frontier, brings them.

A ratifier counts the partner's moves with the trust of the party it ratifies for.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.records import FOR, WHO, State, Structure, Values
from minsksim.engine.arrays.workspace import Workspace
from minsksim.engine.bargaining.lever_payoff import cost_of_share, fill_payoff
from minsksim.rules.bargaining import (
    first_reaching,
    last_for_both,
    last_keeping,
    settle,
    value_at,
)
from minsksim.rules.lever_payoff import payoff_at, scale_payoff
from minsksim.rules.package_gain import gain_from_move
from minsksim.rules.ratification import nearest_assent
from minsksim.rules.trust import trust
from minsksim.rules.ultimatum import uncertain_offer
from minsksim.vocabulary import SEPARATE, ULTIMATUM

SLACK = 1e-6
"""Utils by which a ratifier may fall short: what a search over curved levers can miss."""


@jit
def is_ratified(s: Structure, c: int) -> bool:
    """Return whether somebody must ratify what channel ``c`` agrees."""
    return s.ratifier_start[c + 1] > s.ratifier_start[c]


@jit
def ask_ratifiers(s: Structure, values: Values, state: State, c: int) -> int:
    """Write what every ratifier of channel ``c`` must gain; return how many the search heeds.

    Lever by lever it heeds nobody: ratifiers look at the whole.
    """
    begin = s.ratifier_start[c]
    count = s.ratifier_start[c + 1] - begin
    for j in range(count):
        state.workspace.home_needs[j] = values.needs[begin + j]
    return 0 if s.channel_protocol[c] == SEPARATE else count


@jit
def trust_of_side(s: Structure, state: State, c: int, side: int, owner: int) -> float:
    """Return the trust that a party, and whoever ratifies for it, has in a lever's owner."""
    if s.channel_ends[c, side] == owner:
        return 1.0
    return trust(state.ledger[c, side, 0], state.ledger[c, side, 1])


@jit
def ratifier_gains(
    s: Structure, values: Values, state: State, c: int, i: int, points: np.ndarray, count: int
) -> None:
    """Write what positions of the lever in row ``i`` bring every ratifier of channel ``c``."""
    work, begin = state.workspace, s.ratifier_start[c]
    lever, ratifiers = work.levers[i], s.ratifier_start[c + 1] - begin
    owner, low = s.lever_owner[lever], s.scale[lever, 0]
    span, linear, curved = s.scale[lever, 1] - low, work.ratifier_linear, work.ratifier_curves
    now = (state.quantity[lever] - low) / span
    for first in range(0, ratifiers, 2):
        second = min(first + 1, ratifiers - 1)
        a, b = s.ratifier[begin + first, WHO], s.ratifier[begin + second, WHO]
        trust_a = trust_of_side(s, state, c, s.ratifier[begin + first, FOR], owner)
        trust_b = trust_of_side(s, state, c, s.ratifier[begin + second, FOR], owner)
        terms = fill_payoff(s, values, state, a, b, lever, linear, curved, trust_a, trust_b)
        scale_payoff(linear, curved, terms, trust_a, 0)
        scale_payoff(linear, curved, terms, trust_b, 1)
        was_one, was_two = payoff_at(linear, curved, terms, now)
        for j in range(count):
            z = (points[j] - low) / span
            is_one, is_two = payoff_at(linear, curved, terms, z)
            cost = cost_of_share(values, lever, z - now)
            work.homes[first, i, j] = gain_from_move(is_one, was_one, cost if a == owner else 0.0)
            work.homes[second, i, j] = gain_from_move(is_two, was_two, cost if b == owner else 0.0)


@jit
def ideal_gains(
    us: np.ndarray,
    vs: np.ndarray,
    homes: np.ndarray,
    last: int,
    disagreement: tuple[float, float],
    needs: np.ndarray,
) -> tuple[float, float]:
    """Return the most that either party can gain where ratifiers assent and none loses by it.

    For Kalai-Smorodinsky; as without ratifiers, reservations do not count in it.
    """
    low = first_reaching(vs, last, disagreement[1])
    high = last_keeping(us, last, disagreement[0])
    begin = nearest_assent(homes, last, needs, low, high, low)
    end = nearest_assent(homes, last, needs, low, high, high)
    return value_at(us, begin) - disagreement[0], value_at(vs, end) - disagreement[1]


@jit
def ratified_position(
    work: Workspace,
    last: int,
    protocol: int,
    alpha: float,
    disagreement: tuple[float, float],
    reservation: tuple[float, float],
    ideal: tuple[float, float],
    rationality: float,
    ratifiers: int,
) -> float:
    """Return the position nearest to the protocol's that will be ratified, or -1.

    Negotiators who foresee this bargain between the ends of what can be ratified.
    """
    us, vs = work.us, work.vs
    homes, needs = work.home_totals, work.home_needs[:ratifiers]
    low = first_reaching(vs, last, max(reservation[1], disagreement[1]))
    least = max(reservation[0], disagreement[0])
    high = last_for_both(us, low, last_keeping(us, last, least), least)
    work.lacks_assent[0] = 0
    if high < 0.0:
        return -1.0
    low = nearest_assent(homes, last, needs, low, high, low)
    if low < 0.0:
        work.lacks_assent[0] = 1
        return -1.0
    high = nearest_assent(homes, last, needs, low, high, high)
    if protocol == ULTIMATUM:
        wanted = uncertain_offer(us, vs, low, high, reservation[1], rationality)
    else:
        if ideal[0] <= 0.0 and ideal[1] <= 0.0:
            ideal = ideal_gains(us, vs, homes, last, disagreement, needs)
        ends = (value_at(us, high), value_at(vs, low))
        wanted = settle(us, vs, last, protocol, alpha, disagreement, ends, ideal)
    if wanted < 0.0:
        wanted = low
    return nearest_assent(homes, last, needs, low, high, min(max(wanted, low), high))


@jit
def would_ratify(s: Structure, values: Values, state: State, c: int, levers: int) -> bool:
    """Return whether the package on the table of channel ``c`` brings ratifiers what they need."""
    if not is_ratified(s, c):
        return True
    work, is_assured = state.workspace, True
    begin, end = s.ratifier_start[c], s.ratifier_start[c + 1]
    for i in range(levers):
        work.points[i, 0] = state.offer_value[c, work.levers[i]]
        ratifier_gains(s, values, state, c, i, work.points[i], 1)
    for row in range(begin, end):
        total = 0.0
        for i in range(levers):
            total += work.homes[row - begin, i, 0]
        state.obstacles.assent[c, row - begin] = total
        is_assured = is_assured and total >= values.needs[row] - SLACK
    work.lacks_assent[0] = 0 if is_assured else 1
    return is_assured
