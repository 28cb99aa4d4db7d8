"""A package's gain: lever by lever the same as over all that may happen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.lever_payoff import payoff_at, scale_payoff
from minsksim.rules.package_gain import expected_gain, gain_from_move, move_cost, suits_all

UNIT = st.floats(0.0, 1.0)
HAIR = 1e-9


@given(st.integers(0, 2**32 - 1), UNIT)
def test_gains_of_levers_add_up_to_the_expected_gain(seed: int, faith: float) -> None:
    """t U(both deliver) + (1 - t) U(only I deliver) - U(no agreement) - costs, by enumeration."""
    random = np.random.default_rng(seed)
    levers = int(random.integers(1, 6))
    is_own = random.random(levers) < 0.5
    now, to = random.random((2, levers))
    linear, curved = random.normal(size=(levers, 2)), random.normal(size=(levers, 1, 5))
    curved[:, :, 0], curved[:, :, 1] = 1.0, 0.5  # roots
    costs = [move_cost(d, 0.3, 0.7) for d in to - now]

    def utils(z: np.ndarray) -> float:
        return sum(payoff_at(linear[i], curved[i], 1, z[i])[0] for i in range(levers))

    both, alone = utils(to), utils(np.where(is_own, to, now))
    paid = sum(cost for cost, own in zip(costs, is_own, strict=True) if own)
    expected = faith * both + (1.0 - faith) * alone - utils(now) - paid
    by_weights, by_gains = 0.0, 0.0
    for i in range(levers):
        after, before = (payoff_at(linear[i], curved[i], 1, z[i])[0] for z in (to, now))
        cost = costs[i] if is_own[i] else 0.0
        gain = gain_from_move(after, before, cost)
        by_gains += gain if is_own[i] else expected_gain(gain, faith)
        if not is_own[i]:
            scale_payoff(linear[i], curved[i], 1, faith, 0)
        after, before = (payoff_at(linear[i], curved[i], 1, z[i])[0] for z in (to, now))
        by_weights += gain_from_move(after, before, cost)
    assert by_gains == pytest.approx(expected, abs=1e-9)
    assert by_weights == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("share", "cost"), [(0.0, 0.0), (0.25, 0.5), (1.0, 2.0), (-0.25, 2.0), (-1.0, 8.0)]
)
def test_each_direction_has_its_own_cost(share: float, cost: float) -> None:
    assert move_cost(share, 2.0, 8.0) == cost


@pytest.mark.parametrize(
    ("gains", "least", "is_signed"),
    [
        ((0.5, 0.25), (0.0, 0.0), True),
        ((0.5, 0.25), (0.5, 0.25), True),
        ((0.5, 0.25), (0.5, 0.375), False),
        ((0.5, 0.25), (0.75, 0.0), False),
        ((0.5, -0.25), (0.0, 0.0), False),
        ((0.0, 0.0), (0.0, 0.0), False),
        ((HAIR / 2, HAIR / 2), (0.0, 0.0), False),
        ((HAIR, HAIR / 2), (0.0, 0.0), True),
    ],
)
def test_who_signs(gains: tuple[float, float], least: tuple[float, float], is_signed: bool) -> None:
    found = np.array(gains)
    assert suits_all(found, np.array(least), 2, HAIR) is is_signed


def test_what_falls_short_by_a_hair_is_lifted() -> None:
    gains = np.array([0.5 - HAIR / 2, 0.75, -9.0])
    assert suits_all(gains, np.array([0.5, 0.25, 9.0]), 2, HAIR)
    assert gains.tolist() == [0.5, 0.75, -9.0]


def test_a_whole_hair_may_be_missing() -> None:
    gains = np.array([0.25, 0.75])
    assert suits_all(gains, np.array([0.5, 0.5]), 2, 0.25)
    assert gains.tolist() == [0.5, 0.75]


def test_a_hair_more_than_that_is_not() -> None:
    gains = np.array([0.5 - 2 * HAIR, 0.75])
    assert not suits_all(gains, np.array([0.5, 0.25]), 2, HAIR)
