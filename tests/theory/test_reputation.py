"""Reputation: thresholds, and the equilibrium checked by playing it out from the last round."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minsksim.errors import UsageError
from minsksim.theory.reputation import Stand, stand

BELIEF = st.floats(0.001, 0.999)
GAIN = st.floats(0.05, 0.95)
ROUNDS = st.integers(1, 6)


def test_oracle_i2() -> None:
    for rounds, threshold in ((1, 0.5), (2, 0.25), (3, 0.125)):
        assert stand(threshold, 0.5, rounds).is_deterred
        assert not stand(threshold - 1e-9, 0.5, rounds).is_deterred
    assert stand(0.1, 0.5, 3) == Stand(False, pytest.approx(1 / 3), 0.25)


def test_who_is_certainly_tough_deters_to_the_last_round() -> None:
    """In the last round the weak yield, if there could be any; before it they always fight."""
    assert stand(1.0, 0.5, 1) == Stand(True, 0.0, 1.0)
    assert stand(1.0, 0.5, 2) == Stand(True, 1.0, 1.0)


@given(BELIEF, GAIN, ROUNDS)
def test_belief_after_a_fight_is_by_bayes(belief: float, gain: float, rounds: int) -> None:
    found = stand(belief, gain, rounds)
    if rounds == 1:
        # whoever is believed enough to deter is not tested; else a fight proves the tough type
        assert found.weak_fights == 0.0
        return
    fights = belief + (1.0 - belief) * found.weak_fights
    assert found.belief_after_fight == pytest.approx(belief / fights)


@given(BELIEF, GAIN, ROUNDS)
def test_challenger_does_what_pays(belief: float, gain: float, rounds: int) -> None:
    found = stand(belief, gain, rounds)
    fights = belief + (1.0 - belief) * found.weak_fights
    worth = (1.0 - fights) * gain + fights * (gain - 1.0)
    assume(abs(worth) > 1e-9)
    assert found.is_deterred == (worth < 0.0)


@pytest.mark.parametrize("prize", [1.5, 3.0])
def test_the_weak_are_indifferent_where_they_mix(prize: float) -> None:
    """A fight costs the weak 1 now; yielding costs 0 and every later round is lost to it.

    Later challengers at the threshold stay out with probability 1 / a, a the worth of a round
    without challenge, which makes the weak indifferent; above it they stay out for sure.
    """

    @cache
    def weak(rounds: int, belief: float) -> float:
        """Return what the weak can expect from here on."""
        if rounds == 0:
            return 0.0
        found = stand(belief, 0.5, rounds)
        threshold = 0.5**rounds
        if belief > threshold:
            return prize + weak(rounds - 1, belief)
        stays_out = 1.0 / prize if belief == threshold else 0.0
        quiet = prize + weak(rounds - 1, belief) if stays_out else 0.0
        fight = -1.0 + weak(rounds - 1, found.belief_after_fight)
        if 0.0 < found.weak_fights < 1.0:
            assert fight == pytest.approx(0.0)
        elif found.weak_fights == 1.0:
            assert fight >= -1e-12
        return stays_out * quiet + (1.0 - stays_out) * max(fight, 0.0)

    for rounds in range(2, 7):
        for belief in (0.001, 0.01, 0.1):
            weak(rounds, belief)


def test_edges() -> None:
    assert stand(0.0, 0.5, 3) == Stand(False, 0.0, 0.0)
    assert stand(1.0, 0.5, 3) == Stand(True, 1.0, 1.0)
    assert stand(0.6, 0.5, 1) == Stand(True, 0.0, 1.0)
    assert stand(0.3, 0.5, 2) == Stand(True, pytest.approx(3 / 7), 0.5)
    assert stand(0.5, 0.5, 2) == Stand(True, 1.0, 0.5)
    assert stand(0.0, 0.5, 1) == Stand(False, 0.0, 0.0)


def test_bad_input_gets_a_sentence() -> None:
    for belief, gain, rounds in (
        (-0.1, 0.5, 1),
        (1.1, 0.5, 1),
        (0.5, 0.0, 1),
        (0.5, 1.0, 1),
        (0.5, 0.5, 0),
    ):
        with pytest.raises(UsageError, match=r"belief is|gain is|rounds is"):
            stand(belief, gain, rounds)
