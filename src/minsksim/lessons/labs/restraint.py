"""Lab 9: what survives of a headline when its assumptions are tested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from minsksim.lessons.invariants import LINKAGE_HELPS, PEOPLE_BALANCE, TERMS_ADD_UP, ZONE_CLOSES

if TYPE_CHECKING:
    from minsksim.lessons.question import Compute
    from minsksim.lessons.world import World

RUNS = 400
_YEAR = 12.0
_HALF = 50.0
QUALITY = "channels.alder_birch.quality"
CAPTIVES = "actors.alder.salience.captives"
NUMBERS = {
    "a": "actors.birch.salience.recognition",
    "b": QUALITY,
    "c": CAPTIVES,
    "d": "channels.alder_birch.trust.alder.broken",
}
WEAK = {
    "actors.birch.salience.recognition": 0,
    "levers.salt_relief.cost.up": 1,
    "actors.alder.salience.cedar_line": 0,
}
"""Three numbers, and the end of the range (low 0, high 1) that weakens the headline."""
FAR = 0.8
"""How far each of them goes towards that end."""
PROTOCOLS = ("nash", "kalai_smorodinsky", "egalitarian", "take_it_or_leave_it")


def _share(world: World, settings: dict[str, float | str | bool]) -> float:
    """Return the percentage of runs with salt relief within the first year."""
    named = {world.word(name): value for name, value in settings.items()}
    first = world.measures("base", RUNS, named)["first_salt_relief"]
    return 100.0 * float((first <= _YEAR).mean())


def _ends(world: World, name: str) -> tuple[float, float]:
    span = world.case("base").numbers[world.word(name)].range
    if span is None:
        raise ValueError(f"{name} has no range")
    return span[0], span[1]


def _swing(world: World, name: str) -> float:
    low, high = (_share(world, {name: end}) for end in _ends(world, name))
    return abs(high - low)


def _by_swing(world: World) -> str:
    return "".join(sorted(NUMBERS, key=lambda letter: -_swing(world, NUMBERS[letter])))


def _flip(world: World) -> float:
    """Return the meeting probability at which the share crosses one half."""
    low, _ = _ends(world, QUALITY)
    now = world.case("base").numbers[world.word(QUALITY)].value
    grid = np.linspace(low, now, 15)
    shares = np.array([_share(world, {QUALITY: float(one)}) for one in grid])
    below = int(np.flatnonzero(shares < _HALF).max())
    rise = (_HALF - shares[below]) / (shares[below + 1] - shares[below])
    return float(grid[below] + rise * (grid[below + 1] - grid[below]))


def _by_protocol(world: World) -> list[float]:
    place = "channels.alder_birch.protocol"
    return [_share(world, {place: protocol}) for protocol in PROTOCOLS]


def _survives_protocols(world: World) -> bool:
    return min(_by_protocol(world)) > _HALF


def _weak_ends(world: World) -> dict[str, float]:
    numbers = world.case("base").numbers
    now = {name: numbers[world.word(name)].value for name in WEAK}
    return {
        name: now[name] + FAR * (_ends(world, name)[end] - now[name]) for name, end in WEAK.items()
    }


def _together(world: World) -> bool:
    """Return whether the headline survives all weakening numbers at once."""
    return _share(world, dict(_weak_ends(world))) > _HALF


def _grade(world: World) -> str:
    """Return b for a claim that holds as stated and fails inside the ranges."""
    holds = _share(world, {}) > _HALF
    fails = any(
        _share(world, {name: end}) < _HALF
        for name in NUMBERS.values()
        for end in _ends(world, name)
    )
    return "b" if holds and fails else "a" if holds else "c"


def _meeting(world: World) -> float:
    """Return the probability of meeting in a month, in the base case."""
    return world.case("base").numbers[world.word(QUALITY)].value


ANSWERS: dict[str, Compute] = {
    "largest": _by_swing,
    "flip": _flip,
    "protocols": _survives_protocols,
    "together": _together,
    "grade": _grade,
    "repair": lambda world: _swing(world, CAPTIVES),
}
ERRORS: dict[str, Compute] = {
    "together.one_at_a_time": lambda world: all(
        _share(world, {name: end}) > _HALF for name, end in _weak_ends(world).items()
    ),
    "largest.motives_first": lambda world: "".join(
        sorted(NUMBERS, key=lambda letter: ("salience" not in NUMBERS[letter], letter))
    ),
    "largest.turned": lambda world: _by_swing(world)[::-1],
    "flip.end_of_range": lambda world: _ends(world, QUALITY)[0],
    "repair.one_side": lambda world: (
        _share(world, {CAPTIVES: _ends(world, CAPTIVES)[1]}) - _share(world, {})
    ),
    "flip.half_the_meetings": lambda world: _meeting(world) / 2.0,
    "flip.as_it_is": _meeting,
}
FACTS: dict[str, Compute] = {
    "meeting": _meeting,
    "meeting_low": lambda world: _ends(world, QUALITY)[0],
    "meeting_high": lambda world: _ends(world, QUALITY)[1],
    "flip": _flip,
    "lowest": lambda world: min(_by_protocol(world)),
    "highest": lambda world: max(_by_protocol(world)),
    "weakest_alone": lambda world: min(
        _share(world, {name: end}) for name, end in _weak_ends(world).items()
    ),
    "together_share": lambda world: _share(world, dict(_weak_ends(world))),
}
INVARIANTS = (TERMS_ADD_UP, ZONE_CLOSES, LINKAGE_HELPS, PEOPLE_BALANCE)
