"""Ratifiers at home: what each position of a lever, and each vertex of the frontier, brings them.

A ratifier counts the partner's moves with the trust of the party it ratifies for.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.records import NEEDS, State, Structure, Values
from minsksim.engine.arrays.workspace import Workspace
from minsksim.engine.bargaining.lever_payoff import cost_of_share, fill_payoff
from minsksim.engine.valuation.present_value import FOR_GOOD
from minsksim.rules.bargaining import first_reaching, last_keeping, settle, value_at
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
    return s.ratifier[c, 0] >= 0 or s.ratifier[c, 1] >= 0


@jit
def needs_of(s: Structure, values: Values, c: int) -> tuple[float, float]:
    """Return what either party's ratifier must gain; minus infinity where there is none."""
    one = values.bargain[c, NEEDS] if s.ratifier[c, 0] >= 0 else -np.inf
    two = values.bargain[c, NEEDS + 1] if s.ratifier[c, 1] >= 0 else -np.inf
    return one, two


@jit
def foreseen_needs(s: Structure, values: Values, c: int) -> tuple[float, float]:
    """Return what the search must give ratifiers: nothing lever by lever, only to the whole."""
    if s.channel_protocol[c] == SEPARATE:
        return -np.inf, -np.inf
    return needs_of(s, values, c)


@jit
def ratifier_or_party(s: Structure, c: int, side: int) -> int:
    """Return who ratifies for a party; the party itself where nobody does."""
    return s.ratifier[c, side] if s.ratifier[c, side] >= 0 else s.channel_ends[c, side]


@jit
def ratifier_gains(
    s: Structure, values: Values, state: State, c: int, i: int, points: np.ndarray, count: int
) -> None:
    """Write what positions of the lever in row ``i`` bring both ratifiers."""
    work = state.workspace
    lever = work.levers[i]
    one, two = ratifier_or_party(s, c, 0), ratifier_or_party(s, c, 1)
    linear, curved = work.ratifier_linear, work.ratifier_curves
    owner = s.lever_owner[lever]
    partner = 1 if owner == s.channel_ends[c, 0] else 0
    partner_trust = trust(state.ledger[c, partner, 0], state.ledger[c, partner, 1])
    keep_one = partner_trust if partner == 0 else FOR_GOOD
    keep_two = partner_trust if partner == 1 else FOR_GOOD
    terms = fill_payoff(s, values, state, one, two, lever, linear, curved, keep_one, keep_two)
    scale_payoff(linear, curved, terms, partner_trust, partner)
    low, span = s.scale[lever, 0], s.scale[lever, 1] - s.scale[lever, 0]
    now = (state.quantity[lever] - low) / span
    was_one, was_two = payoff_at(linear, curved, terms, now)
    for j in range(count):
        z = (points[j] - low) / span
        is_one, is_two = payoff_at(linear, curved, terms, z)
        cost = cost_of_share(values, lever, z - now)
        work.ratifier_first[i, j] = gain_from_move(is_one, was_one, cost if one == owner else 0.0)
        work.ratifier_second[i, j] = gain_from_move(is_two, was_two, cost if two == owner else 0.0)


@jit
def ideal_gains(
    us: np.ndarray,
    vs: np.ndarray,
    homes: tuple[np.ndarray, np.ndarray],
    last: int,
    disagreement: tuple[float, float],
    needs: tuple[float, float],
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
    needs: tuple[float, float],
) -> float:
    """Return the position nearest to the protocol's that will be ratified, or -1.

    Negotiators who foresee this bargain between the ends of what can be ratified.
    """
    us, vs = work.us, work.vs
    homes = (work.ratifier_us, work.ratifier_vs)
    low = first_reaching(vs, last, max(reservation[1], disagreement[1]))
    high = last_keeping(us, last, max(reservation[0], disagreement[0]))
    work.lacks_assent[0] = 0
    if low < 0.0 or high < low:
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
        least = (value_at(us, high), value_at(vs, low))
        wanted = settle(us, vs, last, protocol, alpha, disagreement, least, ideal)
    if wanted < 0.0:
        wanted = low
    return nearest_assent(homes, last, needs, low, high, min(max(wanted, low), high))


@jit
def would_ratify(s: Structure, values: Values, state: State, c: int, levers: int) -> bool:
    """Return whether the package on the table of channel ``c`` brings ratifiers what they need."""
    if not is_ratified(s, c):
        return True
    needs, work = needs_of(s, values, c), state.workspace
    one, two = 0.0, 0.0
    for i in range(levers):
        work.points[i, 0] = state.offer_value[c, work.levers[i]]
        ratifier_gains(s, values, state, c, i, work.points[i], 1)
        one += work.ratifier_first[i, 0]
        two += work.ratifier_second[i, 0]
    is_assured = one >= needs[0] - SLACK and two >= needs[1] - SLACK
    work.lacks_assent[0] = 0 if is_assured else 1
    return is_assured
