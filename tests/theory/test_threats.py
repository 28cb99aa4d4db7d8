"""Variable threats: the coco value, and what a zero-sum game is worth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from minsksim import UsageError
from minsksim.theory.threats import minimax, split_by_threats

A = np.array([[6.0, 0.0], [2.0, 4.0]])
B = np.array([[2.0, 4.0], [0.0, 1.0]])
utils = st.integers(-5, 5).map(float)
tables = arrays.arrays(float, (3, 2), elements=utils)


def test_published_split() -> None:
    """B7: v = 20/9, sigma = 8."""
    value, mixture = minimax(A - B)
    assert value == pytest.approx(20 / 9)
    np.testing.assert_allclose(mixture, (1 / 9, 8 / 9))
    assert split_by_threats(A, B) == pytest.approx((5.111111, 2.888889), abs=1e-6)


def test_known_zero_sum_games() -> None:
    rock = np.array([[0.0, -1.0, 1.0], [1.0, 0.0, -1.0], [-1.0, 1.0, 0.0]])
    value, mixture = minimax(rock)
    assert value == pytest.approx(0.0, abs=1e-9)
    np.testing.assert_allclose(mixture, 1 / 3, atol=1e-9)
    assert minimax(np.array([[3.0, 1.0], [2.0, 0.0]]))[0] == pytest.approx(1.0)


@given(tables)
def test_the_mixture_secures_the_value_and_no_more(game: np.ndarray) -> None:
    value, mixture = minimax(game)
    assert mixture.sum() == pytest.approx(1.0)
    assert (mixture @ game).min() == pytest.approx(value, abs=1e-7)
    opponent, _ = minimax(-game.T)
    assert opponent == pytest.approx(-value, abs=1e-7)


@given(tables, tables)
def test_split_is_efficient_and_even_handed(first: np.ndarray, second: np.ndarray) -> None:
    one, other = split_by_threats(first, second)
    assert one + other == pytest.approx((first + second).max())
    assert split_by_threats(second.T, first.T) == pytest.approx((other, one), abs=1e-7)
    assert split_by_threats(first + 1.0, second) == pytest.approx((one + 1.0, other), abs=1e-7)


@given(tables, tables)
def test_a_further_threat_never_harms_who_has_it(first: np.ndarray, second: np.ndarray) -> None:
    """A sanction that is never used moves the split: one more act that only hurts the other."""
    harsh = np.vstack([first, first[:1] - 1.0]), np.vstack([second, second[:1] - 4.0])
    assert split_by_threats(*harsh)[0] >= split_by_threats(first, second)[0] - 1e-7


def test_bad_input_gets_a_sentence() -> None:
    for first, second in ((A, B[:1]), (A[0], B[0]), (A[:0], B[:0])):
        with pytest.raises(UsageError, match=r"its shape is .* and must be|at least one number"):
            split_by_threats(first, second)
