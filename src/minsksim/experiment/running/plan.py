"""How a sweep is cut into blocks, and how a block is simulated.

Runs of a scenario are numbered by (round, point, replication); a block is a stretch of numbers of
one round. What a block yields depends on the question alone, so blocks may be done in any order,
by any worker, once or twice.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from minsksim.experiment.question.conditions import check_names
from minsksim.experiment.question.question import Question
from minsksim.experiment.question.targets import check_targets
from minsksim.experiment.running.kernel import Block, Compiled, Floats, Kernel
from minsksim.experiment.storage import tables
from minsksim.experiment.storage.manifest import Layout
from minsksim.experiment.storage.parquet import encode

SLICE = 512
"""Runs of one call of the kernel: the longest wait between a Ctrl-C and the end."""

OPENED = 200
"""Runs whose utilities are kept term by term when every run is kept turn by turn."""

EVERY = 2**62
"""More runs than there are."""


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
class Care:
    """How a block is done under supervision.

    Attributes
    ----------
    skip : mapping of int to int
        Status of the runs not to try again, by number.
    announce : callable or None
        Told the first number of each call of the kernel before it begins.
    step : int
        Runs of one call; 1 shows which run ends its worker.
    """

    skip: Mapping[int, int] = field(default_factory=dict)
    announce: Callable[[int], None] | None = None
    step: int = SLICE


@dataclass(frozen=True, eq=False)
class Plan:
    """A question with its scenarios compiled and its runs cut into blocks."""

    question: Question
    compiled: tuple[Compiled, ...]
    kernel: Kernel
    layout: Layout
    rounds: int = 1

    def blocks(self, scenario: int) -> Iterator[Task]:
        """Yield the blocks of a scenario's runs, in the order of their numbers."""
        size = self.question.round_size
        for start in range(0, self.rounds * size, size):
            yield from _cut("runs", scenario, (start, start + size), self.layout.block)

    def samples(self, scenario: int, kind: str | None = None) -> Iterator[Task]:
        """Yield the blocks of the runs kept turn by turn: all, or those that keep ``kind``.

        They end where one kind of table ends, so that a block holds a table whole or not at all.
        """
        size = self.question.round_size
        rounds = {step * size for step in range(self.rounds + 1)}
        ends = {
            min(self._kept(one), self.rounds * size)
            for one in ("series", "agreements", "contributions")
        }
        last = max(ends)
        marks = sorted(mark for mark in ends | rounds | {0} if mark <= last)
        for bounds in itertools.pairwise(marks):
            for task in _cut("sample", scenario, bounds, self.layout.sample):
                if kind is None or kind in self.keeps(task):
                    yield task

    def keeps(self, task: Task) -> tuple[str, ...]:
        """Return the kinds of table that a block yields."""
        if task.kind == "runs":
            return ("runs",)
        kinds = ("series", "contributions", "agreements")
        return tuple(kind for kind in kinds if task.start < self._kept(kind))

    def _kept(self, kind: str) -> int:
        """Return the number from which a scenario's runs no longer keep a kind of table."""
        asked = self.question
        if kind == "contributions":
            return min(OPENED if asked.series is None else asked.series, asked.runs)
        count = asked.series if kind == "series" else asked.agreements
        return EVERY if count is None else min(count, asked.runs)

    def tasks(self) -> Iterator[Task]:
        """Yield every block of every scenario."""
        for scenario in range(len(self.compiled)):
            yield from self.samples(scenario)
            yield from self.blocks(scenario)

    @property
    def total(self) -> int:
        """Number of runs of all scenarios in the rounds planned so far."""
        return len(self.compiled) * self.question.round_size * self.rounds

    def warm(self) -> None:
        """Run each scenario once, so that what compiles is compiled."""
        for scenario in range(len(self.compiled)):
            self._simulate(Task("runs", scenario, 0, 1), np.zeros(1, np.int64))

    def perform(
        self, task: Task, stop: threading.Event, care: Care | None = None
    ) -> dict[str, bytes]:
        """Simulate a block and return its shards by kind, as the bytes of Parquet files."""
        care = care or Care()
        skip = {n: code for n, code in care.skip.items() if task.start <= n < task.stop}
        numbers = np.array([n for n in range(task.start, task.stop) if n not in skip], np.int64)
        pieces = []
        for first in range(0, len(numbers), care.step):
            if stop.is_set():
                raise Stopped
            piece = numbers[first : first + care.step]
            if care.announce:
                care.announce(int(piece[0]))
            pieces.append(self._simulate(task, piece))
        done = tables.Done(numbers, tuple(pieces), skip)
        return {kind: encode(table) for kind, table in self._tables(task, done).items()}

    def _tables(self, task: Task, done: tables.Done) -> Mapping[str, tables.Table]:
        compiled = self.compiled[task.scenario]
        if task.kind == "runs":
            return {"runs": tables.runs_shard(self.question, compiled, done)}
        document = self.question.scenarios[task.scenario].document
        return tables.sample_shards(self.question, document, compiled, done, self.keeps(task))

    def _simulate(self, task: Task, numbers: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Block:
        """Simulate the runs with these numbers, which all lie in one round."""
        point, replication = self.question.numbered(numbers)
        first, last = int(point[0]), int(point[-1]) + 1
        compiled = self.compiled[task.scenario]
        block = self.kernel.simulate(
            compiled,
            self.points(task.scenario, first, last),
            point - first,
            replication,
            self.question.seed,
            is_traced=task.kind == "sample",
        )
        shape = len(numbers), len(compiled.measures)
        if block.measures.shape != shape:  # told here, where the run at fault is known
            raise ValueError(f"measures of shape {block.measures.shape} in place of {shape}")
        return block

    def points(self, scenario: int, first: int, last: int) -> Floats:
        """Return design points as rows with a value for every number of the scenario."""
        compiled, design = self.compiled[scenario], self.question.design
        rows = np.tile(compiled.numbers, (last - first, 1))
        place = {name: column for column, name in enumerate(compiled.number_names)}
        rows[:, [place[name] for name in design.names]] = design.values[first:last]
        return rows


def plan_for(question: Question, kernel: Kernel, layout: Layout) -> Plan:
    """Compile a question's scenarios, and refuse names that none of them has."""
    compiled = tuple(kernel.compile_scenario(scenario) for scenario in question.scenarios)
    measures = [one.measures for one in compiled]
    check_targets(question.until, measures)
    check_names(question.where, question.design.names, measures)
    return Plan(question, compiled, kernel, layout)


def _cut(kind: str, scenario: int, bounds: tuple[int, int], size: int) -> Iterator[Task]:
    for start in range(*bounds, size):
        yield Task(kind, scenario, start, min(start + size, bounds[1]))
