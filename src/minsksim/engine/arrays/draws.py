"""The draws of a turn: every random number that its phases may ask for, drawn as it opens.

Addresses make them the same as if each phase drew its own, and drawing all at once is a tenth
of the work.
"""

from minsksim._compiled.marks import inlined, jit
from minsksim.engine.arrays.randomness import uniform
from minsksim.engine.arrays.records import State, Structure


@jit
def make_draws(s: Structure, state: State, seed: int, rep: int, turn: int) -> None:
    """Draw every random number of a turn."""
    draws, name, purpose = state.draws, s.draw_name, s.draw_purpose
    for row in range(draws.shape[0]):
        draws[row] = uniform(seed, rep, turn, name[row], purpose[row])


@inlined
def draw_of(s: Structure, state: State, purpose: int, index: int) -> float:
    """Return this turn's random number in [0, 1) for a purpose, of a channel, actor or the like."""
    return state.draws[s.draw_start[purpose] + index]


@inlined
def draw_at_table(s: Structure, state: State, purpose: int, c: int, side: int) -> float:
    """Return this turn's random number in [0, 1) for a purpose, of a party of channel ``c``."""
    return draw_of(s, state, purpose, c * s.seats.shape[1] + side)
