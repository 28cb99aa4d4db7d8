"""Audience costs: the horizon as a root, hazards by differences, and who backs down."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import brentq

from minsksim.errors import UsageError
from minsksim.theory.audience import attrition, still_there

RATE = st.floats(0.05, 5.0)
PRIZE = st.floats(0.1, 5.0)


def test_oracle_s5():
    assert still_there(1.0, 0.5, 4.0) == pytest.approx(1 / 3)
    assert attrition((1.0, 1.0), (0.5, 0.5)).horizon == pytest.approx(1.236068, abs=1e-6)
    crisis = attrition((1.0, 1.0), (0.8, 0.4))
    assert crisis.horizon == pytest.approx(0.915064, abs=1e-6)
    assert crisis.concedes_at_once == pytest.approx((0.0, 0.366025), abs=1e-6)


@given(PRIZE, RATE, st.floats(0.0, 10.0))
def test_hazard_makes_waiting_as_good_as_backing_down(v, a, t):
    """a dt is what waiting costs, (v + a t) times the other's hazard what it brings."""
    step = 1e-6
    share = still_there(v, a, t)
    hazard = (share - still_there(v, a, t + step)) / step / share
    assert hazard * (v + a * t) == pytest.approx(a, rel=1e-4)


@given(PRIZE, PRIZE, RATE, RATE)
def test_horizon_is_where_only_those_are_left_who_prefer_war(v1, v2, a1, a2):
    crisis = attrition((v1, v2), (a1, a2))
    roots = [
        brentq(lambda t, j=j: (a1, a2)[j] * t - still_there((v2, v1)[j], (a2, a1)[j], t), 0.0, 1e3)
        for j in (0, 1)
    ]
    assert crisis.horizon == pytest.approx(min(roots), rel=1e-6)
    for j in (0, 1):
        left = (1.0 - crisis.concedes_at_once[j]) * still_there(
            (v2, v1)[j], (a2, a1)[j], crisis.horizon
        )
        assert left == pytest.approx((a1, a2)[j] * crisis.horizon)
        assert crisis.backs_down[j] == pytest.approx(1.0 - left)
    assert min(crisis.concedes_at_once) == 0.0


@given(PRIZE, RATE, RATE)
def test_the_stronger_audience_backs_down_less(v, a1, a2):
    """Fearon's abstract: the side with a stronger domestic audience is less likely to back down."""
    assume(a1 > a2 * (1.0 + 1e-6))
    crisis = attrition((v, v), (a1, a2))
    assert crisis.backs_down[0] < crisis.backs_down[1]
    assert crisis.concedes_at_once[0] == 0.0 < crisis.concedes_at_once[1]


def test_sides_change_places():
    crisis, mirror = attrition((1.0, 2.0), (0.8, 0.4)), attrition((2.0, 1.0), (0.4, 0.8))
    assert crisis.backs_down == mirror.backs_down[::-1]
    assert crisis.horizon == mirror.horizon


def test_a_crisis_without_audience_is_refused():
    with pytest.raises(UsageError, match="above 0"):
        attrition((1.0, 1.0), (0.0, 0.5))
