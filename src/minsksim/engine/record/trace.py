"""What a traced block keeps beside turns and agreements: threats played, events, private types."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minsksim._jit import jit
from minsksim.engine.arrays.axes import Axes
from minsksim.engine.arrays.copying import copy_row
from minsksim.engine.arrays.records import Floats, Ints, State
from minsksim.engine.phases.coerce import SANCTION
from minsksim.vocabulary import COMPLIED, YIELDED


@dataclass(frozen=True)
class EpisodeTable:
    """Threats played in a block of runs, one row each, in the order of run, turn and threat.

    Attributes
    ----------
    run, turn, threat : ndarray, shape (G,)
        Row of the block, 1-based turn and threat index.
    course : ndarray, shape (G,)
        Column of ``Standoff.mark`` that says what came of it.
    before, after : ndarray, shape (G, 2)
        Values of the levers of demand and sanction: where they were, and where they went or
        would have gone.
    """

    run: Ints
    turn: Ints
    threat: Ints
    course: Ints
    before: Floats
    after: Floats


@jit
def record_threats(
    state: State, run: int, turn: int, courses: np.ndarray, levels: np.ndarray
) -> None:
    """Copy the course of every threat of a turn, and the levers' values before and after."""
    room = state.standoff
    for h in range(courses.shape[2]):
        for column in range(COMPLIED, YIELDED + 1):
            if room.mark[h, column] == 1:
                courses[run, turn - 1, h] = column
                copy_row(room.before[h], levels[run, turn - 1, h, 0])
                copy_row(room.move[h], levels[run, turn - 1, h, 1])
                if column == YIELDED:
                    levels[run, turn - 1, h, 1, SANCTION] = room.origin[h]


@jit
def record_ends(state: State, run: int, happened: np.ndarray, kinds: np.ndarray) -> None:
    """Copy what holds for a whole run: when each event struck, and every private type."""
    copy_row(state.has_happened, happened[run])
    copy_row(state.mind.kind, kinds[run])


def room_for_threats(axes: Axes, turns: int, rows: int) -> tuple[Ints, Floats, Ints, Ints]:
    """Return empty arrays for a number of runs."""
    threats = len(axes.threats)
    return (
        np.zeros((rows, turns, threats), np.int64),
        np.zeros((rows, turns, threats, 2, 2)),
        np.zeros((rows, len(axes.events)), np.int64),
        np.zeros((rows, len(axes.beliefs)), np.int64),
    )


def episode_table(courses: Ints, levels: Floats) -> EpisodeTable:
    """Return the rows where a threat was made, or a standing sanction was yielded to."""
    run, turn, threat = np.nonzero(courses)
    level = levels[run, turn, threat]
    return EpisodeTable(
        run=run,
        turn=turn + 1,
        threat=threat,
        course=courses[run, turn, threat],
        before=level[:, 0],
        after=level[:, 1],
    )
