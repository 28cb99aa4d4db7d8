"""Oracles of how offers are made: in turn, by concession, once and for all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from minsksim.rules.ultimatum import best_offer, chance_of_acceptance
from minsksim.rules.zeuthen import concession_path, risk_limit
from minsksim.theory.alternating_offers import (
    first_share,
    first_share_at_fixed_costs,
    first_share_at_pause,
    first_share_by_deadline,
    first_share_under_breakdown,
    first_share_with_outside_option,
)
from minsksim.verify.oracle import Oracle

_GRID = 1000


def _rubinstein(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    model = "Rubinstein alternating offers"
    return Oracle(f"rubinstein.{case}", model, "rubinstein1982", expected, compute)


def _option(case: str, expected: float, patience: float, option: float) -> Oracle:
    compute = partial(first_share_with_outside_option, patience, patience, option)
    model = "Outside option"
    return Oracle(f"outside_option.{case}", model, "shaked_sutton1984", expected, compute)


def _breakdown(case: str, expected: float, chance: float) -> Oracle:
    compute = partial(first_share_under_breakdown, chance, 0.1, 0.3)
    model, source = "Risk of breakdown", "binmore_rubinstein_wolinsky1986"
    return Oracle(f"breakdown.{case}", model, source, expected, compute)


def _zeuthen(
    case: str, expected: float, compute: Callable[[], float], tolerance: float = 1e-6
) -> Oracle:
    model = "Zeuthen concessions"
    return Oracle(f"zeuthen.{case}", model, "harsanyi1956", expected, compute, tolerance)


def _screening(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    model = "Ultimatum under uncertainty"
    return Oracle(f"ultimatum.{case}", model, "fearon1995", expected, compute)


def _pie() -> list[tuple[float, float]]:
    return [(1.0 - k / _GRID, k / _GRID) for k in range(_GRID + 1)]


def _meeting_point(disagreement: tuple[float, float]) -> float:
    """Return the first party's utils where the concessions over a pie meet."""
    path = concession_path(_pie(), disagreement)
    return _pie()[path[-1][0]][0]


def _steps_down(disagreement: tuple[float, float]) -> float:
    """Return how many concessions lower the Nash product of whoever concedes."""
    points, (d1, d2) = _pie(), disagreement
    products = [(u - d1) * (v - d2) for u, v in points]
    path = concession_path(points, disagreement)
    steps = [pair for one, two in pairwise(path) for pair in zip(one, two, strict=True)]
    return float(sum(products[after] < products[before] - 1e-12 for before, after in steps))


def _demand(chance: float, own_cost: float, most_cost: float) -> float:
    """Return how far beyond its expected share a side demands before a conflict."""
    return 1.0 - _crisis_offer(chance, own_cost, most_cost) - chance


def _conflict(chance: float, own_cost: float, most_cost: float) -> float:
    offer = _crisis_offer(chance, own_cost, most_cost)
    return 1.0 - chance_of_acceptance(offer, 1.0 - chance - most_cost, 1.0 - chance)


def _crisis_offer(chance: float, own_cost: float, most_cost: float) -> float:
    return best_offer(1.0 - (chance - own_cost), 1.0 - chance - most_cost, 1.0 - chance)


ORACLES = (
    _rubinstein("patience_0.9_0.8", 0.714286, partial(first_share, 0.9, 0.8)),
    _rubinstein("patience_0.95_0.95", 0.512821, partial(first_share, 0.95, 0.95)),
    _rubinstein("patience_0.5_0.5", 0.6666666667, partial(first_share, 0.5, 0.5)),
    *(
        _rubinstein(f"rounds_{rounds}", share, partial(first_share_by_deadline, 0.9, 0.8, rounds))
        for rounds, share in ((1, 1.0), (2, 0.2), (3, 0.92), (4, 0.344), (5, 0.8624))
    ),
    _rubinstein("rounds_400", 0.7142857143, partial(first_share_by_deadline, 0.9, 0.8, 400)),
    # (1 - (-d)**T) / (1 + d) at d = .9: T = 4 and T = 5
    _rubinstein("common_0.9_rounds_4", 0.181, partial(first_share_by_deadline, 0.9, 0.9, 4)),
    _rubinstein("common_0.9_rounds_5", 0.8371, partial(first_share_by_deadline, 0.9, 0.9, 5)),
    *(
        _rubinstein(f"pause_{pause:g}", share, partial(first_share_at_pause, 0.1, 0.05, pause))
        for pause, share in ((1.0, 0.350132), (0.1, 0.335001), (0.01, 0.333500))
    ),
    _rubinstein("pause_0", 0.3333333333, partial(first_share_at_pause, 0.1, 0.05, 0.0)),
    _rubinstein("fixed_cost_lower", 1.0, partial(first_share_at_fixed_costs, 0.1, 0.2)),
    _rubinstein("fixed_cost_higher", 0.1, partial(first_share_at_fixed_costs, 0.2, 0.1)),
    _option("none", 0.5263157895, 0.9, 0.0),
    _option("below_the_kink", 0.5263157895, 0.9, 0.47),
    _option("above_the_kink", 0.52, 0.9, 0.48),
    _option("binding_0.6", 0.4, 0.9, 0.6),
    _breakdown("chance_0.5", 0.5, 0.5),
    _breakdown("chance_0.1", 0.415789, 0.1),
    _breakdown("chance_0.01", 0.401508, 0.01),
    _breakdown("chance_0", 0.4, 0.0),
    _zeuthen("risk_limit_8_6", 0.25, partial(risk_limit, 8.0, 6.0, 0.0)),
    _zeuthen("meets_at_nash", 0.4, partial(_meeting_point, (0.1, 0.3)), 1.0 / _GRID),
    _zeuthen("product_never_falls", 0.0, partial(_steps_down, (0.1, 0.3))),
    _screening("demand_beyond_p", 0.15, partial(_demand, 0.5, 0.1, 0.4)),
    _screening("chance_of_conflict", 0.375, partial(_conflict, 0.5, 0.1, 0.4)),
    _screening("even_on_0_1", 0.5, partial(best_offer, 1.0, 0.0, 1.0)),
    _screening("known_reservation", 0.3, partial(best_offer, 1.0, 0.3, 0.3)),
)
