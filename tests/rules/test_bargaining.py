"""Bargaining solutions over a frontier: hand-worked numbers, then the axioms."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minsksim.rules.bargaining import (
    balanced_position,
    first_reaching,
    last_keeping,
    nash_position,
    settle,
    value_at,
)
from minsksim.rules.patience import bargaining_weight
from minsksim.vocabulary import EGALITARIAN, KALAI_SMORODINSKY, NASH, TAKE_IT_OR_LEAVE_IT

ALL = (NASH, KALAI_SMORODINSKY, EGALITARIAN, TAKE_IT_OR_LEAVE_IT)
ORIGIN = (0.0, 0.0)
Point = tuple[float, float]


class Frontier:
    """A chain of vertices, from the first party's best point to the second's."""

    def __init__(self, *vertices: Point) -> None:
        self.u, self.v = np.array(vertices).T.copy()

    def settle(
        self,
        protocol: int,
        alpha: float = 0.5,
        d: Point = ORIGIN,
        least: Point | None = None,
    ) -> Point | None:
        last = len(self.u) - 1
        position = settle(self.u, self.v, last, protocol, alpha, d, least or d)
        if position < 0.0:
            return None
        return float(value_at(self.u, position)), float(value_at(self.v, position))


PIE = Frontier((1.0, 0.0), (0.0, 1.0))


def curve(rho: float, count: int = 200_000) -> Frontier:
    """u = x**rho, v = 1 - x, from x = 1 to x = 0."""
    x = np.linspace(1.0, 0.0, count + 1)
    frontier = Frontier(ORIGIN)
    frontier.u, frontier.v = x**rho, 1.0 - x
    return frontier


@pytest.mark.parametrize(("alpha", "split"), [(0.5, (0.40, 0.60)), (0.7, (0.52, 0.48))])
def test_nash_of_a_pie(alpha: float, split: Point) -> None:
    """B1, nash1950: u1 = d1 + alpha (1 - d1 - d2) at d = (.1, .3)."""
    assert PIE.settle(NASH, alpha, (0.1, 0.3)) == pytest.approx(split, abs=1e-12)


def test_nash_on_a_line_halves_each_own_surplus() -> None:
    """B1: on a u1 + b u2 = c each gains half of (c - a d1 - b d2) / (own coefficient)."""
    a, b, c, d = 2.0, 5.0, 10.0, (0.4, 0.3)
    found = Frontier((c / a, 0.0), (0.0, c / b)).settle(NASH, 0.5, d)
    surplus = c - a * d[0] - b * d[1]
    expected = d[0] + surplus / (2 * a), d[1] + surplus / (2 * b)
    assert found == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("rho", "share"), [(0.5, 1 / 3), (0.25, 0.20)])
def test_risk_aversion_hurts(rho: float, share: float) -> None:
    """B1: u1 = x**rho, u2 = 1 - x: x = rho / (1 + rho)."""
    found = curve(rho).settle(NASH)
    assert found is not None
    assert 1.0 - found[1] == pytest.approx(share, abs=1e-5)


@pytest.mark.parametrize(
    ("height", "ks", "nash"),
    [(0.4, (0.714286, 0.285714), (0.6, 0.4)), (0.6, (0.625, 0.375), (0.5, 0.5))],
)
def test_truncated_pie_tells_the_solutions_apart(height: float, ks: Point, nash: Point) -> None:
    """B2, kalai_smorodinsky1975: {u1 + u2 <= 1, u2 <= h}: KS = (1, h) / (1 + h)."""
    cut = Frontier((1.0, 0.0), (1.0 - height, height))
    assert cut.settle(KALAI_SMORODINSKY) == pytest.approx(ks, abs=1e-6)
    assert cut.settle(NASH) == pytest.approx(nash, abs=1e-12)
    assert cut.settle(KALAI_SMORODINSKY) != pytest.approx(cut.settle(NASH), abs=0.05)


def test_egalitarian_on_the_truncated_pie() -> None:
    """B3, kalai1977: (1/2, 1/2) if h >= 1/2; else the even point (h, h), made efficient."""
    assert Frontier((1.0, 0.0), (0.4, 0.6)).settle(EGALITARIAN) == pytest.approx((0.5, 0.5))
    assert Frontier((1.0, 0.0), (0.6, 0.4)).settle(EGALITARIAN) == pytest.approx((0.6, 0.4))


@pytest.mark.parametrize(("rho", "share"), [(0.5, 0.381966), (0.25, 0.275508)])
def test_kalai_smorodinsky_with_a_risk_averse_party(rho: float, share: float) -> None:
    """B2: u1 = x**rho, u2 = 1 - x: x**rho = 1 - x; at rho = 1/2, (3 - sqrt 5) / 2."""
    found = curve(rho).settle(KALAI_SMORODINSKY)
    assert found is not None
    assert 1.0 - found[1] == pytest.approx(share, abs=1e-5)


@pytest.mark.parametrize(
    ("first", "second", "alpha"),
    [(0.9, 0.9, 0.5), (0.99, 0.9, 0.912917), (math.exp(-0.1), math.exp(-0.05), 1 / 3)],
)
def test_weight_of_patience(first: float, second: float, alpha: float) -> None:
    """B4, B5, binmore_rubinstein_wolinsky1986: limit r2 / (r1 + r2); r = (.1, .05): 1/3."""
    assert bargaining_weight(first, second) == pytest.approx(alpha, abs=1e-6)
    assert bargaining_weight(first, second) + bargaining_weight(second, first) == pytest.approx(1.0)


def test_weight_is_the_limit_of_alternating_offers() -> None:
    """B4: delta_i = exp(-r_i D); the first proposer's share tends to the weight as D -> 0."""
    rates = 0.1, 0.05
    for pause, share in ((1.0, 0.350132), (0.1, 0.335001), (0.01, 0.333500)):
        one, two = (math.exp(-rate * pause) for rate in rates)
        assert (1 - two) / (1 - one * two) == pytest.approx(share, abs=1e-6)
        assert bargaining_weight(one, two) == pytest.approx(1 / 3, abs=1e-9)


