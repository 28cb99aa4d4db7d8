"""Sanction episodes: threaten, comply or resist, impose or back down; and lifting what stands.

Stakes are changes of utility by one turn's move of the two levers. The play is that of
``theory/sanction_game.py``. A target that resisted may still yield while the sanction stands, if
the sender would then lift it: as it would have complied at once had it known all, this happens
only where the target misread the sender's resolve, or where the stakes have changed since.
"""

from typing import NamedTuple

from minsksim._jit import jit
from minsksim.engine.arrays.draws import draw_of
from minsksim.engine.arrays.randomness import DOUBT, READ
from minsksim.engine.arrays.records import (
    AUDIENCE_COST,
    STEP_DOWN,
    STEP_UP,
    Floats,
    Ints,
    State,
    Structure,
    Values,
)
from minsksim.engine.bargaining.lever_payoff import move_cost, move_payoff
from minsksim.engine.bargaining.package import is_pending
from minsksim.engine.phases.bargain import TINY
from minsksim.rules import sanction_episode, steps
from minsksim.rules.going_back import exposure

# columns of Structure.threat and of Values.threat
DEMAND, SANCTION, PUBLIC = 0, 1, 2
DEMANDED, IMPOSED_AT, UNCERTAINTY, HALF_DOUBT = 0, 1, 2, 3

# columns of Standoff.mark
MADE, COMPLIED, IMPOSED, BACKED_DOWN, YIELDED = 0, 1, 2, 3, 4

# columns of Standoff.stakes
VALUE, STAKE, HARM, NET, EXPOSURE, LIFT = 0, 1, 2, 3, 4, 5

# what a turn allows
NOTHING, MAY_THREATEN, STANDS = 0, 1, 2


class Standoff(NamedTuple):
    """What threats change; axis h is the threats of the file."""

    stakes: Floats  # (h, 6) utils
    before: Floats  # (h, 2) values of the levers of demand and sanction before this turn's threat
    move: Floats  # (h, 2) values that they would take this turn
    stands: Ints  # (h,) whether the sanction was imposed and has not moved since
    origin: Floats  # (h,) value of its lever before
    imposed: Floats  # (h,) value it was given
    mark: Ints  # (h, 5) what happened this turn


STANDOFF_AXES = {
    "stakes": "h6",
    "before": "h2",
    "move": "h2",
    "stands": "h",
    "origin": "h",
    "imposed": "h",
    "mark": "h5",
}


@jit
def begin_threats(state: State) -> None:
    """No sanction stands before turn 1."""
    for h in range(state.standoff.stands.shape[0]):
        state.standoff.stands[h] = 0
        for column in range(5):
            state.standoff.mark[h, column] = 0


@jit
def differs(s: Structure, lever: int, one: float, other: float) -> bool:
    """Return whether two values of a lever are not the same to its users."""
    return abs(one - other) > TINY * (s.scale[lever, 1] - s.scale[lever, 0])


@jit
def step_toward(s: Structure, values: Values, state: State, lever: int, goal: float) -> float:
    """Return where one turn's step of the lever toward a value ends."""
    now = state.planned[lever]
    if goal > now:
        value = steps.step_up(now, goal, values.lever[lever, STEP_UP])
        if s.lever_drawn[lever] >= 0:
            value = steps.as_stock_allows(now, value, state.quantity[s.lever_drawn[lever]])
    else:
        value = steps.step_down(now, goal, values.lever[lever, STEP_DOWN])
    if s.lever_whole[lever] == 1:
        return steps.nearest_whole(value)
    return value


@jit
def is_at_liberty(s: Structure, state: State, lever: int) -> bool:
    """Return whether no agreement, snapback or delayed move holds the lever this turn."""
    if state.is_active[lever] == 0 or state.promised[lever] >= 0 or state.reverted[lever] == 1:
        return False
    return state.bound_channel[lever] < 0 and not is_pending(s, state, lever)


@jit
def weigh_demand(s: Structure, values: Values, state: State, h: int, demand: int) -> None:
    """Set what compliance brings the sender and costs the target."""
    sender, target = s.lever_owner[s.threat[h, SANCTION]], s.lever_owner[demand]
    stakes, now, to = state.standoff.stakes, state.planned[demand], state.standoff.move[h, 0]
    stakes[h, VALUE] = move_payoff(s, values, state, sender, demand, now, to)
    loss = -move_payoff(s, values, state, target, demand, now, to)
    stakes[h, STAKE] = loss + move_cost(s, values, demand, now, to)


@jit
def weigh_sanction(s: Structure, values: Values, state: State, h: int, demand: int) -> None:
    """Set what imposing, or lifting, brings the sender and costs the target."""
    sanction = s.threat[h, SANCTION]
    sender, target = s.lever_owner[sanction], s.lever_owner[demand]
    room, now = state.standoff, state.planned[sanction]
    to = room.move[h, 1]
    room.stakes[h, HARM] = -move_payoff(s, values, state, target, sanction, now, to)
    gain = move_payoff(s, values, state, sender, sanction, now, to)
    room.stakes[h, NET] = gain - move_cost(s, values, sanction, now, to)
    is_public = s.threat[h, PUBLIC] == 1
    room.stakes[h, EXPOSURE] = exposure(values.actor[sender, AUDIENCE_COST], is_public)
    if room.stands[h] == 1:
        back = room.origin[h]
        relief = move_payoff(s, values, state, sender, sanction, now, back)
        room.stakes[h, LIFT] = relief - move_cost(s, values, sanction, now, back)
        room.stakes[h, HARM] = move_payoff(s, values, state, target, sanction, now, back)


