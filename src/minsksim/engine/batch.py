"""The batch kernel: many runs of one scenario, without Python between them.

Each run is a pure function of (scenario, design point, replication, seed). Callers cut the runs
into blocks as they like and may call from several threads: the kernel releases the GIL.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minsksim._jit import jit, kernel
from minsksim._records import by_reference
from minsksim.engine.arrays.compile import Compiled
from minsksim.engine.arrays.copying import copy_row, copy_rows
from minsksim.engine.arrays.initial_state import load_point, new_state, new_values
from minsksim.engine.arrays.records import Floats, Ints, State, Structure, Values
from minsksim.engine.arrays.salience_cache import forget_course
from minsksim.engine.phases.tranches import is_kept
from minsksim.engine.record.status import DONE, NOT_FINITE
from minsksim.engine.record.trace import (
    EpisodeTable,
    episode_table,
    record_ends,
    record_threats,
    room_for_threats,
)
from minsksim.engine.schedule import begin, play_turn
from minsksim.vocabulary import AGREED, UNDER_WAY


@dataclass(frozen=True)
class AgreementTable:
    """Agreements of a block of runs, one row each, in the order of run, turn and channel.

    Attributes
    ----------
    run, turn, channel : ndarray, shape (G,)
        Row of the block, 1-based turn and channel index.
    gain, kept : ndarray, shape (G, M)
        Gain in utils and 1 if kept, all parts of it so far, by party; 0 where a channel has
        fewer than M.
    delivered : ndarray, shape (G,)
        How many of its parts all parties kept.
    externalities : ndarray, shape (G, A)
        Change of every actor's utility, utils.
    before, after : ndarray, shape (G, L)
        Lever values before and as signed.
    """

    run: Ints
    turn: Ints
    channel: Ints
    gain: Floats
    kept: Ints
    delivered: Ints
    externalities: Floats
    before: Floats
    after: Floats


@dataclass(frozen=True)
class Block:
    """What came out of a block of R runs."""

    measures: Floats  # (R, Q)
    status: Ints  # (R,)
    series: Floats | None = None  # (R, T + 1, V)
    public: Floats | None = None  # (R, T + 1, L)
    utilities: Floats | None = None  # (R, T + 1, A)
    contributions: Floats | None = None  # (R, T + 1, A, K + 2)
    agreements: AgreementTable | None = None
    threats: EpisodeTable | None = None
    happened: Ints | None = None  # (R, E) turn in which each event struck, or 0
    kinds: Ints | None = None  # (R, B) 1 where the truth behind a belief is the high type


@jit
def record_turn(
    state: State,
    run: int,
    turn: int,
    series: np.ndarray,
    public: np.ndarray,
    utilities: np.ndarray,
    contributions: np.ndarray,
) -> None:
    """Copy the state of a settled turn."""
    copy_row(state.quantity, series[run, turn])
    copy_row(state.seen[state.seen.shape[0] - 1], public[run, turn])
    copy_row(state.utility, utilities[run, turn])
    copy_rows(state.contribution, contributions[run, turn])


@jit
def record_agreements(
    s: Structure,
    state: State,
    run: int,
    turn: int,
    marks: np.ndarray,
    sums: np.ndarray,
    moves: np.ndarray,
) -> None:
    """Copy a turn's agreements: marks (happened, kept, parts), sums (gains, externalities)."""
    levers, seats = moves.shape[4], state.offer_gain.shape[1]
    for c in range(state.offer_state.shape[0]):
        if state.offer_state[c] == UNDER_WAY:
            for side in range(seats):
                if state.has_kept[c, side] == 0:
                    marks[run, state.parts.signed[c] - 1, c, 1 + side] = 0
            if is_kept(s, state, c):
                marks[run, state.parts.signed[c] - 1, c, 1 + seats] += 1
        if state.offer_state[c] != AGREED:
            continue
        marks[run, turn - 1, c, 0] = 1
        copy_row(state.has_kept[c], marks[run, turn - 1, c, 1 : 1 + seats])
        marks[run, turn - 1, c, 1 + seats] = 1 if is_kept(s, state, c) else 0
        copy_row(state.offer_gain[c], sums[run, turn - 1, c, :seats])
        copy_row(state.externality[c], sums[run, turn - 1, c, seats:])
        for lever in range(levers):
            moves[run, turn - 1, c, 0, lever] = state.at_table[lever]
            moves[run, turn - 1, c, 1, lever] = state.at_table[lever]
            if state.promised[lever] == c:
                moves[run, turn - 1, c, 1, lever] = state.offer_value[c, lever]


@jit
def is_finite(numbers: np.ndarray) -> bool:
    """Return whether every number is finite."""
    for i in range(numbers.shape[0]):
        if not np.isfinite(numbers[i]):
            return False
    return True


