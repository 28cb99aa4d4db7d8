"""How a sweep is cut into blocks, and how a block is simulated.

Runs of a scenario are numbered by (point, replication); a block is a stretch of numbers. What a
block yields depends on the question alone, so blocks may be done in any order, by any thread,
once or twice.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from minsksim.experiment import tables
from minsksim.experiment.kernel import Block, Compiled, Floats, Kernel
from minsksim.experiment.manifest import Layout
from minsksim.experiment.parquet import encode
from minsksim.experiment.question import Question

SLICE = 512
"""Runs of one call of the kernel: the longest wait between a Ctrl-C and the end."""


class Stopped(Exception):
    """The sweep was asked to stop; never leaves this package."""


class Task(NamedTuple):
    """Runs ``start`` to ``stop`` of a scenario, summarised (runs) or turn by turn (sample)."""

    kind: str
    scenario: int
    start: int
    stop: int

    @property
    def key(self) -> str:
        """Name of the block in journal and folder."""
        return f"{self.kind}-{self.scenario:03d}-{self.start:010d}"

    @property
    def size(self) -> int:
        """Number of runs."""
        return self.stop - self.start


@dataclass(frozen=True, eq=False)
class Plan:
    """A question with its scenarios compiled and its runs cut into blocks."""

    question: Question
    compiled: tuple[Compiled, ...]
    kernel: Kernel
    layout: Layout

    def blocks(self, scenario: int) -> Iterator[Task]:
        """Yield the blocks of a scenario's runs, in canonical order."""
        total = self.question.design.points * self.question.runs
        yield from _cut("runs", scenario, total, self.layout.block)

    def samples(self, scenario: int) -> Iterator[Task]:
        """Yield the blocks of the runs that are kept turn by turn, in canonical order."""
        total = min(self.question.series, self.question.runs)
        yield from _cut("sample", scenario, total, self.layout.sample)

    def tasks(self) -> Iterator[Task]:
        """Yield every block of every scenario."""
        for scenario in range(len(self.compiled)):
            yield from self.samples(scenario)
            yield from self.blocks(scenario)

    def perform(self, task: Task, stop: threading.Event) -> dict[str, bytes]:
        """Simulate a block and return its shards by kind, as the bytes of Parquet files."""
        pieces = []
        for start in range(task.start, task.stop, SLICE):
            if stop.is_set():
                raise Stopped
            pieces.append(self._simulate(task, start, min(start + SLICE, task.stop)))
        return {kind: encode(table) for kind, table in self._tables(task, pieces).items()}

    def _tables(self, task: Task, pieces: list[Block]) -> Mapping[str, tables.Table]:
        compiled = self.compiled[task.scenario]
        if task.kind == "runs":
            return {"runs": tables.runs_shard(task, self.question.runs, compiled, pieces)}
        document = self.question.scenarios[task.scenario].document
        return tables.sample_shards(task, document, compiled, pieces)

    def _simulate(self, task: Task, start: int, stop: int) -> Block:
        """Simulate runs start to stop; sample runs all lie in the first design point."""
        number = np.arange(start, stop, dtype=np.int64)
        point, replication = np.divmod(number, self.question.runs)
        first, last = int(point[0]), int(point[-1]) + 1
        return self.kernel.simulate(
            self.compiled[task.scenario],
            self.points(task.scenario, first, last),
            point - first,
            replication,
            self.question.seed,
            is_traced=task.kind == "sample",
        )

    def points(self, scenario: int, first: int, last: int) -> Floats:
        """Return design points as rows with a value for every number of the scenario."""
        compiled, design = self.compiled[scenario], self.question.design
        rows = np.tile(compiled.numbers, (last - first, 1))
        place = {name: column for column, name in enumerate(compiled.number_names)}
        rows[:, [place[name] for name in design.names]] = design.values[first:last]
        return rows


def _cut(kind: str, scenario: int, total: int, size: int) -> Iterator[Task]:
    for start in range(0, total, size):
        yield Task(kind, scenario, start, min(start + size, total))
