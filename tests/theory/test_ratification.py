"""Two-level games: both solutions over the win-set, and Schelling's conjecture."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minsksim.errors import UsageError
from minsksim.theory.ratification import ratified_kalai_smorodinsky, ratified_nash, win_set

LEAST = st.floats(0.0, 1.0)


@pytest.mark.parametrize(
    ("home", "foreign", "nash", "raised"),
    [(0.6, 0.0, 0.6, 0.714286), (0.3, 0.3, 0.5, 0.5), (0.7, 0.2, 0.7, 0.727273)],
)
def test_oracle_s6(home, foreign, nash, raised):
    assert ratified_nash(home, foreign) == pytest.approx(nash)
    assert ratified_kalai_smorodinsky(home, foreign) == pytest.approx(raised, abs=1e-6)


@given(LEAST, LEAST)
def test_both_solutions_can_be_ratified_or_neither_exists(home, foreign):
    bounds = win_set(home, foreign)
    for solution in (ratified_nash, ratified_kalai_smorodinsky):
        share = solution(home, foreign)
        assert (share is None) == (bounds is None) == (home + foreign > 1.0)
        if bounds is not None and share is not None:
            assert bounds[0] - 1e-12 <= share <= bounds[1] + 1e-12


@given(LEAST, LEAST)
def test_nash_share_is_the_best_product_on_a_grid(home, foreign):
    assume(home + foreign <= 1.0)
    x = np.linspace(home, 1.0 - foreign, 1001)
    share = ratified_nash(home, foreign)
    assert share is not None
    assert share * (1.0 - share) >= (x * (1.0 - x)).max() - 1e-12


@given(LEAST, LEAST, LEAST)
def test_tied_hands_help_until_talks_break_down(low, high, foreign):
    """Schelling's conjecture: the home share does not fall in the home constraint."""
    assume(low <= high)
    assume(high + foreign <= 1.0)
    for solution in (ratified_nash, ratified_kalai_smorodinsky):
        before, after = solution(low, foreign), solution(high, foreign)
        assert before is not None
        assert after is not None
        assert after >= before - 1e-12


@given(LEAST, LEAST)
def test_sides_change_places(home, foreign):
    assume(home + foreign <= 1.0)
    for solution in (ratified_nash, ratified_kalai_smorodinsky):
        ours, theirs = solution(home, foreign), solution(foreign, home)
        assert ours is not None
        assert theirs is not None
        assert ours + theirs == pytest.approx(1.0)


def test_a_share_above_one_is_refused():
    with pytest.raises(UsageError, match=r"least_home is 1.2; it must lie between 0 and 1"):
        win_set(1.2, 0.0)
