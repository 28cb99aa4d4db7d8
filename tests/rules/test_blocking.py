"""Blocking: who outside can stop an agreement, and what is wasted where nobody can."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim import UsageError
from minsksim.rules.blocking import goes_ahead, loss, price_of_blocking, waste, worst_hit

surpluses = st.floats(-1.0, 1.0)
harms = st.floats(0.0, 1.0)


@pytest.mark.parametrize(
    ("surplus", "harm", "without", "with_payments"),
    [
        (0.4, 0.6, True, False),
        (0.6, 0.4, True, True),
        (0.5, 0.5, True, True),
        (0.0, 0.5, False, False),
        (0.0, 0.0, False, False),
        (-0.1, 0.0, False, False),
        (0.1, 0.0, True, True),
    ],
)
def test_who_agrees(surplus: float, harm: float, without: bool, with_payments: bool) -> None:
    """B10: without payments iff S > 0; with them blocked iff h > S."""
    assert goes_ahead(surplus, harm, can_pay=False) is without
    assert goes_ahead(surplus, harm, can_pay=True) is with_payments


def test_half_of_the_square_is_wasted() -> None:
    """B10: S, h even on [0, 1]: the inefficient share is 1/2, the mean waste 1/6."""
    marks = (np.arange(400) + 0.5) / 400
    lost = np.array([[waste(s, h, can_pay=False) for h in marks] for s in marks])
    assert (lost > 0.0).mean() == pytest.approx(0.5, abs=0.002)
    assert lost.mean() == pytest.approx(1 / 6, abs=0.001)


@given(surpluses, harms)
def test_payments_end_the_waste(surplus: float, harm: float) -> None:
    assert waste(surplus, harm, can_pay=True) == 0.0
    lost = waste(surplus, harm, can_pay=False)
    assert (lost > 0.0) is (0.0 < surplus < harm)
    if lost:
        assert lost == harm - surplus


@given(surpluses, harms)
def test_the_price_is_paid_exactly_where_it_blocks(surplus: float, harm: float) -> None:
    price = price_of_blocking(surplus, harm)
    is_blocked = goes_ahead(surplus, harm, can_pay=False) and not goes_ahead(
        surplus, harm, can_pay=True
    )
    assert price == (surplus if is_blocked else 0.0)
    assert 0.0 <= price <= harm


def test_bad_input_gets_a_sentence() -> None:
    with pytest.raises(UsageError, match=r"harm is -0.1; it must not be negative"):
        goes_ahead(0.5, -0.1, can_pay=True)


@given(st.lists(st.tuples(st.integers(-4, 4).map(float), st.booleans()), max_size=6))
def test_the_worst_hit_outsider_is_the_first_of_those_who_lose_most(
    actors: list[tuple[float, bool]],
) -> None:
    changes, is_party = [change for change, _ in actors], [sits for _, sits in actors]
    losses = [0.0 if sits else loss(change) for change, sits in actors]
    most = max(losses, default=0.0)
    expected = (losses.index(most), most) if most > 0.0 else (-1, 0.0)
    assert worst_hit(changes, is_party) == expected


def test_only_a_loss_is_one() -> None:
    assert [loss(change) for change in (-0.5, 0.0, 0.5)] == [0.5, 0.0, 0.0]
