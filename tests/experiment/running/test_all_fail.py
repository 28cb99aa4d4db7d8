"""R5: where every run fails, each keeps its row with status and sentence, and the sweep ends."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from toy_kernel import FAILS, Block, ToyKernel

from minsksim.cli import main
from minsksim.errors import RunError
from minsksim.experiment import find_damage, replay
from minsksim.experiment.result import Result
from minsksim.experiment.running.kernel import Engine
from minsksim.experiment.running.processes import Processes
from minsksim.experiment.running.status import sentence_of

HERE = Path(__file__).parents[1]
WORKER = f"""
import sys
sys.path[:0] = [{str(HERE)!r}, {str(HERE / "running")!r}]
from test_all_fail import Failing
from minsksim.experiment.running.worker import serve
serve(Failing())
"""
ASKED: tuple[dict[str, Any], ...] = (
    {"series": 20},
    {"series": 0},
    {"series": None},
    {"series": 5, "agreements": None},
    {"runs": 1},
    {"until": ("agreements=0.5",), "most": 400},
)


def lose(block: Any) -> Any:
    """Return a block none of whose runs came to an end."""
    status = np.ones(len(block.status), np.int64)
    return replace(block, measures=np.full_like(block.measures, np.nan), status=status)


class Failing(ToyKernel):
    """Fails in every run."""

    def simulate(self, *arguments: Any, **options: Any) -> Block:
        return lose(super().simulate(*arguments, **options))


def assert_told(result: Result, runs: int) -> None:
    """Every run has a row, a status and a sentence, and nothing else."""
    table = result.runs
    assert len(table) == runs
    assert set(table["status"]) == {1}
    measures = ["toll_final", "agreements", "utility_northland"]
    assert table[measures].isna().all(axis=None)
    lines = (result.path / "failed.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == runs
    assert {json.loads(line)["sentence"] for line in lines} == {sentence_of(1)}
    for kind in ("series", "contributions", "agreements"):
        assert len(getattr(result, kind)) == 0


def test_r5_every_run_of_every_block_fails(toy_sweep, pair, free, tally) -> None:
    count = 0
    for asked in ASKED:
        for scenarios in ((pair,), (pair, free)):
            result = toy_sweep(*scenarios, kernel=Failing(), **asked)
            replications = asked.get("most", asked.get("runs", 200))
            assert_told(result, replications * len(scenarios))
            assert not find_damage(result.path)
            assert toy_sweep(*scenarios, kernel=Failing(), **asked).digest == result.digest
            count += 1
    tally("R5", "blocks in which every run fails: rows kept, exit 4", cases=count)


@pytest.mark.skipif(os.name == "nt", reason="starts workers")
def test_worker_processes_give_the_same_bytes(toy_sweep, pair, free, tmp_path: Path) -> None:
    executor = Processes(threads=1, command=[sys.executable, "-c", WORKER])
    one = toy_sweep(pair, free, folder=tmp_path / "threads", kernel=Failing())
    two = toy_sweep(pair, free, folder=tmp_path / "processes", kernel=Failing(), executor=executor)
    assert_told(two, 400)
    assert two.digest == one.digest


def test_a_block_of_one_run_that_fails(toy_sweep, tmp_path: Path) -> None:
    """A block between blocks that are sound, and so small that all of it fails."""
    result = toy_sweep(
        folder=tmp_path / "one", kernel=ToyKernel(has_failures=True), block=1, sample=1, runs=20
    )
    assert list(np.flatnonzero(result.runs["status"])) == [FAILS]
    assert FAILS not in set(result.series["replication"])
    assert len(set(result.series["replication"])) == 19


@pytest.mark.parametrize("words", [[], ["--format", "json"], ["--series", "all"]], ids=str)
def test_a_command_ends_with_4_summary_and_figures(words, pair, free, tmp_path, monkeypatch):
    real = Engine.simulate

    def failing(self: Engine, *arguments: Any, **options: Any) -> Any:
        return lose(real(self, *arguments, **options))

    monkeypatch.setattr(Engine, "simulate", failing)
    files = [str(HERE.parent / "data/pair/base.yaml")]
    files.append(str(HERE.parent / "data/pair/variants/free_transit.yaml"))
    for count in (1, 2):
        asked = ["sweep", *files[:count], "--runs", "3", "--results", str(tmp_path), *words]
        done = CliRunner().invoke(main, asked)
        assert done.exit_code == 4, done.stderr
        assert f"{3 * count} of {3 * count} runs failed" in done.stderr
        assert sentence_of(1) in done.stderr
        assert "fault of minsksim" not in done.stderr
        assert "nobody ever agrees" not in done.stdout + done.stderr


def test_a_failed_run_is_not_told_as_another(toy_sweep) -> None:
    """What is played again is a run that went well, and no proof of damage."""
    result = toy_sweep(kernel=Failing(), runs=3)
    with pytest.raises(RunError, match="replication 1 failed"):
        replay(result.path, replication=1)
