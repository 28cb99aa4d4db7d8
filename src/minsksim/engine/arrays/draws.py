"""The luck of a turn: every random number that its phases may ask for, drawn as it opens.

Addresses make it the same luck as if each phase drew its own, and drawing all at once is a tenth
of the work.
"""

from minsksim._jit import inlined, jit
from minsksim.engine.arrays.randomness import uniform
from minsksim.engine.arrays.records import State, Structure


@jit
def draw_luck(s: Structure, state: State, seed: int, rep: int, turn: int) -> None:
    """Draw the luck of a turn."""
    luck, name, purpose = state.luck, s.luck_name, s.luck_purpose
    for row in range(luck.shape[0]):
        luck[row] = uniform(seed, rep, turn, name[row], purpose[row])


@inlined
def luck_of(s: Structure, state: State, purpose: int, index: int) -> float:
    """Return this turn's random number in [0, 1) for a purpose, of a channel, actor or the like."""
    return state.luck[s.luck_start[purpose] + index]


@inlined
def luck_at_table(s: Structure, state: State, purpose: int, c: int, side: int) -> float:
    """Return this turn's random number in [0, 1) for a purpose, of a party of channel ``c``."""
    return luck_of(s, state, purpose, c * s.seats.shape[1] + side)
