"""What is supposed is stored with a sweep, and done again to the same bytes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minsksim import compare, load_result, run_scenario, suppose, sweep
from minsksim.experiment.question.vary import Vary
from minsksim.experiment.replay import replay, replay_all, resume
from minsksim.experiment.result import Result

ASKED = {"drop": "captives", "impose": "potash_relief=1@2025-09", "forbid": ("embassy",)}


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return sweep("minsk", runs=6, series=2, results=tmp_path_factory.mktemp("supposed"), **ASKED)


def test_the_manifest_holds_it(result: Result) -> None:
    stored = load_result(result.path).scenarios["minsk"]
    supposed = suppose("minsk", **ASKED)
    assert stored.digest == supposed.digest
    assert stored.notes == supposed.notes
    assert result.manifest["scenarios"][0]["document"]["what_if"]["forbid"] == ["embassy"]
    late = result.series[result.series["turn"] >= 9]
    assert (late["levers.potash_relief"] == 1.0).all()


def test_it_is_another_question_than_without(result: Result, tmp_path: Path) -> None:
    plain = sweep("minsk", runs=6, series=2, results=tmp_path)
    assert plain.id != result.id
    assert plain.path.parent.name == result.path.parent.name == "minsk"


def test_it_is_replayed_and_resumed_to_the_same_bytes(result: Result, tmp_path: Path) -> None:
    assert replay_all(result.path).is_same
    one = replay(result.path, replication=4)
    run = run_scenario(one.scenario, seed=one.seed, replication=4, point=one.point)
    np.testing.assert_equal(dict(run.measures), dict(one.measures))
    other = sweep("minsk", runs=6, series=2, results=tmp_path, **ASKED)
    (other.path / "runs.parquet").unlink()
    assert resume(other.path).digest == result.digest


def test_an_imposed_value_is_a_number_like_others(tmp_path: Path) -> None:
    name = "what_if.impose.potash_relief.to"
    found = sweep(
        "minsk",
        impose="potash_relief=1",
        vary=Vary(name, 0.0, 1.0, 3),
        runs=2,
        series=0,
        results=tmp_path,
    )
    finals = found.runs.groupby(name)["potash_relief_final"].unique()
    assert {value: set(level) for value, level in finals.items()} == {0: {0}, 0.5: {0.5}, 1: {1}}


def test_a_comparison_supposes_it_of_the_second_side_alone() -> None:
    found = compare("minsk", runs=6, impose="potash_relief=1@2025-09")
    assert found.variants == ("minsk with potash_relief=1@2025-09",)
    before, after = (found.draws[found.draws["scenario"] == name] for name in found.scenarios)
    assert (after["potash_relief_final"] == 1.0).all()
    plain = [run_scenario("minsk", replication=r).measures["held_final"] for r in range(6)]
    assert before["held_final"].tolist() == plain
    both = compare("minsk", "eu_lifts_transit", runs=2, forbid="embassy")
    assert both.variants == ("minsk/eu_lifts_transit with embassy forbidden",)
