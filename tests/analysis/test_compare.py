"""Comparisons are paired on the same draws, and summaries count what they say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minsksim.analysis.compare import compare
from minsksim.analysis.intervals import mean_interval
from minsksim.analysis.summary import summarise
from minsksim.errors import UsageError
from minsksim.experiment import SweepRequest, sweep
from minsksim.experiment.question.ranges import POINTS, RUNS, over_ranges
from minsksim.experiment.running.kernel import Engine
from minsksim.experiment.running.memory import simulate_question
from minsksim.scenario import load_scenario

PAIR = Path(__file__).parent.parent / "data" / "pair"


@pytest.fixture(scope="module")
def scenarios():
    return load_scenario(PAIR / "base.yaml"), load_scenario(PAIR / "variants" / "free_transit.yaml")


def test_pairs_share_their_draws(scenarios) -> None:
    base, variant = scenarios
    comparison = compare(base, [variant], runs=300, seed=4)
    draws = comparison.draws.set_index(["scenario", "replication"])
    for row in comparison.table.to_dict("records"):
        old = draws.loc[base.name, row["measure"]].to_numpy()
        new = draws.loc[variant.name, row["measure"]].to_numpy()
        change = new - old
        assert (row["difference"], row["low"], row["high"]) == mean_interval(change)
        assert row["share_higher"] == np.mean(change > 0)
        total = row["share_higher"] + row["share_lower"] + row["share_equal"]
        assert total == pytest.approx(1)
        assert row["n"] == 300
    # the pairing pays: narrower than two independent samples
    agreements = comparison.table.set_index("measure").loc["agreements"]
    spread = [draws.loc[one.name, "agreements"].var() for one in scenarios]
    assert agreements["high"] - agreements["low"] < 2 * 1.96 * np.sqrt(sum(spread) / 300)


def test_over_the_ranges_points_are_what_is_independent(scenarios) -> None:
    base, variant = scenarios
    found = compare(base, [variant], runs=20, seed=4)
    question = over_ranges(SweepRequest(runs=20, seed=4, series=0).question(scenarios))
    runs = simulate_question(question, threads=2, kernel=Engine())
    for row in found.ranges.to_dict("records"):
        old, new = (runs[one.name][row["measure"]].to_numpy() for one in scenarios)
        by_point = (new - old).reshape(POINTS, RUNS).mean(axis=1)
        # equal clusters: the interval of the mean is that of the means of points
        assert (row["difference"], row["low"], row["high"]) == pytest.approx(
            mean_interval(by_point), rel=1e-9
        )
        assert row["points"] == POINTS
        assert row["points_higher"] == np.mean(by_point > 0)
        assert row["points_lower"] == np.mean(by_point < 0)


def test_draws_by_point_keep_the_gain_of_pairing(scenarios) -> None:
    """Pairs share their draws at every point: far narrower than two independent samples."""
    base, variant = scenarios
    found = compare(base, [variant], runs=20, measures=["toll_final"])
    row = found.ranges.iloc[0]
    question = over_ranges(SweepRequest(runs=20, series=0).question(scenarios))
    runs = simulate_question(question, threads=2, kernel=Engine())
    spread = [runs[one.name]["toll_final"].var() for one in scenarios]
    apart = 2 * 1.96 * np.sqrt(sum(spread) / (POINTS * RUNS))
    assert row["high"] - row["low"] < apart


def test_a_sign_that_turns_over_the_ranges_is_named(scenarios) -> None:
    class Tilted(Engine):
        """The variant is higher at the base values, and lower at most points of the ranges."""

        def simulate(self, compiled, points, point_of_run, replications, seed, **more):
            block = super().simulate(compiled, points, point_of_run, replications, seed, **more)
            is_variant = compiled.numbers.tolist() == compiled_variant.numbers.tolist()
            is_base = len(points) == 1
            shift = (1.0 if is_base else -1.0) if is_variant else 0.0
            block.measures[:] = 5.0 + shift
            return block

    base, variant = scenarios
    compiled_variant = Engine().compile_scenario(variant)
    found = compare(base, [variant], runs=20, kernel=Tilted())
    assert set(found.turned) == {(variant.name, name) for name in base.document.measures}
    assert compare(base, [variant], runs=20, kernel=Tilted(), base_only=True).turned == ()


def test_a_turn_never_reached_is_in_no_pair(scenarios) -> None:
    class Seldom(Engine):
        def simulate(self, compiled, points, point_of_run, replications, seed, **more):
            block = super().simulate(compiled, points, point_of_run, replications, seed, **more)
            is_variant = compiled.numbers.tolist() == compiled_variant.numbers.tolist()
            odd = replications % 2 == 1
            block.measures[:] = np.where(odd & is_variant, np.nan, 3.0 + is_variant)[:, None]
            return block

    base, variant = scenarios
    compiled_variant = Engine().compile_scenario(variant)
    row = compare(base, [variant], runs=20, kernel=Seldom(), base_only=True).table.iloc[0]
    assert (row["reached_base"], row["reached"], row["n"]) == (1.0, 0.5, 10)
    assert (row["base"], row["mean"], row["difference"]) == (3.0, 4.0, 1.0)


def test_a_scenario_against_itself_differs_in_nothing(scenarios, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(PAIR, tmp_path / "twin")
    twin = load_scenario(tmp_path / "twin" / "base.yaml")
    table = compare(scenarios[0], [twin], runs=50).table
    assert (table["difference"] == 0).all()
    assert (table["share_equal"] == 1).all()


def test_the_same_runs_as_a_sweep(scenarios, tmp_path: Path) -> None:
    comparison = compare(scenarios[0], [scenarios[1]], runs=60, threads=2)
    result = sweep(scenarios, runs=60, results=tmp_path, series=0)
    for name in result.measures:
        assert comparison.draws[name].tolist() == result.runs[name].tolist()


def test_measures_are_chosen_and_checked(scenarios) -> None:
    base, variant = scenarios
    assert list(compare(base, [variant], 20, measures=["agreements"]).table["measure"]) == [
        "agreements"
    ]
    with pytest.raises(UsageError, match="Did you mean agreements"):
        compare(base, [variant], 20, measures=["agrements"])
    with pytest.raises(UsageError, match="at least one variant"):
        compare(base, [])
    with pytest.raises(UsageError, match="given twice"):
        compare(base, [base])


def test_a_summary_counts_the_selected_runs(scenarios, tmp_path: Path) -> None:
    result = sweep(scenarios, runs=100, results=tmp_path, series=0, where=["agreements>=1"])
    table = summarise(result)
    assert len(table) == 2 * len(result.measures)
    selected = result.selected
    for row in table.to_dict("records"):
        runs = selected.loc[selected["scenario"] == row["scenario"], row["measure"]]
        assert row["n"] == len(runs)
        assert (row["mean"], row["low"], row["high"]) == pytest.approx(mean_interval(runs))
        assert row["q05"] <= row["q50"] <= row["q95"]
