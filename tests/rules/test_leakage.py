"""Leakage: support and capacity work together or not at all; nobody pays more than the loss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.rules.leakage import rerouted_share, sanction_loss

SHARE = st.floats(0.0, 1.0)


@given(SHARE, SHARE)
def test_political_support_alone_reroutes_nothing(unasked: float, political: float) -> None:
    """S2, early2011: no capacity, no effect."""
    assert rerouted_share(0.0, unasked, political) == 0.0


def test_together_they_do() -> None:
    """The rise by political support is k (1 - b): .8 x .75 = .6."""
    with_support, without = (rerouted_share(0.8, 0.25, p) for p in (1.0, 0.0))
    assert with_support - without == pytest.approx(0.6)
    assert (with_support, without) == pytest.approx((0.8, 0.2))


@given(SHARE, SHARE, SHARE)
def test_no_more_is_rerouted_than_the_ports_can_carry(k: float, b: float, p: float) -> None:
    assert 0.0 <= rerouted_share(k, b, p) <= k * (1.0 + 1e-15)


def test_loss_falls_by_what_rerouting_saves() -> None:
    """S2: dL/drho = -s (1 - tau): 40 x .3 x .25 = 3 less."""
    assert sanction_loss(40.0, 0.0, 0.7) == pytest.approx(40.0)
    assert sanction_loss(40.0, 0.25, 0.7) == pytest.approx(37.0)
    assert sanction_loss(40.0, 1.0, 0.7) == pytest.approx(28.0)
    assert sanction_loss(40.0, 0.5, 1.0) == pytest.approx(40.0)


def test_a_neighbours_port_lowers_the_price_of_relief() -> None:
    losses = [sanction_loss(1.0, rerouted_share(k, 0.5, 0.5), 0.3) for k in (0.0, 0.4, 0.8)]
    assert losses == pytest.approx([1.0, 0.79, 0.58])