@pytest.mark.parametrize("option", [0.0, 0.2, 0.49, 0.5, 0.51, 0.8, 1.0])
@pytest.mark.parametrize("protocol", [NASH, KALAI_SMORODINSKY, EGALITARIAN])
def test_outside_option_on_both_sides_of_the_kink(protocol: int, option: float) -> None:
    """B5, binmore_rubinstein_wolinsky1986: the responder gets max(1/2, option)."""
    found = PIE.settle(protocol, least=(0.0, option))
    assert found == pytest.approx((1.0 - max(0.5, option), max(0.5, option)), abs=1e-12)


def test_nothing_beyond_the_frontier_is_settled() -> None:
    for protocol in ALL:
        assert PIE.settle(protocol, least=(0.6, 0.5)) is None
        assert PIE.settle(protocol, least=(0.0, 1.1)) is None
        assert Frontier((-0.1, 0.5)).settle(protocol) is None


def test_take_it_or_leave_it_takes_all_but_the_reservation() -> None:
    assert PIE.settle(TAKE_IT_OR_LEAVE_IT, least=(0.0, 0.15)) == pytest.approx((0.85, 0.15))
    assert PIE.settle(TAKE_IT_OR_LEAVE_IT, d=(0.0, 0.2), least=ORIGIN) == pytest.approx((0.8, 0.2))


def test_positions_along_a_frontier() -> None:
    u, v = np.array([1.0, 0.6, 0.0]), np.array([0.0, 0.6, 1.0])
    assert first_reaching(v, 2, 0.3) == pytest.approx(0.5)
    assert first_reaching(v, 2, 0.8) == pytest.approx(1.5)
    assert first_reaching(v, 2, 1.2) == -1.0
    assert last_keeping(u, 2, 0.8) == pytest.approx(0.5)
    assert last_keeping(u, 2, 0.3) == pytest.approx(1.5)
    assert last_keeping(u, 2, -1.0) == 2.0
    assert last_keeping(u, 2, 1.2) == -1.0
    assert nash_position(u, v, 2, 0.5, 0.0, 0.0) == pytest.approx(1.0)
    assert balanced_position(u, v, 2, 0.0, 0.0, 1.0) == pytest.approx(1.0)


