"""Lab 0: what is claimed by running a model once, often, or again."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from minsksim.lessons.invariants import PEOPLE_BALANCE, TERMS_ADD_UP

if TYPE_CHECKING:
    from minsksim.lessons.question import Compute
    from minsksim.lessons.world import World

_MEASURE = "utility_birch"
_FEW, _MANY = 25, 400
_YEAR = 12.0
_NORMAL = 1.96


def width(values: np.ndarray) -> float:
    """Return the width of the 95 % interval of the mean."""
    return float(2.0 * _NORMAL * np.std(values, ddof=1) / np.sqrt(len(values)))


def _gains(world: World) -> np.ndarray:
    return world.measures("base", _MANY)[_MEASURE].to_numpy(dtype=np.float64)


def _factor(world: World) -> float:
    """Return the mean width over all blocks of few runs, over the width of all runs."""
    gains = _gains(world)
    blocks = gains.reshape(-1, _FEW)
    return float(np.mean([width(block) for block in blocks])) / width(gains)


def _late(world: World) -> float:
    """Return the percentage of runs without salt relief in the first year."""
    first = world.measures("base", _MANY)["first_salt_relief"]
    return 100.0 * float((~(first <= _YEAR)).mean())


@lru_cache(maxsize=4)
def _digests(skin: str, reference: str, seed: int) -> tuple[str, str]:
    from minsksim.experiment import sweep
    from minsksim.lessons.skins import load

    case = load(reference, skin)
    found = []
    for threads in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            done = sweep(
                [case],
                runs=60,
                seed=seed,
                results=folder,
                threads=threads,
                series=1,
                base_only=True,
            )
            found.append(done.digest)
    return found[0], found[1]


def _has_same_digest(world: World) -> bool:
    first, second = _digests(world.skin, world.cases["base"], world.seed)
    return first == second


def _sort_of_replication(world: World) -> str:
    other = _gains(replace(world, seed=world.seed + 1))
    mine = _gains(world)
    if np.array_equal(mine, other):
        return "a"
    gap = abs(float(mine.mean() - other.mean()))
    return "b" if gap < (width(mine) + width(other)) / 2.0 else "c"


def _months(world: World) -> np.ndarray:
    utility = world.run("base").utilities[world.word("birch")].to_numpy(dtype=np.float64)
    return np.asarray(utility[1:] - utility[0])


def _spread(world: World) -> float:
    low, high = np.quantile(_gains(world)[:_FEW], (0.05, 0.95))
    return float(high - low)


def _assumed(world: World) -> float:
    """Return how many numbers of the case no source states: assumed, or calibrated to results."""
    case = world.case("base")
    kinds = [case.document.sources[number.source].kind for number in case.numbers.values()]
    return float(sum(kind in ("assumed", "calibrated") for kind in kinds))


ANSWERS: dict[str, Compute] = {
    "factor": _factor,
    "late": _late,
    "same_bytes": _has_same_digest,
    "other_seed": _sort_of_replication,
    "repair": lambda world: width(_gains(world)[:_FEW]),
}
ERRORS: dict[str, Compute] = {
    "repair.unmended": lambda world: width(_months(world)),
    "repair.spread": _spread,
    "repair.no_root": lambda world: width(_gains(world)[:_FEW]) / np.sqrt(_FEW),
}
FACTS: dict[str, Compute] = {
    "levers": lambda world: float(len(world.case("base").document.levers)),
    "numbers": lambda world: float(len(world.case("base").numbers)),
    "assumed": _assumed,
    "factor": _factor,
    "late": _late,
}
INVARIANTS = (TERMS_ADD_UP, PEOPLE_BALANCE)
