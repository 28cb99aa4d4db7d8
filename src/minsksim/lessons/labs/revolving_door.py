"""Lab 4: releases can rise while the number held does not fall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from minsksim.lessons.invariants import PEOPLE_BALANCE, TERMS_ADD_UP

if TYPE_CHECKING:
    from minsksim.lessons.question import Compute
    from minsksim.lessons.world import World
    from minsksim.theory.detention import Count

HELD, MONTHS = 1200.0, 24.0


@dataclass(frozen=True)
class Form:
    """A form of agreement, as it acts on the door; rates a month under full relief."""

    newly_held: float
    release_rate: float
    exile_share: float
    rearrest_share: float = 0.1


FORMS = {
    "none": Form(50.0, 0.04, 0.9),
    "a": Form(90.0, 0.07, 0.9),
    "b": Form(50.0, 0.07, 0.9),
    "c": Form(10.0, 0.04, 0.9),
    "d": Form(90.0, 0.06, 0.0),
}
"""No agreement; relief for each release, fewer held, no new arrests, release at home."""


def _count(form: str) -> Count:
    from minsksim.theory.detention import Custody, count_by_status

    one = FORMS[form]
    door = Custody(
        one.newly_held,
        one.release_rate,
        exile_share=one.exile_share,
        rearrest_share=one.rearrest_share,
    )
    return count_by_status(door, HELD, 0.0, MONTHS)


def _released(form: str) -> float:
    count = _count(form)
    return count.released_at_home + count.released_into_exile


def _both_rise(world: World) -> bool:
    more_released = _released("a") > _released("none")
    return more_released and _count("a").held >= _count("none").held


def _fewest_held(world: World) -> str:
    return "".join(sorted("abcd", key=lambda form: _count(form).held))


def _flows(world: World) -> dict[str, float]:
    series = world.run("base").series
    names = ("arrested", "freed_home", "freed_exile", "sentence_served", "held")
    return {
        name: float(series[f"stocks.{name}"].iloc[-1] - series[f"stocks.{name}"].iloc[0])
        for name in names
    }


def _balance(world: World, *left: str) -> float:
    flows = _flows(world)
    return flows["arrested"] - sum(flows[name] for name in left)


def _not_fewer(world: World) -> float:
    """Return in how many of 100 runs of the shipped case at least as many are held at the end."""
    return 100.0 * float((world.measures("door", 400)["held_change"] >= 0.0).mean())


def _mean(world: World, measure: str) -> float:
    return float(world.measures("door", 400)[measure].mean())


ANSWERS: dict[str, Compute] = {
    "both_rise": _both_rise,
    "held_after": lambda world: _count("a").held,
    "fewest_held": _fewest_held,
    "balance": lambda world: _flows(world)["held"],
    "shipped": _not_fewer,
    "memo": lambda world: "c",
    "repair": lambda world: _count("d").held - HELD,
}
ERRORS: dict[str, Compute] = {
    "held_after.no_inflow": lambda world: max(HELD - _released("a"), 0.0),
    "held_after.steady": lambda world: HELD,
    "held_after.no_outflow": lambda world: HELD + _count("a").newly_arrested,
    "fewest_held.by_releases": lambda world: "".join(sorted("abcd", key=_released, reverse=True)),
    "balance.agreements_only": lambda world: _balance(world, "freed_home", "freed_exile"),
    "balance.turned": lambda world: -_flows(world)["held"],
    "balance.exile_only": lambda world: _balance(world, "freed_exile"),
    "repair.unmended": lambda world: _count("d").newly_arrested - _released("d"),
    "repair.twice": lambda world: (
        _count("d").newly_arrested + 2.0 * _count("d").rearrested - _released("d")
    ),
}
FACTS: dict[str, Compute] = {
    "shipped": _not_fewer,
    "door_released": lambda world: (
        _mean(world, "released_at_home") + _mean(world, "released_into_exile")
    ),
    "door_newly": lambda world: _mean(world, "newly_held"),
}
INVARIANTS = (PEOPLE_BALANCE, TERMS_ADD_UP)
