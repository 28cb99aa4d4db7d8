"""Doing the blocks of a plan: an executor does them, the main thread publishes.

A few blocks are in flight at a time, which bounds memory.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from minsksim.experiment.running.executor import Executor
from minsksim.experiment.running.interrupt import Interrupted, Signals
from minsksim.experiment.running.plan import Plan, Stopped, Task
from minsksim.experiment.running.rounds import wants_more
from minsksim.experiment.storage.finish import finish
from minsksim.experiment.storage.manifest import manifest_bytes
from minsksim.experiment.storage.shared_blocks import Depot
from minsksim.experiment.storage.store import Store

Progress = Callable[[int, int], None]
"""Called with runs done and runs in all."""

_TICK = 0.1
"""Seconds between looks at whether a signal came."""


def run_plan(
    plan: Plan,
    store: Store,
    executor: Executor,
    progress: Progress | None,
    depot: Depot | None = None,
) -> Plan:
    """Do what is not done yet, then write the final tables; return the plan with its rounds.

    Raises
    ------
    Interrupted
        A signal came; what is published stays.
    """
    job = _Job(store, executor, progress or _silent)
    with stoppable(store.folder) as stop:
        try:
            workers = executor.begin(plan, manifest_bytes(store.manifest))
            while True:
                if depot is not None:
                    _gather(plan, store, depot, stop)
                _simulate(job, plan, workers, stop)
                if not wants_more(plan, store):
                    break
                plan = replace(plan, rounds=plan.rounds + 1)
        finally:
            executor.end()
        finish(plan, store, stop)
    return plan


@contextmanager
def stoppable(folder: Path) -> Iterator[threading.Event]:
    """Turn a signal into an event to heed, and the end that follows into ``Interrupted``."""
    with Signals() as signals:
        try:
            yield signals.stop
        except Stopped:
            raise Interrupted(
                f"Stopped; {folder} holds what is done, and the same command resumes.",
                signals.number,
            ) from None


class _Job(NamedTuple):
    """What stays the same from round to round."""

    store: Store
    executor: Executor
    report: Progress


def _gather(plan: Plan, store: Store, depot: Depot, stop: threading.Event) -> None:
    """Publish the blocks that others left in a depot."""
    for task in plan.tasks():
        if stop.is_set():
            raise Stopped
        if not store.has(task.key):
            shards = depot.get(plan, task)
            if shards is not None:
                store.publish(task.key, shards)


def _simulate(job: _Job, plan: Plan, workers: int, stop: threading.Event) -> None:
    store = job.store
    pending = [task for task in plan.tasks() if not store.has(task.key)]
    done = plan.total - sum(task.size for task in pending if task.kind == "runs")
    job.report(done, plan.total)
    for task, shards in performed(plan, pending, job.executor, workers, stop):
        store.publish(task.key, shards)
        done += task.size if task.kind == "runs" else 0
        job.report(done, plan.total)


def performed(
    plan: Plan, tasks: Iterable[Task], executor: Executor, workers: int, stop: threading.Event
) -> Iterator[tuple[Task, dict[str, bytes]]]:
    """Do blocks, a few at a time, and yield each with its shards as it is done."""
    queue = iter(tasks)
    flying: dict[Future[dict[str, bytes]], Task] = {}
    with _Pool(workers, stop) as pool:
        for task in islice(queue, workers + 2):
            flying[pool.submit(executor.perform, plan, task, stop)] = task
        while flying:
            ready = wait(flying, _TICK, return_when=FIRST_COMPLETED).done
            for future in ready:
                yield flying.pop(future), future.result()
            if stop.is_set():
                raise Stopped
            for task in islice(queue, len(ready)):
                flying[pool.submit(executor.perform, plan, task, stop)] = task


class _Pool(ThreadPoolExecutor):
    """A pool that does not wait for blocks nobody wants any more."""

    def __init__(self, workers: int, stop: threading.Event) -> None:
        super().__init__(workers, thread_name_prefix="minsksim")
        self._stop = stop

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is not None:
            self._stop.set()
        self.shutdown(wait=kind is None, cancel_futures=kind is not None)


def _silent(done: int, total: int) -> None:
    """Report nothing."""
