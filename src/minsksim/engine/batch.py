"""The batch kernel: many runs of one scenario, without Python between them.

Each run is a pure function of (scenario, design point, replication, seed). Callers cut the runs
into blocks as they like and may call from several threads: the kernel releases the GIL.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minsksim._compiled.loading import fastest
from minsksim._compiled.marks import jit, kernel
from minsksim.engine.arrays.compile import Compiled, compile_scenario
from minsksim.engine.arrays.copying import copy_row
from minsksim.engine.arrays.initial_state import load_point, new_state, new_values
from minsksim.engine.arrays.kinds import Floats, Ints
from minsksim.engine.arrays.randomness import whole_address
from minsksim.engine.arrays.records import State, Structure, Values
from minsksim.engine.arrays.salience_cache import forget_path
from minsksim.engine.record.meetings import PackageTable, package_table
from minsksim.engine.record.status import DONE, NOT_FINITE
from minsksim.engine.record.trace import (
    AgreementTable,
    EpisodeTable,
    Trace,
    agreement_table,
    episode_table,
    keep_turn,
    new_trace,
)
from minsksim.engine.schedule import begin, play_turn
from minsksim.engine.valuation.measures import reported
from minsksim.errors import UsageError
from minsksim.scenario import load_scenario

_SMALL = "split_the_pie"


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
    meetings: Ints | None = None  # (R, T, C, 1 + p) ending of each meeting, and who signed
    chances: Floats | None = None  # (R, T, C, 1 + p) that they meet, and that each party signs
    outbid: Ints | None = None  # (R, T, C) counter-offer that was taken instead, from 1, or 0
    held_back: Ints | None = None  # (R, T, o) 1 where a counter-offer would have been blocked
    refuses: Ints | None = None  # (R, T, C, r) whether such a ratifier refuses
    assent: Floats | None = None  # (R, T, C, r, 2) what a package brings a ratifier, and its needs
    left: Floats | None = None  # (R, T, C, 2) what was left for a meeting, and what one takes
    is_answer: Ints | None = None  # (R, T, C, a) 1 for answers that kept parties from a package
    is_still: Ints | None = None  # (R, T, C, L) 1 where nothing suits and a lever can go nowhere
    answers: Floats | None = None  # (R, T, a, 2) quantity that each answer read, what it added
    packages: PackageTable | None = None
    happened: Ints | None = None  # (R, E) turn in which each event struck, or 0
    kinds: Ints | None = None  # (R, b) 1 where the truth behind a belief is the high type


def traced_block(measures: Floats, status: Ints, trace: Trace) -> Block:
    """Return a block of runs that were kept turn by turn."""
    return Block(
        measures,
        status,
        series=trace.series,
        public=trace.public,
        utilities=trace.utilities,
        contributions=trace.contributions,
        agreements=agreement_table(trace),
        threats=episode_table(trace),
        meetings=trace.meetings,
        chances=trace.chances,
        outbid=trace.outbid,
        held_back=trace.held_back,
        refuses=trace.refuses,
        assent=trace.assent,
        left=trace.left,
        is_answer=trace.is_answer,
        is_still=trace.is_still,
        answers=trace.answers,
        packages=package_table(trace),
        happened=trace.happened,
        kinds=trace.kinds,
    )


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
    trace: Trace,
) -> None:
    """Run every row of a block, write its measures and status, and keep every turn if asked."""
    loaded = -1
    for r in range(replications.shape[0]):
        if point_of_run[r] != loaded:
            loaded = point_of_run[r]
            load_point(s, points[loaded], values)
            forget_path(state)
        begin(s, values, state, seed, replications[r])
        is_sound = True
        for turn in range(s.turns + 1):
            if turn > 0:
                play_turn(s, values, state, seed, replications[r], turn, is_traced)
            is_sound = is_sound and is_finite(state.utility)
            if is_traced:
                keep_turn(s, values, state, trace, r, turn)
        status[r] = DONE if is_sound and is_finite(state.measure) else NOT_FINITE
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

    Raises
    ------
    UsageError
        If a number lies where it cannot, or a run has no point or no replication.
    """
    runs, (seed, _) = len(replications), whole_address(seed, 0)
    points = np.ascontiguousarray(points, dtype=np.float64)
    point_of_run = np.ascontiguousarray(point_of_run, dtype=np.int64)
    replications = np.ascontiguousarray(replications, dtype=np.int64)
    compiled.check(points)
    _check_runs(point_of_run, replications, len(points))
    measures, status = np.zeros((runs, len(compiled.measures))), np.zeros(runs, np.int64)
    trace = new_trace(compiled, runs if is_traced else 0)
    arguments = (
        compiled.structure,
        new_values(compiled.structure),
        new_state(compiled.structure),
        points,
        point_of_run,
        replications,
        seed,
        measures,
        status,
        is_traced,
        trace,
    )
    fastest(run_block, *arguments)(*arguments)
    measures = reported(compiled.structure, measures)
    return traced_block(measures, status, trace) if is_traced else Block(measures, status)


def _check_runs(point_of_run: Ints, replications: Ints, points: int) -> None:
    """Refuse runs of points that are not there: compiled code does not look."""
    if point_of_run.shape != (len(replications),) or replications.ndim != 1:
        raise UsageError("point_of_run and replications must have one whole number for each run")
    if len(replications) and not 0 <= point_of_run.min() <= point_of_run.max() < points:
        raise UsageError(f"point_of_run must name rows of the points, from 0 to {points - 1}")
    if len(replications) and replications.min() < 0:
        raise UsageError("replications must not be negative")


def load_kernel() -> None:
    """Compile the kernel, or load it where it was compiled before; it serves all scenarios."""
    scenario = compile_scenario(load_scenario(_SMALL))
    first = np.zeros(1, np.int64)
    simulate(scenario, scenario.numbers[None, :], first, first, 0)
