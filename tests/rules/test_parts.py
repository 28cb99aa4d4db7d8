"""Parts of an agreement: equal, whole where people are moved, and together the whole."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.parts import share_by

COUNTS = st.integers(1, 12)


@given(st.floats(-100.0, 100.0), COUNTS)
def test_parts_are_equal(total: float, count: int) -> None:
    ends = [share_by(total, part, count, False) for part in range(count + 1)]
    assert ends[0] == 0.0
    assert ends[-1] == total
    for before, after in itertools.pairwise(ends):
        assert after - before == pytest.approx(total / count, abs=1e-9)


@given(st.integers(-100, 100), COUNTS)
def test_people_are_never_split_or_lost(total: int, count: int) -> None:
    ends = [share_by(float(total), part, count, True) for part in range(count + 1)]
    sizes = [after - before for before, after in itertools.pairwise(ends)]
    assert all(size == int(size) and abs(size - total / count) <= 1.0 for size in sizes)
    assert sum(sizes) == total


def test_halves_come_early() -> None:
    assert [share_by(3.0, part, 2, True) for part in range(4)] == [0.0, 2.0, 3.0, 3.0]


def test_what_is_not_whole_in_the_end_still_comes() -> None:
    assert share_by(2.5, 2, 2, True) == 2.5
