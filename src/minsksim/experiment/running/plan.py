"""How a sweep is cut into blocks, and how a block is simulated.

Runs of a scenario are numbered by (round, point, replication); a block is a stretch of numbers of
one round. What a block yields depends on the question alone, so blocks may be done in any order,
by any worker, once or twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from minsksim.experiment.question.conditions import check_names
from minsksim.experiment.question.question import Numbers, Question
from minsksim.experiment.question.sample import sampled
from minsksim.experiment.question.targets import check_targets
from minsksim.experiment.running.kernel import Block, Compiled, Floats, Kernel
from minsksim.experiment.storage import tables
from minsksim.experiment.storage.manifest import Layout
from minsksim.experiment.storage.parquet import encode

SLICE = 512
"""Runs of one call of the kernel: the longest wait between a Ctrl-C and the end."""

OPENED = 200
"""The most runs whose utilities are kept term by term: their table is the largest by far."""


class Stopped(Exception):
    """The sweep was asked to stop; never leaves this package."""


class Task(NamedTuple):
    """Some runs of a scenario: all summarised (runs), or those kept turn by turn (sample).

    ``start`` and ``stop`` count all runs, or those of the sample, in the order of their numbers.
    """

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

    def samples(self, scenario: int) -> Iterator[Task]:
        """Yield the blocks of the runs kept turn by turn."""
        if self.sample is not None:
            yield from _cut("sample", scenario, (0, len(self.sample)), self.layout.sample)
            return
        size = self.question.round_size
        for start in range(0, self.rounds * size, size):
            yield from _cut("sample", scenario, (start, start + size), self.layout.sample)

    @cached_property
    def kept(self) -> Mapping[str, Numbers | None]:
        """Numbers of the runs that keep each kind of table, in order; None is every run.

        Rounds that are added keep no more of them.
        """
        asked = self.question
        counts = {
            "series": asked.series,
            "contributions": OPENED if asked.series is None else min(OPENED, asked.series),
            "agreements": asked.agreements,
        }
        return {
            kind: None if count is None else sampled(asked.design.points, asked.runs, count)
            for kind, count in counts.items()
        }

    @property
    def sample(self) -> Numbers | None:
        """Numbers of the runs kept turn by turn; a smaller sample is part of every larger one."""
        found: list[Numbers] = []
        for numbers in self.kept.values():
            if numbers is None:
                return None
            found.append(numbers)
        return max(found, key=len)

    def is_kept(self, kind: str, numbers: Numbers) -> npt.NDArray[np.bool_]:
        """Return which of the runs with these numbers keep a kind of table."""
        kept = self.kept[kind]
        if kept is None:
            return np.ones(len(numbers), dtype=np.bool_)
        place = np.searchsorted(kept, numbers)
        found: npt.NDArray[np.bool_] = place < len(kept)
        found[found] = kept[place[found]] == numbers[found]
        return found

    def keeps(self, task: Task) -> tuple[str, ...]:
        """Return the kinds of table that a block yields."""
        if task.kind == "runs":
            return ("runs",)
        numbers = self.numbers(task)
        return tuple(kind for kind in self.kept if self.is_kept(kind, numbers).any())

    def numbers(self, task: Task) -> Numbers:
        """Return the numbers of a block's runs, in order."""
        if task.kind == "sample" and self.sample is not None:
            return self.sample[task.start : task.stop]
        return np.arange(task.start, task.stop, dtype=np.int64)

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
            self.simulate(scenario, np.zeros(1, np.int64))

    def perform(
        self, task: Task, stop: threading.Event, care: Care | None = None
    ) -> dict[str, bytes]:
        """Simulate a block and return its shards by kind, as the bytes of Parquet files."""
        care = care or Care()
        mine = self.numbers(task)
        skip = {n: code for n, code in care.skip.items() if n in mine}
        numbers = mine[~np.isin(mine, list(skip))] if skip else mine
        pieces = []
        for first in range(0, len(numbers), care.step):
            if stop.is_set():
                raise Stopped
            piece = numbers[first : first + care.step]
            if care.announce:
                care.announce(int(piece[0]))
            pieces.append(self.simulate(task.scenario, piece, is_traced=task.kind == "sample"))
        done = tables.Done(numbers, tuple(pieces), skip)
        return {kind: encode(table) for kind, table in self._tables(task, done).items()}

    def _tables(self, task: Task, done: tables.Done) -> Mapping[str, tables.Table]:
        compiled = self.compiled[task.scenario]
        if task.kind == "runs":
            return {"runs": tables.runs_shard(self.question, compiled, done)}
        document = self.question.scenarios[task.scenario].document
        keep = {kind: self.is_kept(kind, done.numbers) for kind in self.keeps(task)}
        return tables.sample_shards(self.question, document, compiled, done, keep)

    def simulate(self, scenario: int, numbers: Numbers, *, is_traced: bool = False) -> Block:
        """Simulate the runs of a scenario with these numbers."""
        point, replication = self.question.numbered(numbers)
        points, row = np.unique(point, return_inverse=True)
        compiled = self.compiled[scenario]
        block = self.kernel.simulate(
            compiled,
            self.points(scenario, points),
            row,
            self.question.address(point, replication),
            self.question.seed,
            is_traced=is_traced,
        )
        shape = len(numbers), len(compiled.measures)
        if block.measures.shape != shape:  # told here, where the run at fault is known
            raise ValueError(f"measures of shape {block.measures.shape} in place of {shape}")
        return block

    def points(self, scenario: int, points: Numbers) -> Floats:
        """Return design points as rows with a value for every number of the scenario."""
        compiled, design = self.compiled[scenario], self.question.design
        rows = np.tile(compiled.numbers, (len(points), 1))
        place = {name: column for column, name in enumerate(compiled.number_names)}
        rows[:, [place[name] for name in design.names]] = design.values[points]
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
