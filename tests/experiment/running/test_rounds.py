"""Rounds of replications until an interval is narrow: when they stop, and that bytes agree."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from toy_kernel import ToyKernel

from minsksim.errors import UsageError
from minsksim.experiment import Interrupted, Vary, replay, replay_all
from minsksim.experiment.question.targets import parse_until
from minsksim.experiment.running.rounds import half_width

TOLL = Vary("levers.toll.initial", 150, 250, 3)
MEASURE = "agreements"


def test_the_half_width_is_that_of_students_interval() -> None:
    from scipy import stats

    x = np.random.default_rng(1).normal(size=40)
    low, high = stats.t.interval(0.95, 39, loc=x.mean(), scale=stats.sem(x))
    assert half_width(x) == pytest.approx((high - low) / 2)
    assert half_width(x[:1]) == math.inf


def test_rounds_stop_as_soon_as_every_point_is_narrow(toy_sweep, pair) -> None:
    fixed = toy_sweep(vary=[TOLL], runs=400).runs
    name = next(iter(pair.document.measures))

    def widest(runs: int) -> float:
        some = fixed[fixed["replication"] < runs]
        return max(half_width(one.to_numpy()) for _, one in some.groupby("point")[name])

    target = widest(150) * 1.0001
    assert widest(100) > target
    result = toy_sweep(vary=[TOLL], runs=50, until=[f"{name}={target!r}"], most=400)
    assert result.runs_per_point == 150
    assert result.record["half_widths"][name] == pytest.approx(widest(150))
    expected = fixed[fixed["replication"] < 150].reset_index(drop=True)
    pd.testing.assert_frame_equal(result.runs, expected)


def test_the_limit_holds_and_is_recorded(toy_sweep, pair) -> None:
    name = next(iter(pair.document.measures))
    result = toy_sweep(runs=50, until=[f"{name}=1e-9"], most=150)
    assert result.runs_per_point == 150
    assert len(result.runs) == 150


class Breaking(ToyKernel):
    """Interrupted after a number of calls."""

    def __init__(self, calls: int, log: Path) -> None:
        super().__init__(log=log)
        self.calls = calls

    def simulate(self, *arguments: Any, **options: Any) -> Any:
        self.calls -= 1
        if self.calls < 0:
            raise Interrupted("enough")
        return super().simulate(*arguments, **options)


@pytest.mark.parametrize("calls", [3, 9, 14])
def test_rounds_resume_in_the_same_bytes(toy_sweep, pair, tmp_path: Path, calls: int) -> None:
    name = next(iter(pair.document.measures))
    asked: dict[str, Any] = {
        "vary": [TOLL],
        "runs": 50,
        "until": [f"{name}=1e-9"],
        "most": 200,
        "block": 40,
    }
    whole = toy_sweep(folder=tmp_path / "whole", **asked)
    log, folder = tmp_path / "log", tmp_path / "cut"
    with pytest.raises(Interrupted):
        toy_sweep(folder=folder, kernel=Breaking(calls, log), threads=1, **asked)
    again = toy_sweep(folder=folder, kernel=ToyKernel(log=log), threads=3, **asked)
    assert again.digest == whole.digest
    for file in ("runs.parquet", "series.parquet", "digest.json"):
        assert (folder / file).read_bytes() == (whole.path / file).read_bytes()
    # every block once; what was in flight when it stopped, three blocks at most, may come twice
    done = log.read_text().splitlines()
    assert len(set(done)) == 4 * 4 + 2
    assert len(done) <= 4 * 4 + 2 + 3
    # finished: a third call does nothing
    toy_sweep(folder=folder, kernel=Breaking(0, log), **asked)


def test_a_sweep_with_rounds_replays(toy_sweep, pair) -> None:
    name = next(iter(pair.document.measures))
    result = toy_sweep(vary=[TOLL], runs=50, until=[f"{name}=1e-9"], most=100)
    assert replay_all(result.path, kernel=ToyKernel()).is_same
    row = result.runs.set_index(["point", "replication"]).loc[(2, 77)]
    assert replay(result.path, point=2, replication=77).measures[name] == row[name]


def test_failed_runs_and_conditions_count_as_in_the_summary(toy_sweep, pair) -> None:
    name = next(iter(pair.document.measures))
    result = toy_sweep(
        runs=50,
        until=[f"{name}=1e-9"],
        most=100,
        where=[f"{name}>0.5"],
        kernel=ToyKernel(has_failures=True),
    )
    assert result.failed == 1
    expected = half_width(result.selected[name].to_numpy())
    assert result.record["half_widths"][name] == pytest.approx(expected)


@pytest.mark.parametrize("text", ["", "a", "a=", "a=0", "a=-1", "a=nan", "a=inf", "=1", "a=x"])
def test_a_target_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="MEASURE=HALFWIDTH"):
        parse_until(text)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"until": ["nonsense=1"]}, "no such measure"),
        ({"most": 400}, "--most limits"),
        ({"until": ["agreements=1"], "most": 250}, "multiple of the 200 runs"),
        ({"until": ["agreements=1"], "design": "lhs", "points": 4}, "drawn points leave open"),
    ],
)
def test_requests_that_make_no_sense_are_refused(toy_sweep, asked: Any, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        toy_sweep(**asked)
