"""Oracles of present values, and of the hold-up of whoever is given all first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from minsksim.rules.compliance import keeping_by_forfeit
from minsksim.rules.lever_payoff import delay_discount
from minsksim.rules.package_gain import expected_gain
from minsksim.rules.present_value import (
    before_outflow,
    reversible_value,
    standing_value,
    stock_value,
    turns_counted,
    with_future,
)
from minsksim.theory.tranches import tranches_needed
from minsksim.verify.oracle import Oracle

_SURE = 1000.0
"""Rationality of a party that hardly errs, per util."""
_MOST_PARTS = 100


def _promised(patience: float, trust: float, turns: int) -> float:
    return expected_gain(reversible_value(patience, trust, turns), trust)


def _delayed(patience: float, turns: int, delay: int) -> float:
    left = turns_counted(1, turns, turns, 0, delay)
    return delay_discount(patience, delay) * standing_value(patience, left)


def _leaking(patience: float, outflow: float, turns: int) -> float:
    """Return what a unit in a stock is worth, turn by turn, as runs find it."""
    worth = 0.0
    for _ in range(turns):
        worth = with_future(1.0, patience, before_outflow(worth, outflow, -worth))
    return worth


def _parts(cost: float, exposure: float) -> int:
    """Return the least number of parts of which the last is kept with at least even odds."""
    for count in range(1, _MOST_PARTS):
        if keeping_by_forfeit(0.0, cost / count, exposure, _SURE) >= 0.5 - 1e-12:
            return count
    return 0


def _value(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    return Oracle(
        f"present_value.{case}", "Present value of a move", "samuelson1937", expected, compute, 1e-8
    )


def _hold_up(case: str, expected: float, compute: Callable[[], float]) -> Oracle:
    return Oracle(f"hold_up.{case}", "Hold-up and parts", "schelling1960", expected, compute, 1e-8)


ORACLES: tuple[Oracle, ...] = (
    _value("standing", 14.160219513, partial(standing_value, 0.95, 24)),
    _value("one_turn", 1.0, partial(standing_value, 0.9, 1)),
    _value("a_year", 11.361512828, partial(standing_value, 0.99, 12)),
    _value("no_discount", 24.0, partial(standing_value, 1.0, 24)),
    _value("reversible", 4.160921337, partial(reversible_value, 0.95, 0.8, 24)),
    _value("reversible_and_promised", 3.328737070, partial(_promised, 0.95, 0.8, 24)),
    _value("delayed", 12.210219513, partial(_delayed, 0.95, 24, 2)),
    _value("stock", 31.314019434, lambda: 10.0 * 0.3 * stock_value(0.95, 0.036, 24)),
    _value("stock_turn_by_turn", 31.314019434, lambda: 3.0 * _leaking(0.95, 0.036, 24)),
    _hold_up("audience_0.02", 5.0, partial(_parts, 0.1, 0.02)),
    _hold_up("audience_0.05", 2.0, partial(_parts, 0.1, 0.05)),
    _hold_up("audience_0.1", 1.0, partial(_parts, 0.1, 0.1)),
    _hold_up("audience_0", 0.0, partial(_parts, 0.1, 0.0)),
    _hold_up("closed_form", 5.0, partial(tranches_needed, 0.1, 0.02)),
    # the scenario hold_up: 1 / (1 + exp(70)) at once, 1 / (1 + exp(-5)) for the last of four parts
    _hold_up("scenario_at_once", 0.0, partial(keeping_by_forfeit, 0.0, 0.1, 0.03, _SURE)),
    _hold_up(
        "scenario_in_parts", 0.9933071491, partial(keeping_by_forfeit, 0.0, 0.025, 0.03, _SURE)
    ),
    # what relief that can be taken back binds by: 0.3 A(0.95, 6)
    _hold_up("scenario_forfeit", 1.58944865625, lambda: 0.3 * standing_value(0.95, 6)),
)
