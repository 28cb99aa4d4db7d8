"""Veto players: brute force over a fine scale, and what deadlock means."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim import UsageError
from minsksim.theory.veto import win_set, within_vetoes

places = st.integers(0, 100).map(float)


@given(st.lists(places, min_size=1, max_size=4), places, places)
def test_the_outcome_is_the_nearest_that_nobody_blocks(
    held: list[float], reference: float, wanted: float
) -> None:
    scale = np.arange(-100.0, 201.0)
    near = np.abs(scale[:, None] - np.array(held)[None, :])
    keep = (near <= np.abs(reference - np.array(held))).all(axis=1)
    low, high = win_set(np.array(held), reference)
    assert (low, high) == (scale[keep].min(), scale[keep].max())
    found = within_vetoes(wanted, np.array(held), reference)
    assert abs(found - wanted) == np.abs(scale[keep] - wanted).min()


def test_opposite_wishes_leave_no_deal() -> None:
    assert win_set(np.array([20.0, 80.0]), 50.0) == (50.0, 50.0)
    assert within_vetoes(75.0, np.array([20.0, 80.0]), 50.0) == 50.0
    assert within_vetoes(75.0, np.array([50.0, 80.0]), 50.0) == 50.0


@pytest.mark.parametrize(("held", "reference"), [([], 5.0), ([1.0], np.nan)])
def test_a_veto_needs_somebody_and_a_status_quo(held: list[float], reference: float) -> None:
    with pytest.raises(UsageError, match=r"positions is empty|reference is nan"):
        win_set(np.array(held), reference)
