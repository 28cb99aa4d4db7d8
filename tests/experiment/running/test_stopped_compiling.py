"""R9: a signal while the rules are compiled, or the compiler is imported, is a plain stop."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sizes import size

from minsksim.cli.stopping import MESSAGE

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")
PROGRAM = "from minsksim.cli import main; main()"
MOMENTS = size(
    ((1.0, signal.SIGTERM), (4.0, signal.SIGTERM), (8.0, signal.SIGINT)),
    tuple(
        (moment, number)
        for number in (signal.SIGTERM, signal.SIGINT)
        for moment in random.Random(9).sample([0.25 * step for step in range(80)], 30)
    ),
)
"""Seconds after the compiler began, and what is sent then."""

DEPTHS = size((0, 150), tuple(range(0, 600, 12)))
"""Modules imported since the first of the compiler's own."""


def start(*options: str, cache: Path | None = None) -> subprocess.Popen[str]:
    """Start a sweep that heeds Ctrl-C, even when the tests run in the background."""
    environment = os.environ | ({} if cache is None else {"MINSKSIM_CACHE": str(cache)})
    return subprocess.Popen(
        [sys.executable, *options, "-c", PROGRAM, "compare", "revolving_door", "--all"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def stop(process: subprocess.Popen[str], number: int) -> tuple[float, int, str]:
    """Return seconds until a process ended, its exit code, and what it said meanwhile."""
    begun = time.monotonic()
    process.send_signal(number)
    _, said = process.communicate()
    return time.monotonic() - begun, process.returncode, said


def stop_compiling(place: Path, moment: float, number: int) -> tuple[float, int, str]:
    place.mkdir(mode=0o700)
    process = start(cache=place)
    assert process.stderr is not None
    process.stderr.readline()
    time.sleep(moment)
    return stop(process, number)


def test_r9_a_signal_while_the_rules_are_compiled(tmp_path: Path, tally) -> None:
    with ThreadPoolExecutor(3) as threads:
        found = [
            threads.submit(stop_compiling, tmp_path / str(step), moment, number)
            for step, (moment, number) in enumerate(MOMENTS)
        ]
        ends = [one.result() for one in found]
    assert [code for _, code, _ in ends] == [128 + number for _, number in MOMENTS]
    assert {said for _, _, said in ends} == {MESSAGE + "\n"}
    longest = max(seconds for seconds, _, _ in ends)
    assert longest < 5  # two seconds, on a machine that compiles three times at once
    what = "stopped while compiling: 143 or 130"
    tally("R9", what, signals=len(ends), longest_seconds=longest)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_r9_a_signal_while_the_compiler_is_imported(number: int, tally) -> None:
    for depth in DEPTHS:
        process = start("-X", "importtime")
        assert process.stderr is not None
        while "llvmlite" not in process.stderr.readline():
            assert process.poll() is None
        for _ in range(depth):
            process.stderr.readline()
        _, code, said = stop(process, number)
        assert code == 128 + number, said
        assert [line for line in said.splitlines() if not line.startswith("import time:")] == [
            MESSAGE
        ]
    tally("R9", "stopped while the compiler is imported: 143 or 130", signals=len(DEPTHS))
