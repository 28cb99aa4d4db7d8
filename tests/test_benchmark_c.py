"""The C program of the benchmark plays the same game: its measures are the kernel's."""

import shutil
from pathlib import Path
from types import ModuleType

import pytest

from minsksim import load_scenario
from minsksim.engine.arrays.compile import compile_scenario

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
RUNS = 200


@pytest.fixture
def against_c(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import against_c  # type: ignore[import-not-found]

    return against_c


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
def test_c_program_gives_the_same_measures(against_c: ModuleType, tmp_path: Path) -> None:
    compiled = compile_scenario(load_scenario(against_c.SCENARIO))
    rival = against_c.Rival.build(compiled, tmp_path)
    ours, theirs = against_c.kernel_measures(compiled, RUNS), rival.play(RUNS)
    assert against_c.equal_runs(ours, theirs) == RUNS
    # the comparison can tell: one measure of one run is off by more than it may be
    theirs[3, -1] += 1e-11
    assert against_c.equal_runs(ours, theirs) == RUNS - 1


def test_no_verdict_where_runs_differ_or_the_reference_is_unsteady(against_c: ModuleType) -> None:
    assert against_c.verdict(100, 100, 1.0, 0.02) == "pass"
    assert against_c.verdict(100, 100, 0.99, 0.02) == "fail"
    assert against_c.verdict(99, 100, 1.2, 0.02).startswith("none: 1 of 100 runs differ")
    assert against_c.verdict(100, 100, 1.2, 0.16).startswith("none: the reference's spread")
