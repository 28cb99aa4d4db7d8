"""An ultimatum under uncertainty: published numbers, and the best of a grid of offers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from published import read_rows

from minsksim import UsageError
from minsksim.rules.bargaining import settle, value_at
from minsksim.rules.ultimatum import best_offer, chance_of_acceptance, uncertain_offer
from minsksim.vocabulary import TAKE_IT_OR_LEAVE_IT

reals = st.floats(-2.0, 2.0)


@pytest.mark.parametrize(
    ("offer", "low", "high", "chance"),
    [(0.25, 0, 1, 0.25), (-0.1, 0, 1, 0), (1.1, 0, 1, 1), (2.5, 2, 4, 0.25), (0.3, 0.3, 0.3, 1)],
)
def test_chance(offer: float, low: float, high: float, chance: float) -> None:
    assert chance_of_acceptance(offer, low, high) == chance
    assert chance_of_acceptance(0.29, 0.3, 0.3) == 0.0


def test_published_crisis() -> None:
    """S1, fearon1995: p = .5, c = .1, C = .4: z* = (C - c) / 2 = .15, conflict 3/8."""
    p, own, most = 0.5, 0.1, 0.4
    offer = best_offer(1.0 - (p - own), 1.0 - p - most, 1.0 - p)
    assert 1.0 - offer - p == pytest.approx(0.15)
    assert 1.0 - chance_of_acceptance(offer, 1.0 - p - most, 1.0 - p) == pytest.approx(0.375)


@given(reals, reals, st.floats(0.01, 2.0))
def test_no_offer_of_a_grid_is_better(surplus: float, low: float, width: float) -> None:
    def gain(offer: float) -> float:
        return (surplus - offer) * chance_of_acceptance(offer, low, low + width)

    found = best_offer(surplus, low, low + width)
    assert low <= found <= low + width
    grid = np.linspace(low - 0.5, low + width + 0.5, 401)
    assert gain(found) >= max(gain(float(offer)) for offer in grid) - 1e-12


@given(reals, reals)
def test_a_known_reservation_is_offered(surplus: float, reservation: float) -> None:
    assert best_offer(surplus, reservation, reservation) == reservation


def test_bad_input_gets_a_sentence() -> None:
    for call in (best_offer, chance_of_acceptance):
        with pytest.raises(UsageError, match="must not exceed the highest"):
            call(1.0, 0.5, 0.4)


def test_published_table_of_crises() -> None:
    """With costs known the proposer takes the whole range: the engine's take-it-or-leave-it."""
    rows = read_rows("closed-form-bargaining/public_crisis_bargaining_complete_information.csv")
    assert len(rows) == 36
    u, v = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    for row in rows:
        p, own, others = (float(row[name]) for name in ("p_win_1", "cost_1", "cost_2"))
        d = p - own, 1.0 - p - others
        share = value_at(u, settle(u, v, 1, TAKE_IT_OR_LEAVE_IT, 0.5, d, d))
        published = float(row["offer_if_1_makes_take_it_or_leave_it"])
        assert share == pytest.approx(published, abs=1e-9)
        offer = max(best_offer(1.0 - d[0], d[1], d[1]), 0.0)
        assert 1.0 - offer == pytest.approx(published, abs=1e-9)
        assert d[0] == pytest.approx(float(row["range_low"]), abs=1e-9)
        assert min(1.0 - d[1], 1.0) == pytest.approx(float(row["range_high"]), abs=1e-9)


def test_who_pays_next_to_nothing_for_a_signature_offers_everything() -> None:
    """At the last point the slope of U P is 5 x 1 x 0.0067 x 0.99 - 0.01 > 0."""
    first, second = np.array([1.0, 0.99]), np.array([0.0, 1.0])
    assert uncertain_offer(first, second, 0.0, 1.0, 0.0, 5.0) == 1.0
