"""The portable functions against Python's own, over many arguments."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.arithmetic import exp, log, logistic, power

COUNT = 100_000
RNG = np.random.default_rng(20260101)


def ulps(found: float, true: float) -> float:
    return abs(found - true) / math.ulp(true)


def test_exp_is_within_two_ulp() -> None:
    # the C library's exp is itself within one unit, so two here means at most three in truth
    arguments = np.concatenate([RNG.uniform(-700, 700, COUNT // 2), RNG.normal(0, 2, COUNT // 2)])
    assert max(ulps(exp(x), math.exp(x)) for x in arguments.tolist()) <= 2.0


def test_log_is_within_two_ulp() -> None:
    arguments = np.concatenate(
        [10.0 ** RNG.uniform(-300, 300, COUNT // 2), RNG.uniform(0, 3, COUNT // 2)]
    )
    worst = max(ulps(log(x), math.log(x)) for x in arguments.tolist() if x > 0.0 and x != 1.0)
    assert worst <= 2.0


def test_log_is_close_everywhere() -> None:
    arguments = 10.0 ** RNG.uniform(-300, 300, COUNT)
    assert max(ulps(log(x), math.log(x)) for x in arguments.tolist()) <= 4.0


def test_power_on_the_reference_scale() -> None:
    """The error of rho ln z counts |rho ln z| times over in its exponential."""
    bases, exponents = RNG.uniform(1e-3, 1, COUNT), RNG.uniform(0.05, 4, COUNT)
    for z, rho in zip(bases.tolist(), exponents.tolist(), strict=True):
        bound = 2.0**-52 * (2.0 + 4.0 * abs(rho * math.log(z)))
        assert abs(power(z, rho) - z**rho) <= bound * z**rho


def test_edges() -> None:
    assert exp(0.0) == 1.0
    assert log(1.0) == 0.0
    assert exp(1e9) == exp(700.0)
    assert exp(-1e9) == exp(-700.0)
    assert log(0.0) == log(-1.0) == -1e300
    assert power(0.0, 0.5) == power(-1.0, 2.0) == 0.0
    assert power(0.37, 1.0) == 0.37


@given(st.floats(-690, 690))
def test_log_undoes_exp(x: float) -> None:
    assert log(exp(x)) == pytest.approx(x, abs=1e-12)


@given(st.floats(-600, 600))
def test_logistic_is_a_share_and_its_mirror(x: float) -> None:
    assert 0.0 <= logistic(x) <= 1.0
    assert logistic(x) + logistic(-x) == pytest.approx(1.0, abs=1e-15)
    assert logistic(x) == pytest.approx(0.5 * (1.0 + math.tanh(x / 2.0)), abs=1e-14)


@pytest.mark.parametrize("x", [5e-324, 1.5e-323, 1e-310, 1.2e-308, 2.0e-308, 2.0**-1022, 3e-308])
def test_log_of_the_smallest_numbers(x: float) -> None:
    assert log(x) == pytest.approx(math.log(x), rel=1e-15)
