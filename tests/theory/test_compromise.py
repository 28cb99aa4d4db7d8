"""The compromise: published means, and what a mean may not do."""

from __future__ import annotations

import numpy as np
import pytest
from cars import CARE, POWER, YEARS
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from published import read_rows

from minsksim import UsageError
from minsksim.theory.compromise import compromise

positions = arrays.arrays(float, (4, 3), elements=st.integers(0, 100).map(float))
weights = arrays.arrays(float, (4, 3), elements=st.integers(1, 10).map(float))
powers = arrays.arrays(float, 4, elements=st.integers(1, 10).map(float))


def test_compromise_on_car_emissions() -> None:
    """C1: weighted mean 7.389956, unweighted mean 6.7."""
    found = compromise(YEARS[:, None], CARE[:, None], POWER)
    assert found[0] == pytest.approx(7.389956, abs=1e-6)
    plain = compromise(YEARS[:, None], np.ones((10, 1)), np.ones(10))
    assert plain[0] == pytest.approx(6.7)


@given(positions, weights, powers, st.floats(0.1, 10.0))
def test_it_lies_within_the_positions_and_knows_no_unit_of_weight(
    at: np.ndarray, salience: np.ndarray, capability: np.ndarray, scale: float
) -> None:
    found = compromise(at, salience, capability)
    assert np.all(found >= at.min(axis=0) - 1e-9)
    assert np.all(found <= at.max(axis=0) + 1e-9)
    np.testing.assert_allclose(compromise(at, salience * scale, capability), found)
    np.testing.assert_allclose(compromise(at, salience, capability * scale), found)


def test_an_issue_without_weight_gets_a_sentence() -> None:
    with pytest.raises(UsageError, match="capability and salience above 0"):
        compromise(YEARS[:, None], 0.0 * CARE[:, None], POWER)
    with pytest.raises(UsageError, match="capability and salience above 0"):
        compromise(np.ones((2, 2)), np.array([[1.0, 0.0], [1.0, 0.0]]), np.ones(2))


@pytest.mark.parametrize("name", ["copenhagen", "cop21"])
def test_published_compromises_of_climate_talks(name: str) -> None:
    folder = "decide-exchange-and-climate"
    rows = read_rows(f"{folder}/{name}_positions.csv")
    for published in read_rows(f"{folder}/{name}_compromise_values_computed.csv"):
        here = [row for row in rows if row["issue"] == published["issue"]]
        position, salience, power = (
            np.array([float(row[key]) for row in here]) for key in ("position", "salience", "power")
        )
        assert len(here) == int(published["n_actors"])
        found = compromise(position[:, None], salience[:, None], power)[0]
        weighted = float(published["weighted_mean_salience_x_power"])
        assert found == pytest.approx(weighted, abs=1e-6)
        plain = compromise(position[:, None], np.ones((len(here), 1)), np.ones(len(here)))[0]
        assert plain == pytest.approx(float(published["unweighted_mean"]), abs=1e-6)
