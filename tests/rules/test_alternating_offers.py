"""Offers in turn: the parts by hand, the lasting offer against a solver of its own, exact ends.

Published shares and longer properties are in ``test_protocols_on_frontiers.py``.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from minsksim.rules.alternating_offers import (
    asked_of_first,
    lasting_offer,
    offer_before_deadline,
    worth_of_waiting,
)

NONE = (0.0, 0.0)
PIE = (np.array([1.0, 0.0]), np.array([0.0, 1.0]))
PATIENCE = st.floats(0.05, 0.97)


@pytest.mark.parametrize(
    ("following", "patience", "breakdown", "outside", "worth"),
    [
        (0.5, 0.5, 0.0, 0.0, 0.25),
        (0.5, 0.5, 1.0, 0.0, 0.0),
        (0.5, 0.5, 0.5, 0.0, 0.125),
        (1.0, 0.5, 0.5, 0.25, 0.375),
        (1.0, 0.5, 0.5, 0.75, 0.75),
        (-1.0, 0.5, 0.5, 0.25, 0.25),
    ],
)
def test_worth_of_waiting_by_hand(
    following: float, patience: float, breakdown: float, outside: float, worth: float
) -> None:
    assert worth_of_waiting(following, patience, breakdown, outside) == worth


@pytest.mark.parametrize(
    ("end", "position", "breakdown", "outside", "asked"),
    [
        # the first waits for 1/2 * 3/4, so the second counts on 1/2 * 5/8
        (1.0, 0.25, 0.0, NONE, 0.3125),
        # the second's own offer may not go beyond 1/2
        (0.5, 0.25, 0.0, NONE, 0.25),
        # nobody waits where talks end: each keeps what it has elsewhere
        (1.0, 0.25, 1.0, (0.25, 0.125), 0.125),
        # 1/2 * 1/4 + 1/2 * 1/2 * 3/4 = 5/16 for the first, 1/2 * 1/8 + 1/2 * 1/2 * 11/16
        (1.0, 0.25, 0.5, (0.25, 0.125), 0.234375),
    ],
)
def test_what_the_second_asks_by_hand(
    end: float, position: float, breakdown: float, outside: tuple[float, float], asked: float
) -> None:
    found = asked_of_first(*PIE, 1, end, position, (0.5, 0.5), breakdown, outside)
    assert found == pytest.approx(asked, abs=1e-15)


def test_offers_that_are_met_exactly_are_made_exactly() -> None:
    # who does not care for tomorrow accepts nothing today
    assert lasting_offer(*PIE, 1, 0.0, 1.0, (0.9, 0.0), 0.0, NONE) == 0.0
    # talks end after a refusal: the second gets the half it has elsewhere
    assert lasting_offer(*PIE, 1, 0.0, 1.0, (0.9, 0.9), 1.0, (0.0, 0.5)) == 0.5
    # no more than the last position that suits both
    assert lasting_offer(*PIE, 1, 0.0, 0.25, (0.0, 1.0), 0.0, NONE) == 0.25


@given(PATIENCE, PATIENCE, st.floats(0.0, 0.6), st.floats(0.0, 0.4), st.floats(0.0, 0.4))
def test_offers_on_a_bent_frontier_solve_the_two_conditions(
    d1: float, d2: float, breakdown: float, r1: float, r2: float
) -> None:
    """A bow V = min(2 (1 - U), (3 - U) / 2 - 1 / 2), solved in utils without any position."""
    bow = np.array([1.0, 2 / 3, 0.0]), np.array([0.0, 2 / 3, 1.0])

    def other(own: float, ends: tuple[float, float] = (0.0, 1.0)) -> float:
        own = min(max(own, ends[0]), ends[1])
        return min(2.0 * (1.0 - own), 1.0 - own / 2.0)

    def waits(own: float, patience: float, outside: float) -> float:
        return max(outside, breakdown * outside + (1.0 - breakdown) * patience * own)

    def surplus(u: float) -> float:
        """What the second gets beyond what it asks; the bow is its own mirror image."""
        return other(u) - waits(other(waits(u, d1, r1)), d2, r2)

    most = other(r2)
    expected = most if surplus(most) >= 0.0 else brentq(surplus, 0.0, most, xtol=1e-14)
    low = float(np.interp(r2, bow[1], [0.0, 1.0, 2.0]))
    high = float(np.interp(-r1, -bow[0], [0.0, 1.0, 2.0]))
    found = lasting_offer(*bow, 2, low, high, (d1, d2), breakdown, (r1, r2))
    assert np.interp(found, [0.0, 1.0, 2.0], bow[0]) == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize(
    ("rounds", "share"), [(1, 0.75), (2, 0.5), (3, 0.6875), (4, 0.625), (5, 0.671875)]
)
def test_a_deadline_by_hand(rounds: int, share: float) -> None:
    """Both d = 1/2, the second has 1/4 elsewhere.

    Three rounds, backwards: the first leaves 1/4 and has 3/4; it waits for 3/8, so the second
    has 5/8; that waits for 5/16, so the first has 11/16.
    """
    position = offer_before_deadline(*PIE, 1, 0.25, 1.0, (0.5, 0.5), 0.0, (0.0, 0.25), rounds)
    assert 1.0 - position == pytest.approx(share, abs=1e-15)
