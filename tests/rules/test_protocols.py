"""One door to every protocol that seeks a position: the right rule, between the right bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.bargaining import first_reaching, last_keeping, settle, value_at
from minsksim.rules.protocols import choose_position
from minsksim.vocabulary import ULTIMATUM

NONE = (0.0, 0.0)
PIE = (np.array([1.0, 0.0]), np.array([0.0, 1.0]))
BENT = (np.array([1.0, 0.75, 0.0]), np.array([0.0, 0.75, 1.0]))
LEAST = st.floats(0.0, 1.0)


def offer(
    frontier: tuple[np.ndarray, np.ndarray], reservation: tuple[float, float], rationality: float
) -> float:
    last = len(frontier[0]) - 1
    return choose_position(*frontier, last, ULTIMATUM, 0.5, NONE, reservation, NONE, rationality)


@given(
    st.sampled_from(range(5)), st.floats(0.1, 0.9), st.tuples(LEAST, LEAST), st.floats(0.0, 50.0)
)
def test_the_solutions_are_those_of_settle(
    protocol: int, alpha: float, reservation: tuple[float, float], rationality: float
) -> None:
    for ideal in (NONE, (0.9, 0.6)):
        rest = (*BENT, 2, protocol, alpha, (0.05, 0.1), reservation, ideal)
        assert choose_position(*rest, rationality) == settle(*rest)


@pytest.mark.parametrize(
    ("reservation", "position"),
    [
        ((0.5, 0.5), 0.5),
        ((0.75, 0.5), -1.0),
        ((0.5, 0.75), -1.0),
        ((0.0, 1.25), -1.0),
        ((1.25, 0.0), -1.0),
        ((0.25, 0.0), 0.0),
        ((0.25, 0.25), 0.25),
    ],
)
def test_an_ultimatum_to_a_coin_tosser_is_the_least_it_may_be_offered(
    reservation: tuple[float, float], position: float
) -> None:
    assert offer(PIE, reservation, 0.0) == position


@given(LEAST, LEAST, st.floats(0.0, 200.0))
def test_no_offer_between_the_bounds_beats_the_ultimatum(
    r1: float, r2: float, rationality: float
) -> None:
    low, high = first_reaching(BENT[1], 2, r2), last_keeping(BENT[0], 2, r1)
    found = offer(BENT, (r1, r2), rationality)
    if high < low:  # by no more than rounding, the one position left counts
        assert found == -1.0 or (low - high < 1e-9 and found == low)
        return

    def worth(position: float) -> float:
        u, v = value_at(BENT[0], position), value_at(BENT[1], position)
        return u / (1.0 + np.exp(-rationality * (v - r2)))

    assert low <= found <= high
    assert worth(found) >= max(worth(x) for x in np.linspace(low, high, 201)) - 1e-12
