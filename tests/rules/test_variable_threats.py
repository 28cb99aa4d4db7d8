"""Threats on a frontier: levers by hand and by brute force, and the one division they lead to.

That no other threat helps who makes it is in ``test_protocols_on_frontiers.py``.
"""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minsksim.rules.bargaining import nash_position, value_at
from minsksim.rules.variable_threats import (
    best_threats,
    is_credible,
    is_steeper,
    lead,
    threat_point,
)

PIE = (np.array([4.0, 0.0]), np.array([0.0, 4.0]))
SEED = st.integers(0, 2**32 - 1)
ALPHA = st.sampled_from([0.25, 0.5, 0.625])


def draw_table(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Levers of either party with up to four positions; whole numbers, so that ties are common."""
    rng = np.random.default_rng(seed)
    levers = int(rng.integers(1, 5))
    gains = -rng.integers(0, 5, (2, levers, 4)) / 4.0
    gains[:, :, 0] = 0.0
    counts, owners = rng.integers(1, 5, levers), rng.integers(0, 2, levers)
    return gains[0], gains[1], counts, owners


def draw_frontier(seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    edges = rng.integers(1, 5, (int(rng.integers(1, 4)), 2)).astype(float)
    falls, rises = edges[np.argsort(-edges[:, 1] / edges[:, 0], kind="stable")].T
    return np.append(falls[::-1].cumsum()[::-1], 0.0), np.append(0.0, rises.cumsum())


def test_lead_by_hand() -> None:
    """3/4 * 1/4 * 2 - 1/4 * 3/4 * 1, and what counts for whom at the ends."""
    assert lead(2.0, 1.0, 0.25, 0.25) == 0.1875
    assert lead(2.0, 1.0, 1.0, 0.25) == 1.5
    assert lead(2.0, 1.0, 0.0, 0.25) == -0.25


def test_a_threat_that_costs_what_backing_down_costs_is_carried_out() -> None:
    assert is_credible(-0.25, 0.25)
    assert not is_credible(-0.25, 0.125)
    assert is_credible(0.0, 0.0)


@pytest.mark.parametrize(
    ("ones", "twos", "owner", "expected"),
    [
        # what hurts oneself less than the other is worth threatening
        ([0.0, -1.0, -1.0], [0.0, -2.0, -3.0], 0, (-1.0, -3.0)),
        ([0.0, -1.0, -1.0], [0.0, -0.5, -0.75], 0, (0.0, 0.0)),
        ([0.0, -2.0, -3.0], [0.0, -1.0, -1.0], 1, (-3.0, -1.0)),
        ([0.0, -0.5, -0.75], [0.0, -1.0, -1.0], 1, (0.0, 0.0)),
        # the first of those that are equally good
        ([0.0, -1.0, -2.0], [0.0, -2.0, -3.0], 0, (-1.0, -2.0)),
        ([0.0, -1.0, -2.0], [0.0, -1.0, -2.0], 0, (0.0, 0.0)),
        ([0.0, -2.0, -3.0], [0.0, -1.0, -2.0], 1, (-2.0, -1.0)),
    ],
)
def test_one_lever_by_hand(
    ones: list[float], twos: list[float], owner: int, expected: tuple[float, float]
) -> None:
    rows = np.array([ones]), np.array([twos]), np.array([3]), np.array([owner])
    assert best_threats(*rows, 1, 0.5, 0.5) == expected


@given(SEED, st.floats(0.05, 0.95), ALPHA)
def test_no_other_pair_of_threats_leads_by_more(seed: int, share: float, alpha: float) -> None:
    """Brute force over all that both can do: the saddle point of the lead."""
    ones, twos, counts, owners = draw_table(seed)
    levers = len(counts)
    found = lead(*best_threats(ones, twos, counts, owners, levers, share, alpha), share, alpha)

    def leads(owner: int) -> list[float]:
        mine = [i for i in range(levers) if owners[i] == owner]
        return [
            lead(
                sum(ones[i, j] for i, j in zip(mine, row, strict=True)),
                sum(twos[i, j] for i, j in zip(mine, row, strict=True)),
                share,
                alpha,
            )
            for row in itertools.product(*(range(counts[i]) for i in mine))
        ]

    assert found == pytest.approx(max(leads(0)) + min(leads(1)), abs=1e-12)


def test_a_rate_that_is_met_is_not_exceeded() -> None:
    """The pie passes on one util for each: t = 1/2."""
    assert not is_steeper(*PIE, 1, (0.0, 0.0), 0.5, 0.5)
    assert is_steeper(*PIE, 1, (0.0, 0.0), 0.5 - 1e-9, 0.5)
    # a vertex at (1, 1) over (0, -1): 2 for each, t = 2/3
    bent = np.array([1.25, 1.0, 0.0]), np.array([0.0, 1.0, 1.25])
    assert is_steeper(*bent, 2, (0.0, -1.0), 2 / 3 - 1e-9, 0.5)
    assert not is_steeper(*bent, 2, (0.0, -1.0), 2 / 3 + 1e-9, 0.5)
    # alpha = 1/3 halves it, t = 1/2
    assert is_steeper(*bent, 2, (0.0, -1.0), 0.5 - 1e-9, 1 / 3)
    assert not is_steeper(*bent, 2, (0.0, -1.0), 0.5 + 1e-9, 1 / 3)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        # what costs the first 1 and the second 2 is worth threatening below a rate of 2: at the
        # vertex over (-1, -2), where (1 + 2) / (1 + 1) pass on; not on the edge that passes on 4
        (0.0, (-1.0, -2.0)),
        (-8.0, (0.0, -8.0)),
    ],
)
def test_the_rate_of_the_frontier_decides(value: float, expected: tuple[float, float]) -> None:
    """A second lever that the first moves for nothing puts the division on the steep edge."""
    bent = np.array([1.25, 1.0, 0.0]), np.array([0.0, 1.0, 1.25])
    ones, twos = np.array([[0.0, -1.0], [0.0, 0.0]]), np.array([[0.0, -2.0], [0.0, value]])
    point = threat_point(*bent, 2, 0.5, ones, twos, np.array([2, 2]), np.array([0, 0]), 2)
    assert point == expected


@given(SEED, ALPHA)
@example(
    84214272, 0.25
)  # two levers whose changes cancel: the same threats in sum, and not between
def test_whoever_changes_threats_alone_gets_no_more(seed: int, alpha: float) -> None:
    """Nash 1953, by brute force over the pure threats of each, ties and all."""
    first, second = draw_frontier(seed)
    ones, twos, counts, owners = draw_table(seed)
    levers, last = len(counts), len(first) - 1

    def division(d: tuple[float, float]) -> tuple[float, float]:
        position = nash_position(first, second, last, alpha, *d)
        return value_at(first, position), value_at(second, position)

    points: dict[tuple[int, ...], tuple[float, float]] = {}
    for row in itertools.product(*(range(count) for count in counts)):
        d = tuple(float(sum(g[i, j] for i, j in enumerate(row))) for g in (ones, twos))
        points[row] = division((d[0], d[1]))
    place = {owner: [i for i in range(levers) if owners[i] == owner] for owner in (0, 1)}
    acts = {
        owner: list(itertools.product(*(range(counts[i]) for i in place[owner])))
        for owner in (0, 1)
    }

    def utility(one: tuple[int, ...], two: tuple[int, ...]) -> float:
        row = [0] * levers
        for owner, act in ((0, one), (1, two)):
            for i, j in zip(place[owner], act, strict=True):
                row[i] = j
        return points[tuple(row)][0]

    # what the first gets falls where the second's gain rises: one table, as in a zero-sum game
    table = np.array([[utility(one, two) for two in acts[1]] for one in acts[0]])
    secured, held = table.min(axis=1).max(), table.max(axis=0).min()
    assert secured == pytest.approx(held, abs=1e-9)
    point = threat_point(first, second, last, alpha, ones, twos, counts, owners, levers)
    assert division(point)[0] == pytest.approx(secured, abs=1e-9)
