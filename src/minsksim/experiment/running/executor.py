"""Who does the blocks of a plan: threads of this process, unless something else is asked for."""

from __future__ import annotations

import os
import threading
from typing import Protocol

from minsksim.errors import UsageError
from minsksim.experiment.running.plan import Plan, Task


class Executor(Protocol):
    """Does blocks, called from as many threads at a time as ``begin`` returned."""

    def begin(self, plan: Plan, manifest: bytes) -> int:
        """Make ready for a plan; return how many blocks can be done at a time."""

    def perform(self, plan: Plan, task: Task, stop: threading.Event) -> dict[str, bytes]:
        """Do a block and return its shards by kind; raise ``Stopped`` soon after a stop."""

    def end(self) -> None:
        """Let go of whatever ``begin`` took."""


class Threads:
    """Threads of this process: the kernel releases the GIL, so nothing has to be sent."""

    def __init__(self, threads: int | None = None) -> None:
        self._threads = worker_count(threads)

    def begin(self, plan: Plan, manifest: bytes) -> int:
        """Return the number of threads."""
        return self._threads

    def perform(self, plan: Plan, task: Task, stop: threading.Event) -> dict[str, bytes]:
        """Do a block here."""
        return plan.perform(task, stop)

    def end(self) -> None:
        """Do nothing: the threads are the runner's."""


def worker_count(threads: int | None) -> int:
    """Return how many workers to use: as many as were asked for, or one for each processor."""
    if threads is None:
        return os.cpu_count() or 1
    if threads < 1:
        raise UsageError(f"{threads} threads: use at least 1.")
    return threads
