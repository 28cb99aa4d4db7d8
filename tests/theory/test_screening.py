"""Screening: the best demand against a grid of demands."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.errors import UsageError
from minsksim.theory.screening import screening_demand


def expected_share(z: np.ndarray, p: float, c: float, largest: float) -> np.ndarray:
    """Return the demander's mean payoff: p + z if the opponent's cost is at least z."""
    accepted = np.clip(1.0 - z / largest, 0.0, 1.0)
    return accepted * (p + z) + (1.0 - accepted) * (p - c)


def test_oracle_s1():
    demand = screening_demand(0.5, 0.1, 0.4)
    assert demand.surplus == pytest.approx(0.15)
    assert demand.conflict == pytest.approx(0.375)


@given(st.floats(0.0, 0.95), st.floats(0.0, 1.0), st.floats(0.05, 1.0))
def test_no_demand_on_a_grid_is_better(p, c, largest):
    z = np.linspace(0.0, min(largest, 1.0 - p), 2001)
    demand = screening_demand(p, c, largest)
    best = expected_share(np.array([demand.surplus]), p, c, largest)[0]
    assert best >= expected_share(z, p, c, largest).max() - 1e-12
    assert 0.0 <= demand.conflict <= 0.5
    assert p + demand.surplus <= 1.0


def test_a_demander_that_fears_conflict_more_than_the_opponent_asks_for_nothing():
    assert screening_demand(0.5, 0.5, 0.4) == (0.0, 0.0)
    assert screening_demand(0.95, 0.0, 0.4).surplus == pytest.approx(0.05)


def test_known_costs_are_not_screened():
    with pytest.raises(UsageError, match=r"largest_cost is 0.0; it must be above 0"):
        screening_demand(0.5, 0.1, 0.0)
