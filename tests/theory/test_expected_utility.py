"""Challenges: contests that add to one, risk, and ten published rounds of the car example."""

from __future__ import annotations

import numpy as np
import pytest
from cars import CARE, POWER, YEARS
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from published import read_rows

from minsksim import UsageError
from minsksim.theory.challenge_round import expected_utilities, positions_after_round
from minsksim.theory.compromise import compromise
from minsksim.theory.expected_utility import (
    challenge_worth,
    contest_chances,
    contest_chances_of_all,
    risk_exponents,
)
from minsksim.theory.median import weighted_median

at = arrays.arrays(float, 5, elements=st.integers(0, 10).map(float))
weights = arrays.arrays(float, 5, elements=st.integers(0, 9).map(float))
exponents = arrays.arrays(float, 5, elements=st.floats(0.5, 2.0))
shares = st.floats(0.0, 1.0)


def code_round(x: np.ndarray, own: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """Choose among offers as the code behind the published table does.

    It prefers confrontations, then the compromise with the lowest weighted mean position, a
    departure from the papers that its author points out.
    """
    after = x.copy()
    for i in range(len(x)):
        others = [j for j in range(len(x)) if x[j] != x[i]]
        fights = [j for j in others if seen[i, j] > own[i, j] > 0]
        middles = [j for j in others if seen[i, j] > -own[i, j] > 0]
        if fights:
            after[i] = x[min(fights, key=lambda j: abs(x[i] - x[j]))]
        elif middles:
            j = min(middles, key=lambda j: mean_position(x, own, seen, i, j))
            after[i] = x[i] + (x[j] - x[i]) * abs(own[i, j] / seen[i, j])
    return after


def mean_position(x: np.ndarray, own: np.ndarray, seen: np.ndarray, i: int, j: int) -> float:
    """Return the positions of two, weighted by what each expects."""
    one, other = abs(own[i, j]), abs(seen[i, j])
    return float((one * x[i] + other * x[j]) / (one + other))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(4.0, 7.0, 0.366322), (4.0, 10.0, 0.424658), (7.0, 10.0, 0.503693)],
)
def test_contests_on_car_emissions(one: float, other: float, expected: float) -> None:
    """C3."""
    chances = contest_chances(YEARS, POWER * CARE, np.ones(10))
    i, j = (list(YEARS).index(years) for years in (one, other))
    assert chances[i, j] == pytest.approx(expected, abs=1e-6)


@given(at, weights, exponents)
def test_somebody_wins_every_contest(x: np.ndarray, w: np.ndarray, risk: np.ndarray) -> None:
    """C3: P_ij + P_ji = 1, also between equals and where nobody votes."""
    chances = contest_chances(x, w, risk)
    np.testing.assert_allclose(chances + chances.T, 1.0)
    assert np.all((chances >= 0.0) & (chances <= 1.0))


@given(at, weights)
def test_contests_of_all_pairs_keep_the_ratio_of_the_votes(x: np.ndarray, w: np.ndarray) -> None:
    if np.ptp(x) == 0.0 or not np.any(w):
        return
    whole, chances = (f(x, w, np.ones(5)) for f in (contest_chances_of_all, contest_chances))
    np.testing.assert_allclose(whole * chances.T, whole.T * chances, atol=1e-12)
    assert np.all(whole + whole.T <= 1.0 + 1e-12)


@given(shares, shares, shares, st.floats(0.5, 2.0))
def test_a_challenge_pays_more_the_likelier_it_is_won_and_the_less_it_is_resisted(
    chance: float, distance: float, resistance: float, risk: float
) -> None:
    found = challenge_worth(*(np.array(v) for v in (chance, distance, resistance, risk)))
    surer = challenge_worth(*(np.array(v) for v in (1.0, distance, resistance, risk)))
    easier = challenge_worth(*(np.array(v) for v in (chance, distance, 0.0, risk)))
    assert surer >= found - 1e-12
    assert easier >= found - 1e-12
    if distance == 0.0:
        assert found == pytest.approx(0.0, abs=1e-12)


def test_a_neutral_even_contest_is_worth_the_distance_that_is_not_resisted() -> None:
    """r = 1, P = 1/2: U_s = 2d, U_f = -2d, U_q = 0, so E = 2d(1 - s)."""
    values = [np.array(v) for v in (0.5, 0.3, 0.25, 1.0)]
    assert challenge_worth(*values) == pytest.approx(2 * 0.3 * 0.75)


@given(arrays.arrays(float, (5, 5), elements=st.floats(-4.0, 4.0)))
def test_risk_runs_from_one_half_in_danger_to_two_in_safety(worth: np.ndarray) -> None:
    risk = risk_exponents(worth)
    danger = worth.sum(axis=0) - np.diag(worth)
    if np.ptp(danger) < 1e-6:
        return
    assert risk[np.argmax(danger)] == pytest.approx(0.5)
    assert risk[np.argmin(danger)] == pytest.approx(2.0)
    assert np.all(np.diff(risk[np.argsort(danger)]) <= 1e-9)


def test_nobody_in_more_danger_than_another_is_neutral() -> None:
    np.testing.assert_array_equal(risk_exponents(np.zeros((3, 3))), np.ones(3))


