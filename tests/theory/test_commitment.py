"""Commitment: the bargaining range, and a shift of power solved on a grid of offers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from published import read_rows

from minsksim.errors import UsageError
from minsksim.theory.commitment import bargaining_range, shift_of_power

SHARE = st.floats(0.0, 1.0)
COST = st.floats(0.01, 0.5)
OFFERS = np.linspace(0.0, 1.0, 2001)


def fights_on_a_grid(p1: float, p2: float, delta: float, c_d: float, c_r: float) -> bool:
    """Return whether no pair of offers, now and later, keeps the declining side from war."""
    later = max(offer for offer in OFFERS.tolist() if offer <= p2 + c_r + 1e-9)
    war = sum(delta**period * p1 for period in (0, 1)) - c_d
    return bool((OFFERS + delta * later < war).all())


@given(st.floats(0.2, 0.8), st.floats(0.001, 0.2), st.floats(0.001, 0.2))
def test_there_is_always_a_range_as_wide_as_both_costs(p, c_a, c_b):
    low, high = bargaining_range(p, c_a, c_b)
    assert low < p < high
    assert high - low == pytest.approx(c_a + c_b)


@given(SHARE, COST, COST)
def test_the_range_holds_shares_only(p, c_a, c_b):
    low, high = bargaining_range(p, c_a, c_b)
    assert 0.0 <= low < high <= 1.0


def test_published_ranges():
    rows = read_rows("closed-form-bargaining/public_crisis_bargaining_complete_information.csv")
    for row in rows:
        low, high = bargaining_range(*(float(row[k]) for k in ("p_win_1", "cost_1", "cost_2")))
        assert low == pytest.approx(float(row["range_low"]))
        assert high == pytest.approx(float(row["range_high"]))
        assert high - low == pytest.approx(float(row["range_width"]))


def test_oracle_s4():
    shift = shift_of_power(0.9, 0.1, 0.9, 0.1, 0.1)
    assert shift.war_value == pytest.approx(1.61)
    assert shift.best_peace == pytest.approx(1.18)
    assert shift.is_war


@given(SHARE, SHARE, SHARE, COST, COST)
def test_backward_induction_on_a_grid_agrees(p1, p2, delta, c_d, c_r):
    assume(p2 <= p1)
    shift = shift_of_power(p1, p2, delta, c_d, c_r)
    assume(abs(shift.war_value - shift.best_peace) > 1e-3)
    assert shift.is_war == fights_on_a_grid(p1, p2, delta, c_d, c_r)


@given(SHARE, SHARE, COST, COST)
def test_without_a_shift_nobody_fights(p, delta, c_d, c_r):
    """Powell: it takes a shift; private information plays no part here."""
    assert not shift_of_power(p, p, delta, c_d, c_r).is_war


def test_the_rising_side_is_asked_for_as_the_other_one():
    with pytest.raises(UsageError, match="side that declines"):
        shift_of_power(0.1, 0.9, 0.9, 0.1, 0.1)


def test_who_gains_as_much_by_peace_keeps_it() -> None:
    """2 x .75 - .25 = 1.25 = 1 + (0 + .25)."""
    shift = shift_of_power(0.75, 0.0, 1.0, 0.25, 0.25)
    assert (shift.war_value, shift.best_peace, shift.is_war) == (1.25, 1.25, False)
