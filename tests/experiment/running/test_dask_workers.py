"""Dask workers that a sweep starts: killed they start anew, and none outlives the sweep."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from sizes import size
from toy_kernel import toy_perform

from minsksim.experiment import Interrupted
from minsksim.experiment.running.cluster import Cluster

HERE = Path(__file__).parents[1]
pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="looks at processes as POSIX has them")


def holder(parent: psutil.Process) -> psutil.Process:
    """Return the process that holds the Dask workers of a cluster that a sweep started."""
    (one,) = [one for one in parent.children() if is_named("children.py", one)]
    return one


def is_named(word: str, process: psutil.Process) -> bool:
    try:
        return any(word in part for part in process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return False


def doors_of(process: psutil.Process) -> list[str]:
    """Return where a process can be called; psutil 6 has another name for it."""
    name = "net_connections" if hasattr(process, "net_connections") else "connections"
    return [one.laddr.ip for one in getattr(process, name)("inet")]


def are_gone(processes: list[psutil.Process]) -> bool:
    """Wait for the end of processes, and see to it."""
    deadline = time.monotonic() + 60
    while alive := [one for one in processes if is_named("python", one)]:
        if time.monotonic() > deadline:
            for one in alive:
                one.kill()
            return False
        time.sleep(0.1)
    return True


def test_workers_of_ones_own_start_anew_and_end_with_the_sweep(
    toy_sweep, tmp_path: Path, monkeypatch, tally
) -> None:
    # they do not have our path, and the toy is in no package
    monkeypatch.setenv("PYTHONPATH", str(HERE))
    whole = toy_sweep(folder=tmp_path / "whole", runs=800)
    seen: list[psutil.Process] = []
    doors: set[str] = set()

    def progress(done: int, total: int) -> None:
        if not seen and done >= total / 4:
            held = holder(psutil.Process())
            workers = [one for one in held.children() if is_named("spawn_main", one)]
            seen.extend([held, *held.children()])
            doors.update(door for one in seen for door in doors_of(one))
            workers[0].kill()

    executor = Cluster(workers=1, perform=toy_perform)
    result = toy_sweep(folder=tmp_path / "own", runs=800, executor=executor, progress=progress)
    assert seen
    assert doors == {"127.0.0.1"}
    assert result.digest == whole.digest
    assert are_gone(seen)
    tally("R5", "Dask worker of our own SIGKILLed, started anew, digest identical", kills=1)


@pytest.mark.skipif(not size(False, True), reason="part of make chaos: starts a cluster")
def test_a_sweep_whose_workers_cannot_start_anew_stops(toy_sweep, monkeypatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(HERE))

    def progress(done: int, total: int) -> None:
        if 0 < done < total:
            holder(psutil.Process()).kill()

    with pytest.raises(Interrupted, match="workers are gone"):
        toy_sweep(runs=800, executor=Cluster(workers=1, perform=toy_perform), progress=progress)


ALONE = """
import sys
from pathlib import Path
from toy_kernel import ToyKernel, toy_perform
from minsksim.experiment.running.cluster import Cluster
from minsksim.experiment.storage.manifest import Layout
from minsksim.experiment.question.request import SweepRequest
from minsksim.experiment.sweep import answer
from minsksim.scenario import load_scenario
question = SweepRequest(runs=100_000, series=0).question([load_scenario(Path({pair!r}))])
answer(question, Path({folder!r}) / question.id, kernel=ToyKernel(), layout=Layout(block=50),
    executor=Cluster(workers=1, perform=toy_perform), progress=lambda *_: print(flush=True))
"""


def test_workers_of_ones_own_do_not_outlive_a_killed_sweep(tmp_path: Path) -> None:
    pair = HERE.parent / "data" / "pair" / "base.yaml"
    code = ALONE.format(pair=str(pair), folder=str(tmp_path))
    command = [sys.executable, "-c", code]
    environment = os.environ | {"PYTHONPATH": str(HERE)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        # nothing done, then a first block
        for _ in range(2):
            assert process.stdout.readline()
        held = holder(psutil.Process(process.pid))
        processes = [held, *held.children()]
        process.kill()
    assert len(processes) > 1
    assert are_gone(processes)
