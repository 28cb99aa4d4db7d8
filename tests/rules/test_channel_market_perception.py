"""Three short rules: channels that live by use, prices that answer to levers, what is seen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.channel import next_quality
from minsksim.rules.market import linear_price
from minsksim.rules.perception import perceive

share = st.floats(0, 1)


@given(share, st.booleans(), share, share)
def test_quality_stays_a_share_and_moves_the_right_way(
    quality: float, was_kept: bool, build: float, decay: float
) -> None:
    after = next_quality(quality, was_kept, build, decay)
    assert 0.0 <= after <= 1.0
    assert after >= quality - 1e-15 if was_kept else after <= quality


def test_quality_by_hand() -> None:
    """q = .5: kept with b = .2: .6; unused with d = .1: .45; ten unused turns: .5 * .9**10."""
    assert next_quality(0.5, True, 0.2, 0.1) == pytest.approx(0.6)
    quality = 0.5
    for _ in range(10):
        quality = next_quality(quality, False, 0.2, 0.1)
    assert quality == pytest.approx(0.5 * 0.9**10)


def test_price_by_hand() -> None:
    """S3, first order: a sanction that takes supply away and a tariff that adds to the price."""
    slopes = np.array([-20.0, 10.0])
    assert linear_price(485.0, slopes, np.array([1.0, 0.5])) == pytest.approx(470.0)
    assert linear_price(485.0, slopes, np.zeros(2)) == 485.0
    assert linear_price(485.0, np.zeros(0), np.zeros(0)) == 485.0


@pytest.mark.parametrize(
    ("has_sight", "has_leaked", "expected"),
    [(False, False, 0.2), (True, False, 0.8), (False, True, 0.8), (True, True, 0.8)],
)
def test_what_is_seen(has_sight: bool, has_leaked: bool, expected: float) -> None:
    assert perceive(0.8, 0.2, has_sight, has_leaked) == expected
