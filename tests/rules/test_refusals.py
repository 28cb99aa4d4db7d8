"""How many refuse: a binomial, against exact fractions and scipy; and the share that answers."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from minsksim.rules.refusals import refusal_share, refusers


@pytest.mark.parametrize("people", [1, 2, 3, 5, 8])
@pytest.mark.parametrize(
    "share", [Fraction(1, 40), Fraction(1, 10), Fraction(1, 2), Fraction(7, 8)]
)
def test_inversion_has_exact_thresholds(people: int, share: Fraction) -> None:
    reached = Fraction(0)
    for refused in range(people):
        chance = math.comb(people, refused) * share**refused * (1 - share) ** (people - refused)
        reached += chance
        if chance > 1e-6 and reached < 1 - 1e-6:
            assert refusers(float(people), float(share), True, float(reached) - 1e-9) == refused
            assert refusers(float(people), float(share), True, float(reached) + 1e-9) == refused + 1


@given(
    st.integers(0, 4000),
    st.floats(0, 1),
    st.floats(1e-6, 1 - 1e-6),
)
def test_it_is_the_quantile_of_a_binomial(people: int, share: float, uniform: float) -> None:
    found = refusers(float(people), share, True, uniform)
    assert 0 <= found <= people
    assert found == int(found)
    # right to within rounding of the cumulated chances, which decide only at a threshold
    assert binom.cdf(found, people, share) >= uniform - 1e-9
    assert found == 0 or binom.cdf(found - 1, people, share) <= uniform + 1e-9


def test_mean_and_spread_are_those_of_single_decisions() -> None:
    drawn = [refusers(52.0, 0.026, True, (i + 0.5) / 20_000) for i in range(20_000)]
    assert np.mean(drawn) == pytest.approx(52 * 0.026, abs=1e-3)
    assert np.var(drawn) == pytest.approx(52 * 0.026 * 0.974, rel=1e-2)


@pytest.mark.parametrize(("share", "refused"), [(0.0, 0.0), (1.0, 7.0)])
def test_at_the_ends_nobody_or_everybody_refuses(share: float, refused: float) -> None:
    assert {refusers(7.0, share, True, u) for u in (0.0, 0.5, 0.999999)} == {refused}


def test_the_share_stays_a_share() -> None:
    assert refusal_share(0.5, 1.0, 1.0) == 1.0
    assert refusal_share(0.5, -1.0, 1.0) == 0.0
    assert refusal_share(0.2, 0.4, 0.5) == 0.4
