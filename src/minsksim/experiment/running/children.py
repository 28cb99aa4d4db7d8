"""Python processes that we start: none imports from the folder that it works in.

That folder may be a stranger's, and a file ``pyarrow.py`` in it must not run. Python looks there
first, because of ``-m``, ``-c``, an empty entry of PYTHONPATH, or a parent that hands its own path
down. So children get a flag, an environment and a path of their own.

This file is also the script that holds Dask's workers, and imports nothing of ours for it: each
worker runs it once more.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading

PYTHON = (sys.executable, "-P")
"""What a command that starts Python begins with."""

_GRACE = 5.0
"""Seconds that Dask's workers get to end by themselves."""


def environment_of_children() -> dict[str, str]:
    """Return the environment of every Python that we start."""
    from minsksim._cache import handed_down

    # the flag ends with one process, the variable goes on to what that one starts
    environment = os.environ | {"PYTHONSAFEPATH": "1"} | handed_down()
    entries = environment.pop("PYTHONPATH", "").split(os.pathsep)
    # an entry without a name is the working folder too
    kept = [entry for entry in entries if os.path.normpath(entry) != os.curdir]
    if kept:
        environment["PYTHONPATH"] = os.pathsep.join(kept)
    return environment


def environment_of_workers() -> dict[str, str]:
    """Return the environment of a process that does blocks, one at a time."""
    return environment_of_children() | {"NUMBA_NUM_THREADS": "1"}


class DaskWorkers:
    """Dask's workers on this machine, in processes that know nothing of our path.

    ``LocalCluster`` starts them with ``multiprocessing``, which sends them our ``sys.path``, and in
    a notebook that begins with the working folder. So they and the nannies that start them anew
    belong to a process between; they end with it, and it ends with us.

    Parameters
    ----------
    address : str
        The scheduler's.
    count : int
        How many.
    """

    def __init__(self, address: str, count: int) -> None:
        self._process = subprocess.Popen(
            [*PYTHON, __file__, address, str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment_of_workers(),
            # Ctrl-C is ours to heed
            start_new_session=True,
        )

    def is_alive(self) -> bool:
        """Return whether somebody still starts workers."""
        return self._process.poll() is None

    def end(self) -> None:
        """End them, by force if they take long."""
        self._process.terminate()
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()


def hold_workers(address: str, count: str) -> None:
    """Run Dask's workers under nannies until told to end, or until our parent is gone."""
    threading.Thread(target=_follow, daemon=True).start()
    from distributed.cli.dask_worker import main

    share = str(1 / int(count))
    words = ["--nworkers", count, "--nthreads", "1", "--memory-limit", share]
    # without a dashboard there is still a page with figures, by default for everybody
    words += ["--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
    main([address, *words])


def _follow() -> None:
    """End this process, and thereby its workers, when nobody holds the other end of stdin."""
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    hold_workers(*sys.argv[1:])
