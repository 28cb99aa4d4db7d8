"""A market of few sellers: published numbers, best replies by search, and who pays for relief."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.errors import UsageError
from minsksim.rules.cournot import Seller, cournot, perceived_cost, profit

THREE = [Seller(2.0), Seller(2.5), Seller(3.0)]
sellers = st.lists(
    st.builds(
        Seller,
        st.floats(0.0, 8.0),
        st.floats(0.0, 3.0),
        st.floats(0.0, 1.0),
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)


def test_oracle_s3() -> None:
    market = cournot(10.0, 1.0, THREE)
    np.testing.assert_allclose(market.quantities, (2.375, 1.875, 1.375))
    assert market.price == pytest.approx(4.375)
    np.testing.assert_allclose(market.profits, market.quantities**2)


def test_steeper_demand_sells_less_at_the_same_price() -> None:
    market = cournot(10.0, 2.0, THREE)
    assert market.price == pytest.approx(4.375)
    np.testing.assert_allclose(market.quantities, (1.1875, 0.9375, 0.6875))
    np.testing.assert_allclose(market.profits, 2.0 * market.quantities**2)


def test_a_quarter_of_a_tariff_on_one_of_three_reaches_the_price() -> None:
    """S3: dP/dt = 1 / (n + 1); the others gain what the taxed one loses in market."""
    before, after = (cournot(10.0, 1.0, [Seller(2.0, t), *THREE[1:]]) for t in (0.0, 0.4))
    assert after.price - before.price == pytest.approx(0.1)
    np.testing.assert_allclose(after.quantities - before.quantities, (-0.3, 0.1, 0.1))
    assert after.profits[0] == pytest.approx(after.quantities[0] ** 2)


def test_lifting_a_sanction_costs_the_rival_what_nobody_at_the_table_defends() -> None:
    """S3: 5.640625 with the third seller, 8.027778 without; 2.387153 is lost by relief."""
    out = [*THREE[:2], Seller(3.0, is_sanctioned=True)]
    sanctioned, lifted = cournot(10.0, 1.0, out), cournot(10.0, 1.0, THREE)
    assert sanctioned.price == pytest.approx(4.833333, abs=1e-6)
    assert (sanctioned.quantities[2], sanctioned.profits[2]) == (0.0, 0.0)
    assert lifted.profits[0] == pytest.approx(5.640625)
    assert sanctioned.profits[0] == pytest.approx(8.027778, abs=1e-6)
    assert sanctioned.profits[0] - lifted.profits[0] == pytest.approx(2.387153, abs=1e-6)


def test_a_state_firm_ships_beyond_its_own_profit_to_bring_in_currency() -> None:
    """S3: theta = .5 on c = 3 gives q = (2, 1.5, 2.5), P = 4."""
    state = cournot(10.0, 1.0, [*THREE[:2], Seller(3.0, profit_weight=0.5)])
    np.testing.assert_allclose(state.quantities, (2.0, 1.5, 2.5))
    assert state.price == pytest.approx(4.0)
    assert state.profits[2] == pytest.approx(2.5)
    needy = cournot(10.0, 1.0, [*THREE[:2], Seller(5.0, profit_weight=0.0)])
    assert needy.profits[2] < 0.0 < needy.quantities[2]


def test_who_costs_more_than_the_price_sells_nothing_and_moves_nothing() -> None:
    with_dear = cournot(10.0, 1.0, [Seller(2.0), Seller(7.0)])
    assert with_dear.price == cournot(10.0, 1.0, [Seller(2.0)]).price == 6.0
    assert with_dear.quantities.tolist() == [4.0, 0.0]
    at_the_price = cournot(10.0, 1.0, [Seller(2.0), Seller(6.0)])
    assert (at_the_price.price, at_the_price.quantities[1]) == (6.0, 0.0)


@given(st.floats(0.2, 3.0), sellers)
def test_nobody_gains_by_selling_another_quantity(slope: float, some: list[Seller]) -> None:
    """Against the objective written out: theta profit + (1 - theta) revenue, on a grid."""
    try:
        market = cournot(10.0, slope, some)
    except UsageError:
        assert all(s.is_sanctioned or s.profit_weight * s.cost + s.tariff >= 10.0 for s in some)
        return
    assert market.price == pytest.approx(10.0 - slope * market.quantities.sum())
    grid = np.linspace(0.0, 10.0 / slope, 2001)
    for own, seller in enumerate(some):
        if seller.is_sanctioned:
            assert market.quantities[own] == 0.0
            continue
        rest = market.quantities.sum() - market.quantities[own]

        def aim(q: np.ndarray, rest: float = rest, seller: Seller = seller) -> np.ndarray:
            after_tariff = (10.0 - slope * (rest + q) - seller.tariff) * q
            return after_tariff - seller.profit_weight * seller.cost * q

        assert aim(market.quantities[own]) >= aim(grid).max() - 1e-9


def test_a_market_without_sellers_or_demand_is_refused() -> None:
    with pytest.raises(UsageError, match=r"slope is 0.0; it must be above 0"):
        cournot(10.0, 0.0, THREE)
    with pytest.raises(UsageError, match=r"slope is -1.0; it must be above 0"):
        cournot(10.0, -1.0, THREE)
    for nobody in ([], [Seller(2.0, is_sanctioned=True)], [Seller(10.0)]):
        with pytest.raises(UsageError, match="Nobody sells: every seller is sanctioned"):
            cournot(10.0, 1.0, nobody)


def test_whoever_wants_revenue_acts_on_half_its_cost() -> None:
    """fershtman_judd1987: theta 1 is a textbook seller, theta 0 sells as if it cost nothing."""
    assert [perceived_cost(theta, 4.0, 1.0) for theta in (0.0, 0.5, 1.0)] == [1.0, 3.0, 5.0]


def test_profits_are_those_of_the_market() -> None:
    market = cournot(10.0, 1.0, [Seller(2.0, tariff=0.5), Seller(4.0, profit_weight=0.5)])
    for cost, sold, earned in zip((2.5, 4.0), market.quantities, market.profits, strict=True):
        assert profit(market.price, cost, sold) == pytest.approx(earned)
