"""Oracles of an outsider's counter-offer, and of several who must ratify."""

from __future__ import annotations

from functools import partial

import numpy as np

from minsksim.engine.single_run import run_scenario
from minsksim.rules.counter_offer import is_worth_bidding, least_to_switch, stake_in_bid
from minsksim.rules.ratification import nearest_assent
from minsksim.theory.counter_offer import cheapest_bid, critical_stake
from minsksim.verify.oracle import Oracle

_STAKE = "interests.rivalry.terms.harbour.effect"
_BOTH, _HAIR = 0.8, 1e-6
_SERVES, _COSTS = np.array([0.3, 0.5, 0.2]), np.array([0.3, 0.2, 0.15])


def _case(measure: str, variant: str = "", stake: float = 0.5) -> float:
    """Return what one run of the textbook case measures: no draw changes it."""
    return float(run_scenario(f"outbid{variant}", point={_STAKE: -stake}).measures[measure])


def _least_stake(variant: str = "") -> float:
    """Return the stake from which South outbids in a run, by halving."""
    low, high = 0.0, 0.9
    while high - low > _HAIR:
        middle = (low + high) / 2.0
        is_outbid = _case("outbid", variant, middle) > 0.0
        low, high = (low, middle) if is_outbid else (middle, high)
    return high


def _bids(stake: float) -> float:
    """Return 1 if an outsider bids for a party that gains 0.4 by a package, at a price of 1."""
    bid = stake_in_bid(-least_to_switch(0.4, 0.0), -stake)
    return 1.0 if is_worth_bidding(bid, 0.0) else 0.0


def _ratified_grant(friends: float) -> float:
    """Return the grant that both at home accept, nearest to 0.6; -1 if there is none.

    The frontier goes from no grant to a grant of 1, with the harbour open. The treasury gains 0.7
    less the grant and needs 0.2; the friends of Isle gain the grant.
    """
    homes = np.array([[0.7, -0.3], [0.0, 1.0]])
    return nearest_assent(homes, 1, np.array([0.2, friends]), 0.2, 1.0, 0.6)


_BID, _HOME = "An outsider's counter-offer", "Several ratifiers"
_SOURCE = "bernheim_whinston1986"

ORACLES: tuple[Oracle, ...] = (
    Oracle("outbid.half_of_the_surplus", _BID, _SOURCE, 0.4, partial(critical_stake, _BOTH)),
    Oracle("outbid.least_stake_in_runs", _BID, _SOURCE, 0.4, _least_stake, 2e-6),
    Oracle("outbid.bids_above_it", _BID, _SOURCE, 1.0, partial(_bids, 0.4 + _HAIR)),
    Oracle("outbid.lets_sign_below_it", _BID, _SOURCE, 0.0, partial(_bids, 0.4 - _HAIR)),
    Oracle("outbid.subsidy", _BID, _SOURCE, 0.4, partial(_case, "subsidy")),
    Oracle("outbid.grant_where_signed", _BID, "nash1950", 0.6, partial(_case, "grant", "", 0.35)),
    # levers in the order 0.4, 0.75, 1 of cost for each util: 0.5 by the first, 0.1 of the second
    Oracle("outbid.knapsack", _BID, _SOURCE, 0.275, partial(cheapest_bid, 0.6, _SERVES, _COSTS)),
    Oracle(
        "outbid.agreements_if_both_are_paid",
        _BID,
        "segal1999",
        3.0,
        partial(_case, "agreements", "/side_payments"),
    ),
    Oracle("ratifiers.grant", _HOME, "tarar2001", 0.5, partial(_ratified_grant, 0.45)),
    Oracle("ratifiers.no_grant", _HOME, "putnam1988", -1.0, partial(_ratified_grant, 0.51)),
    Oracle(
        "ratifiers.grant_in_a_run",
        _HOME,
        "tarar2001",
        0.5,
        partial(_case, "grant", "/two_ratifiers", 0.25),
    ),
    Oracle(
        "ratifiers.least_stake_in_runs",
        _HOME,
        _SOURCE,
        0.3,
        partial(_least_stake, "/two_ratifiers"),
        2e-6,
    ),
)
