"""Stocks that are not people: decay, bounds, and the closed form of a steady inflow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.bounded_stocks import after_decay, after_flow, margin_within
from minsksim.theory.decaying_stock import level_after

SHARES = st.floats(0.0, 1.0)
LEVELS = st.floats(-100.0, 100.0)


@given(LEVELS, st.floats(-1e6, 1e6), SHARES, st.tuples(LEVELS, LEVELS).map(sorted))
def test_bounds_are_never_left(now: float, amount: float, decay: float, ends: list[float]) -> None:
    low, high = ends
    now = min(max(now, low), high)
    assert low <= after_decay(now, decay, low, high) <= high
    assert low <= after_flow(now, amount, low, high) <= high


@given(st.floats(0.0, 100.0), st.floats(-20.0, 20.0), st.floats(0.01, 1.0), st.integers(0, 40))
def test_a_steady_inflow_goes_to_inflow_over_decay(
    start: float, inflow: float, decay: float, turns: int
) -> None:
    level = start
    for _ in range(turns):
        level = after_flow(after_decay(level, decay, -1e9, 1e9), inflow, -1e9, 1e9)
    assert level == pytest.approx(level_after(start, inflow, decay, turns), rel=1e-9, abs=1e-9)
    assert level_after(start, inflow, decay, 10_000) == pytest.approx(inflow / decay)


@given(LEVELS, st.floats(-9.0, 9.0))
def test_a_lever_counts_in_full_inside_and_for_nothing_against_a_bound(
    now: float, rate: float
) -> None:
    assert margin_within(now, rate, -200.0, 200.0) == rate
    assert margin_within(now, abs(rate), -200.0, now) == margin_within(now, -abs(rate), now, 200.0)
    assert margin_within(now, abs(rate), -200.0, now) == 0.0
    assert margin_within(now, -abs(rate), -200.0, now) == -abs(rate)
