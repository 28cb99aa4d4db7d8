"""Offers in turn, concessions, ultimata and threats on any frontier, against closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.alternating_offers import lasting_offer, offer_before_deadline, worth_of_waiting
from minsksim.rules.bargaining import first_reaching, last_keeping, nash_position, value_at
from minsksim.rules.ultimatum import uncertain_offer
from minsksim.rules.variable_threats import best_threats, lead, threat_point
from minsksim.rules.zeuthen import CONCESSIONS, meeting_level
from minsksim.theory.alternating_offers import (
    first_share,
    first_share_by_deadline,
    first_share_under_breakdown,
    first_share_with_outside_option,
)
from minsksim.theory.threats import split_by_threats

NONE = (0.0, 0.0)
PIE = (np.array([1.0, 0.0]), np.array([0.0, 1.0]))
SHARE = st.floats(0.05, 0.97)


@st.composite
def frontiers(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """A concave chain from (U, 0) to (0, V): edges sorted by what they pass on."""
    count = draw(st.integers(1, 6))
    edges = draw(
        st.lists(st.tuples(st.floats(0.05, 1), st.floats(0.05, 1)), min_size=count, max_size=count)
    )
    edges.sort(key=lambda edge: -edge[1] / edge[0])
    falls, rises = np.array(edges).T
    first = np.concatenate([falls[::-1].cumsum()[::-1], [0.0]])
    return first, np.concatenate([[0.0], rises.cumsum()])


def bounds(
    frontier: tuple[np.ndarray, np.ndarray], outside: tuple[float, float] = NONE
) -> tuple[int, float, float]:
    """The last vertex, and the best offers of either party that suit both."""
    last = len(frontier[0]) - 1
    low = first_reaching(frontier[1], last, outside[1])
    return last, low, last_keeping(frontier[0], last, outside[0])


def utils(frontier: tuple[np.ndarray, np.ndarray], position: float) -> tuple[float, float]:
    return value_at(frontier[0], position), value_at(frontier[1], position)


@given(SHARE, SHARE)
def test_offers_for_ever_on_a_pie(d1: float, d2: float) -> None:
    """B4: (1 - d2) / (1 - d1 d2)."""
    position = lasting_offer(*PIE, *bounds(PIE), (d1, d2), 0.0, NONE)
    assert utils(PIE, position)[0] == pytest.approx(first_share(d1, d2), abs=1e-12)


@given(SHARE, SHARE, st.integers(1, 12))
def test_offers_before_a_deadline_on_a_pie(d1: float, d2: float, rounds: int) -> None:
    """B4: the last proposer takes all."""
    position = offer_before_deadline(*PIE, *bounds(PIE), (d1, d2), 0.0, NONE, rounds)
    share = first_share_by_deadline(d1, d2, rounds)
    assert utils(PIE, position)[0] == pytest.approx(share, abs=1e-12)


@pytest.mark.parametrize("option", [0.0, 0.3, 0.47, 0.48, 0.7])
def test_an_outside_option_binds_or_changes_nothing(option: float) -> None:
    """B5: the responder gets max(d / (1 + d), s2)."""
    position = lasting_offer(*PIE, *bounds(PIE, (0.0, option)), (0.9, 0.9), 0.0, (0.0, option))
    share = first_share_with_outside_option(0.9, 0.9, option)
    assert utils(PIE, position)[0] == pytest.approx(share, abs=1e-12)


@pytest.mark.parametrize(("chance", "share"), [(0.5, 0.5), (0.1, 0.415789), (0.01, 0.401508)])
def test_breakdown_leaves_each_what_it_has_elsewhere(chance: float, share: float) -> None:
    """B5 with b = (.1, .3) and no discounting."""
    position = lasting_offer(*PIE, *bounds(PIE, (0.1, 0.3)), (1.0, 1.0), chance, (0.1, 0.3))
    assert utils(PIE, position)[0] == pytest.approx(share, abs=1e-6)
    assert first_share_under_breakdown(chance, 0.1, 0.3) == pytest.approx(share, abs=1e-6)


@given(
    frontiers(), SHARE, SHARE, st.floats(0, 0.5), st.tuples(st.floats(0, 0.3), st.floats(0, 0.3))
)
def test_the_offer_is_a_fixed_point_of_the_backward_induction(
    frontier: tuple[np.ndarray, np.ndarray],
    d1: float,
    d2: float,
    breakdown: float,
    outside: tuple[float, float],
) -> None:
    """An even number of rounds before the lasting game, the offer is the same (to d**rounds)."""
    last, low, high = bounds(frontier, outside)
    if low < 0.0 or high < low:
        return
    game = (last, low, high, (d1, d2), breakdown, outside)
    position = lasting_offer(*frontier, *game)
    u, v = utils(frontier, position)
    assert u >= outside[0] - 1e-12
    assert v >= outside[1] - 1e-12
    counter = last_keeping(frontier[0], last, worth_of_waiting(u, d1, breakdown, outside[0]))
    asked = worth_of_waiting(value_at(frontier[1], counter), d2, breakdown, outside[1])
    offered = first_reaching(frontier[1], last, asked)
    assert u == pytest.approx(value_at(frontier[0], offered), abs=1e-10)
    long = offer_before_deadline(*frontier, *game, 1001)
    assert u == pytest.approx(value_at(frontier[0], long), abs=1e-9)


@given(frontiers(), st.floats(0.999, 0.9999))
def test_quick_offers_approach_the_nash_point(
    frontier: tuple[np.ndarray, np.ndarray], patience: float
) -> None:
    """Binmore, Rubinstein and Wolinsky 1986: equal patience towards 1 gives Nash's product."""
    last = len(frontier[0]) - 1
    position = lasting_offer(*frontier, *bounds(frontier), (patience, patience), 0.0, NONE)
    nash = nash_position(*frontier, last, 0.5, 0.0, 0.0)
    u, v = utils(frontier, position)
    best = np.prod(utils(frontier, nash))
    assert u * v >= best * (1.0 - 3.0 * (1.0 - patience))


