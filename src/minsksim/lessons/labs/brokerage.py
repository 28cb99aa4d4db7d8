"""Lab 6: what a go-between is worth, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from minsksim.lessons.invariants import TERMS_ADD_UP, ZONE_CLOSES

if TYPE_CHECKING:
    from minsksim.lessons.question import Compute
    from minsksim.lessons.world import World

FIRST_LEG, SECOND_LEG, DIRECT = 0.58, 0.85, 0.2
WILLING, UNWILLING = 0.5, 0.3
RENT, SETTLEMENT = 0.02, 0.3
THIRD_LEGS, THIRD_WILLING = (0.7, 0.5), 0.8


def _access(willing: float, direct: float = DIRECT) -> float:
    """Return the access of Alder (0) to Cedar (2), with Birch (1) between them."""
    from minsksim.rules.brokerage import access

    ends = np.array([[0, 1], [1, 2], [0, 2]])
    quality = np.array([FIRST_LEG, SECOND_LEG, direct])
    return float(access(0, 2, ends, quality, np.array([1.0, willing, 1.0])))


def _with_third(world: World) -> float:
    """Return the access when a second broker (3) opens beside Birch."""
    from minsksim.rules.brokerage import access

    ends = np.array([[0, 1], [1, 2], [0, 2], [0, 3], [3, 2]])
    quality = np.array([FIRST_LEG, SECOND_LEG, DIRECT, *THIRD_LEGS])
    return float(access(0, 2, ends, quality, np.array([1.0, WILLING, 1.0, THIRD_WILLING])))


def _through(legs: tuple[float, float], willing: float) -> float:
    return legs[0] * legs[1] * willing


def _difference(world: World, measure: str) -> np.ndarray:
    """Return variant less base, run by run on the same draws."""
    base, line = world.measures("base", 400), world.measures("direct_line", 400)
    return (line[measure] - base[measure]).to_numpy(dtype=np.float64)


def _has_more(world: World) -> bool:
    return bool(_difference(world, "utility_alder").mean() > 0.0)


def _mean(world: World, case: str, measure: str) -> float:
    return float(world.measures(case, 400)[measure].mean())


def _channel_left(world: World) -> float:
    return _mean(world, "direct_line", "back_channel_mean")


def _patience(world: World) -> float:
    """Return the patience from which the broker prefers its rent to a settlement."""
    return 1.0 - RENT / SETTLEMENT


ANSWERS: dict[str, Compute] = {
    "access": lambda world: _access(WILLING),
    "more_gain": _has_more,
    "channel_left": _channel_left,
    "veto": lambda world: _access(UNWILLING),
    "lasting": _patience,
    "repair": _with_third,
}
ERRORS: dict[str, Compute] = {
    "access.paths_add": lambda world: DIRECT + _through((FIRST_LEG, SECOND_LEG), WILLING),
    "access.direct_only": lambda world: DIRECT,
    "access.always_willing": lambda world: _access(1.0),
    "access.weakest": lambda world: FIRST_LEG,
    "channel_left.untouched": lambda world: _mean(world, "base", "back_channel_mean"),
    "veto.broken_path": lambda world: _through((FIRST_LEG, SECOND_LEG), UNWILLING),
    "veto.ignored": lambda world: _access(WILLING),
    "lasting.turned": lambda world: RENT / SETTLEMENT,
    "repair.unmended": lambda world: (
        DIRECT + _through((FIRST_LEG, SECOND_LEG), WILLING) + _through(THIRD_LEGS, THIRD_WILLING)
    ),
    "repair.old_one": lambda world: _access(WILLING),
}
FACTS: dict[str, Compute] = {
    "access_base": lambda world: _mean(world, "base", "cedar_access_mean"),
    "access_line": lambda world: _mean(world, "direct_line", "cedar_access_mean"),
    "agreements_base": lambda world: _mean(world, "base", "agreements"),
    "agreements_line": lambda world: _mean(world, "direct_line", "agreements"),
    "channel_base": lambda world: _mean(world, "base", "back_channel_mean"),
    "channel_left": _channel_left,
}
INVARIANTS = (TERMS_ADD_UP, ZONE_CLOSES)
