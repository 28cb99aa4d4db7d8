"""The Nash product over levers is the one over all their packages, for any number of parties."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import size

from minsksim.rules.bargaining import nash_position, value_at
from minsksim.rules.many_parties import GAP, best_mixture, settle_levers, sweep_levers
from minsksim.theory.nash_product import nash_mixture


def solve(
    gains: np.ndarray, weights: np.ndarray, least: np.ndarray | None = None
) -> tuple[bool, np.ndarray, np.ndarray]:
    """Return whether all gain, the gains and the mixture; levers start at their position 0."""
    levers, positions, parties = gains.shape
    mixture = np.zeros((levers, positions))
    mixture[:, 0] = 1.0
    totals, slopes, change = np.zeros((3, parties))
    counts = np.full(levers, positions)
    least = np.zeros(parties) if least is None else least
    share = weights / weights.sum()
    is_found = best_mixture(
        gains, counts, levers, parties, share, least, mixture, totals, slopes, change
    )
    return is_found, np.einsum("lj,lja->a", mixture, gains), mixture


def packages(gains: np.ndarray) -> np.ndarray:
    levers, positions, _ = gains.shape
    rows = itertools.product(range(positions), repeat=levers)
    return np.array([sum(gains[i, j] for i, j in enumerate(row)) for row in rows])


def random_gains(seed: int, levers: int, parties: int) -> np.ndarray:
    """Each lever costs its owner and helps or hurts the others, up or down from where it is."""
    rng = np.random.default_rng(seed)
    gains = np.zeros((levers, 3, parties))
    for i in range(levers):
        effect = rng.uniform(-0.3, 1.0, parties)
        effect[i % parties] = -rng.uniform(0.05, 0.6)
        gains[i, 1], gains[i, 2] = effect, -rng.uniform(0.0, 0.5) * effect - 0.02
    return gains


def pie(parties: int, size: float = 1.0, cost: float = 0.0) -> np.ndarray:
    """One lever that hands a pie to one party; another position wastes what all have."""
    nothing, waste = np.zeros((1, parties)), np.full((1, parties), -cost)
    return np.vstack([nothing, size * np.eye(parties), waste])[None]


SIZES = [(1.0, 0.0), (0.125, 0.0), (1000.0, 0.0), (1.0, 5.0), (1e-6, 0.0), (1e6, 0.0)]
"""Of the pie, in utils, and what each position costs those who get nothing, in pies."""


@pytest.mark.parametrize(
    ("least", "expected"),
    [
        ((0.0, 0.0, 0.0), (1 / 3, 1 / 3, 1 / 3)),
        ((0.5, 0.0, 0.0), (0.5, 0.25, 0.25)),
        ((0.0, 0.0, 0.5), (0.25, 0.25, 0.5)),
        ((0.375, 0.375, 0.0), (0.375, 0.375, 0.25)),
        ((0.25, 0.25, 0.25), (1 / 3, 1 / 3, 1 / 3)),
        ((0.625, 0.25, 0.0), (0.625, 0.25, 0.125)),
        ((0.625, 0.5, 0.0), None),
        ((1.25, 0.0, 0.0), None),
        ((0.5, 0.5, 0.0), None),
    ],
)
@pytest.mark.parametrize(("size", "cost"), SIZES)
def test_a_pie_with_reservations_by_hand(
    least: tuple[float, ...], expected: tuple[float, ...] | None, size: float, cost: float
) -> None:
    """Who needs more than an even part gets just that, and the others share the rest."""
    is_found, totals, _ = solve(pie(3, size, size * cost), np.ones(3), size * np.array(least))
    assert is_found == (expected is not None)
    if expected is not None:
        np.testing.assert_allclose(totals / size, expected, atol=2e-5)
        assert (totals >= size * np.array(least) * (1.0 - 1e-12)).all()


@given(st.integers(0, 10**6), st.booleans())
def test_a_sweep_says_what_was_left_and_takes_a_step_towards_it(seed: int, is_lent: bool) -> None:
    """One lever: best rank minus mean rank; afterwards the product is no lower, the sum still 1."""
    rng = np.random.default_rng(seed)
    positions, parties = int(rng.integers(1, 5)), int(rng.integers(1, 4))
    gains = rng.uniform(0.05, 1.0, (1, positions + 1, parties))
    mixture = rng.dirichlet(np.ones(positions + 1))[None] * 1.0
    # what lies beyond the last position is left over from another table
    mixture[0, 0] += mixture[0, positions]
    mixture[0, positions] = 0.0
    gains[0, positions] = 99.0
    totals = mixture[0] @ gains[0]
    weights, loan = rng.dirichlet(np.ones(parties)), 0.25 if is_lent else 0.0
    slopes = weights / (totals + loan)
    ranks = gains[0, :positions] @ slopes
    mean = slopes @ totals
    before = weights @ np.log(totals + loan)
    args = (weights, np.zeros(parties), (0.0, loan, 0.0), mixture, totals)
    room = np.ones((2, parties))
    left = sweep_levers(gains, np.array([positions]), 1, parties, *args, *room)
    assert left == pytest.approx(ranks.max() - mean, abs=1e-9)
    np.testing.assert_allclose(totals, mixture[0] @ gains[0], atol=1e-12)
    assert mixture.sum() == pytest.approx(1.0, abs=1e-12)
    assert weights @ np.log(totals + loan) >= before - 1e-12


@given(st.integers(0, 10**6))
def test_sweeps_go_on_until_hardly_anything_is_left(seed: int) -> None:
    """Two levers: at the end no position ranks above the mean by more than a hair."""
    rng = np.random.default_rng(seed)
    gains = rng.uniform(0.05, 1.0, (2, 3, 2))
    weights, least = rng.dirichlet(np.ones(2)), rng.uniform(0.0, 2.0, 2)
    mixture, totals = np.zeros((2, 3)), np.full(2, 9.0)
    mixture[:, 0] = 1.0
    args = (weights, least, (0.0, 0.0, 0.0), mixture, totals)
    spare = settle_levers(gains, np.array([3, 3]), 2, 2, *args, *np.zeros((2, 2)))
    np.testing.assert_allclose(totals, np.einsum("lj,lja->a", mixture, gains), atol=1e-12)
    assert spare == (totals - least).min()
    ranks = gains @ (weights / totals)
    assert (ranks.max(axis=1) - (mixture * ranks).sum(axis=1)).sum() <= 10 * GAP


@settings(max_examples=size(30, 100))
@given(st.integers(0, 10**6), st.integers(3, 5), st.integers(3, 5))
def test_the_mixture_has_the_highest_product_of_all_packages(
    seed: int, parties: int, levers: int
) -> None:
    gains = random_gains(seed, levers, parties)
    weights = np.random.default_rng(seed).uniform(0.2, 1.0, parties)
    is_found, totals, mixture = solve(gains, weights)
    points = packages(gains)
    best = nash_mixture(points, np.zeros(parties), weights)
    if best is None or (best @ points).min() < 1e-6:
        assert not is_found or totals.min() < 1e-5
        return
    assert is_found
    np.testing.assert_allclose(mixture.sum(axis=1), 1.0, atol=1e-12)
    assert (mixture >= -1e-15).all()
    share = weights / weights.sum()
    assert share @ np.log(totals) == pytest.approx(share @ np.log(best @ points), abs=1e-6)
    np.testing.assert_allclose(totals, best @ points, atol=1e-3)


@given(st.integers(0, 10**6), st.floats(0.2, 0.8))
def test_two_parties_agree_with_the_frontier(seed: int, alpha: float) -> None:
    rng = np.random.default_rng(seed)
    fall, rise = rng.uniform(0.1, 1.0, (2, 3))
    order = np.argsort(-rise / fall)
    fall, rise = fall[order], rise[order]
    u = np.concatenate([[fall.sum()], fall.sum() - fall.cumsum()])
    v = np.concatenate([[0.0], rise.cumsum()])
    gains = np.zeros((4, 2, 2))
    gains[0, 1, 0] = fall.sum()
    gains[1:, 1, 0], gains[1:, 1, 1] = -fall, rise
    is_found, totals, _ = solve(gains, np.array([alpha, 1.0 - alpha]))
    position = nash_position(u, v, 3, alpha, 0.0, 0.0)
    assert is_found
    np.testing.assert_allclose(totals, [value_at(u, position), value_at(v, position)], atol=1e-4)


@settings(max_examples=size(30, 100))
@given(st.integers(0, 10**6))
def test_a_reservation_binds_or_changes_nothing(seed: int) -> None:
    gains = random_gains(seed, 4, 3)
    weights = np.ones(3)
    is_found, free, _ = solve(gains, weights)
    if not is_found:
        return
    _, same, _ = solve(gains, weights, 0.5 * free)
    assert np.log(same).sum() == pytest.approx(np.log(free).sum(), abs=1e-6)
    np.testing.assert_allclose(same, free, atol=2e-3)
    raised = np.array([1.05 * free[0], 0.0, 0.0])
    is_possible, bound, _ = solve(gains, weights, raised)
    points = packages(gains)
    if is_possible:
        assert bound[0] >= raised[0] - 1e-9
        assert np.log(bound).sum() <= np.log(free).sum() + 1e-6
        assert bound[0] == pytest.approx(raised[0], abs=2e-4)
    else:
        better = points[(points >= raised).all(axis=1)]
        assert not len(better) or better.min() < 1e-3


@pytest.mark.parametrize("parties", [3, 4, 5])
def test_a_symmetric_pie_is_split_evenly_and_patience_shifts_it(parties: int) -> None:
    pie = np.vstack([np.zeros(parties), np.eye(parties)])[None]
    is_found, totals, _ = solve(pie, np.ones(parties))
    assert is_found
    np.testing.assert_allclose(totals, 1.0 / parties, atol=1e-5)
    weights = np.arange(1.0, parties + 1.0)
    _, totals, _ = solve(pie, weights)
    np.testing.assert_allclose(totals, weights / weights.sum(), atol=1e-5)


def test_nothing_is_found_where_somebody_must_lose() -> None:
    gains = np.array([[[0.0, 0.0, 0.0], [1.0, 1.0, -0.1]]])
    assert not solve(gains, np.ones(3))[0]
    assert not solve(np.zeros((2, 2, 3)), np.ones(3))[0]