# --- axioms ----------------------------------------------------------------------------------


@st.composite
def frontiers(draw: st.DrawFn) -> Frontier:
    """Concave chains through the positive quadrant, one to five edges."""
    steps = draw(
        st.lists(st.tuples(st.floats(0.05, 2), st.floats(0.05, 2)), min_size=1, max_size=5)
    )
    steps.sort(key=lambda step: -step[1] / step[0])
    start = draw(st.floats(0.0, 0.5))
    u = sum(step[0] for step in steps) + start
    vertices = [(u, start)]
    for fall, rise in steps:
        vertices.append((vertices[-1][0] - fall, vertices[-1][1] + rise))
    return Frontier(*vertices)


weights = st.floats(0.1, 0.9)


def points(frontier: Frontier) -> np.ndarray:
    last = len(frontier.u) - 1
    positions = np.linspace(0, last, 400 * last + 1)
    index = np.arange(last + 1)
    return np.stack(
        [np.interp(positions, index, frontier.u), np.interp(positions, index, frontier.v)], axis=1
    )


@given(frontiers(), weights)
def test_nash_product_is_greatest(frontier: Frontier, alpha: float) -> None:
    found = frontier.settle(NASH, alpha)
    assert found is not None
    u, v = points(frontier).T
    product = np.maximum(u, 0) ** alpha * np.maximum(v, 0) ** (1 - alpha)
    assert found[0] ** alpha * found[1] ** (1 - alpha) >= product.max() * (1 - 1e-12)


@given(frontiers(), st.sampled_from(ALL), weights, st.floats(0, 1.5), st.floats(0, 1.5))
def test_rational_and_efficient(
    frontier: Frontier, protocol: int, alpha: float, one: float, two: float
) -> None:
    """Individual rationality, Pareto, and none only where nothing suits both."""
    found = frontier.settle(protocol, alpha, least=(one, two))
    u, v = points(frontier).T
    if found is None:
        assert not np.any((u >= one + 1e-9) & (v >= two + 1e-9))
        return
    assert found[0] >= one - 1e-9
    assert found[1] >= two - 1e-9
    assert not np.any((u > found[0] + 1e-9) & (v > found[1] + 1e-9))


@given(
    frontiers(), weights, st.floats(0.1, 10), st.floats(0.1, 10), st.floats(-2, 2), st.floats(-2, 2)
)
def test_affine_rescaling_changes_nothing(
    frontier: Frontier, alpha: float, a: float, b: float, c: float, e: float
) -> None:
    """Nash and Kalai-Smorodinsky (not the egalitarian solution) do not compare utils."""
    scaled = Frontier(*zip(a * frontier.u + c, b * frontier.v + e, strict=True))
    for protocol in (NASH, KALAI_SMORODINSKY):
        plain, other = frontier.settle(protocol, alpha), scaled.settle(protocol, alpha, (c, e))
        assert plain is not None
        assert other == pytest.approx((a * plain[0] + c, b * plain[1] + e), abs=1e-8)


@given(frontiers(), weights)
def test_symmetry(frontier: Frontier, alpha: float) -> None:
    """With the parties' names exchanged, the split is the mirror image."""
    mirror = Frontier(*zip(frontier.v[::-1], frontier.u[::-1], strict=True))
    for protocol in (NASH, KALAI_SMORODINSKY, EGALITARIAN):
        one, two = frontier.settle(protocol, alpha), mirror.settle(protocol, 1 - alpha)
        assert one is not None
        assert two == pytest.approx(one[::-1], abs=1e-8)


