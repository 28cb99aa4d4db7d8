"""The runs kept turn by turn lie all over the design, whatever its form and size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.experiment.question.sample import sampled

SIZES = st.tuples(st.integers(1, 300), st.integers(1, 12), st.integers(0, 400))


@given(SIZES)
def test_as_many_runs_as_there_are_and_each_once(size: tuple[int, int, int]) -> None:
    points, runs, count = size
    found = sampled(points, runs, count)
    assert len(found) == min(count, points * runs)
    assert (np.diff(found) > 0).all()
    assert ((found >= 0) & (found < points * runs)).all()


@given(SIZES)
def test_points_come_before_replications(size: tuple[int, int, int]) -> None:
    points, runs, count = size
    point, replication = np.divmod(sampled(points, runs, count), runs)
    assert len(np.unique(point)) == min(points, count)
    per_point = np.bincount(point)[np.unique(point)] if count else np.array([0])
    assert per_point.max() - per_point.min() <= 1
    for one in np.unique(point):  # the first replications of each point
        mine = replication[point == one]
        assert mine.tolist() == list(range(len(mine)))


@given(SIZES, st.integers(0, 400))
def test_a_smaller_sample_is_part_of_a_larger_one(size: tuple[int, int, int], less: int) -> None:
    points, runs, count = size
    assert set(sampled(points, runs, min(less, count))) <= set(sampled(points, runs, count))


@pytest.mark.parametrize("points", [64, 100, 1000, 4096, 10_000])
@pytest.mark.parametrize("count", [16, 50])
def test_points_lie_evenly_over_the_design(points: int, count: int) -> None:
    point = sampled(points, 1, count)
    gaps = np.diff(point, prepend=point[-1] - points)
    assert gaps.max() <= 3 * points / count


def test_every_value_of_a_grids_axis_is_met() -> None:
    point = sampled(25 * 40, 1, 100)  # the last axis, of 40 values, varies fastest
    assert len(np.unique(point % 40)) > 30
    assert len(np.unique(point // 40)) > 20
