"""The weighted log product: slopes against finite differences, steps against a search."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from minsksim.rules.log_product import HALVINGS, add_gains, marginal_utility_of, step_along

SEED = st.integers(0, 2**32 - 1)
HALF = np.array([0.5, 0.5])
NONE = np.zeros(2)
SHORT = 0.1
"""The least gain over a reservation, or over nothing, that is drawn; a loan is at least this."""
Terms = tuple[float, float, float]


def log_product(
    totals: np.ndarray, weights: np.ndarray, least: np.ndarray, terms: Terms
) -> np.ndarray:
    """Return the product's logarithm for rows of gains, minus infinity where it has none."""
    held, loan, barrier = terms
    over, spare = totals - held * least + loan, totals - least
    has_barrier = (least > 0.0) & (barrier > 0.0)
    is_inside = ((over > 0.0) & ((spare > 0.0) | ~has_barrier)).all(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        worth = (weights * np.log(over)).sum(axis=-1)
        worth += barrier * np.where(has_barrier, np.log(spare), 0.0).sum(axis=-1)
    return np.where(is_inside, worth, -np.inf)


def draw_case(seed: int, is_held: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray, Terms]:
    """Parties with and without a reservation; short of it only while they are lent enough."""
    rng = np.random.default_rng(seed)
    parties = int(rng.integers(1, 6))
    weights = rng.uniform(0.1, 1.0, parties)
    least = rng.uniform(0.1, 2.0, parties) * (rng.random(parties) < 0.6)
    totals = least + rng.uniform(SHORT, 1.0, parties)
    if not is_held:
        return totals, weights, least, (0.0, rng.choice([0.0, 0.3]), rng.uniform(0.01, 0.8))
    totals -= rng.uniform(0.0, 1.0, parties)
    return totals, weights, least, (1.0, 1.0 + SHORT, 0.0)


def step(
    totals: np.ndarray,
    change: np.ndarray,
    most: float,
    terms: Terms = (0.0, 0.0, 0.0),
    least: np.ndarray = NONE,
) -> float:
    """Return the step of two parties with equal weights."""
    return step_along(totals, change, HALF, least, 2, terms, most)


@given(SEED, st.booleans())
def test_a_util_adds_what_differences_say(seed: int, is_held: bool) -> None:
    totals, weights, least, terms = draw_case(seed, is_held)
    parties = len(totals)
    slopes = np.full(parties + 1, 7.0)
    marginal_utility_of(totals, weights, least, parties, terms, slopes)
    nudge = 1e-6 * np.eye(parties)
    above = log_product(totals + nudge, weights, least, terms)
    below = log_product(totals - nudge, weights, least, terms)
    np.testing.assert_allclose(slopes[:parties], (above - below) / 2e-6, rtol=1e-6)
    assert slopes[parties] == 7.0


def test_what_a_util_adds_by_hand() -> None:
    """1/2 / (1 - 3/4) = 2 over a reservation, 1/2 / 1 + 1/8 / (1 - 3/4) = 1 with the barrier."""
    least, slopes = np.array([0.75, 0.0]), np.zeros(2)
    marginal_utility_of(np.ones(2), HALF, least, 2, (1.0, 0.0, 0.0), slopes)
    assert slopes.tolist() == [2.0, 0.5]
    marginal_utility_of(np.ones(2), HALF, least, 2, (0.0, 0.0, 0.125), slopes)
    assert slopes.tolist() == [1.0, 0.5]
    # who has exactly its reservation is lent 1/4, and no barrier is asked
    marginal_utility_of(least, HALF, least, 2, (1.0, 0.25, 0.0), slopes)
    assert slopes.tolist() == [2.0, 2.0]


@given(SEED, st.booleans(), st.floats(0.05, 3.0))
def test_no_step_of_a_search_is_better(seed: int, is_held: bool, most: float) -> None:
    totals, weights, least, terms = draw_case(seed, is_held)
    change = np.random.default_rng(seed + 1).uniform(-1.0, 1.0, len(totals))
    found = step_along(totals, change, weights, least, len(totals), terms, most)
    assert 0.0 <= found <= most

    def worth(t: float) -> float:
        return float(log_product(totals + t * change, weights, least, terms))

    grid = np.linspace(0.0, most, 401)
    best = max(grid, key=worth)
    around = max(best - most / 400, 0.0), min(best + most / 400, most)
    # outside the product is minus infinity, where no search can tell up from down
    finer = minimize_scalar(
        lambda t: max(-worth(t), -1e9) if np.isfinite(worth(t)) else 1e9,
        bounds=around,
        method="bounded",
        options={"xatol": 1e-12},
    )
    assert worth(found) >= max(worth(best), -finer.fun) - 1e-12
    if 1e-6 < found < most * (1.0 - 1e-6):
        slopes = np.zeros(len(totals))
        marginal_utility_of(totals + found * change, weights, least, len(totals), terms, slopes)
        assert slopes @ change == pytest.approx(0.0, abs=1e-6 * (abs(slopes) @ abs(change)))


@pytest.mark.parametrize(
    ("gains", "most", "found"),
    [
        # 1 - t = t, found at the first bisection and kept to the last bit
        ((1.0, 0.0), 1.0, 0.5),
        # 3 - t = t lies at the end, or beyond it
        ((3.0, 0.0), 1.5, 1.5),
        ((3.0, 0.0), 1.0, 1.0),
        # already too far: 1/4 - t < 1 + t
        ((0.25, 1.0), 0.125, 0.0),
    ],
)
def test_steps_by_hand(gains: tuple[float, float], most: float, found: float) -> None:
    """A util passes from the first to the second."""
    change = np.array([-1.0, 1.0])
    assert step(np.array(gains), change, most, (0.0, 2.0**-30, 0.0)) == pytest.approx(
        found, abs=1e-12
    )
    # the order of the parties plays no part
    assert step(np.array(gains[::-1]), -change, most, (0.0, 2.0**-30, 0.0)) == pytest.approx(
        found, abs=1e-12
    )


def test_a_change_that_moves_nobody_is_taken_whole() -> None:
    assert step(np.ones(2), NONE, 0.75) == 0.75


def test_a_step_ends_above_what_must_not_be_reached() -> None:
    """The second gains a hundred times what the first loses, and yet the first keeps something."""
    change = np.array([-1.0, 100.0])
    assert step(np.ones(2), change, 1.0) == pytest.approx(0.495, abs=1e-12)
    # ln(2 - t) + ln(2 + 100 t) peaks at 0.99, beyond the barrier at 3/4
    least, terms = np.array([1.25, 0.0]), (0.0, 0.0, 1e-9)
    found = step(np.array([2.0, 2.0]), change, 1.0, terms, least)
    assert 0.75 - 1e-8 < found < 0.75
    # without the barrier the reservation does not bind
    found = step(np.array([2.0, 2.0]), change, 1.0, (0.0, 0.0, 0.0), least)
    assert found == pytest.approx(0.99, abs=1e-12)
    # who ends with exactly its reservation has gone too far
    at_end = np.array([1.75, 2.0])
    assert step(at_end, change, 0.5, terms, least) < 0.5


@given(SEED)
def test_gains_add_over_levers(seed: int) -> None:
    rng = np.random.default_rng(seed)
    levers, positions, parties = rng.integers(1, 5, 3)
    counts = rng.integers(1, positions + 1, levers)
    gains = rng.uniform(-1.0, 1.0, (levers, positions, parties))
    mixture = rng.random((levers, positions)) * (rng.random((levers, positions)) < 0.7)
    # what lies beyond a lever's last position is left over from another table
    is_there = np.arange(positions)[None, :] < counts[:, None]
    totals = np.full(parties + 1, 7.0)
    add_gains(gains, counts, levers, parties, mixture, totals)
    expected = np.einsum("lj,lja->a", mixture * is_there, gains)
    np.testing.assert_allclose(totals[:parties], expected, atol=1e-12)
    assert totals[parties] == 7.0


def halved(
    totals: np.ndarray,
    change: np.ndarray,
    weights: np.ndarray,
    least: np.ndarray,
    terms: Terms,
    most: float,
) -> float:
    """Return the step by halving alone, the slope asked for every time."""
    held, loan, barrier = terms
    low, high = 0.0, most
    for half in range(HALVINGS):
        tried, slope, is_inside = high if half == 0 else (low + high) / 2.0, 0.0, True
        for a in range(len(totals)):
            gain = totals[a] + tried * change[a]
            over, spare = gain - held * least[a] + loan, gain - least[a]
            has_barrier = least[a] > 0.0 and barrier > 0.0
            is_inside = is_inside and over > 0.0 and (spare > 0.0 or not has_barrier)
            with np.errstate(divide="ignore", invalid="ignore"):
                slope += weights[a] * change[a] / over
                slope += barrier * change[a] / spare if has_barrier else 0.0
        if is_inside and slope >= 0.0:
            if half == 0:
                return most
            low = tried
        else:
            high = tried
    return low


@given(SEED, st.booleans(), st.floats(-3.0, 3.0), st.floats(0.0, 3.0))
def test_a_step_is_that_of_halving_alone_to_the_last_bit(
    seed: int, is_held: bool, size: float, shift: float
) -> None:
    totals, weights, least, terms = draw_case(seed, is_held)
    rng = np.random.default_rng(seed)
    change, most = rng.normal(size=len(totals)) * 10.0**size, rng.uniform(0.0, 1.0)
    totals = totals - shift * (rng.random() < 0.1)
    found = step_along(totals, change, weights, least, len(totals), terms, most)
    assert found == halved(totals, change, weights, least, terms, most)


def test_a_step_from_outside_is_that_of_halving_alone() -> None:
    """Where the product has no slope yet, nothing is known of longer steps."""
    totals, change, terms = np.array([-0.1, 1.0]), np.array([1.0, -1.0]), (0.0, 0.0, 0.0)
    expected = halved(totals, change, HALF, NONE, terms, 1.0)
    assert expected == pytest.approx(0.55)
    assert step(totals, change, 1.0) == expected
