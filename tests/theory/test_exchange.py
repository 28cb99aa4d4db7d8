"""Exchange of positions: equal gains, externalities, and when nothing moves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from published import read_rows

from minsksim import UsageError
from minsksim.theory.compromise import compromise
from minsksim.theory.exchange import exchange, gains_by_issue

WANTED = np.array([[0.0, 0.0], [100.0, 100.0], [60.0, 30.0]])
SALIENCE = np.array([[0.2, 0.8], [0.6, 0.4], [0.5, 0.5]])
CAPABILITY = np.array([1.0, 2.0, 1.0])
positions = arrays.arrays(float, (4, 3), elements=st.integers(0, 100).map(float))
weights = arrays.arrays(float, (4, 3), elements=st.integers(1, 10).map(float))
powers = arrays.arrays(float, 4, elements=st.integers(1, 10).map(float))


def after_exchange(
    wanted: np.ndarray, salience: np.ndarray, capability: np.ndarray, issues: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return positions taken by the first two, the shifts and everybody's gains by issue."""
    taken = exchange(wanted, salience, capability, (0, 1), issues)
    before = compromise(wanted, salience, capability)
    after = compromise(taken, salience, capability)
    return taken, after - before, gains_by_issue(wanted, salience, before, after)


def test_an_exchange_worked_by_hand() -> None:
    """B9: equal gains 3.508772, and a third who loses 5.263158 and gains 3.508772."""
    taken, shifts, gains = after_exchange(WANTED, SALIENCE, CAPABILITY, (0, 1))
    np.testing.assert_allclose(taken, [[100, 0], [100, 81.578947], [60, 30]], atol=1e-6)
    np.testing.assert_allclose(shifts, (10.526316, -7.017544), atol=1e-6)
    np.testing.assert_allclose(gains.sum(axis=1), (3.508772, 3.508772, -1.754386), atol=1e-6)
    np.testing.assert_allclose(gains[2], (-5.263158, 3.508772), atol=1e-6)
    np.testing.assert_array_equal(WANTED[0], (0.0, 0.0))


@given(positions, weights, powers)
def test_both_gain_the_same_or_nothing_moves(
    wanted: np.ndarray, salience: np.ndarray, capability: np.ndarray
) -> None:
    taken, shifts, gains = after_exchange(wanted, salience, capability, (0, 2))
    one, other = gains.sum(axis=1)[:2]
    assert one == pytest.approx(other, abs=1e-9)
    moves = np.argwhere(taken != wanted)
    if one <= 1e-12:
        assert len(moves) == 0
        return
    assert {tuple(move) for move in moves} == {(0, 0), (1, 2)}
    assert abs(shifts[1]) < 1e-12
    assert min(wanted[0, 0], wanted[1, 0]) - 1e-9 <= taken[0, 0]
    assert taken[0, 0] <= max(wanted[0, 0], wanted[1, 0]) + 1e-9


@given(positions, weights, powers)
def test_the_exchange_is_as_large_as_it_can_be(
    wanted: np.ndarray, salience: np.ndarray, capability: np.ndarray
) -> None:
    """One of the two gives full support, or moves the compromise onto the other's position."""
    taken, shifts, gains = after_exchange(wanted, salience, capability, (0, 2))
    if gains[0].sum() <= 1e-9:
        return
    middle = compromise(wanted, salience, capability) + shifts
    at_the_limit = [
        taken[0, 0] == pytest.approx(wanted[1, 0]),
        taken[1, 2] == pytest.approx(wanted[0, 2]),
        middle[0] == pytest.approx(wanted[1, 0]),
        middle[2] == pytest.approx(wanted[0, 2]),
    ]
    assert any(at_the_limit)


@given(positions, weights, powers)
def test_externality_is_the_weighted_shift(
    wanted: np.ndarray, salience: np.ndarray, capability: np.ndarray
) -> None:
    """B9: nobody's distance on an issue changes by more than the compromise moves."""
    _, shifts, gains = after_exchange(wanted, salience, capability, (0, 2))
    assert np.all(np.abs(gains / salience) <= np.abs(shifts) + 1e-9)
    before = compromise(wanted, salience, capability)
    outside = (wanted - before) * (wanted - before - shifts) > 0.0
    np.testing.assert_allclose(
        np.abs(gains / salience)[outside],
        np.broadcast_to(np.abs(shifts), gains.shape)[outside],
        atol=1e-9,
    )


