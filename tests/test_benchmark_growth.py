"""What measures growth and output: exponents, verdicts, scenarios of any size, stopwatches."""

import json
import time
from pathlib import Path

import numpy as np
import pytest

from minsksim import load_scenario
from minsksim.engine.arrays.compile import compile_scenario

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.fixture(autouse=True)
def _from_benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))


def test_an_exponent_is_a_slope_on_logarithmic_axes() -> None:
    from scaling import exponent, judge  # type: ignore[import-not-found]

    assert exponent((10, 3.0), (100, 30.0)) == pytest.approx(1.0)
    assert exponent((2, 5.0), (8, 80.0)) == pytest.approx(2.0)
    assert judge("turns", 1.0, 0.02) == "pass"
    assert judge("turns", 0.8, 0.02) == judge("turns", 1.2, 0.02) == "fail"
    assert judge("channels", 0.5, 0.02) == "pass"
    assert judge("levers", 1.2, 0.02) == "fail"
    assert judge("levers", 0.9, 0.2).startswith("none")
    assert judge("actors", 1.9, 0.02) == "measured"


def test_a_ring_is_a_sound_scenario_of_the_size_asked_for(tmp_path: Path) -> None:
    from sparse import Size, document, make_scenario  # type: ignore[import-not-found]

    size = Size(actors=7, levers=3, reach=2, tabled=2, turns=5)
    path = tmp_path / "ring.yaml"
    path.write_text(json.dumps(document(size)), encoding="utf-8")
    checked, made = load_scenario(path), make_scenario(size)
    assert made.document == checked.document
    structure = compile_scenario(made).structure
    assert structure.turns == 5
    assert structure.index_actor.shape[0] == 7
    assert len(structure.lever_owner) == 21
    assert len(structure.channel_ends) == 14
    assert set(np.diff(structure.table_start)) == {4}
    assert ((structure.index_attention >= 0).sum(axis=1) == 2).all()


def test_a_stopwatch_leaves_out_what_another_already_counts() -> None:
    import stopwatch  # type: ignore[import-not-found]

    def spin(seconds: float) -> None:
        end = time.process_time() + seconds
        while time.process_time() < end:
            pass

    inner = stopwatch.watched("simulation", spin, time.process_time)
    outer = stopwatch.watched("summary", lambda: inner(0.02), time.process_time)
    outer()
    assert stopwatch.SPENT["simulation"] == 0.0
    assert stopwatch.SPENT["summary"] == pytest.approx(0.02, abs=0.02)
    inner(0.02)
    assert stopwatch.SPENT["simulation"] >= 0.02
