"""Oracles of trade under sanctions: a market of few sellers, and what leaks round a sanction."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from minsksim.rules.cournot import Market, Seller, cournot
from minsksim.rules.leakage import rerouted_share, sanction_loss
from minsksim.verify.oracle import Oracle

_CASES = {
    "three_sellers": (Seller(2.0), Seller(2.5), Seller(3.0)),
    "tariff_on_first": (Seller(2.0, tariff=0.4), Seller(2.5), Seller(3.0)),
    "third_sanctioned": (Seller(2.0), Seller(2.5), Seller(3.0, is_sanctioned=True)),
    "third_state_owned": (Seller(2.0), Seller(2.5), Seller(3.0, profit_weight=0.5)),
}


def _market(case: str) -> Market:
    return cournot(10.0, 1.0, _CASES[case])


def _price(case: str) -> float:
    return _market(case).price


def _quantity(case: str, seller: int) -> float:
    return float(_market(case).quantities[seller - 1])


def _profit(case: str, seller: int) -> float:
    return float(_market(case).profits[seller - 1])


def _pass_through() -> float:
    return (_price("tariff_on_first") - _price("three_sellers")) / 0.4


def _rivals_loss() -> float:
    """Return what the first seller loses when the sanction on the third is lifted."""
    return _profit("third_sanctioned", 1) - _profit("three_sellers", 1)


def _effect_of_support(capacity: float) -> float:
    """Return the rise in the rerouted share when a friendly government helps."""
    return rerouted_share(capacity, 0.25, 1.0) - rerouted_share(capacity, 0.25, 0.0)


def _few(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    source = "fershtman_judd1987" if "state_owned" in case else "cournot1838"
    return Oracle(f"cournot.{case}", "Market of few sellers", source, expected, compute)


def _leak(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    return Oracle(f"leakage.{case}", "Leakage of a sanction", "early2011", expected, compute)


ORACLES: tuple[Oracle, ...] = (
    _few("price", 4.375, partial(_price, "three_sellers")),
    *(
        _few(f"quantity_of_seller_{seller}", expected, partial(_quantity, "three_sellers", seller))
        for seller, expected in ((1, 2.375), (2, 1.875), (3, 1.375))
    ),
    _few("tariff_pass_through", 0.25, _pass_through),
    _few("price_with_third_sanctioned", 4.833333, partial(_price, "third_sanctioned")),
    _few("rivals_profit_without_sanction", 5.640625, partial(_profit, "three_sellers", 1)),
    _few("rivals_profit_under_sanction", 8.027778, partial(_profit, "third_sanctioned", 1)),
    _few("rivals_loss_from_relief", 2.387153, _rivals_loss),
    _few("price_with_state_owned_third", 4.0, partial(_price, "third_state_owned")),
    *(
        _few(
            f"state_owned_third_quantity_of_seller_{seller}",
            expected,
            partial(_quantity, "third_state_owned", seller),
        )
        for seller, expected in ((1, 2.0), (2, 1.5), (3, 2.5))
    ),
    _leak("support_without_capacity", 0.0, partial(_effect_of_support, 0.0)),
    _leak("support_with_capacity", 0.6, partial(_effect_of_support, 0.8)),
    _leak("loss_without_rerouting", 40.0, partial(sanction_loss, 40.0, 0.0, 0.7)),
    _leak("loss_with_a_quarter_rerouted", 37.0, partial(sanction_loss, 40.0, 0.25, 0.7)),
)
