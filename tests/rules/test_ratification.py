"""Assent from home: edges by hand, the pie's closed form, and a search of every position."""

from __future__ import annotations

import random

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
Case = tuple[np.ndarray, np.ndarray, tuple[float, float, float]]
"""Gains of every ratifier at the vertices, what each needs, and low, high and wanted position."""


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
        homes = np.array([pie, 1.0 - pie])
        found = nearest_assent(homes, edges, np.array(needs), 0.0, float(edges), edges / 2)
        if share is None:
            assert found == -1.0
        else:
            assert value_at(pie, found) == pytest.approx(share, abs=1e-12)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Up to four at home, whose gains go up and down; needs that are often just met."""
    last, ratifiers = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    gain = st.integers(-4, 4).map(lambda quarter: quarter / 4)
    row = st.lists(gain, min_size=last + 1, max_size=last + 1)
    need = st.one_of(gain, st.just(ANY))
    place = st.integers(0, 8 * last).map(lambda eighth: eighth / 8)
    low, high = sorted((draw(place), draw(place)))
    homes = np.array([draw(row) for _ in range(ratifiers)])
    return homes, np.array([draw(need) for _ in range(ratifiers)]), (low, high, draw(place))


def assent(homes: np.ndarray, needs: np.ndarray, x: float) -> bool:
    """Return whether everybody has what it needs at a position."""
    return all(value_at(row, x) >= need - HAIR for row, need in zip(homes, needs, strict=True))


def suitable(case: Case) -> list[float]:
    """Every vertex, end and crossing, and a grid between them, that all assent to."""
    homes, needs, (low, high, wanted) = case
    places = {low, high, wanted, *np.linspace(low, high, 97)} | set(range(homes.shape[1]))
    for row, need in zip(homes, needs, strict=True):
        for k in range(len(row) - 1):
            if np.isfinite(need) and row[k] != row[k + 1]:
                share = (need - row[k]) / (row[k + 1] - row[k])
                places |= {k + share} if 0.0 <= share <= 1.0 else set()
    return [x for x in places if low <= x <= high and assent(homes, needs, x)]


DIP = [1.0, 0.0, 1.0]


@given(cases())
# the first vertex is nearest although a later edge assents, too
@example((np.array([DIP, np.zeros(3)]), np.array([1.0, 0.0]), (0.0, 2.0, 0.5)))
# the same where the first edge holds the nearest position inside
@example((np.array([DIP, np.zeros(3)]), np.array([0.5, 0.0]), (0.0, 2.0, 0.75)))
# the second ratifier assents to one position of what the first does
@example((np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([0.5, 0.5]), (0.0, 1.0, 0.0)))
# the third to none of what the first two do
@example((np.array([[0.0, 1.0], [1.0, 0.0], DIP[:2]]), np.array([0.25] * 3), (0.0, 1.0, 1.0)))
# only the last vertex is left of the frontier
@example((np.array([[0.0, 1.0], [0.0, 1.0]]), np.array([1.0, 1.0]), (1.0, 1.0, 0.0)))
def test_no_position_that_all_assent_to_is_nearer(case: Case) -> None:
    homes, needs, (low, high, wanted) = case
    found = nearest_assent(homes, homes.shape[1] - 1, needs, low, high, wanted)
    known = suitable(case)
    if not known:
        assert found == -1.0
        return
    assert low <= found <= high
    assert assent(homes, needs, found)
    assert abs(found - wanted) == pytest.approx(min(abs(x - wanted) for x in known), abs=HAIR)


def test_the_earlier_of_two_positions_as_near() -> None:
    """What is wanted lies in the middle of a dip."""
    flat = [0.0, 0.0, 0.0]
    for rows, least in (((DIP, flat), (0.5, 0.0)), ((flat, DIP), (0.0, 0.5))):
        homes, needs = np.array(rows), np.array(least)
        assert nearest_assent(homes, 2, needs, 0.0, 2.0, 1.0) == 0.5
        assert nearest_assent(homes, 2, needs, 0.0, 2.0, 1.0625) == 1.5
        assert nearest_assent(homes, 2, needs, 0.75, 2.0, 1.0) == 1.5
        assert nearest_assent(homes, 2, needs, 0.75, 1.25, 1.0) == -1.0


@given(cases(), st.randoms(use_true_random=False))
def test_ratifiers_who_change_places_change_nothing(case: Case, lots: random.Random) -> None:
    homes, needs, positions = case
    order = list(range(len(needs)))
    lots.shuffle(order)
    last = homes.shape[1] - 1
    found = nearest_assent(homes, last, needs, *positions)
    assert nearest_assent(homes[order], last, needs[order], *positions) == found


@given(cases())
def test_where_nobody_ratifies_the_wish_is_only_kept_in_bounds(case: Case) -> None:
    homes, _, (low, high, wanted) = case
    for rows in (homes, homes[:0]):
        needs = np.full(len(rows), ANY)
        found = nearest_assent(rows, homes.shape[1] - 1, needs, low, high, wanted)
        assert found == min(max(wanted, low), high)
