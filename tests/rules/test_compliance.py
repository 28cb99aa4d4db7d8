"""Keeping promises: the folk-theorem condition at its edge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.compliance import keeping_probability, temptation


@pytest.mark.parametrize(("t", "r", "p", "edge"), [(5.0, 3.0, 1.0, 0.5), (4.0, 3.0, 0.0, 0.25)])
def test_half_exactly_at_the_critical_patience(t: float, r: float, p: float, edge: float) -> None:
    """S7, friedman1971: delta = (T - R) / (T - P); gain R - P a turn, temptation T - R."""
    assert (t - r) / (t - p) == edge
    assert keeping_probability(r - p, t - r, 0.0, edge, 30.0) == pytest.approx(0.5, abs=1e-12)
    assert keeping_probability(r - p, t - r, 0.0, edge + 0.05, 30.0) > 0.95
    assert keeping_probability(r - p, t - r, 0.0, edge - 0.05, 30.0) < 0.05


def test_an_audience_makes_keeping_likelier_by_its_cost() -> None:
    """S5, fearon1994: exposure counts like a fall of the temptation."""
    assert keeping_probability(0.1, 0.5, 0.3, 0.6, 10.0) == pytest.approx(
        keeping_probability(0.1, 0.2, 0.0, 0.6, 10.0)
    )


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0.05, 0.94), st.floats(0, 50))
def test_monotone(gain: float, tempt: float, expose: float, patience: float, reason: float) -> None:
    base = keeping_probability(gain, tempt, expose, patience, reason)
    assert 0.0 <= base <= 1.0
    assert keeping_probability(gain + 0.1, tempt, expose, patience, reason) >= base
    assert keeping_probability(gain, tempt + 0.1, expose, patience, reason) <= base
    assert keeping_probability(gain, tempt, expose + 0.1, patience, reason) >= base
    assert keeping_probability(gain, tempt, expose, patience + 0.05, reason) >= base
    assert keeping_probability(gain, tempt, expose, patience, 0.0) == 0.5


@pytest.mark.parametrize(("own", "tempts"), [(-0.5, 0.5), (0.0, 0.0), (0.5, 0.0)])
def test_only_moves_that_hurt_tempt(own: float, tempts: float) -> None:
    assert temptation(own) == tempts
