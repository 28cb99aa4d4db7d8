"""Offers in turn and concessions over the levers in the workspace: what either party is to get."""

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.records import BREAKDOWN, PATIENCE, State, Structure, Values
from minsksim.engine.bargaining.joint_frontier import add_homes, add_vertices, sort_concessions
from minsksim.engine.bargaining.package import NOTHING, try_points
from minsksim.engine.bargaining.positions import FIRST_CELLS, open_windows
from minsksim.engine.bargaining.ratification import ask_ratifiers, is_ratified
from minsksim.engine.bargaining.search import search
from minsksim.rules.alternating_offers import lasting_offer, offer_before_deadline, worth_of_waiting
from minsksim.rules.bargaining import (
    first_reaching,
    last_for_both,
    last_keeping,
    value_at,
)
from minsksim.rules.ratification import nearest_assent
from minsksim.rules.zeuthen import meeting_level
from minsksim.vocabulary import SECOND_PROPOSES, TAKE_IT_OR_LEAVE_IT

STEPS = 8
"""Most steps towards the lasting offer over curved levers; each is a secant step, and the map is
nearly straight, so two or three do."""
CLOSE = 1e-9


@jit
def lay_out_frontier(s: Structure, values: Values, state: State, c: int, levers: int) -> int:
    """Lay out the whole joint frontier, coarse where levers are curved; return its end."""
    work = state.workspace
    open_windows(work, levers)
    try_points(s, values, state, c, levers, FIRST_CELLS)
    last = sort_concessions(work, levers)
    add_vertices(work, levers, last)
    return last


@jit
def bounds(
    s: Structure, values: Values, state: State, c: int, levers: int, least: tuple[float, float]
) -> tuple[int, float, float]:
    """Return the last vertex and the positions between which all agree; low is -1 if none."""
    last, work = lay_out_frontier(s, values, state, c, levers), state.workspace
    low = first_reaching(work.vs, last, least[1])
    high = last_for_both(work.us, low, last_keeping(work.us, last, least[0]), least[0])
    if high < 0.0:
        return last, -1.0, -1.0
    if is_ratified(s, c):
        ratifiers = ask_ratifiers(s, values, state, c)
        add_homes(work, levers, last, ratifiers)
        homes, needs = work.home_totals, work.home_needs[:ratifiers]
        low = nearest_assent(homes, last, needs, low, high, low)
        high = nearest_assent(homes, last, needs, max(low, 0.0), high, high)
    return last, low, high


@jit
def respond(
    s: Structure,
    values: Values,
    state: State,
    c: int,
    levers: int,
    least: tuple[float, float],
    asked: float,
) -> float:
    """Return what the second accepts if the first's offers will always leave it ``asked``."""
    one, two, end = s.channel_ends[c, 0], s.channel_ends[c, 1], values.bargain[c, BREAKDOWN]
    _, own, _ = search(
        s, values, state, c, TAKE_IT_OR_LEAVE_IT, (least[0], asked), NOTHING, NOTHING, levers
    )
    waiting = worth_of_waiting(own, values.actor[one, PATIENCE], end, least[0])
    _, _, other = search(
        s, values, state, c, SECOND_PROPOSES, (waiting, least[1]), NOTHING, NOTHING,
        levers,
    )  # fmt: skip
    return worth_of_waiting(other, values.actor[two, PATIENCE], end, least[1])


@jit
def lasting_level(
    s: Structure,
    values: Values,
    state: State,
    c: int,
    levers: int,
    least: tuple[float, float],
    start: float,
) -> float:
    """Return what the second gets in lasting talks over curved levers, from a first guess."""
    before = start
    gap_before = respond(s, values, state, c, levers, least, before) - before
    now = before + gap_before
    for _ in range(STEPS):
        if abs(now - before) <= CLOSE:
            break
        gap = respond(s, values, state, c, levers, least, now) - now
        if gap == gap_before:
            break
        following = max(now - gap * (now - before) / (gap - gap_before), least[1])
        before, gap_before, now = now, gap, following
    return now


@jit
def level_before_deadline(
    s: Structure,
    values: Values,
    state: State,
    c: int,
    levers: int,
    least: tuple[float, float],
) -> float:
    """Return what the second gets under a deadline over curved levers, by backward induction."""
    one, two, end = s.channel_ends[c, 0], s.channel_ends[c, 1], values.bargain[c, BREAKDOWN]
    asked_first, asked_second = least
    for number in range(s.channel_rounds[c], 0, -1):
        if number % 2 == 1:
            _, own, _ = search(
                s, values, state, c, TAKE_IT_OR_LEAVE_IT, (least[0], asked_second), NOTHING,
                NOTHING, levers,
            )  # fmt: skip
            asked_first = worth_of_waiting(own, values.actor[one, PATIENCE], end, least[0])
        else:
            _, _, other = search(
                s, values, state, c, SECOND_PROPOSES, (asked_first, least[1]), NOTHING, NOTHING,
                levers,
            )  # fmt: skip
            asked_second = worth_of_waiting(other, values.actor[two, PATIENCE], end, least[1])
    return asked_second


@jit
def offer_in_turn(
    s: Structure,
    values: Values,
    state: State,
    c: int,
    levers: int,
    least: tuple[float, float],
    is_curved: bool,
) -> tuple[float, float]:
    """Return least gains of which the second's is what alternating offers give it.

    The best package for the first party that leaves the second as much is the first offer, and it
    is accepted. Refusing leaves each its reservation if talks break down.
    """
    one, two = s.channel_ends[c, 0], s.channel_ends[c, 1]
    patience = (values.actor[one, PATIENCE], values.actor[two, PATIENCE])
    end, rounds, work = values.bargain[c, BREAKDOWN], s.channel_rounds[c], state.workspace
    last, low, high = bounds(s, values, state, c, levers, least)
    if low < 0.0:
        return least
    us, vs = work.us, work.vs
    if rounds > 0:
        if is_curved:
            return least[0], level_before_deadline(s, values, state, c, levers, least)
        position = offer_before_deadline(us, vs, last, low, high, patience, end, least, rounds)
        return least[0], value_at(vs, position)
    level = value_at(vs, lasting_offer(us, vs, last, low, high, patience, end, least))
    if is_curved:
        level = lasting_level(s, values, state, c, levers, least, level)
    return least[0], level


@jit
def concede(
    s: Structure, values: Values, state: State, c: int, levers: int, least: tuple[float, float]
) -> tuple[float, float]:
    """Return least gains of which the first's is where Zeuthen's concessions meet."""
    last, low, high = bounds(s, values, state, c, levers, least)
    if low < 0.0:
        return least
    work = state.workspace
    return meeting_level(work.us, work.vs, last, low, high), least[1]
