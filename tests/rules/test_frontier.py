"""One lever's frontier, and the order in which concessions are made."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from minsksim.rules.frontier import (
    lever_frontier,
    merge_concessions,
    merge_orders,
    rank_positions,
)

gains = st.lists(
    st.tuples(
        st.floats(-1, 1).map(lambda x: round(x, 3)), st.floats(-1, 1).map(lambda x: round(x, 3))
    ),
    min_size=1,
    max_size=7,
    unique=True,
)


def chain_of(points: list[tuple[float, float]]) -> list[int]:
    first, second = (np.array(column) for column in zip(*points, strict=True))
    chain = np.zeros(len(points), np.int64)
    length = lever_frontier(first, second, len(points), chain)
    return chain[:length].tolist()


def best_for_second(points: list[tuple[float, float]], keep: float) -> float:
    """Most of the second gain over mixtures that leave the first ``keep`` (a linear program)."""
    u, v = np.array(points).T
    found = linprog(-v, A_ub=[-u], b_ub=[-keep], A_eq=[np.ones(len(u))], b_eq=[1.0])
    return float(-found.fun)


@given(gains)
def test_chain_is_the_upper_frontier(points: list[tuple[float, float]]) -> None:
    chain = chain_of(points)
    u, v = np.array([points[j] for j in chain]).T
    assert u[0] == max(one for one, _ in points)
    assert v[-1] == max(two for _, two in points)
    assert (np.diff(u) <= 0).all()
    assert (np.diff(v) > 0).all()
    for share in (0.0, 0.3, 0.7, 1.0):
        keep = u[-1] + share * (u[0] - u[-1])
        along = np.interp(keep, u[::-1], v[::-1])
        assert along == pytest.approx(best_for_second(points, keep - 1e-12), abs=1e-7)


def test_by_hand() -> None:
    """(0, 0) to (-.2, .5) passes 2.5 utils a util, to (-1, .6) only .125; (-.5, .1) is inside."""
    assert chain_of([(0.0, 0.0), (-0.2, 0.5), (-0.5, 0.1), (-1.0, 0.6)]) == [0, 1, 3]
    assert chain_of([(0.0, 0.0), (0.3, 0.4), (-0.2, 0.3)]) == [1]


@given(
    st.lists(st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0, 7.5, np.inf]), max_size=5), max_size=6)
)
def test_concessions_are_sorted_and_ties_keep_their_order(levers: list[list[float]]) -> None:
    rates = [rate for lever in levers for rate in sorted(lever, reverse=True)]
    order, start = np.full(len(rates) + 1, -1), 0
    for lever in levers:
        merge_concessions(np.array([*rates, 0.0]), 0, start, start + len(lever), order)
        start += len(lever)
    assert order.tolist() == [*sorted(range(len(rates)), key=lambda k: -rates[k]), -1]


@given(st.lists(st.integers(0, 4), max_size=12), st.lists(st.integers(0, 4), max_size=12))
def test_levers_sorted_apart_are_sorted_together(some: list[int], more: list[int]) -> None:
    """Rows of the second table follow those of the first, and stay behind them where equal."""
    rates = np.array([*some, *more, 9.0], dtype=float)
    first = sorted(range(len(some)), key=lambda k: -rates[k])
    base = len(some)
    second = np.full(len(more) + 1, -1)
    for k in range(len(more)):
        merge_concessions(rates, base, k, k + 1, second)
    order = np.array([*first, *[-1] * (len(more) + 1)])
    merge_orders(rates, second, len(more), order, base)
    wanted = sorted(range(len(rates) - 1), key=lambda k: -rates[k])
    assert order.tolist() == [*wanted, -1]


def test_positions_that_are_equal_for_both_keep_their_order() -> None:
    order = np.zeros(4, np.int64)
    rank_positions(np.zeros(4), np.ones(4), 4, order)
    np.testing.assert_array_equal(order, (0, 1, 2, 3))


def test_a_position_on_a_straight_edge_stays() -> None:
    """Half-way down the middle position itself is agreed, not a mixture of the ends."""
    assert chain_of([(0.0, 0.0), (-0.5, 0.5), (-1.0, 1.0)]) == [0, 1, 2]
