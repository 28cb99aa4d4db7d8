"""Lab 8: which levers reach the table from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from minsksim.lessons.invariants import PEOPLE_BALANCE, TERMS_ADD_UP

if TYPE_CHECKING:
    import pandas as pd

    from minsksim.lessons.question import Compute
    from minsksim.lessons.world import World

RUNS = 400
SPONSOR_LEAST = 0.6
CROSSED = (0.7, 0.4)
_NORMAL = 1.96


def _released(frame: pd.DataFrame) -> float:
    return float((frame["released_into_exile"] + frame["released_at_home"]).mean())


def _mean(world: World, case: str, measure: str) -> float:
    return float(world.measures(case, RUNS)[measure].mean())


def _more_released(world: World) -> bool:
    seat, base = world.measures("seat", RUNS), world.measures("base", RUNS)
    return _released(seat) > _released(base)


def _fewer(world: World) -> float:
    """Return by how many percent agreements are fewer with a seat."""
    return 100.0 * (1.0 - _mean(world, "seat", "agreements") / _mean(world, "base", "agreements"))


def _more_at_home(world: World) -> bool:
    return _mean(world, "at_home", "released_at_home") > _mean(world, "base", "released_at_home")


def _in_all(world: World) -> str:
    clause = _released(world.measures("at_home", RUNS))
    base = _released(world.measures("base", RUNS))
    return "b" if abs(clause - base) < 0.05 * base else "a" if clause < base else "c"


def _ratified(world: World) -> float:
    from minsksim.theory.ratification import ratified_nash

    share = ratified_nash(SPONSOR_LEAST, 0.0)
    return float("nan") if share is None else share


def _is_crossed_ratified(world: World) -> bool:
    from minsksim.theory.ratification import win_set

    return win_set(*CROSSED) is not None


def _half_width(world: World, *, is_paired: bool) -> float:
    """Return half the 95 % interval of what the clause changes for Birch."""
    base = world.measures("base", RUNS)["utility_birch"].to_numpy(dtype=np.float64)
    clause = world.measures("at_home", RUNS)["utility_birch"].to_numpy(dtype=np.float64)
    apart = base.var(ddof=1) + clause.var(ddof=1)
    variance = (clause - base).var(ddof=1) if is_paired else apart
    return float(_NORMAL * np.sqrt(variance / RUNS))


ANSWERS: dict[str, Compute] = {
    "more_released": _more_released,
    "fewer": _fewer,
    "more_at_home": _more_at_home,
    "in_all": _in_all,
    "tied_hands": _ratified,
    "crossed": _is_crossed_ratified,
    "falsifier": lambda world: "b",
    "repair": lambda world: _half_width(world, is_paired=True),
}
ERRORS: dict[str, Compute] = {
    "tied_hands.unbound": lambda world: 0.5,
    "tied_hands.middle": lambda world: (SPONSOR_LEAST + 1.0) / 2.0,
    "repair.unmended": lambda world: _half_width(world, is_paired=False),
    "repair.one_run": lambda world: _half_width(world, is_paired=True) * np.sqrt(RUNS),
}
FACTS: dict[str, Compute] = {
    "released_base": lambda world: _released(world.measures("base", RUNS)),
    "released_seat": lambda world: _released(world.measures("seat", RUNS)),
    "released_clause": lambda world: _released(world.measures("at_home", RUNS)),
    "agreements_base": lambda world: _mean(world, "base", "agreements"),
    "agreements_seat": lambda world: _mean(world, "seat", "agreements"),
    "home_base": lambda world: _mean(world, "base", "released_at_home"),
    "home_clause": lambda world: _mean(world, "at_home", "released_at_home"),
}
INVARIANTS = (PEOPLE_BALANCE, TERMS_ADD_UP)
