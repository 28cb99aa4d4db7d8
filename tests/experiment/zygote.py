"""Starts toy sweeps quickly: everything is imported once, then each sweep is a fork of that.

What is tested is the store and not Python's start, and hundreds of starts have to fit in a night.
Reads lines of JSON: ``{"start": [arguments], "out": path, ...}`` or ``{"wait": pid}``.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
PAIR = HERE.parent / "data" / "pair" / "base.yaml"
CALLS = ("write", "fsync", "ftruncate", "replace", "unlink", "open")


def main() -> None:
    sys.path.insert(0, str(HERE))
    import toy_kernel

    import minsksim.cli
    import minsksim.experiment.replay  # noqa: F401
    from minsksim import scenario
    from minsksim.experiment.question.question import rules_digest, software

    rules_digest()
    software()
    scenario.load_scenario = cache(scenario.load_scenario)
    scenario.load_scenario(PAIR)
    for line in sys.stdin:
        job = json.loads(line)
        if "wait" in job:
            _, status = os.waitpid(job["wait"], 0)
            answer = os.waitstatus_to_exitcode(status)
        else:
            answer = os.fork()
            if answer == 0:
                begin(job, toy_kernel)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def begin(job: dict, toy_kernel) -> None:
    """Become a toy sweep; never returns."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    out = os.open(job["out"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(out, 1)
    os.dup2(out, 2)
    barrier = job.get("barrier")
    while barrier and not Path(barrier).exists():
        time.sleep(0.0005)
    if "kill_at" in job:
        count_calls(job["kill_at"], job["after"])
    sys.argv = ["toy", *job["start"]]
    # a second interrupt may come while the first is handled: until the sweep ends, this is the code
    code = 130
    try:
        code = toy_kernel.main()
    except KeyboardInterrupt:
        pass
    except BaseException:
        code = 1
        raise
    finally:
        sys.stdout.flush()
        os._exit(code)


def count_calls(kill_at: int, after: bool) -> None:
    """Kill this process at the n-th call that makes anything durable, before or after it."""
    from minsksim.experiment.storage import files

    counted = [0]

    def wrap(home: object, name: str) -> None:
        real = getattr(home, name)

        def attempt(*arguments, **options):
            if name in ("write", "fsync") and arguments[0] in (1, 2):
                return real(*arguments, **options)
            counted[0] += 1
            if counted[0] == kill_at and not after:
                os.kill(os.getpid(), signal.SIGKILL)
            result = real(*arguments, **options)
            if counted[0] == kill_at and after:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        setattr(home, name, attempt)

    for name in CALLS:
        wrap(files.Path if name in ("replace", "unlink") else os, name)


class Zygote:
    """The other side: starts, waits, reads what was printed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "zygote.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _ask(self, job: dict) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def start(
        self,
        results: Path,
        *,
        delay: float = 0.0,
        threads: int = 2,
        runs: int = 2000,
        log: Path | None = None,
        **more,
    ) -> Child:
        """Start a sweep as a process group of its own."""
        self.count += 1
        out = self.folder / f"out-{self.count}"
        arguments = [PAIR, results, delay, log or os.devnull, threads, runs]
        job = {"start": [str(one) for one in arguments], "out": str(out), **more}
        return Child(self, self._ask(job), out)

    def wait(self, pid: int) -> int:
        """Return the exit code of a sweep, or minus its signal."""
        return self._ask({"wait": pid})

    def close(self) -> None:
        """End."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


class Child:
    """A sweep that was started."""

    def __init__(self, zygote: Zygote, pid: int, out: Path) -> None:
        self.zygote, self.pid, self.out = zygote, pid, out

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the whole group, as far as it is still there."""
        try:
            os.killpg(self.pid, number)
        except (ProcessLookupError, PermissionError):
            try:
                os.kill(self.pid, number)
            except ProcessLookupError:
                return

    def wait(self) -> int:
        """Return the exit code, or minus the signal."""
        return self.zygote.wait(self.pid)

    @property
    def printed(self) -> str:
        """All it printed."""
        return self.out.read_text() if self.out.exists() else ""


if __name__ == "__main__":
    main()
