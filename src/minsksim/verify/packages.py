"""Oracles of what is on the table and who pays: threats, linkage, exchange, blocking."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from minsksim._compiled.twins import bare
from minsksim.rules.blocking import goes_ahead, waste
from minsksim.theory.compromise import compromise
from minsksim.theory.exchange import exchange, gains_by_issue
from minsksim.theory.linkage import linkage_gain, linked_shares, separate_shares, utils_of_shares
from minsksim.theory.threats import minimax, split_by_threats
from minsksim.verify.oracle import Oracle

_GRID = 1000
_A = np.array([[6.0, 0.0], [2.0, 4.0]])
_B = np.array([[2.0, 4.0], [0.0, 1.0]])
# Two who exchange and one who watches, worked by hand: shifts 10.526316 and 7.017544.
_WANTED = np.array([[0.0, 0.0], [100.0, 100.0], [60.0, 30.0]])
_SALIENCE = np.array([[0.2, 0.8], [0.6, 0.4], [0.5, 0.5]])
_CAPABILITY = np.array([1.0, 2.0, 1.0])
# bueno_de_mesquita1994: years until car emissions are cut, for ten actors
_YEARS = np.array([4.0, 7.0, 4.0, 4.0, 10.0, 10.0, 10.0, 7.0, 4.0, 7.0])
_POWER = np.array([0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08])
_CARE = np.array([0.8, 0.4, 0.2, 0.8, 0.6, 0.6, 0.9, 0.1, 1.0, 0.7])


def _threat(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    model = "Variable threats, coco value"
    return Oracle(f"threats.{case}", model, "nash1953", expected, compute)


def _linked(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    return Oracle(f"linkage.{case}", "Issue linkage", "tollison_willett1979", expected, compute)


def _exchanged(
    case: str,
    expected: float,
    compute: Callable[[], float],
    source: str = "stokman_van_oosten1994",
) -> Oracle:
    return Oracle(f"exchange.{case}", "Equal-gain exchange", source, expected, compute)


def _blocked(case: str, expected: float, compute: Callable[[], float], tolerance: float) -> Oracle:
    model = "Blocking by the injured"
    return Oracle(f"blocking.{case}", model, "segal1999", expected, compute, tolerance)


def _part(party: int) -> float:
    return split_by_threats(_A, _B)[party]


def _value() -> float:
    return minimax(_A - _B)[0]


def _two_issues(w: float) -> tuple[np.ndarray, np.ndarray]:
    return np.array([w, 1.0 - w]), np.array([1.0 - w, w])


def _linked_share(w: float, issue: int) -> float:
    return float(linked_shares(*_two_issues(w))[issue])


def _linkage_gain(first: tuple[float, ...], second: tuple[float, ...], party: int) -> float:
    return linkage_gain(np.array(first), np.array(second))[party]


def _separate(w: float, party: int) -> float:
    first, second = _two_issues(w)
    return utils_of_shares(separate_shares(first, second), first, second)[party]


def _gain(actor: int, salience: np.ndarray = _SALIENCE) -> float:
    """Return what an actor gains when the first two exchange their support."""
    before = compromise(_WANTED, salience, _CAPABILITY)
    taken = exchange(_WANTED, salience, _CAPABILITY, (0, 1), (0, 1))
    after = compromise(taken, salience, _CAPABILITY)
    return float(gains_by_issue(_WANTED, salience, before, after)[actor].sum())


def _shift(issue: int) -> float:
    """Return how far an issue's compromise moves in the exchange."""
    taken = exchange(_WANTED, _SALIENCE, _CAPABILITY, (0, 1), (0, 1))
    middles = [compromise(taking, _SALIENCE, _CAPABILITY) for taking in (_WANTED, taken)]
    return float(middles[1][issue] - middles[0][issue])


def _years(salience: np.ndarray, capability: np.ndarray) -> float:
    """Return the compromise on the years until car emissions are cut."""
    return float(compromise(_YEARS[:, None], salience[:, None], capability)[0])


def _share_of_square(counts: Callable[[float, float], bool]) -> float:
    """Return for which share of surplus and harm, both even on [0, 1], something is so."""
    marks = [((k + 0.25) / _GRID, (k + 0.75) / _GRID) for k in range(_GRID)]
    found = sum(counts(surplus, harm) for surplus, _ in marks for _, harm in marks)
    return found / _GRID**2


# a million calls each, every one inside the domain
_waste, _goes_ahead = bare(waste), bare(goes_ahead)
_SAME = np.array([[0.3, 0.7], [0.3, 0.7], [0.5, 0.5]])

ORACLES = (
    _threat("minimax_value", 2.2222222222, _value),
    _threat("first", 5.111111, partial(_part, 0)),
    _threat("second", 2.888889, partial(_part, 1)),
    _linked("separate_first", 0.5, partial(_separate, 0.7, 0)),
    _linked("separate_second", 0.5, partial(_separate, 0.7, 1)),
    _linked("own_issue", 1.0, partial(_linked_share, 0.7, 0)),
    _linked("others_issue", 0.0, partial(_linked_share, 0.7, 1)),
    _linked("gain_first", 0.2, partial(_linkage_gain, (0.7, 0.3), (0.3, 0.7), 0)),
    _linked("gain_second", 0.2, partial(_linkage_gain, (0.7, 0.3), (0.3, 0.7), 1)),
    _linked("no_gain_at_equal_ratios", 0.0, partial(_linkage_gain, (0.7, 0.3), (1.4, 0.6), 0)),
    _exchanged("shift_on_the_first_issue", 10.5263157895, partial(_shift, 0)),
    _exchanged("shift_on_the_second_issue", -7.0175438596, partial(_shift, 1)),
    _exchanged("gain_of_one", 3.5087719298, partial(_gain, 0)),
    _exchanged("gain_of_the_other", 3.5087719298, partial(_gain, 1)),
    _exchanged("externality", -1.7543859649, partial(_gain, 2), "van_assen_stokman_van_oosten2003"),
    _exchanged("none_at_equal_ratios", 0.0, partial(_gain, 0, _SAME)),
    Oracle(
        "compromise.car_emissions",
        "Compromise of positions",
        "bueno_de_mesquita1994",
        7.389956,
        partial(_years, _CARE, _POWER),
    ),
    Oracle(
        "compromise.car_emissions_unweighted",
        "Compromise of positions",
        "bueno_de_mesquita1994",
        6.7,
        partial(_years, np.ones(10), np.ones(10)),
    ),
    _blocked(
        "inefficient_share",
        0.5,
        partial(_share_of_square, lambda s, h: _waste(s, h, can_pay=False) > 0.0),
        1e-3,
    ),
    _blocked(
        "inefficient_share_with_payments",
        0.0,
        partial(_share_of_square, lambda s, h: _waste(s, h, can_pay=True) > 0.0),
        1e-6,
    ),
    _blocked(
        "agreed_share_with_payments",
        0.5,
        partial(_share_of_square, lambda s, h: _goes_ahead(s, h, can_pay=True)),
        1e-3,
    ),
)
