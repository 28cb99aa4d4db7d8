"""Influence: salience moves towards that of the actors one heeds (Friedkin-Johnsen)."""

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.copying import copy_row, copy_rows
from minsksim.engine.arrays.records import (
    SUSCEPTIBILITY,
    State,
    Structure,
    Values,
)
from minsksim.engine.arrays.salience_cache import is_on_path, recall_salience
from minsksim.rules.influence import friedkin_johnsen, normalise


@jit
def attend(s: Structure, values: Values, state: State, a: int) -> None:
    """Stage actor ``a``'s next salience from those it heeds (Friedkin-Johnsen)."""
    openness, attention = values.actor[a, SUSCEPTIBILITY], values.attention[a]
    innate, now, staged = state.innate[a], state.salience, state.next_salience[a]
    if openness == 0.0:
        copy_row(innate, staged)
        return
    friedkin_johnsen(attention, openness, innate, now, staged)
    normalise(staged)


@jit
def adopt(state: State) -> None:
    """Let all staged salience take effect at once."""
    copy_rows(state.next_salience, state.salience)


@jit
def play(
    s: Structure, values: Values, state: State, seed: int, rep: int, turn: int, is_traced: bool
) -> None:
    """Play the phase; where chance had no hand in salience, its course is known from other runs."""
    if is_on_path(state, turn):
        recall_salience(state, turn)
        return
    for a in range(state.salience.shape[0]):
        attend(s, values, state, a)
    adopt(state)
