"""Lab 3: who moves first when one side's step is easy to undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minsksim.lessons.invariants import TERMS_ADD_UP, ZONE_CLOSES

if TYPE_CHECKING:
    from minsksim.lessons.question import Compute
    from minsksim.lessons.world import World

# payoffs of a turn: alone in breaking, both keep, both break
TEMPTATION, REWARD, PUNISHMENT = 5.0, 3.0, 1.0
DELAY = 3
RECOVERED = 0.9
EXCHANGE, RELATION, SURVIVAL = 10.0, 3.0, 0.6
GAIN, SAVED, EXPOSURE, PATIENCE, PRECISION = 0.02, 0.3, 0.2, 0.9, 20.0
_SAMPLE = 20


def _at_once(world: World) -> float:
    from minsksim.theory.tranches import patience_for_grim

    return patience_for_grim(TEMPTATION, REWARD, PUNISHMENT)


def _delayed(world: World) -> float:
    """Return the patience needed when a breach pays for some turns before it is seen."""
    return float(_at_once(world) ** (1.0 / DELAY))


def _first_mover(world: World) -> str:
    """Return who can go first, by looking at what the second mover would do."""
    numbers = world.case("exchange").numbers
    effect = {
        name: numbers[f"interests.{name}.effect"].value
        for name in (
            "their_release.terms.release",
            "their_release.terms.relief",
            "trade.terms.relief",
            "trade.terms.release",
        )
    }
    alder_keeps = effect["their_release.terms.release"] + effect["their_release.terms.relief"]
    alder_breaks = effect["their_release.terms.release"]
    birch_keeps = effect["trade.terms.relief"] + effect["trade.terms.release"]
    birch_breaks = (1.0 - RECOVERED) * effect["trade.terms.relief"]
    second_keeps = {"a": alder_keeps >= alder_breaks, "b": birch_keeps >= birch_breaks}
    able = [first for first, keeps in second_keeps.items() if keeps]
    return able[0] if len(able) == 1 else "d"


def _broken(world: World, case: str = "snapback") -> float:
    """Return the percentage of runs with a broken agreement, in the case with snapback or not."""
    return 100.0 * float((world.measures(case, 400)["breaches"] > 0).mean())


def _who_breaks(world: World) -> str:
    """Return which side goes back on its word more often in a sample of runs."""
    by_alder = by_birch = 0
    for replication in range(_SAMPLE):
        run = world.run("snapback", replication)
        names = [world.word(f"levers.{lever}_relief") for lever in ("salt", "skyline")]
        relief = run.series[[*names, "levers.finance_relief"]]
        by_alder += int((relief.diff() < -1e-9).any(axis=1).sum())
        table = world.word("alder_birch")
        signed = [one for one in run.agreements if one.channel == table]
        by_birch += sum(not one.kept[world.word("birch")] for one in signed)
    if by_alder == by_birch:
        return "c"
    return "b" if by_alder > by_birch else "a"


def _tranches(world: World, relation: float = RELATION * SURVIVAL) -> float:
    from minsksim.theory.tranches import tranches_needed

    return float(tranches_needed(EXCHANGE, relation))


def _kept(exposure: float, saved: float = SAVED) -> float:
    from minsksim.rules.compliance import keeping_probability

    return 100.0 * keeping_probability(GAIN, saved, exposure, PATIENCE, PRECISION)


ANSWERS: dict[str, Compute] = {
    "late_detection": _delayed,
    "first_mover": _first_mover,
    "broken": _broken,
    "who_breaks": _who_breaks,
    "tranches": _tranches,
    "repair": lambda world: _kept(0.0),
}
ERRORS: dict[str, Compute] = {
    "late_detection.on_paper": _at_once,
    "late_detection.divides": lambda world: 1.0 - (1.0 - _at_once(world)) / DELAY,
    "tranches.binds_successors": lambda world: _tranches(world, RELATION),
    "tranches.one_short": lambda world: _tranches(world) - 1.0,
    "repair.unmended": lambda world: _kept(EXPOSURE),
    "repair.turned": lambda world: _kept(0.0, SAVED + EXPOSURE),
}
FACTS: dict[str, Compute] = {
    "temptation": lambda world: TEMPTATION,
    "reward": lambda world: REWARD,
    "punishment": lambda world: PUNISHMENT,
    "at_once": _at_once,
    "delay": lambda world: float(DELAY),
    "exchange": lambda world: EXCHANGE,
    "relation": lambda world: RELATION,
    "ends": lambda world: 1.0 - SURVIVAL,
    "broken": _broken,
    "broken_base": lambda world: _broken(world, "base"),
}
INVARIANTS = (TERMS_ADD_UP, ZONE_CLOSES)
