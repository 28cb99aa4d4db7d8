"""Lab 1: when a relief-for-release bargain exists at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from minsksim.lessons.invariants import TERMS_ADD_UP, ZONE_CLOSES

if TYPE_CHECKING:
    from minsksim.lessons.question import Compute
    from minsksim.lessons.world import World

_BETTER_ALTERNATIVE = 0.2
_LOW_ALTERNATIVE = 0.05


def _effects(world: World) -> dict[str, float]:
    """Return what all of the release and all of the relief are worth to each side."""
    numbers = world.case("base").numbers
    return {
        f"{interest}.{term}": numbers[f"interests.{interest}.terms.{term}.effect"].value
        for interest in ("their_release", "trade")
        for term in ("release", "relief")
    }


def _reservation(world: World, actor: str) -> float:
    return world.case("base").numbers[f"actors.{world.word(actor)}.reservation"].value


def _least_relief(world: World, alternative: float | None = None) -> float:
    """Return the share of relief from which Birch signs for the whole release."""
    effects = _effects(world)
    worth = _reservation(world, "birch") if alternative is None else alternative
    return (worth - effects["trade.release"]) / effects["trade.relief"]


def _most_relief(world: World, alternative: float | None = None) -> float:
    """Return the share of relief up to which Alder signs for the whole release, all at most."""
    worth = _reservation(world, "alder") if alternative is None else alternative
    return min(_unbounded(world, worth), 1.0)


def _unbounded(world: World, worth: float = _LOW_ALTERNATIVE) -> float:
    effects = _effects(world)
    return (worth - effects["their_release.release"]) / effects["their_release.relief"]


def _birch_gains(world: World, relief: float) -> float:
    effects = _effects(world)
    return effects["trade.relief"] * relief + effects["trade.release"]


def _frontier(world: World) -> tuple[np.ndarray, np.ndarray]:
    """Return the gains: all let go for nothing, for all relief, nobody for all relief."""
    effects = _effects(world)
    first = np.cumsum([effects["their_release.release"], effects["their_release.relief"]])
    second = np.cumsum([effects["trade.release"], effects["trade.relief"]])
    # beyond all of the relief Birch can only let fewer go
    first = np.append(first, first[-1] - effects["their_release.release"])
    second = np.append(second, second[-1] - effects["trade.release"])
    return first, second


def _settled(world: World, protocol: str = "NASH", alternative: float | None = None) -> float:
    """Return the share of relief that a solution selects for the whole release."""
    from minsksim.rules import bargaining

    first, second = _frontier(world)
    worth = _reservation(world, "birch") if alternative is None else alternative
    reservation = (_reservation(world, "alder"), worth)
    code = getattr(bargaining, protocol)
    return min(bargaining.settle(first, second, 2, code, 0.5, (0.0, 0.0), reservation), 1.0)


def _signed(world: World) -> float:
    """Return the percentage of model runs with an agreement within the three months."""
    return 100.0 * float((world.measures("base", 1000)["agreements"] > 0).mean())


def _outside_option(world: World) -> str:
    before, after = _settled(world), _settled(world, alternative=_BETTER_ALTERNATIVE)
    return "c" if abs(after - before) < 1e-9 else "a" if after > before else "d"


def _split_from_alternatives(world: World, alternative: float) -> float:
    """Return the relief at the Nash split if gains are counted from the alternatives."""
    from minsksim.rules.bargaining import settle
    from minsksim.vocabulary import NASH

    first, second = _frontier(world)
    threat = (_reservation(world, "alder"), alternative)
    return min(settle(first, second, 2, NASH, 0.5, threat, threat), 1.0)


def _solutions(world: World) -> str:
    relief = {
        "a": _settled(world, "NASH"),
        "b": _settled(world, "KALAI_SMORODINSKY"),
        "c": _settled(world, "EGALITARIAN"),
    }
    return "".join(sorted(relief, key=relief.__getitem__))


def _meeting(world: World) -> float:
    """Return the probability of meeting in a month."""
    return world.case("base").numbers[f"channels.{world.word('alder_birch')}.quality"].value


ANSWERS: dict[str, Compute] = {
    "least_relief": _least_relief,
    "zone_vanishes": lambda world: _birch_gains(world, _most_relief(world)),
    "signed": _signed,
    "outside_option": _outside_option,
    "solutions": _solutions,
    "repair": lambda world: _most_relief(world, _LOW_ALTERNATIVE) - _least_relief(world),
}
ERRORS: dict[str, Compute] = {
    "least_relief.from_nothing": lambda world: _least_relief(world, 0.0),
    "least_relief.utils_as_share": lambda world: (
        _least_relief(world, 0.0) + _reservation(world, "birch")
    ),
    "least_relief.at_the_split": _settled,
    "zone_vanishes.all_of_it": lambda world: _birch_gains(world, 1.0),
    "zone_vanishes.other_side": lambda world: _reservation(world, "alder"),
    "zone_vanishes.at_the_split": lambda world: _birch_gains(world, _settled(world)),
    "repair.beyond_bounds": lambda world: _unbounded(world) - _least_relief(world),
    "repair.one_sided": lambda world: 1.0 - _least_relief(world, 0.0),
    "repair.unmended": lambda world: _unbounded(world) - _least_relief(world, 0.0),
    "signed.one_month": lambda world: 100.0 * _meeting(world),
    "signed.whoever_meets": lambda world: (
        100.0 * (1.0 - (1.0 - _meeting(world)) ** world.case("base").document.calendar.turns)
    ),
}
FACTS: dict[str, Compute] = {
    "release_costs": lambda world: -_effects(world)["trade.release"],
    "relief_brings": lambda world: _effects(world)["trade.relief"],
    "release_brings": lambda world: _effects(world)["their_release.release"],
    "relief_costs": lambda world: -_effects(world)["their_release.relief"],
    "alder_alone": lambda world: _reservation(world, "alder"),
    "birch_alone": lambda world: _reservation(world, "birch"),
    "birch_better": lambda world: _BETTER_ALTERNATIVE,
    "alder_lower": lambda world: _LOW_ALTERNATIVE,
    "from_batna": lambda world: _split_from_alternatives(world, _reservation(world, "birch")),
    "from_better": lambda world: _split_from_alternatives(world, _BETTER_ALTERNATIVE),
    "meeting": _meeting,
    "months": lambda world: float(world.case("base").document.calendar.turns),
    "signed": _signed,
}
INVARIANTS = (ZONE_CLOSES, TERMS_ADD_UP)
