"""Sequencing: the least number of tranches, and the patience that keeps a repeated swap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.errors import UsageError
from minsksim.theory.tranches import patience_for_grim, patience_for_tit_for_tat, tranches_needed

STEP = st.floats(0.1, 5.0)


def worth(stream: list[float], cycle: list[float], delta: float) -> float:
    """Return the discounted worth of some payoffs, then of a cycle for ever."""
    first = sum(delta**t * payoff for t, payoff in enumerate(stream))
    lap = sum(delta**t * payoff for t, payoff in enumerate(cycle))
    return first + delta ** len(stream) * lap / (1.0 - delta ** len(cycle))


@pytest.mark.parametrize(
    ("value", "relation", "count"),
    [(10.0, 3.0, 4), (10.0, 5.0, 2), (0.6, 0.2, 3), (0.3, 0.1, 3), (1.0, 7.0, 1)],
)
def test_tranches_by_hand(value, relation, count):
    assert tranches_needed(value, relation) == count


@given(st.floats(0.01, 1e4), st.floats(0.01, 1e4))
def test_that_many_tranches_hold_and_one_fewer_do_not(value, relation):
    count = tranches_needed(value, relation)
    assert value / count <= relation * (1.0 + 1e-9)
    if count > 1:
        assert value / (count - 1) > relation


def test_oracle_s7():
    assert patience_for_grim(5.0, 3.0, 1.0) == pytest.approx(0.5)
    assert patience_for_tit_for_tat(5.0, 3.0, 1.0, 0.0) == pytest.approx(2 / 3)
    # who keeps alone loses 1: (6 - 3) / (3 + 1), more than grim's (6 - 3) / (6 - 1)
    assert patience_for_tit_for_tat(6.0, 3.0, 1.0, -1.0) == pytest.approx(3 / 4)


@given(STEP, STEP, STEP, st.floats(0.02, 0.98))
def test_thresholds_are_those_of_the_written_out_streams(a, b, c, delta):
    """Keep for ever against: breach once and be punished for good; breach every other time."""
    sucker, punishment, reward, temptation = 0.0, a, a + b, a + b + c
    keep = worth([], [reward], delta)
    for_good = worth([temptation], [punishment], delta)
    alternate = worth([], [temptation, sucker], delta)
    grim = patience_for_grim(temptation, reward, punishment)
    tit = patience_for_tit_for_tat(temptation, reward, punishment, sucker)
    if abs(delta - grim) > 1e-6:
        assert (keep > for_good) == (delta > grim)
    if abs(delta - tit) > 1e-6:
        assert (keep > max(for_good, alternate)) == (delta > tit)


def test_wrong_orders_are_refused():
    with pytest.raises(UsageError, match=r"relation is 0.0; it must be above 0"):
        tranches_needed(1.0, 0.0)
    with pytest.raises(UsageError, match="temptation > reward"):
        patience_for_grim(3.0, 3.0, 1.0)
    with pytest.raises(UsageError, match="reward > punishment"):
        patience_for_grim(5.0, 3.0, 3.0)
    with pytest.raises(UsageError, match="punishment > sucker"):
        patience_for_tit_for_tat(5.0, 3.0, 1.0, 1.0)
