"""Steps of a lever: each limit by itself, and all of them against enumeration."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.steps import (
    as_stock_allows,
    keep_promise,
    nearest_whole,
    step_down,
    step_up,
    whole_between,
)

VALUES = st.floats(0.0, 100.0)
PEOPLE = st.integers(0, 100).map(float)


@given(VALUES, VALUES, VALUES)
def test_a_step_ends_at_the_goal_or_short_of_it(now: float, goal: float, step: float) -> None:
    if goal >= now:
        end = step_up(now, goal, step)
        assert now <= end <= goal
        assert end == goal or end - now == pytest.approx(step)
    if goal <= now:
        end = step_down(now, goal, step)
        assert goal <= end <= now
        assert end == goal or now - end == pytest.approx(step)


@pytest.mark.parametrize(
    ("now", "value", "stock", "end"),
    [(0.0, 50.0, 30.0, 30.0), (0.0, 20.0, 30.0, 20.0), (5.0, 50.0, 3.0, 5.0), (0.0, 9.0, 0.0, 0.0)],
)
def test_nobody_is_released_who_is_not_held(
    now: float, value: float, stock: float, end: float
) -> None:
    assert as_stock_allows(now, value, stock) == end


@given(VALUES, VALUES, st.floats(0.0, 50.0), st.floats(0.0, 50.0))
def test_a_promise_lets_a_lever_go_only_further(
    now: float, origin: float, down: float, up: float
) -> None:
    low, high = keep_promise(now, now - down, now + up, origin)
    assert (low, high) == ((now, now + up) if origin < now else (now - down, now))


@given(PEOPLE, st.floats(0.0, 20.0), st.floats(0.0, 20.0))
def test_whole_numbers_within_reach(now: float, down: float, up: float) -> None:
    low, high = now - down, now + up
    within = [n for n in np.arange(-30.0, 130.0) if low <= n <= high]
    assert whole_between(now, low, high) == (min(within), max(within))


def test_where_it_is_stays_in_reach() -> None:
    assert whole_between(2.0, 2.25, 2.5) == (2.0, 2.0)
    assert whole_between(3.0, 2.25, 2.5) == (3.0, 3.0)


@pytest.mark.parametrize(
    ("value", "whole"),
    [(2.0, 2.0), (2.49, 2.0), (2.5, 3.0), (-0.5, 0.0), (-0.75, -1.0)],
)
def test_halves_go_up(value: float, whole: float) -> None:
    assert nearest_whole(value) == whole