@kernel
def run_block(
    s: Structure,
    values: Values,
    state: State,
    points: np.ndarray,
    point_of_run: np.ndarray,
    replications: np.ndarray,
    seed: int,
    measures: np.ndarray,
    status: np.ndarray,
    is_traced: bool,
    traces: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray],
    records: tuple[np.ndarray, np.ndarray, np.ndarray],
    stories: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray],
) -> None:
    """Run every row of a block, write its measures and status, and keep every turn if asked."""
    series, public, utilities, contributions = traces
    marks, sums, moves = records
    courses, levels, happened, kinds = stories
    loaded = -1
    for r in range(replications.shape[0]):
        if point_of_run[r] != loaded:
            loaded = point_of_run[r]
            load_point(s, points[loaded], values)
            forget_course(state)
        begin(s, values, state, seed, replications[r])
        for turn in range(s.turns + 1):
            if turn > 0:
                play_turn(s, values, state, seed, replications[r], turn, is_traced)
            if is_traced:
                record_turn(state, r, turn, series, public, utilities, contributions)
                record_agreements(s, state, r, turn, marks, sums, moves)
                record_threats(state, r, turn, courses, levels)
        if is_traced:
            record_ends(state, r, happened, kinds)
        is_sound = is_finite(state.measure) and is_finite(state.utility)
        status[r] = DONE if is_sound else NOT_FINITE
        copy_row(state.measure, measures[r])


def simulate(
    compiled: Compiled,
    points: Floats,
    point_of_run: Ints,
    replications: Ints,
    seed: int,
    *,
    is_traced: bool = False,
) -> Block:
    """Run a block of runs.

    Parameters
    ----------
    compiled : Compiled
        A compiled scenario.
    points : ndarray, shape (P, N)
        Design points: a value for every model number.
    point_of_run, replications : ndarray of int, shape (R,)
        Design point (row of ``points``) and replication of each run.
    seed : int
        Seed of the sweep, 0 <= seed < 2**63.
    is_traced : bool
        Keep every turn and every agreement; memory grows with R * T.

    Returns
    -------
    Block
        Measures and status of every run, and traces if asked for.
    """
    runs = len(replications)
    s = by_reference(compiled.structure)
    values = by_reference(new_values(compiled.structure))
    state = by_reference(new_state(compiled.structure))
    points = np.ascontiguousarray(points, dtype=np.float64)
    measures, status = np.zeros((runs, len(compiled.measures))), np.zeros(runs, np.int64)
    point_of_run = np.ascontiguousarray(point_of_run, dtype=np.int64)
    replications = np.ascontiguousarray(replications, dtype=np.int64)
    traces, records = _room(compiled, runs if is_traced else 0)
    stories = room_for_threats(compiled.axes, compiled.turns, runs if is_traced else 0)
    run_block(
        s,
        values,
        state,
        points,
        point_of_run,
        replications,
        seed,
        measures,
        status,
        is_traced,
        traces,
        records,
        stories,
    )
    if not is_traced:
        return Block(measures, status)
    courses, levels, *ends = stories
    episodes = episode_table(courses, levels)
    return Block(measures, status, *traces, _agreement_table(*records), episodes, *ends)


def _room(
    compiled: Compiled, rows: int
) -> tuple[tuple[Floats, Floats, Floats, Floats], tuple[Ints, Floats, Floats]]:
    """Return empty traces and records for a number of runs."""
    actors, levers = len(compiled.actors), len(compiled.axes.levers)
    turns, (channels, seats) = compiled.turns, compiled.structure.seats.shape
    traces = (
        np.zeros((rows, turns + 1, len(compiled.quantities))),
        np.zeros((rows, turns + 1, levers)),
        np.zeros((rows, turns + 1, actors)),
        np.zeros((rows, turns + 1, actors, len(compiled.interests) + 2)),
    )
    records = (
        np.zeros((rows, turns, channels, 2 + seats), np.int64),
        np.zeros((rows, turns, channels, seats + actors)),
        np.zeros((rows, turns, channels, 2, levers)),
    )
    return traces, records


def _agreement_table(marks: Ints, sums: Floats, moves: Floats) -> AgreementTable:
    """Return the rows where an agreement was made."""
    seats = marks.shape[-1] - 2
    run, turn, channel = np.nonzero(marks[..., 0])
    mark, total, move = (
        marks[run, turn, channel],
        sums[run, turn, channel],
        moves[run, turn, channel],
    )
    return AgreementTable(
        run=run,
        turn=turn + 1,
        channel=channel,
        gain=total[:, :seats],
        kept=mark[:, 1 : 1 + seats],
        delivered=mark[:, 1 + seats],
        externalities=total[:, seats:],
        before=move[:, 0],
        after=move[:, 1],
    )
