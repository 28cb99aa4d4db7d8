"""Landscapes of alignment and the closeness of positions, against published tables."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from published import read_rows

from minsksim import UsageError
from minsksim.theory.closeness import closeness
from minsksim.theory.landscape import is_local_minimum, landscape_energy

SYRIA = "landscape-syria-2016"
squares = arrays.arrays(float, (4, 2), elements=st.floats(0.0, 1.0))
cares = arrays.arrays(float, (4, 2), elements=st.floats(0.01, 1.0))


@pytest.mark.parametrize(("name", "least"), [("base", -83_200), ("weak_syria", -65_600)])
def test_published_energies_of_syria(name: str, least: int) -> None:
    actors = read_rows(f"{SYRIA}/actors_{name}.csv")
    ratings = read_rows(f"{SYRIA}/pairwise_rating_1to5.csv")
    names = [row["actor"] for row in actors]
    strength = np.array([float(row["strength"]) for row in actors])
    assert [row[""] for row in ratings] == names
    propensity = np.array([[float(row[n] or 3) - 3 for n in names] for row in ratings])
    rows = read_rows(f"{SYRIA}/published_energies_{name}.csv")
    lowest = []
    for row in rows:
        camps = np.array([int(row[n]) - 1 for n in names])
        assert landscape_energy(camps, strength, propensity) == float(row["energy"])
        is_stable = is_local_minimum(camps, strength, propensity)
        assert is_stable == (row["local_minimum"].upper() == "TRUE")
        lowest += [float(row["energy"])] if is_stable else []
    assert lowest == [least]


def test_naming_of_camps_does_not_matter() -> None:
    rng = np.random.default_rng(1)
    propensity, strength = rng.normal(size=(5, 5)), rng.uniform(size=5)
    for bits in itertools.product((0, 1), repeat=5):
        camps = np.array(bits)
        found = landscape_energy(camps, strength, propensity)
        assert found == pytest.approx(landscape_energy(1 - camps, strength, propensity))
    assert landscape_energy(np.zeros(5, dtype=int), strength, propensity) == 0.0


def test_published_utilities_of_positions() -> None:
    rows = read_rows("ktab-china-soe/policy_and_competitive.csv")
    at, care = (
        np.array([[float(row[f"{key}_{k}"]) for k in (1, 2)] for row in rows])
        for key in ("position", "salience")
    )
    published = read_rows("ktab-china-soe/ktab_initial_utility_matrix.csv")
    expected = np.array([[float(row[one["id"]]) for one in rows] for row in published])
    np.testing.assert_allclose(closeness(at / 100.0, care), expected, atol=5.001e-4)


def test_a_move_that_changes_nothing_does_not_unsettle() -> None:
    assert is_local_minimum(np.array([0, 1]), np.ones(2), np.zeros((2, 2)))


@given(squares, cares, st.floats(0.1, 10.0))
def test_closeness_is_one_to_oneself_and_has_no_unit_of_salience(
    at: np.ndarray, care: np.ndarray, scale: float
) -> None:
    found = closeness(at, care)
    np.testing.assert_allclose(np.diag(found), 1.0)
    assert np.all((found >= -1e-9) & (found <= 1.0))
    np.testing.assert_allclose(closeness(at, care * scale), found, atol=1e-9)


def test_who_cares_about_nothing_gets_a_sentence() -> None:
    with pytest.raises(UsageError, match="salience above 0"):
        closeness(np.zeros((2, 2)), np.array([[1.0, 1.0], [0.0, 0.0]]))
