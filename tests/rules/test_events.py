"""Events: they set or add, within what a quantity can be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.events import after_event
from minsksim.vocabulary import SET, SHIFT

ANY = st.floats(-100.0, 100.0)


@pytest.mark.parametrize(
    ("amount", "how", "after"),
    [
        (4.0, SET, 4.0),
        (4.0, SHIFT, 7.0),
        (-2.0, SHIFT, 1.0),
        (-4.0, SHIFT, 0.0),
        (8.0, SHIFT, 10.0),
        (12.0, SET, 10.0),
        (-1.0, SET, 0.0),
    ],
)
def test_a_lever_from_0_to_10_at_3(amount: float, how: int, after: float) -> None:
    assert after_event(3.0, amount, how, 0.0, 10.0) == after


@given(ANY, ANY)
def test_what_has_no_bounds_takes_all(now: float, amount: float) -> None:
    assert after_event(now, amount, SHIFT, -math.inf, math.inf) == now + amount
    assert after_event(now, amount, SET, -math.inf, math.inf) == amount


@given(ANY, ANY, st.sampled_from([SET, SHIFT]))
def test_bounds_are_kept(now: float, amount: float, how: int) -> None:
    after = after_event(now, amount, how, 0.0, 1.0)
    assert after == np.clip(amount if how == SET else now + amount, 0.0, 1.0)
