"""What each protocol has the search look for.

Most look for a position on the joint frontier, which ``rules/protocols.py`` chooses. Offers in
turn and concessions first find what one party gets and then the package that gives it; threats
first find the point from which the parties divide. An exchange moves one lever of each party;
issue by issue, each lever is settled by itself.
"""

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.records import State, Structure, Values
from minsksim.engine.arrays.workspace import Workspace
from minsksim.engine.bargaining.offers_in_turn import concede, offer_in_turn
from minsksim.engine.bargaining.package import NOTHING
from minsksim.engine.bargaining.positions import has_curves
from minsksim.engine.bargaining.reaches import reach
from minsksim.engine.bargaining.search import search
from minsksim.engine.bargaining.variable_threats import find_threats
from minsksim.engine.valuation.answers import reservation_of
from minsksim.rules.lever_exchange import (
    NONE,
    exchange_gain,
    is_any_exchange,
    is_better_exchange,
)
from minsksim.vocabulary import (
    ALTERNATING_OFFERS,
    CREDIBLE_THREATS,
    EGALITARIAN,
    KALAI_SMORODINSKY,
    NASH,
    SECOND_PROPOSES,
    TAKE_IT_OR_LEAVE_IT,
    THREATS,
    ZEUTHEN,
)

Terms = tuple[int, tuple[float, float], tuple[float, float], tuple[float, float]]
"""What a search looks for: the position, and least, ideal and threatened gains of both."""


@jit
def hold(s: Structure, values: Values, state: State, c: int, levers: int, i: int, j: int) -> None:
    """Keep every lever but those in rows ``i`` and ``j`` where it is."""
    work = state.workspace
    for k in range(levers):
        lever = work.levers[k]
        if k == i or k == j:
            low, high = reach(s, values, state, c, lever)
            work.reaches[k, 0], work.reaches[k, 1] = low, high
        else:
            work.reaches[k, 0] = work.reaches[k, 1] = state.quantity[lever]


@jit
def keep(work: Workspace, levers: int) -> None:
    """Set the values chosen aside."""
    for i in range(levers):
        work.kept[i] = work.chosen[i]


@jit
def reservations(s: Structure, values: Values, state: State, c: int) -> tuple[float, float]:
    """Return the gains without which either party of channel ``c`` signs nothing."""
    one, two = s.channel_ends[c, 0], s.channel_ends[c, 1]
    return reservation_of(values, state, one), reservation_of(values, state, two)


@jit
def swap(s: Structure, values: Values, state: State, c: int, levers: int) -> bool:
    """Exchange one lever of each party at equal gains: the pair by which both gain most."""
    work, best, least = state.workspace, NONE, reservations(s, values, state, c)
    one, lacks_assent = s.channel_ends[c, 0], 0
    for i in range(levers):
        for j in range(levers):
            is_pair = s.lever_owner[work.levers[i]] == one and s.lever_owner[work.levers[j]] != one
            if not is_pair:
                continue
            hold(s, values, state, c, levers, i, j)
            is_found, first, second = search(
                s, values, state, c, EGALITARIAN, least, NOTHING, NOTHING, levers
            )
            lacks_assent = max(lacks_assent, work.lacks_assent[0])
            gain = exchange_gain(first, second)
            if is_found and is_better_exchange(gain, best):
                best = gain
                keep(work, levers)
    for i in range(levers):
        work.chosen[i] = work.kept[i]
    work.lacks_assent[0] = lacks_assent
    return is_any_exchange(best)


@jit
def one_by_one(s: Structure, values: Values, state: State, c: int, levers: int) -> bool:
    """Settle every lever by a Nash bargain of its own; return whether any is settled."""
    work, is_any = state.workspace, False
    for i in range(levers):
        work.kept[i] = state.quantity[work.levers[i]]
    for i in range(levers):
        hold(s, values, state, c, levers, i, i)
        is_found, _, _ = search(s, values, state, c, NASH, NOTHING, NOTHING, NOTHING, levers)
        if is_found:
            work.kept[i] = work.chosen[i]
            is_any = True
    for i in range(levers):
        work.chosen[i] = work.kept[i]
    return is_any


@jit
def set_terms(s: Structure, values: Values, state: State, c: int, levers: int) -> Terms:
    """Return what the protocol of channel ``c`` has the search look for, over levers laid out.

    That is: which position of the joint frontier, the least either party must gain, the ideal
    gains of Kalai-Smorodinsky, and the point from which the parties divide. Where levers are
    curved, the ideal gains are searched for first, since a narrowed grid no longer shows them; so
    they are where levers come in lumps, since no single frontier shows them.
    """
    protocol, least = s.channel_protocol[c], reservations(s, values, state, c)
    is_lumpy, ideal, threats = state.lumps.total[0] > 0, NOTHING, NOTHING
    is_curved = is_lumpy or has_curves(s, state.workspace, levers)
    if protocol == KALAI_SMORODINSKY and is_curved:
        _, first, _ = search(
            s, values, state, c, TAKE_IT_OR_LEAVE_IT, NOTHING, NOTHING, NOTHING, levers
        )
        _, _, second = search(
            s, values, state, c, SECOND_PROPOSES, NOTHING, NOTHING, NOTHING, levers
        )
        ideal = (first, second)
        if is_lumpy and min(ideal) <= 0.0:
            protocol = TAKE_IT_OR_LEAVE_IT  # as where a frontier shows it
    elif protocol == ALTERNATING_OFFERS:
        least = offer_in_turn(s, values, state, c, levers, least, is_curved)
        protocol = TAKE_IT_OR_LEAVE_IT
    elif protocol == ZEUTHEN and not is_lumpy:
        least = concede(s, values, state, c, levers, least)
        protocol = SECOND_PROPOSES
    elif protocol == THREATS or protocol == CREDIBLE_THREATS:
        threats = find_threats(s, values, state, c, levers, protocol == CREDIBLE_THREATS)
        protocol = NASH
    return protocol, least, ideal, threats
