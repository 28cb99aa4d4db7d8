"""Oracles of threats and promises: sanctions, screening, commitment, audiences, tranches."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from scipy.stats import qmc

from minsksim.theory.audience import attrition, still_there
from minsksim.theory.commitment import bargaining_range, shift_of_power
from minsksim.theory.ratification import ratified_kalai_smorodinsky, ratified_nash
from minsksim.theory.sanction_game import Episode, sanction_episode
from minsksim.theory.screening import screening_demand
from minsksim.theory.tranches import patience_for_grim, patience_for_tit_for_tat, tranches_needed
from minsksim.verify.oracle import Oracle


@cache
def _episodes(audience_cost: float | None) -> tuple[Episode, ...]:
    """Return episodes over an even spread of all six numbers, or of the first five, on [0, 1]."""
    points = qmc.Sobol(6, scramble=False).random_base2(14).tolist()
    return tuple(
        sanction_episode(v, g, harm, pi, c, a if audience_cost is None else audience_cost)
        for v, g, harm, pi, c, a in points
    )


def _success(given: str, audience_cost: float | None) -> float:
    """Return the share of episodes with compliance among those threatened, or imposed."""
    asked = [e for e in _episodes(audience_cost) if getattr(e, given)]
    return sum(e.has_complied for e in asked) / len(asked)


def _range(end: int, win_share: float, first_cost: float, second_cost: float) -> float:
    return bargaining_range(win_share, first_cost, second_cost)[end]


def _shift(part: str) -> float:
    return float(getattr(shift_of_power(0.9, 0.1, 0.9, 0.1, 0.1), part))


def _demand(part: str) -> float:
    return float(getattr(screening_demand(0.5, 0.1, 0.4), part))


def _horizon(first: float, second: float) -> float:
    return attrition((1.0, 1.0), (first, second)).horizon


def _ratified(
    solution: Callable[[float, float], float | None], home: float, foreign: float
) -> float:
    share = solution(home, foreign)
    return float("nan") if share is None else share


def _threat(
    case: str, expected: float, given: str, audience_cost: float | None, tolerance: float
) -> Oracle:
    return Oracle(
        f"sanction_episode.{case}",
        "Sanction episode, complete information",
        "lacy_niou2004",
        expected,
        partial(_success, given, audience_cost),
        tolerance,
    )


def _fearon(case: str, model: str, expected: float, compute: Callable[[], float]) -> Oracle:
    source = "powell2006" if case.startswith("shift") else "fearon1995"
    return Oracle(case, model, source, expected, compute)


def _audience(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    return Oracle(
        f"audience.{case}", "Audience costs in a war of attrition", "fearon1994", expected, compute
    )


def _two_levels(home: float, foreign: float, nash: float, raised: float) -> tuple[Oracle, ...]:
    """Return both solutions where the legislatures need these shares."""
    model = "Two-level game"
    return tuple(
        Oracle(
            f"ratification.{name}_{home}_{foreign}",
            model,
            "tarar2001",
            expected,
            partial(_ratified, solution, home, foreign),
        )
        for name, expected, solution in (
            ("nash", nash, ratified_nash),
            ("kalai_smorodinsky", raised, ratified_kalai_smorodinsky),
        )
    )


def _tranches(case: str, expected: float, value: float, relation: float) -> Oracle:
    return Oracle(
        f"tranches.{case}",
        "Tranches",
        "schelling1960",
        expected,
        partial(tranches_needed, value, relation),
    )


_SCREENING = "Screening by a demand"
_RANGE = "Bargaining range"
_SHIFT = "Shift of power and commitment"
_SWAP = "Repeated swap"

ORACLES: tuple[Oracle, ...] = (
    # hand integrals over uniform numbers: 5/12 comply and 1/4 are imposed; 0.3775 and 0.25
    _threat("success_given_threat", 0.625, "is_threatened", None, 2e-3),
    _threat("success_given_threat_audience_0.3", 0.6015936255, "is_threatened", 0.3, 2e-3),
    _threat("success_given_imposition", 0.0, "is_imposed", None, 1e-12),
    _threat("success_given_imposition_audience_0.3", 0.0, "is_imposed", 0.3, 1e-12),
    _fearon("screening.demand", _SCREENING, 0.15, partial(_demand, "surplus")),
    _fearon("screening.conflict", _SCREENING, 0.375, partial(_demand, "conflict")),
    _fearon("bargaining_range.low", _RANGE, 0.2, partial(_range, 0, 0.3, 0.1, 0.2)),
    _fearon("bargaining_range.high", _RANGE, 0.5, partial(_range, 1, 0.3, 0.1, 0.2)),
    _fearon("shift_of_power.war_value", _SHIFT, 1.61, partial(_shift, "war_value")),
    _fearon("shift_of_power.best_peace", _SHIFT, 1.18, partial(_shift, "best_peace")),
    _fearon("shift_of_power.is_war", _SHIFT, 1.0, partial(_shift, "is_war")),
    _audience("survivors_at_4", 0.3333333333, partial(still_there, 1.0, 0.5, 4.0)),
    _audience("horizon_0.5_0.5", 1.2360679775, partial(_horizon, 0.5, 0.5)),
    _audience("horizon_0.8_0.4", 0.915064, partial(_horizon, 0.8, 0.4)),
    _audience(
        "low_cost_concedes_at_once",
        0.366025,
        lambda: attrition((1.0, 1.0), (0.8, 0.4)).concedes_at_once[1],
    ),
    _audience(
        "high_cost_does_not",
        0.0,
        lambda: attrition((1.0, 1.0), (0.8, 0.4)).concedes_at_once[0],
    ),
    *_two_levels(0.6, 0.0, 0.6, 0.714286),
    *_two_levels(0.3, 0.3, 0.5, 0.5),
    *_two_levels(0.7, 0.2, 0.7, 0.727273),
    _tranches("ten_by_three", 4.0, 10.0, 3.0),
    _tranches("exact_division", 3.0, 0.6, 0.2),
    Oracle(
        "repeated_swap.grim",
        _SWAP,
        "friedman1971",
        0.5,
        partial(patience_for_grim, 5.0, 3.0, 1.0),
    ),
    Oracle(
        "repeated_swap.tit_for_tat",
        _SWAP,
        "axelrod_hamilton1981",
        0.6666666667,
        partial(patience_for_tit_for_tat, 5.0, 3.0, 1.0, 0.0),
    ),
)
