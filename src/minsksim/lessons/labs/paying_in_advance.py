"""Lab 10: who delivers after being paid, what instalments do, and what a deadline does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minsksim.lessons.invariants import TERMS_ADD_UP
from minsksim.lessons.lab import Invariant

if TYPE_CHECKING:
    import pandas as pd

    from minsksim.lessons.question import Compute
    from minsksim.lessons.world import Settings, World

_RUNS = 100
_MOST_PARTS = 6
_CHEAP_WORD = 0.02
_LAST_COUNTED = 3
_COST = "levers.pipeline.cost.up"
_WORD = "actors.oakhill.audience_cost"
_MONTHLY = "interests.trade.terms.relief.effect"
_GAS = "interests.supply.terms.pipeline.effect"
_CHEAP: Settings = {_WORD: _CHEAP_WORD}
_UNWATCHED: Settings = {_WORD: 0.0}


def _number(world: World, name: str) -> float:
    return world.case("base").numbers[name].value


def _months(world: World) -> int:
    return world.case("base").document.calendar.turns


def _built(world: World, case: str, settings: Settings) -> float:
    """Return the share of the pipeline that stands in the end of a run in the middle of all."""
    return float(world.measures(case, _RUNS, settings)["pipeline"].median())


def _share_built_by(world: World, settings: Settings) -> float:
    """Return the share that stands at the end of the third month of one run in four parts."""
    from minsksim.engine.single_run import run_scenario

    series = run_scenario(world.case("parts", settings), seed=world.seed).series
    return float(series["levers.pipeline"].loc[_LAST_COUNTED])


def _worth(world: World) -> float:
    """Return what lifted sanctions are worth to Oakhill at signing: its gain before its cost."""
    from minsksim.engine.single_run import run_scenario

    signed = run_scenario(world.case("base"), seed=world.seed).agreements[0]
    return signed.gains["oakhill"] + _number(world, _COST)


def _who_delivers(world: World) -> str:
    end = world.measures("base", _RUNS)[["relief", "pipeline"]].mean()
    return {(True, True): "a", (True, False): "b", (False, True): "c", (False, False): "d"}[
        (end["relief"] > 0.5, end["pipeline"] > 0.5)
    ]


def _parts(world: World) -> float:
    """Return the least number of parts in which nine of ten runs build all of it."""
    return float(
        next(
            count
            for count in range(1, _MOST_PARTS + 1)
            if (_pipelines(world, count) > 0.999).mean() > 0.9
        )
    )


def _pipelines(world: World, parts: int) -> pd.Series:
    if parts == 1:
        return world.measures("base", _RUNS)["pipeline"]
    return world.measures("parts", _RUNS, {"channels.talks.tranches": parts})["pipeline"]


def _nobody_watches(world: World) -> str:
    built = {
        "a": _built(world, "parts", {**_UNWATCHED, "channels.talks.tranches": _MOST_PARTS}),
        "b": _built(world, "loan", _UNWATCHED),
        "c": _built(world, "base", {**_UNWATCHED, _MONTHLY: 0.5}),
        "d": _built(world, "base", {**_UNWATCHED, _GAS: 0.5}),
    }
    return max(built, key=built.__getitem__)


def _deadline(world: World) -> Settings:
    return {**_CHEAP, "actors.oakhill.horizon": _date_of(world, _LAST_COUNTED)}


def _date_of(world: World, turn: int) -> str:
    start = world.case("base").document.calendar.start
    return f"{start.year}-{start.month + turn - 1:02}-01"


def _balance(world: World, forfeited: float = 0.0) -> float:
    """Return what keeping its word is worth to Oakhill once it has all of the relief."""
    return forfeited - _number(world, _COST) + _number(world, _WORD)


def _is_kept_as_counted(world: World) -> bool:
    """Return whether the least number of parts of the runs is that of the closed form."""
    from minsksim.theory.tranches import tranches_needed

    return _parts(world) == tranches_needed(_number(world, _COST), _number(world, _WORD))


ANSWERS: dict[str, Compute] = {
    "worth": _worth,
    "delivers": _who_delivers,
    "parts": _parts,
    "cheap_word": lambda world: _built(world, "parts", _CHEAP),
    "deadline": lambda world: _share_built_by(world, _deadline(world)),
    "unwatched": _nobody_watches,
    "repair": _balance,
}
ERRORS: dict[str, Compute] = {
    "worth.undiscounted": lambda world: _number(world, _MONTHLY) * _months(world),
    "worth.one_month": lambda world: _number(world, _MONTHLY),
    "worth.at_the_last_rate": lambda world: (
        _number(world, _MONTHLY)
        * _months(world)
        * _number(world, "actors.oakhill.patience") ** (_months(world) - 1)
    ),
    "parts.one_short": lambda world: _parts(world) - 1.0,
    "deadline.no_deadline": lambda world: _share_built_by(world, _CHEAP),
    "deadline.one_less": lambda world: _share_built_by(world, _deadline(world)) / 2.0,
    "repair.unmended": lambda world: _balance(world, _worth(world)),
    "repair.nobody_sees": lambda world: -_number(world, _COST),
    "repair.turned": lambda world: _number(world, _COST) + _number(world, _WORD),
}
FACTS: dict[str, Compute] = {
    "months": lambda world: float(_months(world)),
    "monthly": lambda world: _number(world, _MONTHLY),
    "patience": lambda world: _number(world, "actors.oakhill.patience"),
    "cost": lambda world: _number(world, _COST),
    "word": lambda world: _number(world, _WORD),
    "cheap": lambda world: _CHEAP_WORD,
    "four": lambda world: float(world.case("parts").document.channels["talks"].tranches),
    "a_quarter": lambda world: _number(world, _COST) / 4.0,
    "worth": _worth,
    "balance": _balance,
    "loan": lambda world: _balance(world, _worth(world)),
    "six_parts": lambda world: _built(
        world, "parts", {**_UNWATCHED, "channels.talks.tranches": _MOST_PARTS}
    ),
}
INVARIANTS = (
    TERMS_ADD_UP,
    Invariant("the runs need as many parts as the closed form says", _is_kept_as_counted),
)
