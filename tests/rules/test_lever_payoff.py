"""What a lever brings at each position: sums of shapes, scaled for one party at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.lever_payoff import delay_discount, payoff_at, scale_payoff
from minsksim.rules.utility import shape

SEEDS = st.integers(0, 2**32 - 1)
UNIT = st.floats(0.0, 1.0)


def lever(seed: int) -> tuple[np.ndarray, np.ndarray, int]:
    """Slopes and curved terms of a lever, with a row to spare."""
    random = np.random.default_rng(seed)
    count = int(random.integers(0, 4))
    curved = random.normal(size=(count + 1, 5))
    curved[:, 0] = random.integers(0, 4, count + 1)
    curved[:, 1:3] = random.uniform(0.2, 1.0, (count + 1, 2))
    return random.normal(size=2), curved, count


@given(SEEDS, UNIT)
def test_the_payoff_is_a_line_and_curves(seed: int, z: float) -> None:
    linear, curved, count = lever(seed)
    levels = [shape(int(row[0]), z, row[1], row[2]) for row in curved[:count]]
    expected = linear * z + np.dot(levels, curved[:count, 3:]) if count else linear * z
    assert payoff_at(linear, curved, count, z) == pytest.approx(tuple(expected), abs=1e-12)


@given(SEEDS, UNIT, UNIT, st.sampled_from([0, 1]))
def test_a_factor_scales_one_side_alone(seed: int, z: float, factor: float, side: int) -> None:
    linear, curved, count = lever(seed)
    before, spare = payoff_at(linear, curved, count, z), curved[count].copy()
    scale_payoff(linear, curved, count, factor, side)
    after = payoff_at(linear, curved, count, z)
    assert after[side] == pytest.approx(factor * before[side], abs=1e-12)
    assert after[1 - side] == before[1 - side]
    assert (curved[count] == spare).all()


@given(UNIT, st.integers(0, 6))
def test_a_delay_discounts_once_a_turn(patience: float, turns: int) -> None:
    assert delay_discount(patience, turns) == pytest.approx(patience**turns, abs=1e-12)
