"""Beliefs about a partner's type, against counting and against the truth in the long run."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.beliefs import expected_of_types, posterior
from minsksim.rules.choice import acceptance_probability

SHARE = st.floats(0.0, 1.0)


def test_by_hand() -> None:
    """1000 partners, 300 high: 240 of these and 70 of the others accept; 240 of 310 are high."""
    assert posterior(0.3, 0.8, 0.1) == pytest.approx(240 / 310)
    assert posterior(0.3, 0.2, 0.9) == pytest.approx(60 / 690)


@given(SHARE, st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_beliefs_are_right_on_average(prior: float, high: float, low: float) -> None:
    accepted = prior * high + (1.0 - prior) * low
    after = accepted * posterior(prior, high, low)
    after += (1.0 - accepted) * posterior(prior, 1.0 - high, 1.0 - low)
    assert after == pytest.approx(prior, abs=1e-12)
    if high >= low:
        assert posterior(prior, high, low) >= prior - 1e-12
    else:
        assert posterior(prior, high, low) <= prior + 1e-12


@given(SHARE)
def test_what_says_nothing_changes_nothing(prior: float) -> None:
    assert posterior(prior, 0.4, 0.4) == pytest.approx(prior)
    assert posterior(prior, 0.0, 0.0) == prior
    assert posterior(0.0, 0.9, 0.0) == 0.0
    assert posterior(1.0, 0.0, 0.9) == 1.0


def test_order_of_what_is_seen_does_not_matter() -> None:
    one = posterior(posterior(0.2, 0.9, 0.3), 0.1, 0.6)
    other = posterior(posterior(0.2, 0.1, 0.6), 0.9, 0.3)
    assert one == pytest.approx(other)


def test_answers_to_offers_reveal_the_partner_in_the_end() -> None:
    rng = np.random.default_rng(4)
    high, low = (acceptance_probability(gain, 0.0, 2.0) for gain in (0.6, 0.1))
    belief = 0.5
    for answer in rng.random(400) < high:
        chances = (high, low) if answer else (1.0 - high, 1.0 - low)
        belief = posterior(belief, *chances)
    assert belief > 0.999


@given(st.floats(0.0, 1.0), st.floats(-1.0, 1.0), st.floats(-1.0, 1.0))
def test_what_is_expected_is_the_mean_over_types(belief: float, low: float, high: float) -> None:
    mean = np.average([low, high], weights=[1.0 - belief, belief])
    assert expected_of_types(belief, low, high) == pytest.approx(mean, abs=1e-12)
    assert expected_of_types(0.0, low, high) == low
    assert expected_of_types(1.0, low, high) == high
