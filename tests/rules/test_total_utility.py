"""Utility: closed forms, and every margin against a difference of utilities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.total_utility import (
    margin,
    margin_of_factor,
    satisfaction,
    stakes,
    term_weight,
    total_utility,
)
from minsksim.rules.utility import shape, shape_slope
from minsksim.vocabulary import CONCAVE, LINEAR, SATURATING, THRESHOLD

SEEDS = st.integers(0, 2**32 - 1)
SHAPES = st.sampled_from([LINEAR, CONCAVE, SATURATING, THRESHOLD])


def society(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Levels, salience, regard and costs of some actors."""
    random = np.random.default_rng(seed)
    actors, interests = random.integers(1, 6, 2)
    regard = random.normal(size=(actors, actors)) * (random.random((actors, actors)) < 0.6)
    np.fill_diagonal(regard, 0.0)
    salience = random.normal(size=(actors, interests))
    return random.normal(size=interests), salience, regard, random.random(actors)


def utilities(
    levels: np.ndarray, salience: np.ndarray, regard: np.ndarray, costs: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    actors, interests = salience.shape
    own, utility, parts = np.zeros(actors), np.zeros(actors), np.zeros((actors, interests + 2))
    total_utility(levels, salience, regard, costs, own, parts, utility)
    return own, parts, utility


@given(SEEDS)
def test_utility_is_the_matrix_product(seed: int) -> None:
    levels, salience, regard, costs = society(seed)
    own, parts, utility = utilities(levels, salience, regard, costs)
    assert own == pytest.approx(salience @ levels, abs=1e-12)
    assert utility == pytest.approx(own + regard @ own - costs, abs=1e-12)
    assert parts[:, :-2] == pytest.approx(salience * levels, abs=1e-12)
    assert parts[:, -2] == pytest.approx(regard @ own, abs=1e-12)
    assert parts[:, -1] == pytest.approx(-costs, abs=1e-12)


@given(SEEDS)
def test_the_parts_add_up(seed: int) -> None:
    _, parts, utility = utilities(*society(seed))
    assert parts.sum(axis=1) == pytest.approx(utility, abs=1e-12)


def test_regard_does_not_go_round_in_circles() -> None:
    """Two who like each other by 1: each adds what the other has by itself, not 1 + 1 + 1 ..."""
    regard = np.array([[0.0, 1.0], [1.0, 0.0]])
    _, _, utility = utilities(np.array([1.0]), np.array([[1.0], [0.5]]), regard, np.zeros(2))
    assert utility.tolist() == [1.5, 1.5]
    stake = np.zeros((1, 2))
    stakes(np.array([[1.0], [0.5]]), regard, stake)
    assert stake.tolist() == [[1.5, 1.5]]


@given(SEEDS)
def test_a_stake_is_what_a_unit_more_of_an_interest_brings(seed: int) -> None:
    levels, salience, regard, costs = society(seed)
    stake = np.full(salience.T.shape, np.nan)
    stakes(salience, regard, stake)
    before = utilities(levels, salience, regard, costs)[2]
    for k in range(len(levels)):
        more = levels + np.eye(len(levels))[k]
        gain = utilities(more, salience, regard, costs)[2] - before
        assert stake[k] == pytest.approx(gain, abs=1e-9)


@given(SHAPES, st.floats(0.1, 0.9), st.floats(0.3, 2.0), st.floats(-2.0, 2.0), st.floats(0.1, 1.0))
def test_a_term_is_effect_times_shape_times_factor(
    code: int, z: float, first: float, effect: float, factor: float
) -> None:
    level = shape(code, z, first, 4.0)
    assert satisfaction(effect, code, z, first, 4.0, factor) == pytest.approx(
        effect * level * factor, abs=1e-12
    )
    assert satisfaction(effect, code, z, first, 4.0, 1.0) == effect * level


@given(SHAPES, st.floats(0.1, 0.9), st.floats(0.3, 2.0), st.floats(-2.0, 2.0), st.floats(0.1, 1.0))
def test_margins_are_differences_of_terms(
    code: int, z: float, first: float, effect: float, factor: float
) -> None:
    """A quantity from 0 to 50 and a factor from 0 to 200, in their own units; stake 0.7."""
    weight, step = term_weight(0.7, effect), 1e-5

    def utils(z: float, factor: float) -> float:
        return 0.7 * satisfaction(effect, code, z, first, 4.0, factor)

    by_quantity = (utils(z + step, factor) - utils(z - step, factor)) / (2 * step) / 50.0
    by_factor = (utils(z, factor + step) - utils(z, factor - step)) / (2 * step) / 200.0
    slope = shape_slope(code, z, first, 4.0) / 50.0
    assert margin(weight, slope, factor) == pytest.approx(by_quantity, abs=1e-7)
    level = shape(code, z, first, 4.0)
    assert margin_of_factor(weight, level, 200.0) == pytest.approx(by_factor, abs=1e-7)
