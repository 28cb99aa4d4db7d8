"""A worker process: reads blocks to do from stdin, writes shards to stdout, until stdin ends.

Nothing is pickled: a line of JSON says what follows, and bytes follow. The worker dies with its
parent, because then its stdin ends, or because a thread looks for the parent in the midst of a
run; it leaves Ctrl-C to it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from typing import IO, Any

from minsksim.experiment.running.kernel import Engine, Kernel
from minsksim.experiment.running.plan import SLICE, Care, Plan, Task

_LOOK = 1.0
"""Seconds between looks for the parent."""


def write_message(stream: IO[bytes], head: dict[str, Any], *bodies: bytes) -> None:
    """Write a line of JSON and what belongs to it."""
    stream.write(json.dumps(head).encode() + b"\n")
    for body in bodies:
        stream.write(body)
    stream.flush()


def serve(kernel: Kernel | None = None) -> None:
    """Do blocks until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # whatever prints must not end up between the shards
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    jobs = sys.stdin.buffer
    threading.Thread(target=_follow, args=[os.getppid()], daemon=True).start()
    head = json.loads(jobs.readline())
    _limit(head["memory"])
    plan = _plan(jobs.read(head["manifest"]), kernel or Engine())
    write_message(answers, {"ready": True})
    for line in jobs:
        job = json.loads(line)
        _do(plan, job, answers)


def _do(plan: Plan, job: dict[str, Any], answers: IO[bytes]) -> None:
    """Do one block, telling before each call of the kernel where it is."""
    place = {"number": -1}

    def announce(number: int) -> None:
        place["number"] = number
        write_message(answers, {"sign": number})

    skip = {int(number): code for number, code in job["skip"].items()}
    care = Care(skip, announce, 1 if job["careful"] else SLICE)
    try:
        shards = plan.perform(Task(*job["task"]), threading.Event(), care)
    except Exception as error:
        write_message(answers, {"error": type(error).__name__, **place})
        return
    sizes = {kind: len(data) for kind, data in shards.items()}
    write_message(answers, {"shards": sizes}, *shards.values())


def _follow(parent: int) -> None:
    """End this process when its parent is gone: a run without an end never reads stdin again."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


def _plan(data: bytes, kernel: Kernel) -> Plan:
    from pathlib import Path

    from minsksim.experiment.replay import plan_of

    return plan_of(data, Path("manifest.json"), kernel)


def _limit(memory: int | None) -> None:
    """Bound the address space, where the system can."""
    if memory is not None and sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory << 20, memory << 20))


if __name__ == "__main__":
    serve()
