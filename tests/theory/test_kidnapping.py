"""Selten's game: the payer's reply and the captor's demand by search on a grid."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minsksim.errors import UsageError
from minsksim.theory.kidnapping import best_offer, largest_demand_met, threat_carried_out

RAGE = st.floats(0.05, 1.0)
LOSS = st.floats(0.1, 5.0)


def payer(offer: float, demand: float, loss: float, rage: float) -> float:
    """Return what the payer loses on average: the offer if all ends well, else the loss."""
    carried_out = threat_carried_out(offer, demand, rage)
    return carried_out * loss + (1.0 - carried_out) * offer


def test_oracle_h1() -> None:
    """alpha = .6, w = 1: threshold .375; offers .2, .333333, .166667, 0."""
    assert largest_demand_met(1.0, 0.6) == pytest.approx(0.375)
    found = [best_offer(demand, 1.0, 0.6) for demand in (0.2, 0.5, 1.0, 2.0)]
    assert found == pytest.approx([0.2, 0.333333, 0.166667, 0.0], abs=1e-6)


def test_the_demand_that_brings_most_is_the_largest_that_is_met() -> None:
    """H1: numerical argmax of the demand .375."""
    demands = np.linspace(0.001, 2.0, 2000)
    offers = [best_offer(float(demand), 1.0, 0.6) for demand in demands]
    received = [
        (1.0 - threat_carried_out(offer, float(demand), 0.6)) * offer
        for offer, demand in zip(offers, demands, strict=True)
    ]
    assert demands[int(np.argmax(received))] == pytest.approx(0.375, abs=1e-9)
    assert demands[int(np.argmax(offers))] == pytest.approx(0.375, abs=1e-9)


@given(st.floats(0.05, 5.0), LOSS, RAGE)
def test_no_other_offer_costs_the_payer_less(demand: float, loss: float, rage: float) -> None:
    best = best_offer(demand, loss, rage)
    assert 0.0 <= best <= demand
    least = min(payer(demand * j / 500, demand, loss, rage) for j in range(501))
    assert payer(best, demand, loss, rage) <= least + 1e-12


@given(LOSS, RAGE, st.floats(0.05, 3.0))
def test_a_demand_is_met_in_full_up_to_the_threshold(loss: float, rage: float, part: float) -> None:
    assume(abs(part - 1.0) > 1e-6)
    demand = part * largest_demand_met(loss, rage)
    assert (best_offer(demand, loss, rage) >= demand * (1.0 - 1e-9)) == (part < 1.0)


def test_threat_by_hand() -> None:
    assert threat_carried_out(0.0, 2.0, 0.4) == 0.4
    assert threat_carried_out(1.5, 2.0, 0.4) == pytest.approx(0.1)
    assert threat_carried_out(2.0, 2.0, 0.4) == threat_carried_out(3.0, 2.0, 0.4) == 0.0


def test_nobody_pays_for_a_threat_that_is_never_carried_out() -> None:
    assert best_offer(1.0, 5.0, 0.0) == 0.0
    assert largest_demand_met(5.0, 0.0) == 0.0
    assert best_offer(1.0, 5.0, 1e-9) == 0.0


def test_a_demand_for_nothing_is_refused() -> None:
    for demand in (0.0, -1.0):
        with pytest.raises(UsageError, match=r"demand is .*; it must be above 0"):
            threat_carried_out(0.0, demand, 0.5)
