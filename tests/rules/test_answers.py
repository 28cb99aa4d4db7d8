"""Answers: in proportion, or a step at a red line, and kept where the number can lie."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.answers import gradual_answer, red_line_answer, with_answers

NUMBERS = st.floats(-100.0, 100.0)


@given(NUMBERS, st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_gradual_answer_is_a_line_through_nothing(by: float, one: float, two: float) -> None:
    both = gradual_answer(by, one) + gradual_answer(by, two)
    assert gradual_answer(by, one + two) == pytest.approx(both, abs=1e-9)
    assert gradual_answer(by, 1.0) == by


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_red_line_is_all_or_nothing(by: float, value: float, beyond: float) -> None:
    assert red_line_answer(by, value, beyond) == (by if value > beyond else 0.0)


@given(NUMBERS, NUMBERS, st.tuples(NUMBERS, NUMBERS).map(sorted))
def test_what_is_used_lies_where_it_can(number: float, more: float, ends: list[float]) -> None:
    low, high = ends
    used = with_answers(number, more, low, high)
    assert low <= used <= high
    assert used == number + more or used in (low, high)