@given(frontiers(), weights, st.floats(0.01, 1), st.floats(0.01, 1))
def test_irrelevant_alternatives_do_not_move_nash(
    frontier: Frontier, alpha: float, keep_left: float, keep_right: float
) -> None:
    last = len(frontier.u) - 1
    position = settle(frontier.u, frontier.v, last, NASH, alpha, ORIGIN, ORIGIN)
    left, right = position * (1 - keep_left), position + (last - position) * keep_right
    inner = [k for k in range(last + 1) if left < k < right]
    ends = [left, *inner, right]
    assume(right - left > 1e-6)
    less = Frontier(*((value_at(frontier.u, p), value_at(frontier.v, p)) for p in ends))
    assert less.settle(NASH, alpha) == pytest.approx(frontier.settle(NASH, alpha), abs=1e-8)


@given(st.floats(0.05, 0.99), st.floats(0.05, 0.99))
def test_kalai_smorodinsky_is_monotone(one: float, two: float) -> None:
    """B2: more to be had for the second party, at no loss to the first, never harms the second."""
    low, high = sorted((one, two))
    less = Frontier((1.0, 0.0), (1.0 - low, low)).settle(KALAI_SMORODINSKY)
    more = Frontier((1.0, 0.0), (1.0 - high, high)).settle(KALAI_SMORODINSKY)
    assert less is not None
    assert more is not None
    assert more[1] >= less[1] - 1e-12


def test_nash_is_not_monotone() -> None:
    """B2: at every u1 the larger set offers party 2 as much or more, and Nash gives it less."""
    small, large = Frontier((0.7, 0.7), (0.0, 1.0)), Frontier((1.0, 0.6), (0.7, 0.74), (0.0, 1.0))
    u, v = points(small).T
    assert (np.interp(u, large.u[::-1], large.v[::-1]) >= v - 1e-12).all()
    before, after = small.settle(NASH), large.settle(NASH)
    assert before is not None
    assert after is not None
    assert after[1] < before[1]


@given(st.floats(0.1, 5), st.floats(0.1, 5), st.floats(0, 0.04), st.floats(0, 0.04))
def test_nash_equals_kalai_smorodinsky_on_a_line(a: float, b: float, c: float, e: float) -> None:
    """B2: an untruncated linear frontier cannot tell the two apart."""
    line = Frontier((a, 0.0), (0.0, b))
    assert line.settle(NASH, 0.5, (c, e)) == pytest.approx(
        line.settle(KALAI_SMORODINSKY, 0.5, (c, e)), abs=1e-9
    )


@given(frontiers())
def test_egalitarian_is_the_greatest_least_gain(frontier: Frontier) -> None:
    """B3: max-min of gains."""
    found = frontier.settle(EGALITARIAN)
    assert found is not None
    u, v = points(frontier).T
    assert min(found) >= np.minimum(u, v).max() - 1e-9


@given(frontiers())
def test_kalai_smorodinsky_is_the_greatest_least_share_of_the_ideal(frontier: Frontier) -> None:
    """B2: on the line from d to the ideal point, the best each could have if the other gains 0."""
    found = frontier.settle(KALAI_SMORODINSKY)
    assert found is not None
    u, v = points(frontier).T
    ideal = u[v >= -1e-9].max(), v[u >= -1e-9].max()
    best = np.minimum(u / ideal[0], v / ideal[1]).max()
    assert min(found[0] / ideal[0], found[1] / ideal[1]) >= best - 1e-9


def test_where_the_second_gains_more_from_the_start_nothing_is_conceded() -> None:
    """At the first party's best the other already gains 0.5, against 0.2: that is most for both."""
    assert Frontier((0.2, 0.5), (0.0, 1.0)).settle(EGALITARIAN) == pytest.approx((0.2, 0.5))


@pytest.mark.parametrize("ideal", [(0.0, 0.5), (0.5, 0.0)])
def test_who_has_no_ideal_gain_gets_what_it_must_have(ideal: Point) -> None:
    """Gains that the table knows are taken as they are, even where this frontier shows more."""
    u, v = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    assert settle(u, v, 1, KALAI_SMORODINSKY, 0.5, ORIGIN, (0.0, 0.25), ideal) == 0.25
    assert settle(u, v, 1, KALAI_SMORODINSKY, 0.5, ORIGIN, (0.0, 0.25)) == 0.5