@given(frontiers(), st.floats(0.1, 10.0), st.floats(0.1, 10.0))
def test_offers_in_turn_do_not_ask_in_whose_utils(
    frontier: tuple[np.ndarray, np.ndarray], a: float, b: float
) -> None:
    scaled = frontier[0] * a, frontier[1] * b
    for rounds in (0, 3):
        one, two = (
            lasting_offer(*f, *bounds(f), (0.9, 0.8), 0.1, NONE)
            if rounds == 0
            else offer_before_deadline(*f, *bounds(f), (0.9, 0.8), 0.1, NONE, rounds)
            for f in (frontier, scaled)
        )
        assert utils(scaled, two)[0] == pytest.approx(a * utils(frontier, one)[0], rel=1e-9)


@given(frontiers())
def test_concessions_meet_at_nash_within_a_step(frontier: tuple[np.ndarray, np.ndarray]) -> None:
    """B6: no point of the grid has a higher product."""
    last = len(frontier[0]) - 1
    level = meeting_level(*frontier, last, 0.0, float(last))
    nash = value_at(frontier[0], nash_position(*frontier, last, 0.5, 0.0, 0.0))
    step = frontier[0][0] / CONCESSIONS
    assert abs(level - nash) <= step * (1 + 1e-9)
    grid = frontier[0][0] - step * np.arange(CONCESSIONS + 1)
    products = [
        u * value_at(frontier[1], last_keeping(frontier[0], last, max(u, 0.0))) for u in grid
    ]
    met = level * value_at(frontier[1], last_keeping(frontier[0], last, level))
    assert met == pytest.approx(max(products), rel=1e-9)


def test_concessions_are_parts_of_what_lies_between_the_best_offers() -> None:
    """U from 1 to 0.4 in 200 steps of 0.003; Nash is at 0.5."""
    first, second = np.array([1.0, 0.4]), np.array([0.0, 0.6])
    level = meeting_level(first, second, 1, 0.0, 1.0)
    assert abs(level - 0.5) <= 0.003
    assert (1.0 - level) / 0.003 == pytest.approx(round((1.0 - level) / 0.003))


@given(frontiers(), st.floats(0.0, 200.0), st.floats(0.0, 0.04))
def test_no_offer_beats_the_uncertain_one(
    frontier: tuple[np.ndarray, np.ndarray], rationality: float, reservation: float
) -> None:
    last = len(frontier[0]) - 1
    low, high = first_reaching(frontier[1], last, reservation), float(last)

    def worth(position: float) -> float:
        u, v = utils(frontier, position)
        return u / (1.0 + np.exp(-rationality * (v - reservation)))

    found = uncertain_offer(*frontier, low, high, reservation, rationality)
    assert low <= found <= high
    assert worth(found) >= max(worth(x) for x in np.linspace(low, high, 801)) - 1e-12


def test_threats_with_payments_are_the_published_split() -> None:
    """B7 on acts whose effects add up: A_ij = a_i + c_j, B_ij = b_i + d_j, one lever each."""
    own, others = np.array([0.0, -1.0]), np.array([0.0, -3.0])
    back, cost = np.array([0.0, -2.0]), np.array([0.0, -0.5])
    a, b = own[:, None] + back[None, :], others[:, None] + cost[None, :]
    u, v = np.array([4.0, 0.0]), np.array([0.0, 4.0])
    ones, twos = np.array([own, back]), np.array([others, cost])
    point = threat_point(u, v, 1, 0.5, ones, twos, np.array([2, 2]), np.array([0, 1]), 2)
    position = nash_position(u, v, 1, 0.5, *point)
    # four utils to share come on top of the games' best cell, which is (0, 0)
    expected = [x + 2.0 for x in split_by_threats(a, b)]
    assert [value_at(u, position), value_at(v, position)] == pytest.approx(expected, abs=1e-9)


@given(frontiers(), st.integers(0, 2**32 - 1), st.floats(0.2, 0.8))
def test_no_other_threat_helps_who_makes_it(
    frontier: tuple[np.ndarray, np.ndarray], seed: int, alpha: float
) -> None:
    """Nash 1953: the pair of threats is an equilibrium of the game in threats."""
    rng = np.random.default_rng(seed)
    levers, last = 4, len(frontier[0]) - 1
    ones, twos = -rng.uniform(0.0, 0.4, (2, levers, 3))
    ones[:, 0] = twos[:, 0] = 0.0
    counts, owners = np.full(levers, 3), np.array([0, 0, 1, 1])
    point = threat_point(*frontier, last, alpha, ones, twos, counts, owners, levers)

    def division(d: tuple[float, float]) -> tuple[float, float]:
        return utils(frontier, nash_position(*frontier, last, alpha, *d))

    u, v = division(point)
    rate = alpha * (v - point[1]) / ((1 - alpha) * (u - point[0]))
    share = rate / (1.0 + rate)
    best = best_threats(ones, twos, counts, owners, levers, share, alpha)
    # at the rate that it implies, no pair of threats leads by more
    assert lead(*best, share, alpha) == pytest.approx(lead(*point, share, alpha), abs=1e-9)


@given(frontiers())
def test_nobody_who_can_threaten_nothing_changes_the_split(
    frontier: tuple[np.ndarray, np.ndarray],
) -> None:
    last = len(frontier[0]) - 1
    nothing = np.zeros((1, 1))
    point = threat_point(*frontier, last, 0.5, nothing, nothing, np.array([1]), np.array([0]), 1)
    assert point == NONE
