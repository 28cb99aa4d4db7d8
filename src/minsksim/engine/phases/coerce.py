"""Sanction episodes: threaten, comply or resist, impose or back down; and lifting what stands.

Stakes are changes of utility by one turn's move of the two levers. The play is that of
``theory/sanction_game.py``. A target that resisted may still yield while the sanction stands, if
the sender would then lift it: as it would have complied at once had it known all, this happens
only where the target misread the sender's resolve, or where the stakes have changed since.
"""

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.draws import draw_of
from minsksim.engine.arrays.randomness import DOUBT, READ
from minsksim.engine.arrays.records import (
    STEP_DOWN,
    STEP_UP,
    State,
    Structure,
    Values,
)
from minsksim.engine.bargaining.lever_payoff import move_cost, move_payoff
from minsksim.engine.bargaining.offer import TINY
from minsksim.engine.bargaining.pools import left_to_draw
from minsksim.engine.bargaining.reaches import has_lumps, is_pending, on_last_lump
from minsksim.engine.valuation.answers import audience_cost_of
from minsksim.rules import sanction_episode, steps
from minsksim.rules.going_back import exposure
from minsksim.vocabulary import BACKED_DOWN, COMPLIED, IMPOSED, MADE, YIELDED

# columns of Structure.threat and of Values.threat
DEMAND, SANCTION, PUBLIC = 0, 1, 2
DEMANDED, IMPOSED_AT, UNCERTAINTY, HALF_DOUBT = 0, 1, 2, 3

# columns of Standoff.stakes
VALUE, STAKE, HARM, NET, EXPOSURE, LIFT = 0, 1, 2, 3, 4, 5

# what an actor is asked: the target of a standing sanction, the sender, the target, the sender
NOBODY, YIELDS, THREATENS, COMPLIES, IMPOSES = 0, 1, 2, 3, 4


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
        if s.lever_pool_start[lever + 1] > s.lever_pool_start[lever]:
            value = steps.as_stock_allows(now, value, left_to_draw(s, state, lever))
    else:
        value = steps.step_down(now, goal, values.lever[lever, STEP_DOWN])
    if has_lumps(s, lever):
        value = on_last_lump(s, lever, now, value)
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
    room.stakes[h, EXPOSURE] = exposure(audience_cost_of(values, state, sender), is_public)
    if room.stands[h] == 1:
        back = room.origin[h]
        relief = move_payoff(s, values, state, sender, sanction, now, back)
        room.stakes[h, LIFT] = relief - move_cost(s, values, sanction, now, back)
        room.stakes[h, HARM] = move_payoff(s, values, state, target, sanction, now, back)


@jit
def open_threat(s: Structure, values: Values, state: State, h: int) -> int:
    """Set the stakes; return what is asked first.

    YIELDS where a sanction stands, else THREATENS, or NOBODY if the turn allows nothing.
    """
    demand, sanction, room = s.threat[h, DEMAND], s.threat[h, SANCTION], state.standoff
    for column in range(5):
        room.mark[h, column] = 0
    if room.stands[h] == 1 and not is_pending(s, state, sanction):
        if differs(s, sanction, state.planned[sanction], room.imposed[h]):
            room.stands[h] = 0
    if not is_at_liberty(s, state, demand) or not is_at_liberty(s, state, sanction):
        return NOBODY
    room.before[h, 0], room.before[h, 1] = state.planned[demand], state.planned[sanction]
    room.move[h, 0] = step_toward(s, values, state, demand, values.threat[h, DEMANDED])
    room.move[h, 1] = step_toward(s, values, state, sanction, values.threat[h, IMPOSED_AT])
    if not differs(s, demand, state.planned[demand], room.move[h, 0]):
        return NOBODY
    if room.stands[h] == 0 and not differs(s, sanction, state.planned[sanction], room.move[h, 1]):
        return NOBODY
    weigh_demand(s, values, state, h, demand)
    weigh_sanction(s, values, state, h, demand)
    return YIELDS if room.stands[h] == 1 else THREATENS


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
def close_question(
    s: Structure, values: Values, state: State, h: int, question: int, says_yes: bool
) -> int:
    """Let an answer take effect; return the question that follows, or NOBODY."""
    if question == YIELDS or question == COMPLIES:
        if says_yes:
            meet_demand(s, values, state, h, question == YIELDS)
        return IMPOSES if question == COMPLIES and not says_yes else NOBODY
    if question == THREATENS:
        if not says_yes:
            return NOBODY
        state.standoff.mark[h, MADE] = 1
        return COMPLIES
    if says_yes:
        impose(s, values, state, h)
    else:
        back_down(s, state, h)
    return NOBODY


@jit
def decides(s: Structure, values: Values, state: State, h: int, question: int) -> bool:
    """Return the default answer of the actor who is asked."""
    if question == YIELDS:
        return yields(state, h)
    if question == THREATENS:
        return threatens(s, values, state, h)
    if question == COMPLIES:
        return complies(s, values, state, h)
    return imposes(state, h)


@jit
def play(
    s: Structure, values: Values, state: State, seed: int, rep: int, turn: int, is_traced: bool
) -> None:
    """Play the phase: one threat after another, question by question."""
    for h in range(s.threat.shape[0]):
        question = open_threat(s, values, state, h)
        while question != NOBODY:
            says_yes = decides(s, values, state, h, question)
            question = close_question(s, values, state, h, question, says_yes)
