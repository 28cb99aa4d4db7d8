"""Oracles of groups of people who share a flow, and of those who refuse to go."""

from __future__ import annotations

from functools import partial

import numpy as np

from minsksim._compiled.twins import bare
from minsksim.model import Model
from minsksim.rules.groups import apportion, expected_parts, next_share
from minsksim.rules.refusals import refusers
from minsksim.verify.oracle import Oracle

_HELD = np.array([10.0, 30.0, 60.0])
_UNIFORMS = (np.arange(2000) + 0.5) / 2000
_WITH_OTHERS = np.array([6.0, 20.0, 70.0])


def _mean_part(group: int) -> float:
    """Return how many of 5 people a group gives, averaged over evenly spaced random numbers."""
    parts, total = np.zeros(3), 0.0
    for uniform in _UNIFORMS:
        bare(apportion)(5.0, _HELD, _HELD, 3, True, uniform, parts)
        total += parts[group]
    return total / len(_UNIFORMS)


def _after_one_runs_out() -> float:
    """Return what the second group gives of 20 by weights 3, 1 and 1: the first has only 10."""
    parts = np.zeros(3)
    expected_parts(20.0, np.array([3.0, 1.0, 1.0]), _HELD, 3, parts)
    return float(parts[1])


def _nobody_refuses() -> float:
    """Return how often nobody of 52 refuses, each with a chance of 0.026."""
    drawn = [bare(refusers)(52.0, 0.026, True, uniform) for uniform in _UNIFORMS]
    return float(np.mean(np.array(drawn) == 0.0))


def _waiver(turn: int) -> float:
    """Return the waiver of a turn of the textbook case, in which citizens are released first."""
    return float(Model("groups_of_people").run().series["levers.waiver"].iloc[turn])


_DIVIDED, _REFUSING = "Groups that share a flow", "Refusals by chance"
_TRADED = "Nash bargain over a group that is used up"

ORACLES: tuple[Oracle, ...] = (
    Oracle("groups.half_a_person", _DIVIDED, "madow1949", 0.5, partial(_mean_part, 0)),
    Oracle("groups.three_of_five", _DIVIDED, "madow1949", 3.0, partial(_mean_part, 2)),
    Oracle("groups.one_runs_out", _DIVIDED, "grimmett2004", 5.0, _after_one_runs_out),
    Oracle(
        "groups.next_is_prominent",
        _DIVIDED,
        "grimmett2004",
        0.208333,  # 20 of 96
        partial(next_share, _WITH_OTHERS, _WITH_OTHERS, 3, 1),
    ),
    # 0.974^52
    Oracle("refusals.nobody_of_52", _REFUSING, "devroye1986", 0.254136, _nobody_refuses, 5e-4),
    Oracle("used_up.waiver_before", _TRADED, "nash1950", 1.0, partial(_waiver, 1)),
    # x = 5/6 has the highest (0.3 - 0.2 x)(0.6 x - 0.1)
    Oracle("used_up.waiver_after", _TRADED, "nash1950", 0.833333, partial(_waiver, 6)),
)
