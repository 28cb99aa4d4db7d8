"""A contest: published efforts, and no other effort that pays more."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.errors import UsageError
from minsksim.theory.contest import contest

VALUE = st.floats(0.1, 10.0)


def test_oracle_i5() -> None:
    found = contest(2.0, 1.0)
    assert found.efforts == pytest.approx((4 / 9, 2 / 9))
    assert found.win_probability == pytest.approx(2 / 3)
    assert found.payoffs == pytest.approx((8 / 9, 1 / 9))


def test_equals_waste_half_of_what_they_contest() -> None:
    """tullock1980: with r = 1 and n = 2, (n - 1) / n of the prize; with r = 1/2 half of that."""
    assert sum(contest(3.0, 3.0).efforts) == pytest.approx(1.5)
    assert sum(contest(3.0, 3.0, 0.5).efforts) == pytest.approx(0.75)


@given(VALUE, VALUE, st.floats(0.1, 1.0))
def test_no_other_effort_pays_more(first: float, second: float, r: float) -> None:
    found = contest(first, second, r)
    mine, theirs = found.efforts
    assert found.win_probability == pytest.approx(mine**r / (mine**r + theirs**r))
    for value, own, other, payoff in (
        (first, mine, theirs, found.payoffs[0]),
        (second, theirs, mine, found.payoffs[1]),
    ):
        grid = np.linspace(1e-9, 1.5 * value, 2001)
        worth = value * grid**r / (grid**r + other**r) - grid
        assert value * own**r / (own**r + other**r) - own == pytest.approx(payoff)
        assert worth.max() <= payoff + 1e-9
        assert payoff >= 0.0


def test_bad_input_gets_a_sentence() -> None:
    for first, second, r in ((0.0, 1.0, 1.0), (1.0, -1.0, 1.0), (1.0, 1.0, 0.0), (1.0, 1.0, 1.01)):
        with pytest.raises(UsageError, match="must be above 0"):
            contest(first, second, r)
