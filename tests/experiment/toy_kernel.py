"""A toy engine whose numbers are known, and the script that chaos tests kill.

A measure is a hash of (seed, replication, point's numbers): a run done with the wrong draws or
the wrong point changes the digest.
"""

# ruff: noqa: T201 (the script reports on stdout)

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

FAILS = 13
"""Replication that fails when the toy is told to let runs fail."""


@dataclass(frozen=True)
class Toy:
    """What the experiment layer asks of a compiled scenario."""

    numbers: np.ndarray
    number_names: tuple[str, ...]
    quantities: tuple[str, ...]
    actors: tuple[str, ...]
    interests: tuple[str, ...]
    measures: tuple[str, ...]
    channels: tuple[str, ...]
    levers: tuple[str, ...]
    turns: int


@dataclass(frozen=True)
class Rows:
    run: np.ndarray
    turn: np.ndarray
    channel: np.ndarray
    gain: np.ndarray
    kept: np.ndarray
    externalities: np.ndarray
    before: np.ndarray
    after: np.ndarray


@dataclass(frozen=True)
class Block:
    measures: np.ndarray
    status: np.ndarray
    series: np.ndarray | None = None
    public: np.ndarray | None = None
    utilities: np.ndarray | None = None
    contributions: np.ndarray | None = None
    agreements: Rows | None = None


class ToyKernel:
    """Simulates nothing, quickly or slowly, and notes in a side log what it was asked for."""

    def __init__(
        self, delay: float = 0.0, log: Path | None = None, has_failures: bool = False
    ) -> None:
        self.delay = delay
        self.log = log
        self.has_failures = has_failures

    def compile_scenario(self, scenario: Any) -> Toy:
        document = scenario.document
        return Toy(
            numbers=np.array([number.value for number in scenario.numbers.values()]),
            number_names=tuple(scenario.numbers),
            quantities=tuple(f"levers.{name}" for name in document.levers),
            actors=tuple(document.actors),
            interests=tuple(document.interests),
            measures=tuple(document.measures),
            channels=tuple(document.channels),
            levers=tuple(document.levers),
            turns=document.calendar.turns,
        )

    def simulate(
        self,
        compiled: Toy,
        points: np.ndarray,
        point_of_run: np.ndarray,
        replications: np.ndarray,
        seed: int,
        *,
        is_traced: bool = False,
    ) -> Block:
        if self.log is not None:
            note = f"{int(is_traced)} {replications[0]} {len(replications)}\n"
            descriptor = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.write(descriptor, note.encode())
            os.close(descriptor)
        time.sleep(self.delay)
        # plain sums and divisions: sines and matrix products may differ with the block's size
        share = (points[point_of_run] * np.arange(1, points.shape[1] + 1)).sum(axis=1)
        luck = ((replications * 7919 + seed * 104729 + 17) % 100003) / 100003
        columns = np.arange(1, len(compiled.measures) + 1)
        measures = (share * 1e-3 + luck)[:, None] * columns
        status = np.zeros(len(replications), np.int64)
        if self.has_failures:
            status[replications == FAILS] = 1
        if not is_traced:
            return Block(measures, status)
        return Block(measures, status, *self._traces(compiled, luck))

    def _traces(self, compiled: Toy, luck: np.ndarray) -> tuple[Any, ...]:
        runs, steps = len(luck), compiled.turns + 1
        levers, actors = len(compiled.levers), len(compiled.actors)
        path = luck[:, None, None] + np.arange(steps)[None, :, None]
        series = path * np.arange(1, len(compiled.quantities) + 1)
        utilities = path * np.arange(1, actors + 1)
        contributions = np.zeros((runs, steps, actors, len(compiled.interests) + 2))
        contributions[..., 0] = utilities
        rows = Rows(
            run=np.arange(runs),
            turn=np.ones(runs, np.int64),
            channel=np.zeros(runs, np.int64),
            gain=np.stack([luck, luck], axis=1),
            kept=np.ones((runs, 2), np.int64),
            externalities=np.tile(luck[:, None], (1, actors)),
            before=np.zeros((runs, levers)),
            after=np.tile(luck[:, None], (1, levers)),
        )
        return series, path * np.ones(levers), utilities, contributions, rows


def toy_perform(
    manifest: bytes, task: tuple[str, int, int, int], store: str | None
) -> dict[str, bytes] | None:
    """Do a block on a worker of a cluster, with the toy; slowly, so that it can be killed."""
    import threading

    from minsksim.experiment.replay import plan_of
    from minsksim.experiment.running.plan import Task
    from minsksim.experiment.storage.shared_blocks import Depot

    plan = plan_of(manifest, Path("manifest.json"), ToyKernel(delay=0.1))
    shards = plan.perform(Task(*task), threading.Event())
    if store is None:
        return shards
    Depot.named(store, plan.question.id, manifest).put(Task(*task).key, shards)
    return None


def main() -> int:
    """Sweep with the toy as a process of its own: results, delay, log, threads."""
    from minsksim.cli.signals import insist
    from minsksim.errors import MinsksimError
    from minsksim.experiment.question.request import SweepRequest
    from minsksim.experiment.running.executor import Threads
    from minsksim.experiment.storage.manifest import Layout
    from minsksim.experiment.storage.store import folder_of
    from minsksim.experiment.sweep import answer
    from minsksim.scenario import load_scenario

    scenario, results, delay, log, threads, runs = sys.argv[1:7]
    question = SweepRequest(runs=int(runs), series=20).question([load_scenario(Path(scenario))])
    folder = folder_of(Path(results), "pair", question.id)
    try:
        with insist():
            result = answer(
                question,
                folder,
                executor=Threads(int(threads)),
                kernel=ToyKernel(float(delay), Path(log)),
                layout=Layout(block=50, sample=10),
                progress=lambda done, total: print(done, flush=True),
            )
    except MinsksimError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(result.digest)
    return 0


if __name__ == "__main__":
    sys.exit(main())
