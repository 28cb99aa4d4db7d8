"""Worker processes around the toy engine, some of which fail on purpose.

``python toy_worker.py FAULT REPLICATION [LOG] [DELAY]``
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
from toy_kernel import Block, ToyKernel

GIGABYTE = 1 << 30


class Faulty(ToyKernel):
    """Fails in one replication."""

    def __init__(self, fault: str, replication: int, **options: Any) -> None:
        super().__init__(**options)
        self.fault = fault
        self.replication = replication

    def simulate(
        self,
        compiled: Any,
        points: Any,
        point_of_run: Any,
        replications: Any,
        *rest: Any,
        **more: Any,
    ) -> Any:
        if self.replication in replications:
            if self.fault == "huge":
                return Block(np.zeros((len(replications), GIGABYTE // 8)), replications * 0)
            if self.fault == "loop" and self.log is not None:
                self.log.with_suffix(".loops").touch()
            fail(self.fault)
        return super().simulate(compiled, points, point_of_run, replications, *rest, **more)


def fail(fault: str) -> None:
    """Fail in the way that is asked for."""
    if fault == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    elif fault == "segfault":
        signal.signal(signal.SIGSEGV, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGSEGV)
    elif fault == "exit":
        os._exit(0)
    elif fault == "loop":
        while True:
            time.sleep(0.01)
    elif fault == "memory":
        _ = bytearray(1 << 42)
    elif fault == "error":
        raise ZeroDivisionError("on purpose")
    elif fault == "prints":
        # what is printed must not pass for an answer
        sys.stdout.write('{"shards": {"runs": 1}}\nx')
        sys.stdout.flush()
        os.write(1, b'{"shards": {"runs": 1}}\nx')


if __name__ == "__main__":
    from minsksim.experiment.running.worker import serve

    fault, replication, *rest = sys.argv[1:]
    log = Path(rest[0]) if rest else None
    delay = float(rest[1]) if len(rest) > 1 else 0.0
    serve(Faulty(fault, int(replication), log=log, delay=delay))
