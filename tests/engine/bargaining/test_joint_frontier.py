"""Whether a table is better left as it is, against the whole joint frontier."""

from __future__ import annotations

from functools import cache

import generators as make
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_package import two_issues

from minsksim import Model
from minsksim.engine.arrays.compile import compile_scenario
from minsksim.engine.arrays.initial_state import new_state
from minsksim.engine.arrays.workspace import Workspace
from minsksim.engine.bargaining.joint_frontier import (
    SOME,
    add_vertices,
    find_chain,
    list_concessions,
    sort_concessions,
    stay,
)
from minsksim.engine.bargaining.package import best_on_frontier, lay_out
from minsksim.engine.bargaining.search import search
from minsksim.engine.valuation.marginal_utility import appraise
from minsksim.rules.bargaining import value_at
from minsksim.rules.protocols import choose_position
from minsksim.vocabulary import NASH

NOTHING = (0.0, 0.0)
MOST = 4
GAIN = st.integers(-6, 6).map(lambda tenths: tenths / 10)
LEVER = st.lists(st.tuples(GAIN, GAIN), min_size=1, max_size=MOST)
"""What a lever's other positions bring both; the present one, which brings nothing, is added."""


@cache
def a_desk() -> Workspace:
    """Room for more levers than are sorted in one by one, four times over."""
    names = [f"l{i}" for i in range(5 * SOME)]
    actors = {name: make.actor({"x": 1.0}) for name in ("ada", "ben")}
    levers = {name: make.lever("ada") for name in names}
    interests = {"x": make.interest(make.term("levers.l0"))}
    room = make.channel(("ada", "ben"), names)
    plain = make.document(actors, levers, interests, channels={"room": room}, turns=1)
    return new_state(compile_scenario(make.scenario(plain)).structure).workspace


def lay(levers: list[list[tuple[float, float]]]) -> Workspace:
    """Put levers on the work, each with its present position, 0, in the middle of the others."""
    work = a_desk()
    for i, gains in enumerate(levers):
        middle = len(gains) // 2
        rows = [*gains[:middle], (0.0, 0.0), *gains[middle:]]
        work.counts[i] = len(rows)
        work.points[i, : len(rows)] = np.arange(len(rows)) - middle
        work.first[i, : len(rows)], work.second[i, : len(rows)] = np.transpose(rows)
        find_chain(work, i)
    list_concessions(work, len(levers))
    return work


def agreed(work: Workspace, levers: int) -> tuple[float, float]:
    """What both gain by the Nash bargain on the whole frontier."""
    last = sort_concessions(work, levers)
    add_vertices(work, levers, last)
    position = choose_position(
        work.us, work.vs, last, NASH, 0.5, NOTHING, (-1e-12, -1e-12), NOTHING, 1.0
    )
    if position < 0.0:
        return NOTHING
    return value_at(work.us, position), value_at(work.vs, position)


@settings(deadline=None)
@given(st.lists(LEVER, min_size=1, max_size=6))
def test_a_table_is_left_alone_where_the_frontier_has_nothing_for_both(
    levers: list[list[tuple[float, float]]],
) -> None:
    work = lay(levers)
    is_left = stay(work, len(levers))
    chosen = work.chosen[: len(levers)].copy()
    first, second = agreed(work, len(levers))
    assert is_left == (first + second < 1e-9)
    if is_left:
        here = [work.points[i].tolist().index(chosen[i]) for i in range(len(levers))]
        assert all(work.first[i, j] == 0.0 == work.second[i, j] for i, j in enumerate(here))


def test_by_hand() -> None:
    """One lever costs the first 2 for 3 to the second, the other gives it 1 for 2 or for 1."""
    gives, dear, cheap = [(-2.0, 3.0)], [(1.0, -2.0)], [(1.0, -1.0)]
    assert stay(lay([gives]), 1)
    assert stay(lay([gives, dear]), 2)
    assert not stay(lay([gives, cheap]), 2)
    assert not stay(lay([[(0.1, 0.0)]]), 1)
    assert not stay(lay([[(0.0, 0.1)]]), 1)


@pytest.mark.parametrize(
    ("least", "is_met"), [((0.0, 0.0), True), ((0.0, 0.1), False), ((0.1, 0.0), False)]
)
def test_a_table_left_alone_meets_no_reservation_above_nothing(
    least: tuple[float, float], is_met: bool
) -> None:
    model = Model(make.scenario(two_issues((0.5, 0.5), (0.5, 0.5))))
    appraise(*model.arrays)
    work = model.arrays[2].workspace
    work.levers[:2] = 0, 1
    lay_out(*model.arrays, 0, 2)
    assert search(*model.arrays, 0, NASH, least, NOTHING, NOTHING, 2) == (is_met, 0.0, 0.0)


def test_a_party_below_its_threat_point_concedes() -> None:
    """(3 - 2 t) 3 t is highest at t = 3 / 4: it pays where no agreement would hurt more."""
    lay([[(-2.0, 3.0)]])
    found = best_on_frontier(a_desk(), 1, NASH, 0.5, (-3.0, 0.0), (-3.0, 0.0), NOTHING, 1.0, 0)
    assert found == (True, -1.5, 2.25)


@settings(deadline=None)
@given(st.integers(1, 5 * SOME), st.integers(0, 99))
def test_many_levers_are_sorted_together(levers: int, seed: int) -> None:
    """More than are sorted in one by one: rates fall, and equal ones keep the levers' order."""
    draws = np.random.default_rng(seed)
    work = lay([[(-1.0, float(x)), (-3.0, 4.0)] for x in draws.integers(0, 5, levers)])
    last = sort_concessions(work, levers)
    rates, order = work.rates[:last], work.order[:last]
    assert sorted(order.tolist()) == list(range(last))
    assert order.tolist() == sorted(range(last), key=lambda k: -rates[k])
