"""Oracles of the rival models: medians, contests, challenges, stability, landscapes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import permutations

import numpy as np

from minsksim.theory.challenge_round import expected_utilities
from minsksim.theory.closeness import closeness
from minsksim.theory.exchange_sequence import positions_after_exchanges
from minsksim.theory.expected_utility import (
    challenge_worth,
    contest_chances,
    contest_chances_of_all,
    risk_exponents,
)
from minsksim.theory.landscape import landscape_energy
from minsksim.theory.median import condorcet_winner, net_support, weighted_median
from minsksim.theory.nash_position import nash_position
from minsksim.theory.stability import equilibria
from minsksim.verify.oracle import Oracle

# bueno_de_mesquita1994: years until car emissions are cut, for ten actors
_YEARS = np.array([4.0, 7.0, 4.0, 4.0, 10.0, 10.0, 10.0, 7.0, 4.0, 7.0])
_POWER = np.array([0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08])
_CARE = np.array([0.8, 0.4, 0.2, 0.8, 0.6, 0.6, 0.9, 0.1, 1.0, 0.7])
_FOUR, _SEVEN, _TEN = 0, 1, 4
"""Actors who want so many years."""
_GERMANY, _FRANCE, _UK = 3, 4, 6
_FLIPS = np.array(
    [
        [[s ^ 2 == t for t in range(4)] for s in range(4)],
        [[s ^ 1 == t for t in range(4)] for s in range(4)],
    ]
)
"""Who moves between the states 0 CC, 1 CD, 2 DC, 3 DD of a game of two by two."""
_PRISONERS = ((3, 1, 4, 2), (3, 4, 1, 2))
_CHICKEN = ((3, 2, 4, 1), (3, 4, 2, 1))


def _median(actor: int = 0, change: float = 0.0) -> float:
    """Return the median after a change of one actor's salience."""
    care = _CARE.copy()
    care[actor] += change
    return weighted_median(_YEARS, _POWER * care)[0]


def _share() -> float:
    return weighted_median(_YEARS, _POWER * _CARE)[1]


def _support(one: float, other: float) -> float:
    votes = net_support(_YEARS, 100.0 * _POWER * _CARE, np.array([one, other]))
    return float(votes[0, 1])


def _chance(one: int, other: int) -> float:
    return float(contest_chances(_YEARS, _POWER * _CARE, np.ones(10))[one, other])


def _missing_chance() -> float:
    """Return by how much P_ij + P_ji is off 1, at most."""
    chances = contest_chances(_YEARS, _POWER * _CARE, np.linspace(0.5, 2.0, 10))
    return float(np.abs(chances + chances.T - 1.0).max())


def _risk(actor: int) -> float:
    """Return a risk exponent with contests as public code has them."""
    distance = np.abs(_YEARS[:, None] - _YEARS[None, :]) / 6.0
    chances = contest_chances_of_all(_YEARS, _POWER * _CARE, np.ones(10))
    worth = challenge_worth(chances, distance, _CARE[None, :], np.ones((10, 1)))
    return float(risk_exponents(worth)[actor])


def _expects(view: int, one: int, other: int) -> float:
    """Return an expected utility between two actors, worked out by hand."""
    at, care = np.array([0.0, 10.0]), np.array([1.0, 0.5])
    return float(expected_utilities(at, care, np.ones(2))[view][one, other])


def _traded(actor: int, issue: int) -> float:
    care = np.array([[0.2, 0.8], [0.8, 0.2]])
    wanted = np.array([[0.0, 0.0], [100.0, 100.0]])
    return float(positions_after_exchanges(wanted, care, np.ones(2))[actor, issue])


def _stable(payoffs: tuple[tuple[int, ...], ...], concept: str) -> float:
    """Return the equilibria as a sum of 2 to the power of their states."""
    return float(sum(2**state for state in equilibria(np.array(payoffs), _FLIPS)[concept]))


def _not_nested() -> float:
    """Return in how many of the 576 strict orders of two by two the nesting fails."""
    wrong = 0
    for one in permutations(range(4)):
        for other in permutations(range(4)):
            found = {k: set(v) for k, v in equilibria(np.array([one, other]), _FLIPS).items()}
            wrong += not found["nash"] <= found["seq"] & found["smr"]
            wrong += not found["seq"] | found["smr"] <= found["gmr"]
    return float(wrong)


def _energy(camps: tuple[int, ...]) -> float:
    friends = np.array([[0.0, 1.0, -2.0], [1.0, 0.0, 0.0], [-2.0, 0.0, 0.0]])
    return landscape_energy(np.array(camps), np.array([1.0, 1.0, 3.0]), friends)


