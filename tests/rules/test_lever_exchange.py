"""Exchange of levers: of all pairs the one by which both gain most."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.lever_exchange import (
    NONE,
    exchange_gain,
    is_any_exchange,
    is_better_exchange,
)

GAINS = st.tuples(*[st.floats(0.0, 1.0).map(lambda gain: round(gain, 1))] * 2)


def best_pair(pairs: list[tuple[float, float]]) -> tuple[int, float]:
    """Go through the pairs as the engine does."""
    place, best = -1, NONE
    for row, pair in enumerate(pairs):
        gain = exchange_gain(*pair)
        if is_better_exchange(gain, best):
            place, best = row, gain
    return place, best


@given(st.lists(GAINS, min_size=1, max_size=8))
def test_the_first_of_the_best_pairs_is_exchanged(pairs: list[tuple[float, float]]) -> None:
    place, best = best_pair(pairs)
    least = [min(pair) for pair in pairs]
    assert best == max(least)
    assert place == least.index(best)
    assert is_any_exchange(best)


def test_nothing_is_exchanged_where_no_pair_suits() -> None:
    assert best_pair([]) == (-1, NONE)
    assert not is_any_exchange(NONE)


def test_an_exchange_may_leave_both_where_they_are() -> None:
    assert is_any_exchange(0.0)
    assert not is_any_exchange(-1e-12)


@given(st.floats(-1.0, 1.0), st.floats(-1.0, 1.0))
def test_nobody_gets_less(first: float, second: float) -> None:
    gain = exchange_gain(first, second)
    assert gain in (first, second)
    assert first >= gain <= second