def test_published_risk_exponents_of_the_first_round() -> None:
    """The public code's exponents come out; the other column is a cross-check of order only.

    Its author says that his version does not reproduce the published model.
    """
    rows = read_rows("ec-emissions/round1_risk_exponent.csv")
    distance = np.abs(YEARS[:, None] - YEARS[None, :]) / 6.0
    chances = contest_chances_of_all(YEARS, POWER * CARE, np.ones(10))
    worth = challenge_worth(chances, distance, CARE[None, :], np.ones((10, 1)))
    found = risk_exponents(worth)
    code, other = (
        np.array([float(row[key]) for row in rows])
        for key in ("r_jmckib_rules", "r_masad_published")
    )
    np.testing.assert_allclose(found, code, atol=1e-6)
    assert np.corrcoef(found, other)[0, 1] > 0.8


def test_ten_published_rounds_of_car_emissions() -> None:
    """All positions, medians and means of the table, with the code's choice among offers."""
    rows = read_rows("ec-emissions/scholz_rules_trajectory.csv")
    names = list(rows[0])[3:]
    x = YEARS
    for row in rows:
        np.testing.assert_allclose(x, [float(row[name]) for name in names], atol=1e-6)
        median, mean = float(row["condorcet_median"]), float(row["weighted_mean"])
        assert weighted_median(x, POWER * CARE)[0] == pytest.approx(median, abs=1e-6)
        found = compromise(x[:, None], CARE[:, None], POWER)[0]
        assert found == pytest.approx(mean, abs=1e-6)
        x = code_round(x, *expected_utilities(x, CARE, POWER, contest_chances_of_all))


@given(at, arrays.arrays(float, 5, elements=st.floats(0.1, 1.0)))
def test_nobody_moves_past_the_position_it_gives_way_to(x: np.ndarray, care: np.ndarray) -> None:
    if np.ptp(x) == 0.0:
        return
    after = positions_after_round(x, *expected_utilities(x, care, np.ones(5)))
    assert np.all((after >= x.min() - 1e-9) & (after <= x.max() + 1e-9))


@pytest.mark.parametrize(
    ("own", "seen", "expected"),
    [
        (0.2, 0.5, 10.0),  # confrontation lost
        (0.5, 0.2, 0.0),  # confrontation won
        (-0.2, 0.5, 4.0),  # compromise: 10 * 0.2 / 0.5
        (-0.7, 0.5, 10.0),  # capitulation
        (-0.2, -0.5, 0.0),  # nobody challenges
        (0.2, -0.5, 0.0),  # only the first challenges
    ],
)
def test_the_octants_of_a_contest(own: float, seen: float, expected: float) -> None:
    x = np.array([0.0, 10.0])
    views = [np.array([[0.0, value], [-1.0, 0.0]]) for value in (own, seen)]
    assert positions_after_round(x, *views)[0] == pytest.approx(expected)


def test_of_several_offers_the_smallest_move_is_made() -> None:
    x = np.array([0.0, 4.0, 10.0])
    own, seen = np.full((3, 3), -0.1), np.full((3, 3), 0.1)
    seen[0, 2], own[0, 1], seen[0, 1] = 1.0, 0.1, 0.3
    assert positions_after_round(x, own, seen)[0] == pytest.approx(1.0)  # 10 * 0.1, not 4


def test_one_position_for_all_has_no_contest() -> None:
    with pytest.raises(UsageError, match="nothing to contest"):
        contest_chances_of_all(np.ones(3), np.ones(3), np.ones(3))


def test_the_scale_of_weights_does_not_matter() -> None:
    at, weight = np.array([0.0, 10.0]), np.array([0.01, 0.03])
    np.testing.assert_allclose(
        contest_chances_of_all(at, weight, np.ones(2)), [[0.0, 0.125], [0.375, 0.0]]
    )


@pytest.mark.parametrize(
    ("own", "seen"),
    [(0.5, 0.5), (0.0, 0.4), (-0.2, 0.0)],
    ids=["as good a fight for both", "nothing to win by a fight", "no threat"],
)
def test_nobody_moves_on_the_edge_of_a_challenge(own: float, seen: float) -> None:
    """Both inequalities of seen > own > 0, and both of seen > 0 > own, are strict."""
    table = np.array([[0.0, 1.0, 1.0], [own, 0.0, 1.0], [1.0, 1.0, 0.0]])
    view = np.array([[0.0, 0.0, 0.0], [seen, 0.0, 0.0], [0.0, 0.0, 0.0]])
    x = np.array([0.0, 10.0, 20.0])
    np.testing.assert_array_equal(positions_after_round(x, table, view), x)


def test_an_edge_does_not_keep_anybody_from_giving_way_to_another() -> None:
    """Where own_ij = 0 nobody yields; the one real confrontation moves the actor all the way."""
    own = np.array([[0.0, 1.0, 1.0], [0.0, 0.0, 0.3], [1.0, 1.0, 0.0]])
    seen = np.array([[0.0, 0.0, 0.0], [0.4, 0.0, 0.6], [0.0, 0.0, 0.0]])
    after = positions_after_round(np.array([0.0, 10.0, 15.0]), own, seen)
    np.testing.assert_array_equal(after, (0.0, 15.0, 15.0))


def test_the_unit_of_positions_does_not_matter() -> None:
    x, weight, risk = np.array([0.0, 3.0, 10.0]), np.array([1.0, 2.0, 3.0]), np.array([0.5, 1, 2])
    np.testing.assert_allclose(
        contest_chances(0.01 * x, weight, risk), contest_chances(x, weight, risk)
    )
