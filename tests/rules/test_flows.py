"""Flows of people: whole, within what there is, right on average; and the revolving door."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.flows import answering_flow, flow

UNIFORMS = (np.arange(10_000) + 0.5) / 10_000


@pytest.mark.parametrize("amount", [0.0, 0.25, 2.5, 13.999, 40.0])
def test_mean_is_the_amount(amount: float) -> None:
    moved = [flow(amount, math.inf, True, u) for u in UNIFORMS]
    assert np.mean(moved) == pytest.approx(amount, abs=1e-3)
    assert set(moved) <= {math.floor(amount), math.ceil(amount)}


@given(st.floats(-5, 50), st.integers(0, 40), st.booleans(), st.floats(0, 0.999))
def test_never_negative_nor_more_than_there_is(
    amount: float, available: int, is_whole: bool, u: float
) -> None:
    moved = flow(amount, float(available), is_whole, u)
    assert 0.0 <= moved <= available
    if is_whole:
        assert moved == int(moved)


@pytest.mark.parametrize("start", [900.0, 100.0])
def test_revolving_door(start: float) -> None:
    """H3: N' = a - r N: N(t) = a/r + (N0 - a/r) e^(-r t), here in small steps."""
    arrests, rate, step = 30.0, 0.05, 1e-3
    held = start
    for _ in range(20_000):
        held += flow(arrests * step, math.inf, False, 0.0) - flow(
            rate * held * step, held, False, 0.0
        )
    expected = arrests / rate + (start - arrests / rate) * math.exp(-rate * 20.0)
    assert held == pytest.approx(expected, rel=1e-3)


def test_releases_can_rise_while_the_number_held_does_not_fall() -> None:
    """H3: arrests that answer to the price paid refill what is released."""
    held, released, history = 500.0, 0.0, []
    for turn in range(24):
        out = flow(5.0 + turn, held, True, 0.5)
        released += out
        held += flow(out + 1.0, math.inf, True, 0.5) - out
        history.append((released, held))
    assert all(later[0] > earlier[0] for earlier, later in itertools.pairwise(history))
    assert history[-1][1] >= history[0][1]


@given(st.floats(0.0, 50.0), st.floats(-50.0, 50.0), st.floats(0.0, 1.0))
def test_an_answer_goes_evenly_from_one_end_of_the_scale_to_the_other(
    base: float, response: float, z: float
) -> None:
    ends = [base, base + response]
    assert answering_flow(base, response, z) == pytest.approx(np.interp(z, [0, 1], ends), abs=1e-9)
