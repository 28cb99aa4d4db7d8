"""Perceive: secret levers leak by chance, and everybody sees what it can see."""

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.copying import copy_row
from minsksim.engine.arrays.draws import draw_of
from minsksim.engine.arrays.randomness import LEAK
from minsksim.engine.arrays.records import (
    LEAK_RATE,
    State,
    Structure,
    Values,
)
from minsksim.rules.perception import perceive


@jit
def leak(s: Structure, values: Values, state: State) -> None:
    """Let secret levers become known this turn by chance."""
    for row in range(s.secret_levers.shape[0]):
        lever = s.secret_levers[row]
        is_leaked = draw_of(s, state, LEAK, row) < values.lever[lever, LEAK_RATE]
        state.has_leaked[lever] = 1 if is_leaked else 0


@jit
def look(s: Structure, state: State, a: int) -> None:
    """Let actor ``a`` (or the public, the last row) see what it can see of every lever.

    Hidden from it are few levers or none, so it sees all and these are put back.
    """
    hidden, kept = s.hidden_levers, state.workspace.kept
    first, last = s.hidden_start[a], s.hidden_start[a + 1]
    for row in range(first, last):
        lever = hidden[row]
        is_leaked = state.has_leaked[lever] == 1
        kept[lever] = perceive(state.quantity[lever], state.seen[a, lever], False, is_leaked)
    copy_row(state.quantity, state.seen[a])
    for row in range(first, last):
        state.seen[a, hidden[row]] = kept[hidden[row]]


@jit
def play(
    s: Structure, values: Values, state: State, seed: int, rep: int, turn: int, is_traced: bool
) -> None:
    """Play the phase: leaks first, then every actor and the public look."""
    leak(s, values, state)
    for onlooker in range(state.seen.shape[0]):
        look(s, state, onlooker)
