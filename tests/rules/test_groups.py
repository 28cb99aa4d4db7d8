"""A shared flow: whole people, nobody twice, and the right mean, by exact enumeration."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.groups import apportion, expected_parts, next_share

HELD = st.lists(st.integers(0, 9), min_size=1, max_size=5)


def divided(
    flow: float,
    weights: list[float],
    held: list[float],
    uniform: float = 0.0,
    is_whole: bool = True,
) -> list[float]:
    parts = np.zeros(len(held))
    apportion(flow, np.array(weights), np.array(held), len(held), is_whole, uniform, parts)
    return [float(part) for part in parts]


def expected(flow: float, weights: list[float], held: list[float]) -> list[float]:
    parts = np.zeros(len(held))
    expected_parts(flow, np.array(weights), np.array(held), len(held), parts)
    return [float(part) for part in parts]


def exact_mean(flow: int, held: list[int]) -> list[Fraction]:
    """Return the mean over all uniforms, by the lengths of the pieces on which nothing changes."""
    total = sum(held)
    edges = [Fraction(flow * sum(held[: g + 1]), total) for g in range(len(held))]
    cuts = sorted({Fraction(0), Fraction(1), *(-edge % 1 for edge in edges)})
    mean = [Fraction(0)] * len(held)
    for low, high in itertools.pairwise(cuts):
        parts = divided(
            flow, list(map(float, held)), list(map(float, held)), float((low + high) / 2)
        )
        mean = [one + (high - low) * int(part) for one, part in zip(mean, parts, strict=True)]
    return mean


@given(HELD.filter(any), st.data())
def test_the_mean_is_proportional_exactly(held: list[int], data: st.DataObject) -> None:
    flow = data.draw(st.integers(0, sum(held)))
    assert exact_mean(flow, held) == [Fraction(flow * one, sum(held)) for one in held]


@given(HELD, st.data())
def test_people_are_whole_and_nobody_goes_twice(held: list[int], data: st.DataObject) -> None:
    flow = data.draw(st.integers(0, sum(held)))
    weights = [data.draw(st.floats(1e-3, 1e3)) for _ in held]
    uniform = data.draw(st.floats(0, 1, exclude_max=True))
    parts = divided(flow, weights, list(map(float, held)), uniform)
    assert sum(parts) == flow
    means = expected(flow, weights, list(map(float, held)))
    for part, holds, mean in zip(parts, held, means, strict=True):
        assert part == int(part)
        assert 0 <= part <= holds
        assert abs(part - mean) < 1 + 1e-9


def test_a_group_that_runs_out_gives_all_and_the_others_the_rest() -> None:
    # 12 by weights 2, 1, 1 would be 6, 3, 3; the first holds 4, so 8 are left for two alike;
    # the second holds 3, so the third gives 5
    assert expected(12.0, [2.0, 1.0, 1.0], [4.0, 3.0, 60.0]) == [4.0, 3.0, 5.0]
    assert expected(0.0, [2.0, 1.0], [4.0, 3.0]) == [0.0, 0.0]
    assert expected(7.0, [2.0, 1.0], [4.0, 3.0]) == [4.0, 3.0]


@given(HELD.filter(any), st.data())
def test_expected_parts_fill_like_water(held: list[int], data: st.DataObject) -> None:
    """Where one group is not used up, its part per weight is at least that of every other."""
    flow = data.draw(st.floats(0, sum(held)))
    weights = [data.draw(st.floats(1e-2, 1e2)) for _ in held]
    parts = expected(flow, weights, list(map(float, held)))
    assert sum(parts) == pytest.approx(flow)
    rates = [part / weight for part, weight in zip(parts, weights, strict=True)]
    for part, holds, rate in zip(parts, held, rates, strict=True):
        if part < holds - 1e-9:
            assert rate >= max(rates) - 1e-9


def test_goods_are_divided_without_rounding() -> None:
    assert divided(5.0, [1.0, 3.0], [10.0, 10.0], 0.9, is_whole=False) == [1.25, 3.75]


def test_the_next_to_go_is_in_proportion_to_who_is_left() -> None:
    weights, held = np.array([1.0, 2.0, 5.0]), np.array([4.0, 1.0, 0.0])
    assert [next_share(weights, held, 3, g) for g in range(3)] == [1 / 3, 2 / 3, 0.0]
    assert next_share(held, np.zeros(3), 3, 0) == 0.0


@given(HELD.filter(any), st.data())
def test_the_next_share_is_the_slope_of_the_parts(held: list[int], data: st.DataObject) -> None:
    weights = [data.draw(st.floats(0.1, 10.0)) for _ in held]
    holds, little = np.array(held, dtype=float), 1e-3
    parts = expected(little, weights, holds.tolist())
    for g, part in enumerate(parts):
        assert next_share(np.array(weights), holds, len(held), g) == pytest.approx(part / little)
