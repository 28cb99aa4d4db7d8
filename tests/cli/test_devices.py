"""D6: devices, pipes and endless files are refused wherever the program reads a file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PAIR = str(Path(__file__).parents[1] / "data" / "pair" / "base.yaml")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="has other devices")
CODE = "from minsksim.cli import main; main()"

READERS = [
    ("sweep", PAIR, "--points-file", "TRAP.csv", "--no-figures"),
    ("bench", "TRAP.csv"),
    ("bench", "folder"),
    ("bench", "TRAP.json"),
    ("check", "TRAP.yaml"),
    ("run", "variant.yaml"),
    ("results", "show", "result"),
    ("results", "verify", "result"),
    ("results", "list"),
    ("results", "prune", "--unfinished", "--yes"),
    ("plot", "result"),
    ("replay", "result"),
]
TRAPS = ("zero", "pipe", "endless")


def set_trap(path: Path, trap: str) -> None:
    """Put a link to a device, a pipe, or a file of a terabyte somewhere."""
    if trap == "zero":
        path.symlink_to("/dev/zero")
    elif trap == "pipe":
        os.mkfifo(path)
    else:
        with path.open("wb") as file:
            file.truncate(1 << 40)


@pytest.mark.parametrize("trap", TRAPS)
def test_what_never_ends_is_refused(tmp_path: Path, trap: str, tally) -> None:
    result = tmp_path / "results" / "pair" / "0123456789ab"
    (tmp_path / "folder").mkdir()
    result.mkdir(parents=True)
    places = ("TRAP.csv", "TRAP.yaml", "TRAP.json", "folder/positions.csv")
    for place in (*places, "results/pair/0123456789ab/manifest.json"):
        set_trap(tmp_path / place, trap)
    (tmp_path / "result").symlink_to(result)
    (tmp_path / "variant.yaml").write_text("based_on: TRAP.yaml\nbecause: x\nchanges: {}\n")
    for words in READERS:
        done = subprocess.run(
            [sys.executable, "-c", f"import resource; {LIMIT}; {CODE}", *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode in ((0,) if words[1] in ("list", "prune") else (2, 3, 5)), (
            words, done.returncode, done.stderr[-500:],
        )  # fmt: skip
        assert done.returncode != -signal.SIGKILL
        assert "Traceback" not in done.stderr
        assert "fault of minsksim" not in done.stderr
    what = "devices, pipes and files of a terabyte where a file is read: refused"
    tally("R12", what, cases=len(READERS))


LIMIT = "resource.setrlimit(resource.RLIMIT_DATA, (3 << 30, 3 << 30))"