def _closeness(row: int, column: int) -> float:
    found = closeness(np.array([[0.0, 0.0], [0.3, 0.4]]), np.array([[1.0, 1.0], [1.0, 0.0]]))
    return float(found[row, column])


def _nash(first: float, second: float) -> float:
    return nash_position(np.array([0.0, 100.0]), np.array([first, second]), 0.0, 100.0)


def _family(name: str, model: str, source: str) -> Callable[..., Oracle]:
    """Return a maker of oracles that share a model and a source."""

    def make(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
        return Oracle(f"{name}.{case}", model, source, expected, compute)

    return make


_m = _family("median", "Weighted median", "bueno_de_mesquita1994")
_c = _family("position_contest", "Contest between positions", "bueno_de_mesquita1997")
_e = _family("challenge", "Expected utility of challenges", "scholz_calbert_smith2011")
_s = _family("stability", "Graph model of conflict", "kilgour_hipel_fang1987")
_l = _family("landscape", "Landscape of alignment", "axelrod_bennett1993")
_u = _family("closeness", "Utility of a position", "wise_lester_efird2015")
_x = _family("exchanges", "Exchanges in sequence", "stokman_van_oosten1994")
_n = _family("nash_position", "Nash product on a scale", "achen2006")

ORACLES = (
    _m("car_emissions", 7.0, _median),
    _m("car_emissions_share", 0.5036927622, _share),
    _m("condorcet_winner", 7.0, partial(condorcet_winner, _YEARS, _POWER * _CARE)),
    _m("support_of_4_over_10", -8.8, partial(_support, 4.0, 10.0)),
    _m("support_of_4_over_7", -9.05, partial(_support, 4.0, 7.0)),
    _m("support_of_7_over_10", 0.25, partial(_support, 7.0, 10.0)),
    _m("germany_3.2_points_less", 10.0, partial(_median, _GERMANY, -0.032)),
    _m("germany_3.1_points_less", 7.0, partial(_median, _GERMANY, -0.031)),
    _m("france_3.2_points_more", 10.0, partial(_median, _FRANCE, 0.032)),
    _m("uk_3.2_points_more", 10.0, partial(_median, _UK, 0.032)),
    _c("4_beats_7", 0.3663220089, partial(_chance, _FOUR, _SEVEN)),
    _c("4_beats_10", 0.4246575342, partial(_chance, _FOUR, _TEN)),
    _c("7_beats_10", 0.5036927622, partial(_chance, _SEVEN, _TEN)),
    _c("chances_add_to_one", 0.0, _missing_chance),
    _e("risk_of_belgium_public_code", 0.754196, partial(_risk, 1)),
    _e("risk_of_denmark_public_code", 2.0, partial(_risk, 8)),
    _e("risk_of_uk_public_code", 1.964898, partial(_risk, 6)),
    _e("own_view_by_hand", 0.3333333333, partial(_expects, 0, 0, 1)),
    _e("view_of_the_other_by_hand", -1.6666666667, partial(_expects, 1, 0, 1)),
    _e("risk_averse_view_by_hand", 0.1617604580, partial(_expects, 0, 1, 0)),
    _x("gives_way", 100.0, partial(_traded, 0, 0)),
    _x("gets_its_way", 0.0, partial(_traded, 1, 1)),
    _n("weights_3_to_1", 25.0, partial(_nash, 3.0, 1.0)),
    _n("even_weights", 50.0, partial(_nash, 1.0, 1.0)),
    _s("prisoners_nash", 8.0, partial(_stable, _PRISONERS, "nash")),
    _s("prisoners_gmr", 9.0, partial(_stable, _PRISONERS, "gmr")),
    _s("prisoners_smr", 9.0, partial(_stable, _PRISONERS, "smr")),
    _s("prisoners_seq", 9.0, partial(_stable, _PRISONERS, "seq")),
    _s("chicken_nash", 6.0, partial(_stable, _CHICKEN, "nash")),
    _s("chicken_seq", 6.0, partial(_stable, _CHICKEN, "seq")),
    _s("chicken_gmr", 7.0, partial(_stable, _CHICKEN, "gmr")),
    _s("chicken_smr", 7.0, partial(_stable, _CHICKEN, "smr")),
    _s("not_nested_of_576_games", 0.0, _not_nested),
    _l("one_apart_by_hand", -12.0, partial(_energy, (0, 0, 1))),
    _l("friends_apart_by_hand", -10.0, partial(_energy, (0, 1, 1))),
    _u("two_issues_by_hand", 0.6464466094, partial(_closeness, 0, 1)),
    _u("one_issue_by_hand", 0.7, partial(_closeness, 1, 0)),
)
