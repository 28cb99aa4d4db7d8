"""Sweeps that cannot answer what they seem to: nobody agrees, nothing moves, a number is dead.

Each finding is a sentence about the runs that were made; that a thing never happened in them does
not show that it cannot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from minsksim.experiment.dead_parameters import dead_in_probe
from minsksim.experiment.question.samplers import group_of
from minsksim.scenario.meetings import meets_by_quality_alone
from minsksim.text import joined

if TYPE_CHECKING:
    from minsksim.experiment import Result
    from minsksim.experiment.running.kernel import Kernel

_MOST_NAMES = 6


def call_out(
    result: Result, kernel: Kernel | None = None, *, has_probe: bool = True
) -> tuple[str, ...]:
    """Return a sentence for each thing that makes a sweep degenerate.

    Parameters
    ----------
    result : Result
    kernel : Kernel, optional
        For tests; the real engine by default, used only for designs without neighbours.
    has_probe : bool
        Whether such designs may be probed for dead numbers by a few runs.
    """
    return (
        *nothing_agreed(result),
        *_still_levers(result),
        *_constant_measures(result),
        *_dead_numbers(result, kernel, has_probe),
    )


def nothing_agreed(result: Result) -> Iterator[str]:
    """Yield a sentence for each scenario in which nobody ever meets, or ever agrees."""
    kept = result.manifest["question"]["agreements"]
    if kept == 0 or result.failed == result.record["runs"]:
        return
    reached = set(result.agreements["scenario"])
    for name, scenario in result.scenarios.items():
        if scenario.document.channels and name not in reached:
            channels = scenario.document.channels
            mine = result.series[result.series["scenario"] == name]
            seen = mine.reindex(columns=[f"channels.{channel}" for channel in channels])
            is_shut = not seen.empty and (seen == 0.0).all(axis=None)
            if is_shut and all(meets_by_quality_alone(scenario.document, c) for c in channels):
                yield f"{name}: nobody ever meets, since the quality of every channel is 0."
            else:
                yield f"{name}: nobody ever agrees in the runs whose agreements were kept."


def _still_levers(result: Result) -> Iterator[str]:
    series = result.series
    for name, scenario in result.scenarios.items():
        mine = series[series["scenario"] == name]
        if mine.empty:
            continue
        by_run = mine.groupby(["point", "replication"])
        levers = [f"levers.{lever}" for lever in scenario.document.levers]
        # a lever that only begins elsewhere at another point of the design has not moved
        moves = by_run[levers].nunique().max() > 1
        still = [name.removeprefix("levers.") for name in levers if not moves[name]]
        if still:
            still = [f"'{scenario.document.levers[lever].label}'" for lever in still]
            runs = by_run.ngroups
            verb = "never moves" if len(still) == 1 else "never move"
            yield f"{name}: {_listed(still)} {verb} in the {runs:,} runs kept turn by turn."


def _constant_measures(result: Result) -> Iterator[str]:
    for name, scenario in result.scenarios.items():
        same, runs = [], 0
        for measure in scenario.document.measures:
            values = result.finished(name, (measure,))[measure]
            runs, known = len(values), values.dropna()
            if known.empty or known.min() == known.max():
                same.append(f"'{scenario.document.measures[measure].label}'")
        if same and runs > 1:
            verb = "is" if len(same) == 1 else "are"
            yield f"{name}: {_listed(same)} {verb} the same in every one of {runs:,} runs."


def _dead_numbers(result: Result, kernel: Kernel | None, has_probe: bool) -> Iterator[str]:
    """Name the varied numbers that change no measure: in neighbouring points, or in a probe."""
    if not result.varied:
        return
    design = result.manifest["question"]["design"]
    has_neighbours = design["kind"] in ("saltelli", "morris", "grid")
    pairs: list[tuple[int, int, int]] = []
    if has_neighbours:
        pairs += neighbours(design, result.points().to_numpy(dtype=np.float64))
    for name in result.scenarios if pairs or has_probe else ():
        if pairs:
            dead, where = _unmoved(result, name, pairs), "between neighbouring points"
        else:
            dead, runs = dead_in_probe(result.manifest, result.path, name, kernel)
            where = f"when moved alone from one end of its range to the other, in {runs} runs"
        if dead:
            verb = "changes" if len(dead) == 1 else "change"
            yield f"{name}: {_listed(dead)} {verb} no measure {where}."


def neighbours(
    design: dict[str, object], values: npt.NDArray[np.float64]
) -> Iterator[tuple[int, int, int]]:
    """Yield (column, point, point) for points that differ in one number alone, by design."""
    kind, dimensions = str(design["kind"]), values.shape[1]
    size = group_of(kind, dimensions)
    if kind == "saltelli":
        for start in range(0, len(values), size):
            yield from ((column, start, start + 1 + column) for column in range(dimensions))
    elif kind == "morris":
        for start in range(0, len(values), size):
            for step in range(start, start + dimensions):
                yield int(np.flatnonzero(values[step] != values[step + 1])[0]), step, step + 1
    elif kind == "grid":
        yield from _grid_neighbours(values)


def _grid_neighbours(values: npt.NDArray[np.float64]) -> Iterator[tuple[int, int, int]]:
    place = {tuple(row): point for point, row in enumerate(values)}
    for column in range(values.shape[1]):
        levels = np.unique(values[:, column])
        following = dict(zip(levels[:-1].tolist(), levels[1:].tolist(), strict=True))
        for point, row in enumerate(values):
            if row[column] in following:
                other = row.copy()
                other[column] = following[row[column]]
                if tuple(other) in place:
                    yield column, point, place[tuple(other)]


def _unmoved(result: Result, scenario: str, pairs: Sequence[tuple[int, int, int]]) -> list[str]:
    """Return the numbers for which no pair of points differs in any measure of any run."""
    measures = list(result.scenarios[scenario].document.measures)
    runs = result.columns(scenario, measures)
    shape = (-1, result.runs_per_point, len(measures))
    table = runs.to_numpy(dtype=np.float64).reshape(shape)
    names, alive = result.varied, set()
    for column, one, other in pairs:
        if names[column] not in alive and not np.array_equal(
            table[one], table[other], equal_nan=True
        ):
            alive.add(names[column])
    tried = {names[column] for column, _, _ in pairs}
    return [name for name in names if name in tried and name not in alive]


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:_MOST_NAMES])
    if len(names) > _MOST_NAMES:
        shown.append(f"{len(names) - _MOST_NAMES} more")
    return joined(shown)
