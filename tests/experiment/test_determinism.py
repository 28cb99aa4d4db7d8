"""R10: threads, order, block sizes, hash seeds, locales and time zones change no bit."""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections.abc import Callable
from typing import Any

import pytest
from sizes import size
from toy_kernel import ToyKernel

from minsksim.experiment import Vary


class Shuffled(ToyKernel):
    """Ends its blocks in a random order."""

    def simulate(self, *arguments: Any, **options: Any) -> Any:
        time.sleep(random.random() * 0.01)
        return super().simulate(*arguments, **options)


def test_threads_blocks_and_order_change_no_digest(toy_sweep, tmp_path) -> None:
    vary = (Vary("levers.toll.initial", 150, 250, 3),)
    digests = {
        toy_sweep(
            folder=tmp_path / f"{threads}-{block}",
            kernel=Shuffled(),
            threads=threads,
            block=block,
            sample=sample,
            vary=vary,
        ).digest
        for threads, block, sample in [(1, 2048, 64), (2, 50, 10), (4, 7, 3), (4, 64, 1)]
    }
    assert len(digests) == 1


def test_files_are_the_same_bytes_in_any_order(toy_sweep, tmp_path) -> None:
    one = toy_sweep(folder=tmp_path / "one", threads=1)
    four = toy_sweep(folder=tmp_path / "four", threads=4, kernel=Shuffled())
    for name in ("runs", "series", "contributions", "agreements"):
        file = f"{name}.parquet"
        assert (one.path / file).read_bytes() == (four.path / file).read_bytes()


@pytest.mark.parametrize("seed", size(range(1, 3), range(10)))
def test_r10_the_environment_changes_no_digest(
    start: Callable[..., subprocess.Popen[str]], toy_sweep, tmp_path, seed: int, tally
) -> None:
    here = toy_sweep(folder=tmp_path / "here", runs=100)
    environment = os.environ | {
        "PYTHONHASHSEED": str(seed),
        "LC_ALL": ["C", "de_DE.UTF-8", "tr_TR.UTF-8"][seed % 3],
        "TZ": ["UTC", "Asia/Kolkata", "America/Caracas", "Pacific/Apia"][seed % 4],
    }
    process = start(runs=100, environment=environment)
    assert process.communicate()[0].split()[-1] == here.digest
    tally("R10", "hash seeds, locales and time zones, each in a new process: one digest", sweeps=1)


def test_a_digest_sees_every_part(toy_sweep) -> None:
    asked: list[dict[str, Any]] = [{}, {"seed": 1}, {"runs": 201}, {"series": 19}]
    assert len({toy_sweep(**parts).digest for parts in asked}) == len(asked)