@given(positions, powers, st.floats(0.1, 5.0))
def test_equal_salience_ratios_leave_nothing_to_exchange(
    wanted: np.ndarray, capability: np.ndarray, scale: float
) -> None:
    """B9."""
    salience = np.tile(np.array([1.0, 2.0, 3.0]), (4, 1))
    salience[1] *= 2.0
    np.testing.assert_array_equal(exchange(wanted, salience, capability, (0, 1), (0, 2)), wanted)


def test_only_opponents_on_both_issues_exchange() -> None:
    same_side = WANTED.copy()
    same_side[1, 1] = 1.0
    same_side[2, 1] = 100.0
    found = exchange(same_side, SALIENCE, CAPABILITY, (0, 1), (0, 1))
    np.testing.assert_array_equal(found, same_side)
    wrong_way = exchange(WANTED, SALIENCE, CAPABILITY, (1, 0), (0, 1))
    np.testing.assert_array_equal(wrong_way, WANTED)


def test_scale_of_an_issue_does_not_matter() -> None:
    """Positions between 0 and 1 give a hundredth of the shifts."""
    large = exchange(WANTED, SALIENCE, CAPABILITY, (0, 1), (0, 1))
    small = exchange(WANTED / 100.0, SALIENCE, CAPABILITY, (0, 1), (0, 1))
    np.testing.assert_allclose(small, large / 100.0)
    same_side = np.array([[0.0, 0.0], [0.1, 1.0], [1.0, 0.3]])
    found = exchange(same_side, SALIENCE, CAPABILITY, (0, 1), (0, 1))
    np.testing.assert_array_equal(found, same_side)


def test_who_stands_at_the_compromise_has_no_opponent() -> None:
    wanted = np.array([[50.0, 0.0], [100.0, 100.0], [0.0, 50.0]])
    even = np.array([[1.0, 2.0], [2.0, 1.0], [2.0, 1.0]])
    assert compromise(wanted, even, np.ones(3))[0] == 50.0
    found = exchange(wanted, even, np.ones(3), (0, 1), (0, 1))
    np.testing.assert_array_equal(found, wanted)


def test_support_without_weight_moves_nothing() -> None:
    """Who does not care at all has nothing to offer in this model."""
    salience = SALIENCE.copy()
    salience[0, 0] = 0.0
    found = exchange(WANTED, salience, CAPABILITY, (0, 1), (0, 1))
    np.testing.assert_array_equal(found, WANTED)


def test_bad_input_gets_a_sentence() -> None:
    for pair, issues in (((0, 0), (0, 1)), ((0, 1), (1, 1))):
        with pytest.raises(UsageError, match="two different actors and two different issues"):
            exchange(WANTED, SALIENCE, CAPABILITY, pair, issues)


def test_climate_talks_hold_exchanges_with_equal_gains() -> None:
    rows = read_rows("decide-exchange-and-climate/copenhagen_positions.csv")
    issues = sorted({row["issue"] for row in rows})
    actors = sorted({row["actor"] for row in rows})
    table = {(row["actor"], row["issue"]): row for row in rows}
    both = [a for a in actors if all((a, issue) in table for issue in issues)]
    wanted, salience = (
        np.array([[float(table[a, issue][key]) for issue in issues] for a in both])
        for key in ("position", "salience")
    )
    capability = np.array([float(table[a, issues[0]]["power"]) for a in both])
    before = compromise(wanted, salience, capability)
    found = 0
    for i in range(len(both)):
        for j in range(len(both)):
            for n in range(1, len(issues)):
                if i == j:
                    continue
                taken = exchange(wanted, salience, capability, (i, j), (0, n))
                after = compromise(taken, salience, capability)
                gains = gains_by_issue(wanted, salience, before, after).sum(axis=1)
                assert gains[i] == pytest.approx(gains[j], abs=1e-9)
                found += bool(gains[i] > 1e-9)
    assert found > 0