@jit
def open_threat(s: Structure, values: Values, state: State, h: int) -> int:
    """Return what the turn allows, and set the stakes.

    NOTHING, MAY_THREATEN, or STANDS: then the target may yield.
    """
    demand, sanction, room = s.threat[h, DEMAND], s.threat[h, SANCTION], state.standoff
    for column in range(5):
        room.mark[h, column] = 0
    if room.stands[h] == 1 and not is_pending(s, state, sanction):
        if differs(s, sanction, state.planned[sanction], room.imposed[h]):
            room.stands[h] = 0
    if not is_at_liberty(s, state, demand) or not is_at_liberty(s, state, sanction):
        return NOTHING
    room.before[h, 0], room.before[h, 1] = state.planned[demand], state.planned[sanction]
    room.move[h, 0] = step_toward(s, values, state, demand, values.threat[h, DEMANDED])
    room.move[h, 1] = step_toward(s, values, state, sanction, values.threat[h, IMPOSED_AT])
    if not differs(s, demand, state.planned[demand], room.move[h, 0]):
        return NOTHING
    if room.stands[h] == 0 and not differs(s, sanction, state.planned[sanction], room.move[h, 1]):
        return NOTHING
    weigh_demand(s, values, state, h, demand)
    weigh_sanction(s, values, state, h, demand)
    return STANDS if room.stands[h] == 1 else MAY_THREATEN


@jit
def threatens(s: Structure, values: Values, state: State, h: int) -> bool:
    """Return whether the sender threatens: whether that is worth more than 0, as it believes."""
    stakes, spread = state.standoff.stakes[h], values.threat[h, UNCERTAINTY]
    draw = draw_of(s, state, READ, h)
    reading = sanction_episode.read_cost(stakes[HARM], spread, draw)
    chance = sanction_episode.chance_above(reading, spread, stakes[STAKE])
    chance *= sanction_episode.chance_believed(
        stakes[NET], stakes[EXPOSURE], values.threat[h, HALF_DOUBT]
    )
    worth = sanction_episode.threat_payoff(stakes[VALUE], chance, stakes[NET], stakes[EXPOSURE])
    return worth > 0.0


@jit
def complies(s: Structure, values: Values, state: State, h: int) -> bool:
    """Return whether the target complies: the threat reads credible and costs more than it."""
    stakes = state.standoff.stakes[h]
    draw = draw_of(s, state, DOUBT, h)
    reading = sanction_episode.read_cost(stakes[NET], values.threat[h, HALF_DOUBT], draw)
    is_believed = sanction_episode.is_credible(reading, stakes[EXPOSURE])
    return sanction_episode.gives_in(is_believed, stakes[HARM], stakes[STAKE])


@jit
def imposes(state: State, h: int) -> bool:
    """Return whether the sender carries out its threat rather than back down."""
    stakes = state.standoff.stakes[h]
    return sanction_episode.is_credible(stakes[NET], stakes[EXPOSURE])


@jit
def yields(state: State, h: int) -> bool:
    """Return whether the target gives in to a sanction that stands, for having it lifted."""
    stakes = state.standoff.stakes[h]
    is_believed = sanction_episode.is_credible(stakes[LIFT], stakes[EXPOSURE])
    return sanction_episode.gives_in(is_believed, stakes[HARM], stakes[STAKE])


@jit
def put(s: Structure, values: Values, state: State, lever: int, value: float) -> None:
    """Move a lever in this phase: its owner pays, and it is not moved again this turn."""
    now = state.planned[lever]
    state.paid[s.lever_owner[lever]] += move_cost(s, values, lever, now, value)
    state.planned[lever] = value
    state.reverted[lever] = 1


@jit
def meet_demand(s: Structure, values: Values, state: State, h: int, is_late: bool) -> None:
    """Let the target comply at the threat, or yield to a standing sanction and see it lifted."""
    room = state.standoff
    put(s, values, state, s.threat[h, DEMAND], room.move[h, 0])
    if not is_late:
        room.mark[h, COMPLIED] = 1
        return
    room.mark[h, YIELDED] = 1
    room.stands[h] = 0
    put(s, values, state, s.threat[h, SANCTION], room.origin[h])


@jit
def impose(s: Structure, values: Values, state: State, h: int) -> None:
    """Carry out the threat."""
    room, sanction = state.standoff, s.threat[h, SANCTION]
    room.mark[h, IMPOSED] = 1
    room.stands[h] = 1
    room.origin[h], room.imposed[h] = state.planned[sanction], room.move[h, 1]
    put(s, values, state, sanction, room.move[h, 1])


@jit
def back_down(s: Structure, state: State, h: int) -> None:
    """Let the sender swallow its words."""
    room = state.standoff
    room.mark[h, BACKED_DOWN] = 1
    state.paid[s.lever_owner[s.threat[h, SANCTION]]] += room.stakes[h, EXPOSURE]


@jit
def coerce(s: Structure, values: Values, state: State, h: int) -> None:
    """Play threat ``h`` for this turn with the default decisions."""
    allowed = open_threat(s, values, state, h)
    if allowed == STANDS:
        if yields(state, h):
            meet_demand(s, values, state, h, True)
    elif allowed == MAY_THREATEN and threatens(s, values, state, h):
        state.standoff.mark[h, MADE] = 1
        if complies(s, values, state, h):
            meet_demand(s, values, state, h, False)
        elif imposes(state, h):
            impose(s, values, state, h)
        else:
            back_down(s, state, h)
