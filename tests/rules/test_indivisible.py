"""Levers that come in lumps: which values they move to, and which package is chosen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.indivisible import (
    beats,
    farthest_step,
    most_missed,
    next_step,
    package_rank,
)
from minsksim.rules.protocols import choose_position
from minsksim.theory.lump_packages import nash_by_enumeration
from minsksim.verify.lumps import DIVISIBLE, TABLES
from minsksim.vocabulary import (
    EGALITARIAN,
    KALAI_SMORODINSKY,
    NASH,
    SECOND_PROPOSES,
    TAKE_IT_OR_LEAVE_IT,
    ULTIMATUM,
)

ALL = (
    NASH,
    KALAI_SMORODINSKY,
    EGALITARIAN,
    TAKE_IT_OR_LEAVE_IT,
    SECOND_PROPOSES,
    ULTIMATUM,
)
TENTHS = st.integers(-10, 20).map(lambda tenths: tenths / 10)
STEPS = st.lists(st.integers(0, 20), min_size=1, max_size=6, unique=True).map(
    lambda values: np.array(sorted(values), dtype=float)
)
NONE = (0.0, 0.0)


@given(STEPS, TENTHS, TENTHS)
def test_the_next_and_the_farthest_step_lie_on_the_way(
    steps: np.ndarray, now: float, limit: float
) -> None:
    low, high = min(now, limit), max(now, limit)
    on_the_way = [x for x in steps if low <= x <= high and x != now]
    near = min(on_the_way, key=lambda x: abs(x - now), default=now)
    far = max(on_the_way, key=lambda x: abs(x - now), default=now)
    assert next_step(steps, now, limit) == near
    assert farthest_step(steps, now, limit) == far


def test_a_step_missed_by_rounding_is_reached() -> None:
    steps = np.array([50.0, 50.2, 50.3])
    assert next_step(steps, 50.3, 50.3 - 0.1) == 50.2
    assert farthest_step(steps, 50.0, 50.0 + 0.1 + 0.1) == 50.2


@pytest.mark.parametrize("case", TABLES)
def test_the_six_tables_by_enumeration(case: str) -> None:
    payoffs, steps, alpha, reservation, expected = TABLES[case]
    lumps, gains = nash_by_enumeration(payoffs, steps, alpha, reservation)
    assert gains == pytest.approx(expected, abs=1e-6)
    chosen = {
        "L1": (1.0, 0.0, 0.5),
        "L2": (0.0, 1.0, 0.0),
        "L3": (0.0, 0.5, 0.0),
        "L4": (0.5, 0.0, 1.0),
        "L5": (1.0, 1.0, 0.0),
        "L6": (0.0, 1.0, 1.0),
    }
    assert lumps == chosen[case]
    free: list[Sequence[float]] = [()] * 4
    _, gains = nash_by_enumeration(payoffs, free, alpha, reservation)
    assert gains == pytest.approx(DIVISIBLE[case], abs=1e-6)


def test_nothing_suits_both() -> None:
    lumps, gains = nash_by_enumeration([(-0.2, 0.1)], [(0.0, 1.0)], 0.5, (0.1, 0.1))
    assert (lumps, gains) == ((0.0,), (0.0, 0.0))


@pytest.mark.parametrize("protocol", [EGALITARIAN, KALAI_SMORODINSKY])
def test_on_a_tie_the_better_off_decides(protocol: int) -> None:
    ask = (protocol, 0.5, NONE, NONE, (1.0, 1.0), 0.0)
    assert beats(package_rank((0.3, 0.5), *ask), package_rank((0.3, 0.3), *ask))
    assert not beats(package_rank((0.3, 0.3), *ask), package_rank((0.3, 0.5), *ask))


GAIN = st.floats(0.01, 1.0)


@given(
    st.sampled_from(ALL),
    st.lists(st.tuples(GAIN, GAIN), min_size=1, max_size=5),
    st.tuples(GAIN, GAIN),
    st.floats(0.1, 0.9),
    st.floats(0.0, 20.0),
)
def test_the_position_a_protocol_takes_has_the_highest_rank(
    protocol: int,
    concessions: list[tuple[float, float]],
    begin: tuple[float, float],
    alpha: float,
    rationality: float,
) -> None:
    """So that what is chosen on a frontier bounds all that is below it."""
    falls, rises = np.array(sorted(concessions, key=lambda one: one[0] / one[1])).T
    us = begin[0] + falls.sum() - np.concatenate([[0.0], np.cumsum(falls)])
    vs = begin[1] + np.concatenate([[0.0], np.cumsum(rises)])
    last, ideal = len(us) - 1, (float(us[0]), float(vs[-1]))
    terms = (alpha, NONE, NONE, ideal, rationality)
    position = choose_position(us, vs, last, protocol, *terms)
    at = np.arange(last + 1)
    chosen = np.interp(position, at, us), np.interp(position, at, vs)
    rank = package_rank((float(chosen[0]), float(chosen[1])), protocol, *terms)
    for place in np.linspace(0.0, last, 101):
        other = float(np.interp(place, at, us)), float(np.interp(place, at, vs))
        assert package_rank(other, protocol, *terms)[0] <= rank[0] + 1e-9


@given(st.floats(0.1, 3.0), st.floats(-3.0, 3.0), st.integers(2, 20))
def test_no_concave_curve_exceeds_its_chords_by_more(rho: float, slope: float, cells: int) -> None:
    """|1 - z|**rho or z**rho, whichever is concave, with any slope added."""
    points, fine = np.linspace(0.0, 1.0, cells + 1), np.linspace(0.0, 1.0, 2001)

    def curve(z: np.ndarray) -> np.ndarray:
        return (z**rho if rho < 1.0 else -((1.0 - z) ** rho)) + slope * z

    above = curve(fine) - np.interp(fine, points, curve(points))
    assert above.max() <= most_missed(curve(points), cells + 1) + 1e-12 or cells < 2
