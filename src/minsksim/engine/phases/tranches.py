"""Agreements delivered in parts: what is left of one, and what each part is.

An agreement of a channel with ``tranches: n`` is one promise in n equal parts, one a turn. Each
turn either party may still break it, tempted by that part alone. Until it is over its levers are
promised, the channel makes no other agreement and neither grows nor fades, and the ledgers of
trust wait: they count agreements, not parts.
"""

from minsksim._compiled.marks import jit
from minsksim.endings import AGREED, UNDER_WAY
from minsksim.engine.arrays.records import State, Structure, Values
from minsksim.engine.bargaining.lever_payoff import move_cost, move_payoff
from minsksim.engine.bargaining.many_parties import seat_of
from minsksim.rules.parts import share_by


@jit
def begin_parts(state: State) -> None:
    """Nothing is under way before turn 1."""
    parts = state.parts
    for c in range(parts.left.shape[0]):
        parts.left[c] = 0
        parts.is_done[c] = 0
    for lever in range(parts.of.shape[0]):
        parts.of[lever] = -1


@jit
def resume(state: State) -> None:
    """Before anybody bargains, promise again what agreements under way still move."""
    parts = state.parts
    for c in range(parts.left.shape[0]):
        parts.is_done[c] = 0
        if parts.left[c] > 0:
            state.offer_state[c] = UNDER_WAY
    for lever in range(parts.of.shape[0]):
        c = parts.of[lever]
        if c >= 0:
            if parts.left[c] > 0:
                state.promised[lever] = c
            else:
                parts.of[lever] = -1


@jit
def is_due(state: State, c: int) -> bool:
    """Return whether there is something to deliver in channel ``c`` this turn."""
    return state.offer_state[c] == AGREED or state.offer_state[c] == UNDER_WAY


@jit
def split(s: Structure, state: State, c: int, turn: int) -> None:
    """Lay an agreement just signed out in parts, if its channel delivers so."""
    count, parts = s.channel_tranches[c], state.parts
    if count == 1:
        return
    parts.left[c], parts.signed[c] = count, turn
    for lever in range(parts.of.shape[0]):
        if state.promised[lever] == c:
            parts.of[lever] = c
            parts.origin[lever] = state.quantity[lever]
            parts.goal[lever] = state.offer_value[c, lever]
            parts.reached[lever] = state.quantity[lever]


@jit
def came_from(s: Structure, state: State, lever: int) -> float:
    """Return the value from which a lever is moved: of a delayed one, what was sent off before."""
    if state.parts.of[lever] >= 0 and s.lever_momentary[lever] == 0:
        return state.parts.reached[lever]
    return state.quantity[lever]


@jit
def value_after(s: Structure, state: State, c: int, lever: int, part: int) -> float:
    """Return the value of a lever once so many parts of channel ``c``'s agreement have come.

    Of a momentary lever it is as if it never fell back.
    """
    parts, count = state.parts, s.channel_tranches[c]
    if part >= count:
        return parts.goal[lever]
    change = parts.goal[lever] - parts.origin[lever]
    return parts.origin[lever] + share_by(change, part, count, s.lever_whole[lever] == 1)


@jit
def cut(s: Structure, values: Values, state: State, c: int) -> None:
    """Put this turn's part in place of the whole package, and weigh each party's own moves."""
    parts = state.parts
    if parts.left[c] == 0:
        return
    count = s.channel_tranches[c]
    part = count - parts.left[c] + 1
    for side in range(s.channel_size[c]):
        state.offer_own[c, side] = 0.0
    for lever in range(parts.of.shape[0]):
        if parts.of[lever] != c:
            continue
        before, value = came_from(s, state, lever), parts.goal[lever]
        if state.is_active[lever] == 0:
            value = before
        elif s.lever_momentary[lever] == 1:
            whole, total = s.lever_whole[lever] == 1, value - parts.origin[lever]
            done = share_by(total, part - 1, count, whole)
            value = before + share_by(total, part, count, whole) - done
            # an event may have moved the lever since
            value = min(max(value, s.scale[lever, 0]), s.scale[lever, 1])
        elif part < count:
            value = value_after(s, state, c, lever, part)
        state.offer_value[c, lever] = value
        owner = s.lever_owner[lever]
        side = seat_of(s, c, owner)
        worth = move_payoff(s, values, state, owner, lever, before, value)
        state.offer_own[c, side] += worth - move_cost(s, values, lever, before, value)


@jit
def is_kept(s: Structure, state: State, c: int) -> bool:
    """Return whether every party has kept its side of what is due."""
    for side in range(s.channel_size[c]):
        if state.has_kept[c, side] == 0:
            return False
    return True


@jit
def is_over(s: Structure, state: State, c: int) -> bool:
    """Return whether the agreement ends with this part: it is the last, or somebody broke it."""
    return state.parts.left[c] <= 1 or not is_kept(s, state, c)


@jit
def close_part(s: Structure, state: State, c: int) -> None:
    """Count the part that was delivered, and put the whole package back for the record."""
    parts = state.parts
    has_come = is_kept(s, state, c)
    if has_come and parts.left[c] <= 1:
        parts.is_done[c] = 1
    parts.left[c] = max(parts.left[c] - 1, 0) if has_come else 0
    for lever in range(parts.of.shape[0]):
        if parts.of[lever] == c:
            parts.reached[lever] = state.offer_value[c, lever]
            state.offer_value[c, lever] = parts.goal[lever]
