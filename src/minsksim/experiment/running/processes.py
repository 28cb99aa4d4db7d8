"""Worker processes behind a supervisor: one that dies, hangs or fails costs the guilty run only.

A block whose worker dies is tried once more; if it dies again, its runs are done one by one, so
that the run at fault is known by its number. That run keeps its row, with a status and no measures.
"""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any

from minsksim.errors import RunError
from minsksim.experiment.running.children import PYTHON, environment_of_workers
from minsksim.experiment.running.executor import worker_count
from minsksim.experiment.running.plan import Plan, Stopped, Task
from minsksim.experiment.running.status import KILLED, RAISED, TOO_LONG
from minsksim.experiment.running.worker import write_message
from minsksim.experiment.storage.shared_blocks import holds_the_runs

TIMEOUT = 300.0
"""Seconds without a sign of life after which a worker is given up."""

STARTUP = 120.0
"""Seconds that a worker may take to start."""

_TICK = 0.1
_MOST_BYTES = 1 << 30
_FRUITLESS = 3
"""Deaths of workers that did not get as far as a run before the sweep gives up."""


@dataclass
class Fault:
    """How a worker failed, and at which run if it got that far."""

    status: int
    number: int | None
    reason: str


class _Worker:
    """One process, started when first needed."""

    def __init__(self, command: Sequence[str], manifest: bytes, memory: int | None) -> None:
        self._command, self._manifest, self._memory = command, manifest, memory
        self._process: subprocess.Popen[bytes] | None = None
        self._number: int | None = None
        self.busy_since: float | None = None
        self.is_ready = self.is_late = False

    def do(self, task: Task, skip: Mapping[int, int], careful: bool) -> dict[str, bytes] | Fault:
        """Have a block done."""
        self._number, self.is_late = None, False
        self.busy_since = time.monotonic()
        try:
            return self._ask(task, skip, careful)
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            self.kill()
            status = TOO_LONG if self.is_late else KILLED
            return Fault(status, self._number, f"{type(error).__name__} {error}")
        finally:
            self.busy_since = None

    def _ask(self, task: Task, skip: Mapping[int, int], careful: bool) -> dict[str, bytes] | Fault:
        jobs, answers = self._pipes()
        write_message(jobs, {"task": list(task), "skip": dict(skip), "careful": careful})
        while True:
            line = answers.readline(1 << 16)
            if not line.endswith(b"\n"):
                raise EOFError("the worker ended")
            answer = json.loads(line)
            self.busy_since = time.monotonic()
            if "ready" in answer:
                self.is_ready = True
            elif "sign" in answer:
                self._number = int(answer["sign"])
            elif "error" in answer:
                return Fault(RAISED, self._number, str(answer["error"]))
            else:
                return {kind: _read(answers, size) for kind, size in answer["shards"].items()}

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None or self._process.poll() is not None:
            self.kill()
            self.is_ready = False
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment_of_workers(),
            )
            head = {"manifest": len(self._manifest), "memory": self._memory}
            assert self._process.stdin is not None
            write_message(self._process.stdin, head, self._manifest)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout

    def refuse(self) -> Fault:
        """End a process whose answer made no sense; no run is to blame."""
        self.kill()
        return Fault(RAISED, None, "a block that does not hold its runs")

    def kill(self) -> None:
        """End the process, whatever it does."""
        process = self._process
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            self._process = None

    def strike(self) -> None:
        """End the process from another thread; whoever reads from it sees the end."""
        process = self._process
        if process is not None:
            process.kill()


@dataclass
class Processes:
    """Supervised worker processes.

    Attributes
    ----------
    threads : int, optional
        How many; default: one for each processor.
    timeout : float
        Seconds without a sign of life (a call of the kernel) after which a worker is given up.
    memory : int, optional
        MiB of address space of each worker.
    command : sequence of str
        What starts a worker.
    """

    threads: int | None = None
    timeout: float = TIMEOUT
    memory: int | None = None
    command: Sequence[str] = (*PYTHON, "-m", "minsksim.experiment.running.worker")
    _workers: list[_Worker] = field(default_factory=list, init=False)
    _idle: queue.SimpleQueue[_Worker] = field(default_factory=queue.SimpleQueue, init=False)
    _guilty: dict[tuple[int, int], int] = field(default_factory=dict, init=False)
    _ended: threading.Event = field(default_factory=threading.Event, init=False)

    def begin(self, plan: Plan, manifest: bytes) -> int:
        """Compile once, so that workers find it done; start nothing yet.

        The same supervisor may do one sweep after another: what it knows is of one of them.
        """
        count = worker_count(self.threads)
        self._idle, self._guilty, self._ended = queue.SimpleQueue(), {}, threading.Event()
        if self.memory is None:
            plan.warm()
        self._workers = [_Worker(self.command, manifest, self.memory) for _ in range(count)]
        for worker in self._workers:
            self._idle.put(worker)
        watch = threading.Thread(
            target=self._watch, args=[self._ended], name="minsksim-watch", daemon=True
        )
        watch.start()
        return count

    def perform(self, plan: Plan, task: Task, stop: threading.Event) -> dict[str, bytes]:
        """Have a block done, however often its worker fails."""
        worker = self._idle.get()
        try:
            return self._insist(worker, plan, task, stop)
        finally:
            self._idle.put(worker)

    def _insist(
        self, worker: _Worker, plan: Plan, task: Task, stop: threading.Event
    ) -> dict[str, bytes]:
        strikes: Counter[int] = Counter()
        careful, fruitless, failures = False, 0, 0
        while True:
            if stop.is_set() or self._ended.is_set():
                raise Stopped
            answer = worker.do(task, self._known(plan, task), careful)
            if isinstance(answer, dict):
                # a shard is published with a hash, so rubbish would pass for sound ever after
                if holds_the_runs(plan, task, answer):
                    return answer
                answer = worker.refuse()
            failures += 1
            fruitless += answer.number is None
            if fruitless >= _FRUITLESS and not (stop.is_set() or self._ended.is_set()):
                raise RunError(
                    f"Worker processes end before they do anything of use ({answer.reason}). Allow "
                    "them more memory (--memory), or use --executor threads."
                )
            if careful and answer.number is not None:
                strikes[answer.number] += 1
                if answer.status != KILLED or strikes[answer.number] > 1:
                    self._guilty[task.scenario, answer.number] = answer.status
            careful = careful or failures > 1 or answer.status != KILLED

    def _known(self, plan: Plan, task: Task) -> dict[int, int]:
        """Return the runs of a block that are known to be at fault."""
        known = [
            (number, status)
            for (scenario, number), status in list(self._guilty.items())
            if scenario == task.scenario
        ]
        mine = set(plan.numbers(task).tolist()) if known else ()
        return {number: status for number, status in known if number in mine}

    def _watch(self, ended: threading.Event) -> None:
        """Give up workers that show no sign of life."""
        while not ended.wait(_TICK):
            now = time.monotonic()
            for worker in self._workers:
                since = worker.busy_since
                limit = self.timeout if worker.is_ready else STARTUP
                if since is not None and now - since > limit:
                    worker.is_late = True
                    worker.strike()

    def end(self) -> None:
        """End every worker."""
        self._ended.set()
        for worker in self._workers:
            worker.strike()
        for worker in self._workers:
            worker.kill()


def _read(stream: IO[bytes], size: Any) -> bytes:
    if not 0 <= int(size) <= _MOST_BYTES:
        raise ValueError(f"a shard of {size} bytes")
    data = stream.read(int(size))
    if len(data) != size:
        raise EOFError("the worker ended")
    return data
