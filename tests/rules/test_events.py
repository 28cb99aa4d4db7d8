"""Events: they set or add, within what a quantity can be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.events import after_event

ANY = st.floats(-100.0, 100.0)


@pytest.mark.parametrize(
    ("amount", "is_set", "after"),
    [
        (4.0, True, 4.0),
        (4.0, False, 7.0),
        (-2.0, False, 1.0),
        (-4.0, False, 0.0),
        (8.0, False, 10.0),
        (12.0, True, 10.0),
        (-1.0, True, 0.0),
    ],
)
def test_a_lever_from_0_to_10_at_3(amount: float, is_set: bool, after: float) -> None:
    assert after_event(3.0, amount, is_set, 0.0, 10.0) == after


@given(ANY, ANY)
def test_what_has_no_bounds_takes_all(now: float, amount: float) -> None:
    assert after_event(now, amount, False, -math.inf, math.inf) == now + amount
    assert after_event(now, amount, True, -math.inf, math.inf) == amount


@given(ANY, ANY, st.booleans())
def test_bounds_are_kept(now: float, amount: float, is_set: bool) -> None:
    after = after_event(now, amount, is_set, 0.0, 1.0)
    assert after == np.clip(amount if is_set else now + amount, 0.0, 1.0)
