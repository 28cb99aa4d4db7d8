"""R5: a worker that dies, hangs, fails or lies costs the guilty run only, and nothing hangs."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from sizes import size
from toy_kernel import ToyKernel

from minsksim.errors import RunError
from minsksim.experiment.processes import Processes
from minsksim.experiment.status import KILLED, RAISED, TOO_LONG, sentence_of
from minsksim.experiment.sweep import answer, ask

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")

FAULTS = {
    "killed": KILLED,
    "segfault": KILLED,
    "exit": KILLED,
    "loop": TOO_LONG,
    "memory": RAISED,
    "error": RAISED,
}


def processes(fault: str = "none", replication: int = -1, **options) -> Processes:
    delay = options.pop("delay", 0.0)
    log = options.pop("log", os.devnull)
    command = [sys.executable, str(HERE / "toy_worker.py"), fault, str(replication)]
    return Processes(threads=2, command=[*command, str(log), str(delay)], **options)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory, pair) -> float:
    """Seconds of a sweep whose workers do not fail: starting them is most of it."""
    question = ask(
        [pair],
        design=None,
        vary=(),
        runs=200,
        points=None,
        seed=0,
        where=(),
        series=20,
    )
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
@pytest.mark.parametrize("case", range(size(1, 8)))
def test_only_the_guilty_run_is_given_up(
    toy_sweep, tmp_path: Path, fault: str, case: int, tally, calm: float
) -> None:
    guilty = [137, 3, 199, 50, 49, 100, 19, 77][case]
    whole = toy_sweep(folder=tmp_path / "whole").runs
    timeout = 1.0
    begun = time.monotonic()
    result = toy_sweep(executor=processes(fault, guilty, timeout=timeout))
    seconds = time.monotonic() - begun
    # the block of the run and that of its sample: four failures each, and a start after each
    assert seconds < 12 * calm + 4 * timeout + 5
    assert result.failed == 1
    (failure,) = result.failures.to_dict("records")
    assert failure["replication"] == guilty
    assert failure["status"] == FAULTS[fault]
    assert failure["sentence"] == sentence_of(FAULTS[fault])
    others = result.runs["replication"] != guilty
    assert result.runs[others].equals(whole[others])
    result.verify()
    tally("R5", f"worker {fault}: only the guilty run given up", longest_s=seconds)


def test_what_a_run_prints_is_no_answer(toy_sweep, tmp_path: Path) -> None:
    whole = toy_sweep(folder=tmp_path / "whole").digest
    result = toy_sweep(folder=tmp_path / "one", executor=processes("prints", 60))
    assert result.digest == whole


def test_workers_killed_from_outside_cost_nothing(toy_sweep, tmp_path: Path, tally) -> None:
    """The system's memory killer, or a careless colleague."""
    whole = toy_sweep(folder=tmp_path / "whole", runs=400).digest
    killed, over = [], threading.Event()

    def hunt() -> None:
        while not over.wait(0.4) and len(killed) < size(3, 50):
            children = psutil.Process().children()
            for child in [one for one in children if "toy_worker.py" in " ".join(one.cmdline())][
                :1
            ]:
                child.kill()
                killed.append(child.pid)

    hunter = threading.Thread(target=hunt)
    hunter.start()
    result = toy_sweep(
        folder=tmp_path / "hunted", runs=size(400, 4000), executor=processes(delay=0.1)
    )
    over.set()
    hunter.join()
    assert killed
    assert result.failed == 0
    if size(1, 0):
        assert result.digest == whole
    else:
        assert result.digest == toy_sweep(folder=tmp_path / "calm", runs=4000).digest
    tally("R5", "workers SIGKILLed from outside, digest identical", kills=len(killed))


def test_no_worker_outlives_its_sweep(toy_sweep) -> None:
    toy_sweep(executor=processes())
    left = [one for one in psutil.Process().children() if "toy_worker" in " ".join(one.cmdline())]
    assert left == []


LIES = {
    "a huge shard": "print(json.dumps({'shards': {'runs': 1 << 40}}), flush=True)",
    "no JSON": "print('hello', flush=True)",
    "a shard cut short": "print(json.dumps({'shards': {'runs': 99}}), flush=True)",
    "nothing": "",
    "no end of line": "print('x' * 10**6, end='', flush=True)",
}


@pytest.mark.parametrize("lie", list(LIES)[: size(2, len(LIES))])
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
