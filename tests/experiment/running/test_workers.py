"""R5: a worker that dies, hangs, fails or lies costs the guilty run only, and nothing hangs."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import psutil
import pytest
from nursery import Nursery
from sizes import size
from toy_kernel import ToyKernel

from minsksim.errors import RunError
from minsksim.experiment.question.request import SweepRequest
from minsksim.experiment.result import Result
from minsksim.experiment.running import processes as supervisor
from minsksim.experiment.running.processes import Processes
from minsksim.experiment.running.status import KILLED, RAISED, TOO_LONG, sentence_of
from minsksim.experiment.sweep import answer

HERE = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")

FAULTS = {
    "killed": KILLED,
    "segfault": KILLED,
    "exit": KILLED,
    "loop": TOO_LONG,
    "memory": RAISED,
    "error": RAISED,
    "huge": RAISED,
}


def processes(fault: str = "none", replication: int = -1, **options) -> Processes:
    delay = options.pop("delay", 0.0)
    log = options.pop("log", os.devnull)
    command = [sys.executable, str(HERE / "toy_worker.py"), fault, str(replication)]
    return Processes(threads=2, command=[*command, str(log), str(delay)], **options)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory, pair) -> float:
    """Seconds of a sweep whose workers do not fail: starting them is most of it."""
    question = SweepRequest(runs=200, series=20).question([pair])
    begun = time.monotonic()
    folder = tmp_path_factory.mktemp("calm") / question.id
    answer(question, folder, kernel=ToyKernel(), executor=processes())
    return time.monotonic() - begun


def test_processes_give_the_bytes_that_threads_give(toy_sweep, tmp_path: Path) -> None:
    one = toy_sweep(folder=tmp_path / "threads")
    two = toy_sweep(folder=tmp_path / "processes", executor=processes())
    for name in ("runs", "series", "contributions", "agreements"):
        file = f"{name}.parquet"
        assert (one.path / file).read_bytes() == (two.path / file).read_bytes()


QUICK = ("killed", "loop")
"""A worker takes seconds to start on a busy machine, so ``make test`` tries two ways to fail."""


@pytest.mark.parametrize("fault", [one for one in FAULTS if size(one in QUICK, True)])
def test_only_the_guilty_run_is_given_up(
    toy_sweep, tmp_path: Path, fault: str, tally, calm: float
) -> None:
    guilty = 137
    whole = toy_sweep(folder=tmp_path / "whole").runs
    timeout = 20.0 if fault == "huge" else 1.0
    begun = time.monotonic()
    result = toy_sweep(executor=processes(fault, guilty, timeout=timeout))
    seconds = time.monotonic() - begun
    # the block of the run and that of its sample: four failures each, and a start after each
    assert seconds < 12 * calm + 4 * timeout + 5
    only(guilty, fault, result, whole)
    tally("R5", "a worker of a run that kills, stops or breaks it, started anew", cases=1)


def only(guilty: int, fault: str, result: Result, whole: pd.DataFrame) -> None:
    """Demand that one run is given up, by its number, and that all others are as they were."""
    assert result.failed == 1
    (failure,) = result.failures.to_dict("records")
    assert failure["replication"] == guilty
    assert failure["status"] == FAULTS[fault]
    assert failure["sentence"] == sentence_of(FAULTS[fault])
    others = result.runs["replication"] != guilty
    assert result.runs[others].equals(whole[others])
    result.verify()


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    one = Nursery()
    yield one
    one.close()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="forks workers, which needs Linux")
@pytest.mark.parametrize("fault", FAULTS)
def test_r5_any_run_may_be_the_guilty_one(
    toy_sweep, tmp_path: Path, monkeypatch, nursery: Nursery, fault: str, tally
) -> None:
    """Workers are forks of a ready process: what is tested is the supervisor."""
    monkeypatch.setattr(supervisor, "subprocess", nursery)
    whole = toy_sweep(folder=tmp_path / "whole", executor=processes()).runs
    luck = random.Random(fault)
    # a gigabyte is slow to make on a busy machine
    cases, timeout = size(1, 50), 20.0 if fault == "huge" else 2.0
    slowest = 0.0
    for case in range(cases):
        # the edges of blocks and of the sample first
        guilty = [0, 199, 49, 50, 19, 20][case] if case < 6 else luck.randrange(200)
        begun = time.monotonic()
        result = toy_sweep(executor=processes(fault, guilty, timeout=timeout))
        slowest = max(slowest, time.monotonic() - begun)
        only(guilty, fault, result, whole)
        shutil.rmtree(result.path)
    busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    # the block of the run and that of its sample may both wait for the same silence
    assert slowest < (2 * timeout if fault == "loop" else 0) + 5 * busy
    what = f"worker fails ({fault}) in one run: only that run given up, the rest unchanged"
    tally("R5", what, cases=cases, slowest_s=slowest)


def test_what_a_run_prints_is_no_answer(toy_sweep, tmp_path: Path) -> None:
    whole = toy_sweep(folder=tmp_path / "whole").digest
    result = toy_sweep(folder=tmp_path / "one", executor=processes("prints", 60))
    assert result.digest == whole


def test_workers_killed_from_outside_cost_nothing(
    toy_sweep, tmp_path: Path, monkeypatch, request, tally
) -> None:
    """The system's memory killer, or a careless colleague."""
    delay, wanted, pause = size((0.1, 3, 0.4), (0.02, 50, 1.0))
    home = psutil.Process()
    if size(False, hasattr(os, "pidfd_open")):
        # a new Python takes longer to start than the hunter takes to find it
        nursery = request.getfixturevalue("nursery")
        monkeypatch.setattr(supervisor, "subprocess", nursery)
        home = psutil.Process(nursery.pid)
    whole = toy_sweep(folder=tmp_path / "whole", runs=400).digest
    killed, over, luck = [], threading.Event(), random.Random(5)

    def hunt() -> None:
        while not over.wait(pause * luck.uniform(0.5, 1.5)) and len(killed) < wanted:
            prey = [one for one in home.children() if one.status() != psutil.STATUS_ZOMBIE]
            prey = [one for one in prey if "resource_tracker" not in " ".join(one.cmdline())]
            for child in prey[:1]:
                child.kill()
                killed.append(child.pid)

    hunter = threading.Thread(target=hunt)
    hunter.start()
    sweeps = 0
    try:
        while len(killed) < size(1, wanted):
            result = toy_sweep(
                folder=tmp_path / f"hunted-{sweeps}", runs=400, executor=processes(delay=delay)
            )
            assert result.failed == 0
            assert result.digest == whole
            sweeps += 1
    finally:
        over.set()
        hunter.join()
    what = "workers SIGKILLed from outside, digest identical"
    tally("R5", what, kills=len(killed), sweeps=sweeps)


