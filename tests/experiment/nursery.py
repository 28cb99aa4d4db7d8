"""Starts worker processes quickly: a fork of a process that has everything imported.

A worker takes seconds to start as a new Python, and hundreds of its deaths have to fit in a night.
The supervisor talks to such a worker over the same pipes, and kills it by the same call.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAIR = HERE.parent / "data" / "pair" / "base.yaml"


def main(descriptor: int) -> None:
    """Fork a worker for each message: its arguments, with the ends of its pipes."""
    sys.path.insert(0, str(HERE))
    import toy_worker

    import minsksim.experiment.replay  # noqa: F401
    from minsksim.experiment.question.question import rules_digest, software
    from minsksim.experiment.running import worker
    from minsksim.scenario import load_scenario

    rules_digest()
    software()
    load_scenario(PAIR)
    with socket.socket(fileno=descriptor) as line:
        while True:
            message, ends, *_ = socket.recv_fds(line, 10_000, 2)
            if not message:
                return
            stdin, stdout = ends
            child = os.fork()
            if child == 0:
                line.close()
                os.dup2(stdin, 0)
                os.dup2(stdout, 1)
                os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
                os.closerange(3, 256)
                sys.stdin = os.fdopen(0)
                fault, replication, log, delay = json.loads(message)
                toy = toy_worker.Faulty(fault, int(replication), log=Path(log), delay=float(delay))
                worker.serve(toy)
                os._exit(0)
            handle = os.pidfd_open(child)
            socket.send_fds(line, [b"%d" % child], [handle])
            for one in (stdin, stdout, handle):
                os.close(one)
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass


class Nursery:
    """The other side: ``subprocess`` as ``processes`` uses it."""

    PIPE, DEVNULL = subprocess.PIPE, subprocess.DEVNULL

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair()
        number = theirs.fileno()
        command = [sys.executable, str(HERE / "nursery.py"), str(number)]
        self._process = subprocess.Popen(command, pass_fds=[number])
        theirs.close()
        self.pid = self._process.pid
        self._turn = threading.Lock()

    def Popen(self, command: Sequence[str], **_: Any) -> Infant:
        """Start a worker."""
        stdin, jobs = os.pipe()
        answers, stdout = os.pipe()
        with self._turn:
            message = json.dumps(list(command)[2:]).encode()
            socket.send_fds(self._line, [message], [stdin, stdout])
            _, (handle,), *_ = socket.recv_fds(self._line, 100, 1)
        os.close(stdin)
        os.close(stdout)
        return Infant(handle, jobs, answers)

    def close(self) -> None:
        """End."""
        self._line.close()
        self._process.wait()


class Infant:
    """A worker, as the supervisor handles a ``Popen``."""

    def __init__(self, handle: int, jobs: int, answers: int) -> None:
        self._handle = handle
        self.stdin, self.stdout = os.fdopen(jobs, "wb"), os.fdopen(answers, "rb")

    def __del__(self) -> None:
        os.close(self._handle)

    def poll(self) -> int | None:
        """Return something if the process ended."""
        return 0 if select.select([self._handle], [], [], 0)[0] else None

    def wait(self) -> int:
        """Wait for the end."""
        select.select([self._handle], [], [])
        return 0

    def kill(self) -> None:
        """End it."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)


if __name__ == "__main__":
    main(int(sys.argv[1]))
