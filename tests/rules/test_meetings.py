"""Meetings with a cause: what is spent is never below 0, and what fades keeps its sign."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minsksim.rules.events import faded, is_over, salience_for_now
from minsksim.rules.meetings import has_enough, has_waited, left_after_meeting, meeting_chance

AMOUNTS = st.floats(1e-3, 1e3)


@given(st.floats(0.0, 1e6), AMOUNTS)
def test_a_meeting_takes_its_amount_and_never_more_than_there_is(
    left: float, amount: float
) -> None:
    if has_enough(left, amount):
        rest = left_after_meeting(left, amount)
        assert rest >= 0.0
        assert left - rest == pytest.approx(amount, rel=1e-8, abs=1e-9)
    else:
        assert left < amount


@given(st.floats(0.0, 1.0), st.booleans(), st.booleans(), st.booleans())
def test_the_chance_is_one_of_three(
    quality: float, is_date: bool, only_on: bool, can_meet: bool
) -> None:
    found = meeting_chance(quality, is_date, only_on, can_meet)
    if not can_meet or (only_on and not is_date):
        assert found == 0.0
    else:
        assert found == (1.0 if is_date else quality)


@given(st.integers(1, 50), st.integers(0, 10))
def test_a_wait_has_so_many_turns(last: int, waits: int) -> None:
    turns = [turn for turn in range(last + 1, last + 30) if not has_waited(turn, last, waits)]
    assert len(turns) == waits
    assert has_waited(last, 0, waits)


@given(st.integers(1, 50), st.integers(1, 20))
def test_an_effect_holds_for_its_turns(since: int, lasts: int) -> None:
    holds = [turn for turn in range(since, since + 50) if not is_over(turn, since, lasts)]
    assert holds == list(range(since, since + lasts))
    assert not is_over(since + 1000, since, 0)


@given(st.floats(-5.0, 5.0), st.floats(0.0, 1.0), st.integers(0, 30))
def test_a_shift_fades_as_a_power(shift: float, fades: float, turns: int) -> None:
    left = shift
    for _ in range(turns):
        left = faded(left, fades)
    assert left == pytest.approx(shift * (1.0 - fades) ** turns, abs=1e-9)
    assert left * shift >= 0.0


WEIGHTS = st.integers(-1000, 1000).map(lambda weight: weight / 1000.0)


@given(st.lists(WEIGHTS, min_size=1, max_size=5), st.randoms())
def test_salience_for_now_has_weights_of_1_or_is_what_lasts(weights: list[float], luck) -> None:
    total = sum(map(abs, weights))
    lasting = np.array(weights) / total if total > 1e-3 else np.ones(len(weights)) / len(weights)
    out = np.zeros(len(weights))
    salience_for_now(lasting, np.zeros(len(weights)), out)
    assert out.tobytes() == lasting.tobytes()
    shift = np.array([luck.uniform(-2.0, 2.0) for _ in weights])
    assume(abs(lasting + shift).sum() > 1e-9)
    salience_for_now(lasting, shift, out)
    assert abs(out).sum() == pytest.approx(1.0)
    assert (np.sign(out) == np.sign(lasting + shift)).all()
