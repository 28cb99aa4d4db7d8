"""R1: kill -9 the process group anywhere, start again, same bytes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from minsksim.experiment import load_result

KILLS = int(os.environ.get("MINSKSIM_KILLS", "5"))
BLOCKS = 2000 // 50 + 20 // 10
IN_FLIGHT = 4
"""Blocks submitted at a time with two threads."""

Start = Callable[..., subprocess.Popen[str]]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills process groups")


def test_kills_lose_and_repeat_nothing(start: Start, tmp_path: Path) -> None:
    luck = random.Random(1)
    baseline = start(threads=1, results="baseline", log="baseline.log")
    digest = baseline.communicate()[0].split()[-1]
    kills = 0
    while kills < KILLS:
        process = start(delay=0.02)
        assert process.stdout is not None
        for _ in range(luck.randrange(1, 12)):
            process.stdout.readline()
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        kills += process.returncode == -signal.SIGKILL
        if process.returncode == 0:
            break
    assert kills > 0
    process = start(delay=0.0)
    printed, complaints = process.communicate()
    assert process.returncode == 0, complaints
    assert printed.split()[-1] == digest

    (folder,) = (tmp_path / "results" / "pair").iterdir()
    result = load_result(folder)
    result.verify()
    assert len(result.runs) == 2000
    assert not result.runs.duplicated(["scenario", "point", "replication"]).any()
    assert not list(folder.rglob(".writing-*"))
    executed = Counter((tmp_path / "log").read_text().splitlines())
    assert len(executed) == BLOCKS
    assert sum(executed.values()) <= BLOCKS + kills * IN_FLIGHT


def test_a_kill_between_shard_and_journal_costs_one_block(start: Start, tmp_path: Path) -> None:
    """A shard without its journal line does not count; nor does a half-written one."""
    first = start()
    digest = first.communicate()[0].split()[-1]
    (folder,) = (tmp_path / "results" / "pair").iterdir()
    journal = folder / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:-3]))
    (folder / "shards" / ".writing-runs-000-0000000000.runs.parquet").write_bytes(b"PAR1 half")
    again = start(log="again")
    assert again.communicate()[0].split()[-1] == digest
    assert len((tmp_path / "again").read_text().splitlines()) == 2
    assert not list(folder.rglob(".writing-*"))
