"""R1, R2, R7, R9 at any size: kills anywhere, starters at once, signals at any time.

``make test`` runs a few cases of each, ``make chaos`` hundreds.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

import pytest
from sizes import size
from zygote import Zygote

from minsksim.experiment import load_result

BLOCKS = 2000 // 50 + 20 // 10
IN_FLIGHT = 4
pytestmark = pytest.mark.skipif(os.name == "nt", reason="forks, and kills process groups")


@pytest.fixture(scope="module")
def digest(zygote: Zygote, tmp_path_factory: pytest.TempPathFactory) -> str:
    child = zygote.start(tmp_path_factory.mktemp("baseline"), threads=1)
    assert child.wait() == 0
    return child.printed.split()[-1]


@pytest.fixture(scope="module")
def small(zygote: Zygote, tmp_path_factory: pytest.TempPathFactory) -> str:
    child = zygote.start(tmp_path_factory.mktemp("small"), threads=1, runs=20)
    assert child.wait() == 0
    return child.printed.split()[-1]


def whole(results: Path) -> None:
    """Demand a finished result with every run once, and nothing left over."""
    (folder,) = (results / "pair").iterdir()
    result = load_result(folder)
    result.verify()
    assert not result.runs.duplicated(["scenario", "point", "replication"]).any()
    assert not list(folder.rglob(".writing-*"))


def test_r1_kill_anywhere(zygote: Zygote, digest: str, tmp_path: Path, tally) -> None:
    luck = random.Random(1)
    kills = sweeps = repeated = 0
    slowest = 0.0
    wanted = size(5, 300)
    while kills < wanted:
        results, log = tmp_path / f"results-{sweeps}", tmp_path / f"log-{sweeps}"
        mine = 0
        while True:
            before = len(log.read_text().splitlines()) if log.exists() else 0
            begun = time.monotonic()
            child = zygote.start(results, delay=0.01, log=log)
            deadline = begun + luck.uniform(0.0, 0.8)
            while time.monotonic() < deadline:
                if log.exists() and len(log.read_text().splitlines()) > before:
                    slowest = max(slowest, time.monotonic() - begun)
                    before = 10**9
                time.sleep(0.002)
            if kills < wanted:
                child.kill()
            code = child.wait()
            mine += code == -signal.SIGKILL
            kills += code == -signal.SIGKILL
            if code == 0:
                break
            assert code == -signal.SIGKILL, child.printed
        assert child.printed.split()[-1] == digest
        whole(results)
        executed = Counter(log.read_text().splitlines())
        assert len(executed) == BLOCKS
        assert sum(executed.values()) <= BLOCKS + mine * IN_FLIGHT
        repeated += sum(executed.values()) - BLOCKS
        sweeps += 1
    assert slowest < 2
    tally(
        "R1",
        "kill -9 anywhere: none lost, none twice, digest identical",
        kills=kills,
        sweeps=sweeps,
        blocks_done_again=repeated,
        restart_s=slowest,
    )


def test_r2_kill_at_every_durable_call(zygote: Zygote, small: str, tmp_path: Path, tally) -> None:
    """Before and after each write, fsync, truncation, rename, removal and opening."""
    step = size(60, 1)
    kills = 0
    for after in (False, True):
        k = 1
        while True:
            results = tmp_path / f"{after}-{k}"
            first = zygote.start(results, runs=20, threads=1, kill_at=k, after=after)
            code = first.wait()
            if code == 0:
                break
            assert code == -signal.SIGKILL, first.printed
            kills += 1
            again = zygote.start(results, runs=20, threads=1)
            assert again.wait() == 0, again.printed
            assert again.printed.split()[-1] == small
            whole(results)
            k += step
    assert kills >= size(5, 100)
    tally("R2", "killed before and after every durable call, digest identical", kills=kills)


def test_r7_starters_at_once(zygote: Zygote, digest: str, tmp_path: Path, tally) -> None:
    luck = random.Random(7)
    rounds = size(4, 100)
    slowest_refusal = slowest_start = 0.0
    starters = 0
    for case in range(rounds):
        results, gate = tmp_path / f"results-{case}", tmp_path / f"gate-{case}"
        children = [
            zygote.start(results, delay=0.3, barrier=str(gate))
            for _ in range(2 if case == 0 else luck.randrange(2, 9))
        ]
        starters += len(children)
        time.sleep(0.05)
        gate.touch()
        begun = time.monotonic()
        # whoever prints progress holds the lock
        winner = None
        while winner is None and time.monotonic() - begun < 20:
            winner = next(
                (one for one in children if "\n" in one.printed and "writing" not in one.printed),
                None,
            )
            time.sleep(0.002)
        assert winner is not None
        for child in children:
            if child is not winner:
                assert child.wait() == 6, child.printed
                assert f"process {winner.pid}" in child.printed
        slowest_refusal = max(slowest_refusal, time.monotonic() - begun)
        winner.kill()
        assert winner.wait() == -signal.SIGKILL
        begun = time.monotonic()
        following = zygote.start(results, delay=0.0)
        while not following.printed and time.monotonic() - begun < 20:
            time.sleep(0.002)
        slowest_start = max(slowest_start, time.monotonic() - begun)
        assert following.wait() == 0, following.printed
        assert following.printed.split()[-1] == digest
    tally(
        "R7",
        "two to eight starters on one folder: one proceeds, the others exit 6",
        rounds=rounds,
        starters=starters,
        refusal_s=slowest_refusal,
        next_start_s=slowest_start,
    )
    # eight processes that start at once share what processors there are
    assert slowest_refusal < 2 * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert slowest_start < max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


SIGNALS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


def test_r9_signals_at_any_time(zygote: Zygote, digest: str, tmp_path: Path, tally) -> None:
    luck = random.Random(9)
    sent = sweeps = 0
    slowest = slowest_second = 0.0
    while sent < size(6, 200):
        results = tmp_path / f"results-{sweeps}"
        while True:
            child = zygote.start(results, delay=0.03)
            number = luck.choice(sorted(SIGNALS))
            time.sleep(luck.uniform(0.0, 0.5))
            twice = luck.random() < 0.2
            begun = time.monotonic()
            child.kill(number)
            if twice:
                time.sleep(0.01)
                second = time.monotonic()
                child.kill(number)
            code = child.wait()
            if code == 0:
                break
            # before the sweep begins a signal ends the process as it ends any other
            assert code in (SIGNALS[number], -number), child.printed
            if "resumes" in child.printed:
                assert code == SIGNALS[number]
            assert "Traceback" not in child.printed
            sent += 1
            slowest = max(slowest, time.monotonic() - begun)
            if twice:
                slowest_second = max(slowest_second, time.monotonic() - second)
            if sent >= size(6, 200):
                child = zygote.start(results)
                assert child.wait() == 0
                break
        assert child.printed.split()[-1] == digest
        whole(results)
        sweeps += 1
    assert slowest < 2
    tally(
        "R9",
        "Ctrl-C, SIGTERM, SIGHUP at any time: clean stop, same digest after",
        signals=sent,
        slowest_stop_s=slowest,
        second_signal_s=slowest_second,
    )
