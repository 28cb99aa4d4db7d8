"""The engine's sanction threat: readings by hand, and without noise the episode on the tree."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.sanction_episode import (
    chance_above,
    chance_believed,
    gives_in,
    is_credible,
    read_cost,
    threat_payoff,
)
from minsksim.theory.sanction_game import sanction_episode

REAL = st.floats(-2.0, 2.0)
COST = st.floats(0.0, 2.0)
WIDTH = st.floats(0.01, 1.0)
UNIFORM = st.floats(0.0, 1.0, exclude_max=True)
GRID = (np.arange(4000) + 0.5) / 4000


@pytest.mark.parametrize(
    ("reading", "half_width", "level", "chance"),
    [
        (0.6, 0.0, 0.5, 1.0),
        (0.5, 0.0, 0.6, 0.0),
        (0.5, 0.0, 0.5, 0.0),
        (0.5, 0.25, 0.5, 0.5),
        (0.5, 0.25, 0.375, 0.75),
        (0.5, 0.25, 0.125, 1.0),
        (0.5, 0.25, 0.875, 0.0),
    ],
)
def test_chance_above_a_level_by_hand(
    reading: float, half_width: float, level: float, chance: float
) -> None:
    assert chance_above(reading, half_width, level) == chance


@pytest.mark.parametrize(
    ("net", "audience_cost", "doubt", "chance"),
    [
        (-0.25, 0.25, 0.0, 1.0),
        (-0.5, 0.25, 0.0, 0.0),
        (-0.25, 0.25, 0.5, 0.5),
        (-0.5, 0.25, 0.5, 0.25),
        (-0.25, 0.5, 0.5, 0.75),
        (1.0, 0.25, 0.5, 1.0),
        (-1.0, 0.25, 0.5, 0.0),
    ],
)
def test_chance_of_being_believed_by_hand(
    net: float, audience_cost: float, doubt: float, chance: float
) -> None:
    assert chance_believed(net, audience_cost, doubt) == chance


@pytest.mark.parametrize(
    ("value", "chance", "net", "audience_cost", "worth"),
    [
        (2.0, 0.25, -0.5, 0.25, 0.3125),
        (2.0, 0.25, -0.25, 0.5, 0.3125),
        (2.0, 1.0, -0.5, 0.25, 2.0),
        (2.0, 0.0, 0.75, 0.25, 0.75),
        (-1.0, 0.5, -2.0, 0.0, -0.5),
    ],
)
def test_worth_of_a_threat_by_hand(
    value: float, chance: float, net: float, audience_cost: float, worth: float
) -> None:
    """A refusal is met with the lesser evil: imposing, or backing down."""
    assert threat_payoff(value, chance, net, audience_cost) == worth


@given(REAL, WIDTH, REAL)
def test_a_reader_counts_the_numbers_that_could_have_given_the_reading(
    reading: float, half_width: float, level: float
) -> None:
    """Seen from the reading, the number is spread as the reading is seen from the number."""
    numbers = [read_cost(reading, half_width, u) for u in GRID]
    assert reading - half_width <= min(numbers) <= max(numbers) <= reading + half_width
    share = np.mean(np.array(numbers) > level)
    assert chance_above(reading, half_width, level) == pytest.approx(share, abs=1e-3)


@given(REAL, COST, WIDTH)
def test_belief_counts_the_errors_that_leave_the_threat_credible(
    net: float, audience_cost: float, doubt: float
) -> None:
    share = np.mean([is_credible(net + read_cost(0.0, doubt, u), audience_cost) for u in GRID])
    assert chance_believed(net, audience_cost, doubt) == pytest.approx(share, abs=1e-3)


@given(REAL, UNIFORM, REAL)
def test_little_noise_is_almost_none(true: float, uniform: float, level: float) -> None:
    assert read_cost(true, 0.0, uniform) == true
    if abs(true - level) > 1e-6:
        assert chance_above(true, 1e-9, level) == chance_above(true, 0.0, level)
    if abs(true + abs(level)) > 1e-6:
        assert chance_believed(true, abs(level), 1e-9) == chance_believed(true, abs(level), 0.0)


@given(REAL, st.floats(0.001, 2.0), REAL, REAL, REAL, COST)
def test_without_noise_it_is_the_game_on_the_tree(
    value: float, stake: float, harm: float, gain: float, cost: float, audience_cost: float
) -> None:
    """lacy_niou2004: who threatens, who complies, who imposes and what both get."""
    net = gain - cost
    chance = chance_believed(net, audience_cost, 0.0) * chance_above(harm, 0.0, stake)
    worth = threat_payoff(value, chance, net, audience_cost)
    episode = sanction_episode(value, stake, harm, gain, cost, audience_cost)
    assert episode.is_threatened == (worth > 0.0)
    if worth > 0.0:
        assert episode.sender_payoff == worth
        assert episode.has_complied == (chance == 1.0)
        assert episode.is_imposed == (chance == 0.0 and is_credible(net, audience_cost))


@pytest.mark.parametrize(
    ("is_believed", "harm", "stake", "does"),
    [
        (True, 0.5, 0.25, True),
        (True, 0.25, 0.25, False),
        (True, 0.25, 0.5, False),
        (False, 0.5, 0.25, False),
    ],
)
def test_who_gives_in(is_believed: bool, harm: float, stake: float, does: bool) -> None:
    assert gives_in(is_believed, harm, stake) is does
