"""Zeuthen's concessions end at Nash's point, and never at the cost of the Nash product."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim import UsageError
from minsksim.rules.zeuthen import concession_path, risk_limit

Points = list[tuple[float, float]]


def curve(rho: float, count: int) -> Points:
    """u = (1 - x)**rho, v = x**rho at even steps: a concave chain."""
    return [((1.0 - k / count) ** rho, (k / count) ** rho) for k in range(count + 1)]


def product(point: tuple[float, float], d: tuple[float, float]) -> float:
    return (point[0] - d[0]) * (point[1] - d[1])


@pytest.mark.parametrize(
    ("own", "others", "d", "limit"),
    [(8.0, 6.0, 0.0, 0.25), (8.0, 6.0, 4.0, 0.5), (8.0, 8.0, 0.0, 0.0), (8.0, -1.0, 0.0, 1.0)],
)
def test_risk_limit(own: float, others: float, d: float, limit: float) -> None:
    """B6: (u(own) - u(other's)) / (u(own) - d)."""
    assert risk_limit(own, others, d) == limit


def test_an_offer_worse_than_nothing_is_refused() -> None:
    for own in (1.0, 0.5):
        with pytest.raises(UsageError, match="better than no agreement"):
            risk_limit(own, 0.0, 1.0)
    assert risk_limit(1.0, 2.0, 0.0) == 0.0


@given(st.floats(0.2, 1.0), st.integers(2, 300), st.tuples(st.floats(0, 0.45), st.floats(0, 0.45)))
def test_concessions_end_at_the_highest_product(
    rho: float, count: int, d: tuple[float, float]
) -> None:
    """B6, harsanyi1956."""
    points = curve(rho, count)
    path = concession_path(points, d)
    better = [point for point in points if point[0] > d[0] and point[1] > d[1]]
    if not better:
        assert path == []
        return
    assert path[-1][0] == path[-1][1]
    best = max(product(point, d) for point in better)
    assert product(points[path[-1][0]], d) == pytest.approx(best, abs=1e-12)


@given(st.floats(0.2, 1.0), st.integers(2, 300), st.tuples(st.floats(0, 0.45), st.floats(0, 0.45)))
def test_the_product_of_who_concedes_never_falls(
    rho: float, count: int, d: tuple[float, float]
) -> None:
    points = curve(rho, count)
    for (one, other), (after, later) in pairwise(concession_path(points, d)):
        assert (after - one, other - later) in ((1, 0), (0, 1))
        assert product(points[after], d) >= product(points[one], d) - 1e-12
        assert product(points[later], d) >= product(points[other], d) - 1e-12


@given(st.floats(0.2, 1.0), st.integers(2, 100))
def test_the_lower_risk_limit_concedes(rho: float, count: int) -> None:
    points = curve(rho, count)
    for (one, other), (after, _) in pairwise(concession_path(points)):
        first = risk_limit(points[one][0], points[other][0], 0.0)
        second = risk_limit(points[other][1], points[one][1], 0.0)
        assert (after > one) is (first <= second)


def test_offers_start_from_what_beats_no_agreement() -> None:
    points = [(1.0 - k / 10, k / 10) for k in range(11)]
    path = concession_path(points, (0.15, 0.35))
    assert path[0] == (4, 8)
    assert path[-1] in ((6, 6),)
    assert concession_path(points, (0.5, 0.5)) == []
    assert concession_path([], (0.0, 0.0)) == []


def test_a_point_as_good_as_no_agreement_is_no_offer() -> None:
    points = [(1.0, 0.0), (0.6, 0.5), (0.0, 1.0)]
    assert concession_path(points) == [(1, 1)]


def test_first_gives_way_on_a_tie() -> None:
    assert concession_path([(2.0, 1.0), (1.0, 2.0)]) == [(0, 1), (1, 1)]
