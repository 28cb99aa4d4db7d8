"""Logit choice: its limits, its shares, and no acceptance below the reservation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.choice import acceptance_probability, quantal_response

UNIFORMS = (np.arange(5_000) + 0.5) / 5_000


def pick(gains: tuple[float, ...] | list[float], rationality: float, u: float) -> int:
    count = len(gains)
    return quantal_response(np.array(gains), count, rationality, u, np.zeros(count))


def shares(gains: list[float], rationality: float) -> np.ndarray:
    chosen = [pick(gains, rationality, u) for u in UNIFORMS]
    return np.bincount(chosen, minlength=len(gains)) / len(UNIFORMS)


def test_no_rationality_is_a_fair_draw() -> None:
    """I4, mckelvey_palfrey1995: lambda = 0 is uniform."""
    np.testing.assert_allclose(shares([0.0, 5.0, -3.0, 1.0], 0.0), 0.25, atol=4e-4)
    assert acceptance_probability(3.0, 0.0, 0.0) == 0.5


def test_much_rationality_is_best_reply() -> None:
    """I4: lambda to infinity."""
    assert shares([0.0, 0.3, 0.31], 1e5).tolist() == [0.0, 0.0, 1.0]
    assert acceptance_probability(0.1, 0.0, 1e6) == 1.0


@pytest.mark.parametrize("rationality", [0.5, 2.0, 20.0])
def test_shares_are_logit(rationality: float) -> None:
    """I4: p_j = exp(lambda dU_j) / sum; two options give 1 / (1 + exp(-lambda dU))."""
    gains = [0.0, 0.2, -0.1, 0.35]
    weights = np.exp(rationality * np.array(gains))
    np.testing.assert_allclose(shares(gains, rationality), weights / weights.sum(), atol=4e-4)
    two = 1.0 / (1.0 + math.exp(-rationality * 0.2))
    assert shares([0.0, 0.2], rationality)[1] == pytest.approx(two, abs=4e-4)
    assert acceptance_probability(0.3, 0.1, rationality) == pytest.approx(two, abs=1e-12)


def test_matching_pennies_has_the_logit_equilibrium() -> None:
    """I4: in asymmetric matching pennies the logit equilibrium solves p = L(q), q = L(p).

    Row gets 9 for (heads, heads), 1 for (tails, tails); column gets 1 for a mismatch. Solved here
    by bisection on the logit form; the rule's shares must be a fixed point of it.
    """
    rationality = 0.5

    def row(q: float) -> float:
        return 1.0 / (1.0 + math.exp(-rationality * (9.0 * q - (1.0 - q))))

    def column(p: float) -> float:
        return 1.0 / (1.0 + math.exp(-rationality * ((1.0 - p) - p)))

    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2.0
        low, high = (middle, high) if row(column(middle)) > middle else (low, middle)
    p, q = low, column(low)
    assert p != pytest.approx(0.5, abs=0.05)
    assert shares([0.0, 9.0 * q - (1.0 - q)], rationality)[1] == pytest.approx(p, abs=4e-4)
    assert shares([0.0, (1.0 - p) - p], rationality)[1] == pytest.approx(q, abs=4e-4)


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 1e4))
def test_never_below_the_reservation(gain: float, least: float, rationality: float) -> None:
    chance = acceptance_probability(gain, least, rationality)
    if gain < least:
        assert chance == 0.0
    else:
        assert 0.5 <= chance <= 1.0


@given(st.lists(st.floats(-2, 2), min_size=1, max_size=6), st.floats(0, 50), st.floats(0, 0.999))
def test_scaling_utils_and_dividing_rationality_changes_nothing(
    gains: list[float], rationality: float, u: float
) -> None:
    """Eight is a power of two, so not a digit moves."""
    one = pick(gains, rationality, u)
    assert pick([8.0 * gain for gain in gains], rationality / 8, u) == one
    assert 0 <= one < len(gains)


def test_only_the_first_options_count() -> None:
    assert quantal_response(np.array([0.0, 0.0, 99.0]), 2, 50.0, 0.9, np.zeros(2)) == 1


@pytest.mark.parametrize(
    "gains", [(0.0, 0.1, 0.9), (0.0, 0.3, 0.9), (0.4, 0.1, 0.8), (0.9, 0.0, 0.0)]
)
def test_the_largest_random_number_picks_the_last_option(gains: tuple[float, ...]) -> None:
    """The shares of these gains, taken off one by one, leave a last bit of the mark."""
    largest = math.nextafter(1.0, 0.0)
    assert pick(gains, 1.0, largest) == len(gains) - 1
