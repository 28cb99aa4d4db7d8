"""Cheap talk: published partitions, the sender's indifference, and losses by integration."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.errors import UsageError
from minsksim.rules.cheap_talk import cut_points, informativeness, most_messages, receivers_payoff

BIAS = st.floats(0.0005, 0.4)


def test_oracle_i1() -> None:
    assert [most_messages(b) for b in (0.01, 0.05, 0.1, 0.25, 0.3, 5.0)] == [7, 3, 2, 1, 1, 1]
    np.testing.assert_allclose(cut_points(0.05, 3), (0.0, 0.133333, 0.466667, 1.0), atol=1e-6)
    np.testing.assert_allclose(cut_points(0.1, 2), (0.0, 0.3, 1.0))
    assert receivers_payoff(0.05, 3) == pytest.approx(-0.015926, abs=1e-6)
    assert receivers_payoff(0.1, 2) == pytest.approx(-0.030833, abs=1e-6)
    assert receivers_payoff(0.25, 1) == pytest.approx(-0.083333, abs=1e-6)


@given(BIAS)
def test_one_message_more_is_not_believed(bias: float) -> None:
    """N messages exist iff the first cut, 1/N - 2 b (N - 1), lies above 0."""
    most = most_messages(bias)
    assert np.all(np.diff(cut_points(bias, most)) > 0.0)
    assert 1.0 / (most + 1) - 2.0 * bias * most <= 1e-12


@pytest.mark.parametrize("count", range(1, 12))
def test_a_first_message_of_no_width_is_none(count: int) -> None:
    """At b = 1 / (2 N (N + 1)) the message after the N-th would have no width."""
    edge = 1.0 / (2.0 * count * (count + 1))
    assert most_messages(edge) == count
    assert most_messages(edge * (1.0 - 1e-6)) == count + 1


@pytest.mark.parametrize("count", [14, 49, 54, 1732])
def test_a_root_a_hair_above_a_whole_number_is_that_number(count: int) -> None:
    """These edges come out of binary arithmetic as 14.000000000000002 and the like."""
    edge = 1.0 / (2.0 * count) / (count + 1)
    assert -0.5 + 0.5 * math.sqrt(1.0 + 2.0 / edge) > count
    assert most_messages(edge) == count


@given(BIAS)
def test_sender_at_a_cut_does_not_mind_which_message(bias: float) -> None:
    cuts = cut_points(bias, most_messages(bias))
    middles = (cuts[1:] + cuts[:-1]) / 2.0
    for k, cut in enumerate(cuts[1:-1]):
        below, above = (abs(middles[j] - cut - bias) for j in (k, k + 1))
        assert below == pytest.approx(above, abs=1e-9)


@given(BIAS)
def test_payoff_is_minus_the_mean_squared_error(bias: float) -> None:
    for messages in {1, most_messages(bias)}:
        widths = np.diff(cut_points(bias, messages))
        assert receivers_payoff(bias, messages) == pytest.approx(-np.sum(widths**3) / 12.0)


def test_a_larger_bias_never_tells_more() -> None:
    biases = np.linspace(0.0, 0.3, 301)
    told = np.array([informativeness(float(b)) for b in biases])
    assert told[0] == 1.0
    assert np.all(np.diff(told) <= 1e-12)
    assert np.all(told[biases >= 0.25] == pytest.approx(0.0))
    assert np.all(told[biases < 0.249] > 0.0)
    assert informativeness(0.05) == pytest.approx(1.0 - 12.0 * 0.0159259, abs=1e-6)
    assert informativeness(1e-6) == pytest.approx(1.0, abs=1e-4)


def test_bad_input_gets_a_sentence() -> None:
    for bias in (0.0, -0.1, float("nan")):
        with pytest.raises(UsageError, match=r"bias is .*; it must be"):
            most_messages(bias)
    for messages, sentence in ((0, "a whole number, 1 or more"), (3, "there are 1 to 2 messages")):
        with pytest.raises(UsageError, match=sentence):
            cut_points(0.1, messages)
        with pytest.raises(UsageError, match=str(messages)):
            receivers_payoff(0.1, messages)
