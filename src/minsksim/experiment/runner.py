"""Doing the blocks of a plan: threads simulate and encode, the main thread publishes.

The kernel releases the GIL, so threads are all that is needed: nothing is pickled and no
worker can die alone. A few blocks are in flight at a time, which bounds memory.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from itertools import islice

from minsksim.errors import UsageError
from minsksim.experiment.finish import finish
from minsksim.experiment.interrupt import Interrupted, Signals
from minsksim.experiment.plan import Plan, Stopped, Task
from minsksim.experiment.rounds import wants_more
from minsksim.experiment.store import Store

Progress = Callable[[int, int], None]
"""Called with runs done and runs in all."""

_TICK = 0.1
"""Seconds between looks at whether a signal came."""


def run_plan(plan: Plan, store: Store, threads: int | None, progress: Progress | None) -> Plan:
    """Do what is not done yet, then write the final tables; return the plan with its rounds.

    Raises
    ------
    Interrupted
        A signal came; what is published stays.
    """
    workers = _workers(threads)
    with Signals() as signals:
        try:
            _simulate(plan, store, workers, progress, signals.stop)
            while wants_more(plan, store):
                plan = replace(plan, rounds=plan.rounds + 1)
                _simulate(plan, store, workers, progress, signals.stop)
            finish(plan, store, signals.stop)
        except Stopped:
            raise Interrupted(
                f"Stopped; {store.folder} holds what is done, and the same command resumes.",
                signals.number,
            ) from None
    return plan


def _simulate(
    plan: Plan, store: Store, workers: int, progress: Progress | None, stop: threading.Event
) -> None:
    pending = [task for task in plan.tasks() if not store.has(task.key)]
    total = plan.total
    done = total - sum(task.size for task in pending if task.kind == "runs")
    report = progress or _silent
    report(done, total)
    queue = iter(pending)
    flying: dict[Future[dict[str, bytes]], Task] = {}
    with _Pool(workers, stop) as pool:
        for task in islice(queue, workers + 2):
            flying[pool.submit(plan.perform, task, stop)] = task
        while flying:
            ready = wait(flying, _TICK, return_when=FIRST_COMPLETED).done
            for future in ready:
                task = flying.pop(future)
                store.publish(task.key, future.result())
                done += task.size if task.kind == "runs" else 0
                report(done, total)
            if stop.is_set():
                raise Stopped
            for task in islice(queue, len(ready)):
                flying[pool.submit(plan.perform, task, stop)] = task


class _Pool(ThreadPoolExecutor):
    """A pool that does not wait for blocks nobody wants any more."""

    def __init__(self, workers: int, stop: threading.Event) -> None:
        super().__init__(workers, thread_name_prefix="minsksim")
        self._stop = stop

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is not None:
            self._stop.set()
        self.shutdown(wait=kind is None, cancel_futures=kind is not None)


def _workers(threads: int | None) -> int:
    if threads is None:
        return os.cpu_count() or 1
    if threads < 1:
        raise UsageError(f"{threads} threads: use at least 1.")
    return threads


def _silent(done: int, total: int) -> None:
    """Report nothing."""
