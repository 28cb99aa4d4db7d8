"""Lab 2: when one package creates value, and when it adds vetoes."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

import numpy as np

from minsksim.lessons.invariants import LINKAGE_HELPS, ZONE_CLOSES

if TYPE_CHECKING:
    from minsksim.lessons.question import Compute
    from minsksim.lessons.world import World

# salt relief, visits, release, line to Cedar, insight on Rowan; as the page shows them
ALDER = np.array([0.15, 0.05, 0.40, 0.25, 0.15])
BIRCH = np.array([0.35, 0.25, 0.15, 0.10, 0.15])
CONSENT = 0.8
CONSENTS = (0.9, 0.8, 0.7, 0.95, 0.85)
CORE = (0, 2)
ADDED = {"a": (3, 0.8), "b": (1, 1.0), "c": (4, 0.95)}
POSITIONS = 3


def _linked(first: np.ndarray, second: np.ndarray) -> tuple[float, float]:
    from minsksim.theory.linkage import linked_shares, utils_of_shares

    return utils_of_shares(linked_shares(first, second), first, second)


def _package(world: World) -> float:
    return _linked(ALDER, BIRCH)[0]


def joining_gains(first: float, second: float) -> tuple[float, float]:
    """Return what each side gains if an issue joins the core rather than being halved apart."""
    core = list(CORE)
    before = _linked(ALDER[core], BIRCH[core])
    after = _linked(np.append(ALDER[core], first), np.append(BIRCH[core], second))
    return after[0] - before[0] - first / 2.0, after[1] - before[1] - second / 2.0


def _has_a_loser(world: World) -> bool:
    """Return whether some third issue leaves a side worse off, by a search."""
    grid = np.linspace(0.02, 0.5, 25)
    return any(min(joining_gains(a, b)) < -1e-9 for a in grid for b in grid)


def _joint(issues: tuple[int, ...]) -> float:
    chosen = list(issues)
    return sum(_linked(ALDER[chosen], BIRCH[chosen]))


def _helpful(world: World) -> str:
    """Return the one issue that is worth linking to the core, or d if all of them are."""
    better = []
    for letter, (issue, consent) in ADDED.items():
        linked = consent * _joint((*CORE, issue))
        apart = _joint(CORE) + consent * (ALDER[issue] + BIRCH[issue]) / 2.0
        if linked > apart:
            better.append(letter)
    return better[0] if len(better) == 1 else "d"


ANSWERS: dict[str, Compute] = {
    "package": _package,
    "one_loses": _has_a_loser,
    "consents": lambda world: 100.0 * CONSENT ** len(ALDER),
    "which_helps": _helpful,
    "contracts": lambda world: float(POSITIONS ** len(ALDER)),
    "repair": lambda world: _package(world) * prod(CONSENTS),
}
ERRORS: dict[str, Compute] = {
    "package.no_gain": lambda world: float(ALDER.sum()) / 2.0,
    "package.greedy": lambda world: float(ALDER[ALDER >= BIRCH].sum()),
    "package.everything": lambda world: float(ALDER.sum()),
    "consents.one_veto": lambda world: 100.0 * CONSENT,
    "consents.risks_add": lambda world: 100.0 * (1.0 - (1.0 - CONSENT) * len(ALDER)),
    "contracts.adds": lambda world: float(POSITIONS * len(ALDER)),
    "contracts.turned": lambda world: float(len(ALDER) ** POSITIONS),
    "repair.unmended": lambda world: _package(world) * min(CONSENTS),
    "repair.average": lambda world: _package(world) * float(np.mean(CONSENTS)),
}
FACTS: dict[str, Compute] = {
    "consents": lambda world: 100.0 * CONSENT ** len(ALDER),
}
INVARIANTS = (LINKAGE_HELPS, ZONE_CLOSES)
