"""The Shapley value against its definition by orders of joining, and its axioms."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.errors import UsageError
from minsksim.theory.shapley import Worth, shapley_value

COUNT = 4
games = st.lists(st.floats(-5.0, 5.0), min_size=2**COUNT, max_size=2**COUNT)


def game(worths: list[float]) -> Worth:
    return lambda together: worths[sum(1 << i for i in together)]


def by_orders(actors: int, worth: Worth) -> np.ndarray:
    value = np.zeros(actors)
    orders = list(permutations(range(actors)))
    for order in orders:
        for rank, i in enumerate(order):
            value[i] += worth(frozenset(order[: rank + 1])) - worth(frozenset(order[:rank]))
    return value / len(orders)


@given(games)
def test_value_is_the_mean_over_all_orders(worths: list[float]) -> None:
    found = shapley_value(COUNT, game(worths))
    np.testing.assert_allclose(found, by_orders(COUNT, game(worths)), atol=1e-12)
    assert found.sum() == pytest.approx(worths[-1] - worths[0], abs=1e-12)


def test_gloves_and_a_loner() -> None:
    pair = shapley_value(3, lambda together: float(0 in together and len(together) > 1))
    np.testing.assert_allclose(pair, (2 / 3, 1 / 6, 1 / 6))
    np.testing.assert_array_equal(shapley_value(1, lambda together: 3.0 * len(together)), [3.0])
    assert shapley_value(16, len) == pytest.approx(np.ones(16))


def test_too_few_or_too_many_are_refused() -> None:
    for actors in (0, 17):
        with pytest.raises(UsageError, match=f"actors is {actors}; .* from 1 to 16"):
            shapley_value(actors, len)
