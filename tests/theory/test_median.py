"""The weighted median: the car example, the winner of every vote, and how close the call is."""

from __future__ import annotations

import numpy as np
import pytest
from cars import CARE, CARS, POWER, YEARS
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from published import read_rows

from minsksim import UsageError
from minsksim.theory.median import condorcet_winner, net_support, weighted_median

at = arrays.arrays(float, 6, elements=st.integers(0, 10).map(float))
weights = arrays.arrays(float, 6, elements=st.integers(0, 9).map(float)).filter(np.any)


def after(name: str, points: float) -> float:
    """Return the median when one salience changes by points of 100."""
    care = CARE.copy()
    care[list(CARS).index(name)] += points / 100.0
    return weighted_median(YEARS, POWER * care)[0]


def test_car_emissions() -> None:
    """C3: 7 with a cumulative weight of only .503693, and 7 wins every vote."""
    median, share = weighted_median(YEARS, POWER * CARE)
    assert median == 7.0
    assert share == pytest.approx(0.503693, abs=1e-6)
    assert condorcet_winner(YEARS, POWER * CARE) == 7.0


@pytest.mark.parametrize(
    ("name", "points"), [("Germany", -3.2), ("UK", 3.2), ("France", 3.2), ("Italy", 3.2)]
)
def test_knife_edge_of_car_emissions(name: str, points: float) -> None:
    assert after(name, points) == 10.0
    assert after(name, points * 0.97) == 7.0


@given(at, weights)
def test_the_median_is_the_lowest_with_half_of_the_weight(x: np.ndarray, w: np.ndarray) -> None:
    median, share = weighted_median(x, w)
    halves = [v for v in sorted(set(x)) if 2 * w[x <= v].sum() >= w.sum()]
    assert median == halves[0]
    assert share == pytest.approx(min(w[x <= median].sum(), w[x >= median].sum()) / w.sum())
    assert share >= 0.5


@given(at, weights)
def test_the_median_wins_every_vote(x: np.ndarray, w: np.ndarray) -> None:
    """Black: with losses that grow with distance the median is the Condorcet winner."""
    winner = condorcet_winner(x, w)
    assert net_support(x, w, np.array([winner, *x]))[0].min() >= -1e-9
    assert winner == weighted_median(x, w)[0]


@given(at, weights)
def test_votes_for_are_votes_against_the_other(x: np.ndarray, w: np.ndarray) -> None:
    votes = net_support(x, w, x)
    np.testing.assert_allclose(votes, -votes.T)


@given(at, weights, st.integers(0, 5), st.floats(0.0, 5.0))
def test_no_position_moves_the_median_by_more_than_itself(
    x: np.ndarray, w: np.ndarray, actor: int, step: float
) -> None:
    moved = x.copy()
    moved[actor] += step
    assert 0.0 <= weighted_median(moved, w)[0] - weighted_median(x, w)[0] <= step + 1e-9


def test_published_votes_on_car_emissions() -> None:
    rows = read_rows("ec-emissions/pairwise_vote_round0.csv")
    for row in rows:
        options = np.array([float(row["alternative_1"]), float(row["alternative_2"])])
        votes = net_support(YEARS, 100.0 * POWER * CARE, options)
        assert votes[0, 1] == pytest.approx(float(row["net_support_for_1"]), abs=1e-9)


def test_nobody_with_weight_gets_a_sentence() -> None:
    for rule in (weighted_median, condorcet_winner):
        with pytest.raises(UsageError, match="capability and salience above 0"):
            rule(YEARS, 0.0 * POWER)


def test_nobody_votes_where_all_stand_together() -> None:
    at, weight = np.array([4.0, 4.0]), np.array([1.0, 2.0])
    np.testing.assert_array_equal(net_support(at, weight, at), np.zeros((2, 2)))


def test_the_unit_of_positions_does_not_matter() -> None:
    """Two votes for the one end and one for the other, whole ones however short the scale."""
    positions, weight = np.array([0.0, 0.5]), np.array([2.0, 1.0])
    np.testing.assert_allclose(net_support(positions, weight, positions), [[0.0, 1.0], [-1.0, 0.0]])
