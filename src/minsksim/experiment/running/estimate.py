"""What a sweep would run, how large it would be and how long it would take, by a short probe."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace

from minsksim.experiment.question.question import Question
from minsksim.experiment.running.executor import worker_count
from minsksim.experiment.running.kernel import Engine, Kernel
from minsksim.experiment.running.plan import Plan, Task, plan_for
from minsksim.experiment.storage.manifest import Layout

_PROBE = 128
"""Runs of the probe; the runs turn by turn take a sixteenth."""


@dataclass(frozen=True)
class Estimate:
    """What a sweep would take.

    Attributes
    ----------
    points, runs_per_point, runs : int
        Design points, replications of each, and runs of all scenarios; with ``until`` the least.
    most_runs : int
        Runs at the limit of ``until``; else ``runs``.
    shards : int
        Files of finished blocks.
    megabytes : float
        Of shards and tables, for ``runs`` runs.
    seconds : float
        For ``runs`` runs with ``workers`` workers on this machine, as busy as it is now.
    runs_per_second : float
        Of one worker, in the probe.
    """

    points: int
    runs_per_point: int
    runs: int
    most_runs: int
    shards: int
    megabytes: float
    seconds: float
    runs_per_second: float
    workers: int


def estimate(
    question: Question,
    *,
    threads: int | None = None,
    kernel: Kernel | None = None,
    layout: Layout | None = None,
) -> Estimate:
    """Measure a few runs of each scenario and reckon up; nothing is written."""
    plan = plan_for(question, kernel or Engine(), layout or Layout())
    plan.warm()
    seconds = size = probed_seconds = 0.0
    probed = shards = 0
    for scenario in range(len(plan.compiled)):
        runs = Task("runs", scenario, 0, min(_PROBE, question.round_size))
        took, written = _probe(plan, runs)
        probed, probed_seconds = probed + runs.size, probed_seconds + took
        seconds += took / runs.size * question.round_size
        size += written / runs.size * question.round_size
        shards += sum(1 for _ in plan.blocks(scenario))
        for task in plan.samples(scenario):
            shards += len(plan.keeps(task))
        some_seconds, some_size = _sample(plan, scenario)
        seconds, size = seconds + some_seconds, size + some_size
    workers = worker_count(threads)
    varied = 8 * len(question.design.names) * question.design.points * len(plan.compiled)
    whole = replace(plan, rounds=question.most // question.runs)
    return Estimate(
        points=question.design.points,
        runs_per_point=question.runs,
        runs=plan.total,
        most_runs=whole.total,
        shards=shards,
        # every row is in a shard and in a table
        megabytes=(2 * size + varied) / 1e6,
        seconds=seconds / workers,
        runs_per_second=probed / probed_seconds,
        workers=workers,
    )


def _sample(plan: Plan, scenario: int) -> tuple[float, float]:
    """Return seconds and bytes of the runs kept turn by turn, from the first few of each block."""
    seconds = size = 0.0
    kinds: dict[tuple[str, ...], tuple[float, float]] = {}
    for task in plan.samples(scenario):
        kept = plan.keeps(task)
        if kept not in kinds:
            some = task._replace(stop=min(task.stop, task.start + _PROBE // 16))
            took, written = _probe(plan, some)
            kinds[kept] = took / some.size, written / some.size
        seconds += kinds[kept][0] * task.size
        size += kinds[kept][1] * task.size
    return seconds, size


def _probe(plan: Plan, task: Task) -> tuple[float, int]:
    begun = time.perf_counter()
    shards = plan.perform(task, threading.Event())
    return time.perf_counter() - begun, sum(map(len, shards.values()))
