"""Two stored results: paired where they can be, refused in a sentence where they cannot."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minsksim import compare, compare_results, load_scenario, sweep
from minsksim.analysis.compare import PAIRED_BY_RUN
from minsksim.analysis.compare_results import PAIRED_BY_POINT
from minsksim.analysis.intervals import mean_interval
from minsksim.errors import UsageError

PAIR = Path(__file__).parent.parent / "data" / "pair"


@pytest.fixture(scope="module")
def pair():
    return load_scenario(PAIR / "base.yaml"), load_scenario(PAIR / "variants" / "free_transit.yaml")


def test_equal_seeds_are_paired_run_by_run(pair, tmp_path: Path) -> None:
    one, two = (sweep(each, runs=40, results=tmp_path, series=0) for each in pair)
    found, direct = compare_results(one, two.path), compare(*pair, runs=40)
    assert found.pairing == direct.pairing == PAIRED_BY_RUN
    assert found.table.equals(direct.table)
    longer = sweep(pair[1], runs=60, results=tmp_path, series=0, where="agreements>0")
    assert compare_results(one, longer).pairing.endswith("left out of a summary.")
    assert compare_results(one, longer).runs == 40


def test_other_seeds_are_paired_point_by_point(pair, tmp_path: Path) -> None:
    name = next(one for one in pair[0].numbers if one.endswith("patience"))
    asked = {"vary": f"{name}=0.6:0.9:4", "runs": 30, "results": tmp_path, "series": 0}
    one, two = sweep(pair[0], seed=1, **asked), sweep(pair[1], seed=2, **asked)
    found = compare_results(one, two, "agreements")
    assert found.pairing == PAIRED_BY_POINT
    means = [each.runs.groupby("point")["agreements"].mean().to_numpy() for each in (one, two)]
    row = found.table.iloc[0]
    assert row["n"] == 4
    assert np.isclose(
        [row["difference"], row["low"], row["high"]], mean_interval(means[1] - means[0])
    ).all()


def test_runs_of_one_point_are_not_taken_for_independent(pair, tmp_path: Path) -> None:
    name = next(one for one in pair[0].numbers if one.endswith("patience"))
    asked = {"design": "lhs", "vary": f"{name}=0.3:0.95", "points": 8, "runs": 10}
    asked |= {"results": tmp_path, "series": 0}
    one, two = (sweep(each, **asked) for each in pair)
    found = compare_results(one, two)
    change = two.runs["agreements"].to_numpy() - one.runs["agreements"].to_numpy()
    row = found.table.set_index("measure").loc["agreements"]
    naive = mean_interval(change)
    assert row["difference"] == pytest.approx(naive.estimate)
    assert row["high"] - row["low"] > naive.high - naive.low


def test_what_cannot_be_paired_is_refused_in_a_sentence(pair, tmp_path: Path) -> None:
    name = next(one for one in pair[0].numbers if one.endswith("patience"))
    plain = sweep(pair[0], runs=4, results=tmp_path, series=0)
    seeded = sweep(pair[1], runs=4, seed=1, results=tmp_path, series=0)
    varied = sweep(pair[1], runs=4, vary=f"{name}=0.6:0.9:2", results=tmp_path, series=0)
    with pytest.raises(UsageError, match=r"their seeds differ \(0 and 1\)"):
        compare_results(plain, seeded)
    with pytest.raises(UsageError, match="their design points differ"):
        compare_results(plain, varied)
    with pytest.raises(UsageError, match="are the same result"):
        compare_results(plain, plain.path)


def test_two_results_of_one_name_are_told_apart_by_id(pair, tmp_path: Path) -> None:
    lever = next(iter(pair[0].document.levers))
    one = sweep(pair[0], runs=4, results=tmp_path, series=0)
    two = sweep(pair[0], runs=4, results=tmp_path, series=0, forbid=lever)
    found = compare_results(one, two)
    assert found.base == f"{pair[0].name} ({one.id})"
    assert found.variants == (f"{pair[0].name} ({two.id})",)
