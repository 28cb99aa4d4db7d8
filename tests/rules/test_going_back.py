"""Going back on one's word: which moves do, and what they cost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.going_back import exposure, goes_back, price_of_going_back

UTILS = st.floats(-1.0, 1.0)


@pytest.mark.parametrize(
    ("value", "now", "origin", "is_breach"),
    [
        (5.0, 10.0, 0.0, True),
        (0.25, 0.5, 0.0, True),
        (0.0, 10.0, 0.0, True),
        (-5.0, 10.0, 0.0, True),
        (10.0, 10.0, 0.0, False),
        (15.0, 10.0, 0.0, False),
        (5.0, 0.0, 10.0, True),
        (-5.0, 0.0, 10.0, False),
        (5.0, 10.0, 10.0, False),
        (15.0, 10.0, 10.0, False),
    ],
)
def test_a_breach_goes_towards_where_the_lever_was(
    value: float, now: float, origin: float, is_breach: bool
) -> None:
    assert bool(goes_back(value, now, origin)) is is_breach


@given(st.floats(0.0, 1.0), st.lists(UTILS, max_size=5))
def test_the_price_is_audience_cost_and_what_was_won(
    exposed: float, snapbacks: list[float]
) -> None:
    spare = np.array([*snapbacks, 100.0])
    price = price_of_going_back(exposed, spare, len(snapbacks))
    assert price == pytest.approx(exposed - sum(snapbacks), abs=1e-12)


def test_without_an_audience_or_a_partner_it_is_free() -> None:
    assert price_of_going_back(exposure(0.5, False), np.zeros(1), 0) == 0.0


def test_only_what_the_public_knows_costs_an_audience() -> None:
    assert exposure(0.5, True) == 0.5
    assert exposure(0.5, False) == 0.0
