"""Oracles of people held: the captor's game, the vow never to concede, and the revolving door."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from minsksim.theory.detention import Custody, count_by_status
from minsksim.theory.kidnapping import best_offer, largest_demand_met, threat_carried_out
from minsksim.theory.never_negotiate import vow_never_to_negotiate
from minsksim.verify.oracle import Oracle

_DOOR = Custody(4.0, 0.02, arrests_answer=4.0, release_answer=0.02, exile_share=0.9)


def _demand_conceded_most() -> float:
    """Return the demand, on a grid, to which the payer concedes most."""
    demands = np.linspace(0.001, 2.0, 2000).tolist()
    return float(max(demands, key=lambda demand: best_offer(demand, 1.0, 0.6)))


def _held(turns: float) -> float:
    return count_by_status(Custody(4.0, 0.1), 100.0, 0.0, turns).held


def _change(status: str) -> float:
    """Return the change that relief makes to the people of one status in twelve turns."""
    before, after = (count_by_status(_DOOR, 200.0, relief, 12.0) for relief in (0.0, 1.0))
    return float(getattr(after, status) - getattr(before, status))


def _vow(part: str) -> float:
    return float(getattr(vow_never_to_negotiate(3.0, 1.0, 0.8, 0.1), part))


def _captor(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    return Oracle(f"kidnapping.{case}", "Kidnapping game", "selten1988", expected, compute)


def _door(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    source = "gilbert_rivard_piche2022"
    return Oracle(f"revolving_door.{case}", "Revolving door of arrests", source, expected, compute)


def _no(case: str, expected: float) -> Oracle:
    source = "lapan_sandler1988"
    return Oracle(f"vow.{case}", "Vow never to negotiate", source, expected, partial(_vow, case))


ORACLES: tuple[Oracle, ...] = (
    _captor("largest_demand_met", 0.375, partial(largest_demand_met, 1.0, 0.6)),
    _captor("demand_conceded_most", 0.375, _demand_conceded_most),
    *(
        _captor(f"offer_to_{demand}", expected, partial(best_offer, demand, 1.0, 0.6))
        for demand, expected in ((0.2, 0.2), (0.5, 0.333333), (1.0, 0.166667), (2.0, 0.0))
    ),
    _captor("threat_after_a_quarter", 0.3, partial(threat_carried_out, 0.5, 2.0, 0.4)),
    _no("is_refusing_better_before", 1.0),
    _no("is_conceding_better_after", 1.0),
    _no("patience_needed", 0.8),
    _door("held_at_once", 100.0, partial(_held, 0.0)),
    _door("held_after_10", 62.0727665, partial(_held, 10.0)),  # 40 + 60 / e
    _door("held_in_the_long_run", 40.0, partial(_held, 1000.0)),
    _door("more_released_into_exile", 43.2, partial(_change, "released_into_exile")),
    _door("more_released_at_home", 4.8, partial(_change, "released_at_home")),
    _door("nobody_fewer_held", 0.0, partial(_change, "held")),
)
