"""Intervals: hand-worked numbers, and that they hold what they promise."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from minsksim.analysis.intervals import (
    _places,
    clustered_interval,
    mean_interval,
    quantile_interval,
    share_interval,
)


def test_the_t_interval_by_hand() -> None:
    # mean 5, s = 2, n = 4: 5 +- 3.182446 * 2 / 2
    values = [5 - math.sqrt(6), 5.0, 5.0, 5 + math.sqrt(6)]
    assert mean_interval(values) == pytest.approx((5.0, 1.817554, 8.182446), abs=1e-5)


def test_wilson_by_hand_and_at_the_ends() -> None:
    assert share_interval(0, 10) == pytest.approx((0.0, 0.0, 0.277533), abs=1e-5)
    assert share_interval(10, 10) == pytest.approx((1.0, 0.722467, 1.0), abs=1e-5)
    assert share_interval(0, 0).low == 0.0


def test_the_median_of_100_runs_lies_between_the_40th_and_the_61st() -> None:
    assert quantile_interval(range(1, 101)) == (50.5, 40.0, 61.0)


def test_too_few_runs_give_no_end() -> None:
    assert quantile_interval([1.0, 2.0, 3.0]) == (2.0, -math.inf, math.inf)
    assert math.isnan(mean_interval([1.0]).low)
    assert math.isnan(mean_interval([]).estimate)


@pytest.mark.parametrize("q", [0.05, 0.5, 0.95])
def test_quantile_intervals_cover(q: float) -> None:
    rng = np.random.default_rng(3)
    ends = [quantile_interval(rng.random(200), q) for _ in range(1000)]
    assert np.mean([end.low <= q <= end.high for end in ends]) > 0.935


def test_mean_intervals_cover() -> None:
    rng = np.random.default_rng(3)
    ends = [mean_interval(rng.normal(size=12)) for _ in range(2000)]
    assert np.mean([end.low <= 0 <= end.high for end in ends]) == pytest.approx(0.95, abs=0.015)


def test_shared_draws_are_not_counted_twice() -> None:
    """30 replications at 50 points, all noise from the replication: n is 30, not 1,500."""
    rng = np.random.default_rng(3)
    replication = np.tile(np.arange(30), 50)
    hits = naive = 0
    for _ in range(500):
        values = rng.normal(size=30)[replication]
        interval = clustered_interval(values, replication)
        hits += interval.low <= 0 <= interval.high
        plain = mean_interval(values)
        naive += plain.low <= 0 <= plain.high
    assert hits / 500 == pytest.approx(0.95, abs=0.03)
    assert naive / 500 < 0.4


def test_points_drawn_from_ranges_count_as_well() -> None:
    rng = np.random.default_rng(4)
    point, replication = (axis.ravel() for axis in np.mgrid[:20, :30])
    hits = 0
    for _ in range(500):
        values = rng.normal(size=20)[point] + rng.normal(size=30)[replication]
        interval = clustered_interval(values, replication, point)
        hits += interval.low <= 0 <= interval.high
    assert hits / 500 > 0.93


@given(
    arrays(np.int32, st.integers(1, 30), elements=st.integers(-2, 200)),
    st.sampled_from([np.int32, np.int64, np.float64]),
)
def test_groups_are_placed_in_order(grouping: np.ndarray, kind: type) -> None:
    """Counted or sorted, the places are numpy's."""
    _, expected = np.unique(grouping, return_inverse=True)
    assert _places(grouping.astype(kind)).tolist() == expected.tolist()
