"""Shapes of satisfaction: values by hand, slopes by differences."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.utility import shape, shape_slope, shapes, to_scale
from minsksim.vocabulary import CONCAVE, LINEAR, SATURATING, THRESHOLD

SHAPES = [
    (LINEAR, 0.0, 0.0),
    (CONCAVE, 0.5, 0.0),
    (CONCAVE, 1.8, 0.0),
    (SATURATING, 2.5, 0.0),
    (THRESHOLD, 0.4, 9.0),
]


@pytest.mark.parametrize(
    ("code", "z", "first", "second", "expected"),
    [
        (LINEAR, 0.3, 0.0, 0.0, 0.3),
        (CONCAVE, 0.25, 0.5, 0.0, 0.5),
        (CONCAVE, 0.0, 0.5, 0.0, 0.0),
        (SATURATING, 0.5, 2.0, 0.0, 1 - math.exp(-1.0)),
        (THRESHOLD, 0.5, 0.5, 10.0, 0.5),
        (THRESHOLD, 0.7, 0.5, 10.0, 1 / (1 + math.exp(-2.0))),
    ],
)
def test_by_hand(code: int, z: float, first: float, second: float, expected: float) -> None:
    assert shape(code, z, first, second) == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize(("code", "first", "second"), SHAPES)
@given(z=st.floats(0.01, 1.0))
def test_slope_is_the_derivative(code: int, first: float, second: float, z: float) -> None:
    h = 1e-6
    rise = shape(code, z + h, first, second) - shape(code, z - h, first, second)
    slope = shape_slope(code, z, first, second)
    assert slope == pytest.approx(rise / (2 * h), rel=1e-6, abs=1e-6)


def test_a_concave_slope_stays_finite_at_zero() -> None:
    assert shape_slope(CONCAVE, 0.0, 0.5, 0.0) == shape_slope(CONCAVE, 0.001, 0.5, 0.0)


@pytest.mark.parametrize(("code", "first", "second"), SHAPES)
@given(one=st.floats(0, 1), other=st.floats(0, 1))
def test_more_satisfies_more(
    code: int, first: float, second: float, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    assert shape(code, low, first, second) <= shape(code, high, first, second) + 1e-15


def test_scale() -> None:
    assert to_scale(25.0, 0.0, 100.0) == 0.25
    assert to_scale(-10.0, -10.0, 30.0) == 0.0
    assert to_scale(120.0, 0.0, 100.0) == 1.2
    assert to_scale(30.0, 10.0, 50.0) == 0.5


@pytest.mark.parametrize(
    ("code", "first", "second"),
    [(LINEAR, 0.0, 0.0), (CONCAVE, 0.5, 0.0), (SATURATING, 2.0, 0.0), (THRESHOLD, 0.5, 8.0)],
)
def test_many_values_are_each_as_one(code: int, first: float, second: float) -> None:
    z, level = np.array([0.0, 0.2, 0.7, 1.0]), np.full(4, np.nan)
    shapes(code, z, 4, first, second, level)
    assert level.tolist() == [shape(code, value, first, second) for value in z]
