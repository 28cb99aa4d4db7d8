"""Perceive: secret levers leak by chance, and everybody sees what it can see."""

from minsksim._compiled.marks import jit
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
    """Let actor ``a`` (or the public, the last row) see what it can see of every lever."""
    quantity, seen = state.quantity, state.seen
    sight, leaked = s.lever_sight, state.has_leaked
    for lever in range(sight.shape[1]):
        seen[a, lever] = perceive(
            quantity[lever], seen[a, lever], sight[a, lever] == 1, leaked[lever] == 1
        )


@jit
def play(
    s: Structure, values: Values, state: State, seed: int, rep: int, turn: int, is_traced: bool
) -> None:
    """Play the phase: leaks first, then every actor and the public look."""
    leak(s, values, state)
    for onlooker in range(state.seen.shape[0]):
        look(s, state, onlooker)
