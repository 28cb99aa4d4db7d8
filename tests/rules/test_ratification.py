"""Assent from home: edges by hand, the pie's closed form, and a search of every position."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from minsksim.rules.bargaining import value_at
from minsksim.rules.ratification import assent_in_edge, nearest_assent
from minsksim.theory.ratification import ratified_nash

WHOLE = (0.0, 1.0)
NOBODY = (1.0, 0.0)
ANY = -np.inf
HAIR = 1e-9
Case = tuple[np.ndarray, np.ndarray, tuple[float, float], tuple[float, float, float]]


@pytest.mark.parametrize(
    ("before", "after", "needs", "span", "part"),
    [
        (1.0, 2.0, 0.5, WHOLE, WHOLE),
        (0.0, 0.25, 0.5, WHOLE, NOBODY),
        (0.0, 2.0, 0.5, WHOLE, (0.25, 1.0)),
        (2.0, 0.0, 0.5, WHOLE, (0.0, 0.75)),
        (-1.0, 1.0, -0.5, WHOLE, (0.25, 1.0)),
        (1.0, -1.0, -0.5, WHOLE, (0.0, 0.75)),
        # the span is cut, and never widened
        (0.0, 2.0, 0.5, (0.5, 0.75), (0.5, 0.75)),
        (2.0, 0.0, 0.5, (0.25, 0.5), (0.25, 0.5)),
        (0.0, 2.0, 0.5, (0.0, 0.125), NOBODY),
        (2.0, 0.0, 0.5, (0.875, 1.0), NOBODY),
        # just enough is enough: at one end, at one position, all along
        (0.0, 0.5, 0.5, WHOLE, (1.0, 1.0)),
        (0.5, 0.0, 0.5, WHOLE, (0.0, 0.0)),
        (0.0, 2.0, 0.5, (0.0, 0.25), (0.25, 0.25)),
        (0.5, 0.5, 0.5, (0.25, 0.75), (0.25, 0.75)),
        (0.0, 1.0, ANY, (0.25, 0.75), (0.25, 0.75)),
    ],
)
def test_edges_by_hand(
    before: float,
    after: float,
    needs: float,
    span: tuple[float, float],
    part: tuple[float, float],
) -> None:
    assert assent_in_edge(before, after, needs, span) == part


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_half_a_pie_moved_to_what_both_ratify(home: float, foreign: float) -> None:
    """S6: clip(1/2, r_H, 1 - r_F), on a pie in one piece and on one cut into four."""
    assume(abs(home + foreign - 1.0) > HAIR)
    share = ratified_nash(home, foreign)
    for edges in (1, 4):
        pie = np.linspace(1.0, 0.0, edges + 1)
        needs = home, foreign
        found = nearest_assent((pie, 1.0 - pie), edges, needs, 0.0, float(edges), edges / 2)
        if share is None:
            assert found == -1.0
        else:
            assert value_at(pie, found) == pytest.approx(share, abs=1e-12)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Gains at home that go up and down along a frontier; needs that are often just met."""
    last = draw(st.integers(1, 5))
    gain = st.integers(-4, 4).map(lambda quarter: quarter / 4)
    row = st.lists(gain, min_size=last + 1, max_size=last + 1)
    need = st.one_of(gain, st.just(ANY))
    place = st.integers(0, 8 * last).map(lambda eighth: eighth / 8)
    low, high = sorted((draw(place), draw(place)))
    positions = low, high, draw(place)
    return np.array(draw(row)), np.array(draw(row)), (draw(need), draw(need)), positions


def suitable(case: Case) -> list[float]:
    """Every vertex, end and crossing, and a grid between them, that both assent to."""
    one, two, needs, (low, high, wanted) = case
    places = {low, high, wanted, *np.linspace(low, high, 97)} | set(range(len(one)))
    for row, need in zip((one, two), needs, strict=True):
        for k in range(len(row) - 1):
            if np.isfinite(need) and row[k] != row[k + 1]:
                share = (need - row[k]) / (row[k + 1] - row[k])
                places |= {k + share} if 0.0 <= share <= 1.0 else set()
    inside = [x for x in places if low <= x <= high]
    return [
        x
        for x in inside
        if value_at(one, x) >= needs[0] - HAIR and value_at(two, x) >= needs[1] - HAIR
    ]


@given(cases())
# the first vertex is nearest although a later edge assents, too
@example((np.array([1.0, 0.0, 1.0]), np.zeros(3), (1.0, 0.0), (0.0, 2.0, 0.5)))
# the same where the first edge holds the nearest position inside
@example((np.array([1.0, 0.0, 1.0]), np.zeros(3), (0.5, 0.0), (0.0, 2.0, 0.75)))
# the second ratifier assents to one position of what the first does
@example((np.array([0.0, 1.0]), np.array([1.0, 0.0]), (0.5, 0.5), (0.0, 1.0, 0.0)))
# only the last vertex is left of the frontier
@example((np.array([0.0, 1.0]), np.array([0.0, 1.0]), (1.0, 1.0), (1.0, 1.0, 0.0)))
def test_no_position_that_both_assent_to_is_nearer(case: Case) -> None:
    one, two, needs, (low, high, wanted) = case
    found = nearest_assent((one, two), len(one) - 1, needs, low, high, wanted)
    known = suitable(case)
    if not known:
        assert found == -1.0
        return
    assert low <= found <= high
    assert value_at(one, found) >= needs[0] - HAIR
    assert value_at(two, found) >= needs[1] - HAIR
    assert abs(found - wanted) == pytest.approx(min(abs(x - wanted) for x in known), abs=HAIR)


def test_the_earlier_of_two_positions_as_near() -> None:
    """What is wanted lies in the middle of a dip."""
    dip, flat = np.array([1.0, 0.0, 1.0]), np.zeros(3)
    for homes, needs in (((dip, flat), (0.5, 0.0)), ((flat, dip), (0.0, 0.5))):
        assert nearest_assent(homes, 2, needs, 0.0, 2.0, 1.0) == 0.5
        assert nearest_assent(homes, 2, needs, 0.0, 2.0, 1.0625) == 1.5
        assert nearest_assent(homes, 2, needs, 0.75, 2.0, 1.0) == 1.5
        assert nearest_assent(homes, 2, needs, 0.75, 1.25, 1.0) == -1.0


@given(cases())
def test_ratifiers_who_change_places_change_nothing(case: Case) -> None:
    one, two, needs, positions = case
    found = nearest_assent((one, two), len(one) - 1, needs, *positions)
    assert nearest_assent((two, one), len(one) - 1, needs[::-1], *positions) == found


@given(cases())
def test_where_nobody_ratifies_the_wish_is_only_kept_in_bounds(case: Case) -> None:
    one, two, _, (low, high, wanted) = case
    found = nearest_assent((one, two), len(one) - 1, (ANY, ANY), low, high, wanted)
    assert found == min(max(wanted, low), high)
