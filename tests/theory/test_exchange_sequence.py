"""Exchanges in sequence, and the Nash product on a scale."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from minsksim import UsageError
from minsksim.theory.compromise import compromise
from minsksim.theory.exchange import exchange, gains_by_issue
from minsksim.theory.exchange_sequence import exchange_gains, positions_after_exchanges
from minsksim.theory.nash_position import nash_position

positions = arrays.arrays(float, (4, 3), elements=st.integers(0, 100).map(float))
weights = arrays.arrays(float, (4, 3), elements=st.integers(1, 10).map(float))
powers = arrays.arrays(float, 4, elements=st.integers(1, 10).map(float))


@given(positions, weights, powers)
def test_gains_are_those_of_each_exchange(
    wanted: np.ndarray, salience: np.ndarray, capability: np.ndarray
) -> None:
    """Every entry against the exchange itself, carried out and valued."""
    gains = exchange_gains(wanted, salience, capability, np.ones(wanted.shape, dtype=bool))
    before = compromise(wanted, salience, capability)
    for i, j in ((0, 1), (2, 3), (3, 0)):
        for m, n in ((0, 1), (2, 0)):
            taken = exchange(wanted, salience, capability, (i, j), (m, n))
            after = compromise(taken, salience, capability)
            gained = gains_by_issue(wanted, salience, before, after).sum(axis=1)[i]
            assert gains[i, j, m, n] == pytest.approx(gained, abs=1e-8)


@given(positions, weights, powers)
def test_it_ends_with_nothing_left_and_each_position_traded_once(
    wanted: np.ndarray, salience: np.ndarray, capability: np.ndarray
) -> None:
    taken = positions_after_exchanges(wanted, salience, capability)
    assert np.all(taken >= wanted.min(axis=0) - 1e-6)
    assert np.all(taken <= wanted.max(axis=0) + 1e-6)
    if np.array_equal(taken, wanted):
        gains = exchange_gains(wanted, salience, capability, np.ones(wanted.shape, dtype=bool))
        assert gains.max() <= 1e-9


def best_exchange(
    taken: np.ndarray, salience: np.ndarray, capability: np.ndarray, traded: set[tuple[int, int]]
) -> tuple[float, tuple[int, int], tuple[int, int]]:
    """Try every exchange of untraded positions and return the one that gains most."""
    best = (1e-9, (0, 0), (0, 0))
    before = compromise(taken, salience, capability)
    for pair in itertools.permutations(range(4), 2):
        for issues in itertools.permutations(range(3), 2):
            if traded & set(itertools.product(pair, issues)):
                continue
            after = exchange(taken, salience, capability, pair, issues)
            middle = compromise(after, salience, capability)
            gained = gains_by_issue(taken, salience, before, middle).sum(axis=1)[pair[0]]
            if gained > best[0] + 1e-7:
                best = (float(gained), pair, issues)
    return best


@settings(max_examples=40)
@given(positions, weights, powers)
def test_the_sequence_by_trying_everything(
    wanted: np.ndarray, salience: np.ndarray, capability: np.ndarray
) -> None:
    taken, traded = wanted.copy(), set[tuple[int, int]]()
    while (best := best_exchange(taken, salience, capability, traded))[0] > 1e-6:
        taken = exchange(taken, salience, capability, *best[1:])
        traded |= set(itertools.product(*best[1:]))
    found = positions_after_exchanges(wanted, salience, capability)
    np.testing.assert_allclose(found, taken, atol=1e-5)


def in_plain_words(wanted: np.ndarray, salience: np.ndarray, capability: np.ndarray) -> np.ndarray:
    """Reckon every gain anew after each exchange, as the formula reads."""
    taken, is_free = wanted.astype(float), np.ones(wanted.shape, dtype=bool)
    while True:
        gains = exchange_gains(taken, salience, capability, is_free)
        i, j, m, n = (int(k) for k in np.unravel_index(int(np.argmax(gains)), gains.shape))
        if gains[i, j, m, n] <= 1e-9:
            return taken
        taken = exchange(taken, salience, capability, (i, j), (m, n))
        is_free[np.ix_((i, j), (m, n))] = False


@pytest.mark.parametrize("has_ties", [False, True])
def test_renewing_what_changed_gives_the_same_bits(has_ties: bool) -> None:
    rng = np.random.default_rng(7)
    for _ in range(30):
        shape = tuple(rng.integers(2, 9, 2))
        wanted = rng.integers(0, 5, shape) * 25.0
        salience = rng.integers(1, 4, shape) * 1.0 if has_ties else rng.random(shape)
        salience[1:] *= rng.random((shape[0] - 1, shape[1])) > 0.2
        power = rng.integers(1, 3, shape[0]) * 1.0
        found = positions_after_exchanges(wanted, salience, power)
        np.testing.assert_array_equal(found, in_plain_words(wanted, salience, power))


def test_the_most_profitable_exchange_comes_first() -> None:
    """Actors 0 and 1 gain more from each other than either would with actor 2, so they trade."""
    wanted = np.array([[0.0, 0.0], [100.0, 100.0], [100.0, 100.0]])
    salience = np.array([[0.2, 0.8], [0.9, 0.1], [0.55, 0.45]])
    taken = positions_after_exchanges(wanted, salience, np.ones(3))
    np.testing.assert_array_equal(taken[2], wanted[2])
    assert taken[0, 0] > 0.0
    assert taken[1, 1] < 100.0


def test_who_takes_no_part_trades_nothing() -> None:
    wanted = np.array([[0.0, 0.0], [100.0, 100.0]])
    salience = np.array([[0.0, 0.8], [0.8, 0.2]])
    np.testing.assert_array_equal(positions_after_exchanges(wanted, salience, np.ones(2)), wanted)


@given(st.integers(0, 20), st.integers(1, 20))
def test_two_at_the_ends_split_by_their_weights(one: int, other: int) -> None:
    """argmax a ln(1 - x) + b ln x is x = b / (a + b), here to half a point."""
    found = nash_position(np.array([0.0, 100.0]), np.array([one, other], float), 0.0, 100.0)
    assert found == pytest.approx(100.0 * other / (one + other), abs=0.2501)


@given(positions, weights, st.floats(0.1, 10.0))
def test_a_scale_and_a_unit_of_weight_do_not_matter(
    wanted: np.ndarray, salience: np.ndarray, scale: float
) -> None:
    at, weight = wanted[:, 0], salience[:, 0]
    found = nash_position(at, weight, 0.0, 100.0)
    assert at.min() - 0.5 <= found <= at.max() + 0.5
    assert nash_position(5.0 + at / 2.0, weight, 5.0, 55.0) == pytest.approx(5.0 + found / 2.0)


def test_a_product_of_nobody_gets_a_sentence() -> None:
    with pytest.raises(UsageError, match="capability and salience above 0"):
        nash_position(np.zeros(2), np.zeros(2), 0.0, 1.0)


def test_who_stands_at_the_compromise_has_nothing_to_exchange() -> None:
    """(1 50 + 4 100 + 4 0) / 9 = 50: the first actor gains as little by 49 as by 51."""
    x = np.array([[50.0, 0.0], [100.0, 100.0], [0.0, 50.0]])
    weight = np.array([[1.0, 4.0], [4.0, 1.0], [4.0, 1.0]])
    assert compromise(x, weight, np.ones(3))[0] == 50.0
    gains = exchange_gains(x, weight, np.ones(3), np.ones((3, 2), dtype=bool))
    assert gains[0].max() == gains[:, 0].max() == 0.0
    np.testing.assert_array_equal(exchange(x, weight, np.ones(3), (0, 1), (0, 1)), x)