def test_no_worker_outlives_its_sweep(toy_sweep) -> None:
    toy_sweep(executor=processes())
    alive = [one for one in psutil.Process().children() if one.status() != psutil.STATUS_ZOMBIE]
    assert [one for one in alive if "toy_worker" in " ".join(one.cmdline())] == []


LIES = {
    "rubbish": "print(json.dumps({'shards': {'runs': 9}}) + '\\n' + 'x' * 9, end='', flush=True)",
    "nothing in it": "print(json.dumps({'shards': {}}), flush=True)",
    "a huge shard": "print(json.dumps({'shards': {'runs': 1 << 40}}), flush=True)",
    "no JSON": "print('hello', flush=True)",
    "a shard cut short": "print(json.dumps({'shards': {'runs': 99}}), flush=True)",
    "nothing": "",
    "no end of line": "print('x' * 10**6, end='', flush=True)",
}


@pytest.mark.parametrize("lie", list(LIES)[: size(3, len(LIES))])
def test_a_worker_that_makes_no_sense_is_a_plain_error(toy_sweep, lie: str) -> None:
    code = (
        "import json, sys\nhead = json.loads(sys.stdin.buffer.readline())\n"
        f"sys.stdin.buffer.read(head['manifest'])\nsys.stdin.buffer.readline()\n{LIES[lie]}"
    )
    with pytest.raises(RunError, match="Worker processes end before"):
        toy_sweep(executor=Processes(threads=1, command=[sys.executable, "-c", code]))


@pytest.mark.skipif(not size(0, 1), reason="part of make chaos: starts six workers")
def test_a_limit_of_memory_holds_in_the_worker(toy_sweep, tmp_path: Path) -> None:
    with pytest.raises(RunError, match="--memory"):
        toy_sweep(folder=tmp_path / "tight", executor=processes(memory=20), kernel=ToyKernel())


ALONE = """
import sys
from pathlib import Path
sys.path.insert(0, {here!r})
from toy_kernel import ToyKernel
from minsksim.experiment.storage.manifest import Layout
from minsksim.experiment.running.processes import Processes
from minsksim.experiment.question.request import SweepRequest
from minsksim.experiment.sweep import answer
from minsksim.scenario import load_scenario
question = SweepRequest(runs=200, series=0).question([load_scenario(Path({pair!r}))])
command = [sys.executable, {worker!r}, "loop", "0", {log!r}]
answer(question, Path({folder!r}) / question.id, kernel=ToyKernel(), layout=Layout(block=50),
    executor=Processes(threads=2, timeout=600, command=command))
"""


def test_a_worker_that_loops_does_not_outlive_a_killed_sweep(tmp_path: Path) -> None:
    """It reads no more, so it cannot see that nobody writes."""
    log, loops = tmp_path / "log", tmp_path / "log.loops"
    code = ALONE.format(
        here=str(HERE),
        pair=str(HERE.parent / "data" / "pair" / "base.yaml"),
        worker=str(HERE / "toy_worker.py"),
        log=str(log),
        folder=str(tmp_path),
    )
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        # one worker is in the first block for good, the other has done the rest
        while not (log.exists() and loops.exists() and len(log.read_text().splitlines()) >= 3):
            assert process.poll() is None
            time.sleep(0.05)
        workers = psutil.Process(process.pid).children()
        process.kill()
    assert len(workers) == 2
    deadline = time.monotonic() + 60
    while (alive := [one for one in workers if is_alive(one)]) and time.monotonic() < deadline:
        time.sleep(0.1)
    for one in alive:
        one.kill()
    assert alive == []


def is_alive(process: psutil.Process) -> bool:
    """Whether a process still does something; who inherits an orphan may never reap it."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
