"""Patience: the weight of one who would wait, by hand and by the limit of alternating offers."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.patience import bargaining_weight, staying_power

DELTA = st.floats(0.01, 0.99)


def test_weights_by_hand() -> None:
    """-1 / ln(1 / e) = 1, and half of that where a turn costs as much as two did."""
    assert staying_power(math.exp(-1.0)) == pytest.approx(1.0)
    assert staying_power(math.exp(-2.0)) == pytest.approx(0.5)


@given(DELTA, DELTA)
def test_two_staying_powers_share_as_two_discount_factors(one: float, two: float) -> None:
    powers = staying_power(one), staying_power(two)
    assert min(powers) > 0.0
    assert powers[0] / sum(powers) == pytest.approx(bargaining_weight(one, two))


@given(DELTA, DELTA)
def test_shares_are_the_limit_of_alternating_offers(one: float, two: float) -> None:
    """rubinstein1982: who proposes first gets (1 - d2) / (1 - d1 d2); the pause shrinks to 0."""
    pause = 1e-6
    d1, d2 = one**pause, two**pause
    limit = (1.0 - d2) / (1.0 - d1 * d2)
    assert bargaining_weight(one, two) == pytest.approx(limit, abs=1e-4)
