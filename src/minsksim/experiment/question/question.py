"""The question a sweep asks, and the identity that follows from it.

Equal questions have equal ids, and so share a folder. Nothing here reads a clock, a host name
or a process id.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from minsksim.experiment.question.design import Design
from minsksim.experiment.question.samplers import SAMPLERS

if TYPE_CHECKING:
    from minsksim.scenario import Scenario

Numbers = npt.NDArray[np.int64]

SHARED, BY_POINT = "shared", "by_point"
DRAWS = (SHARED, BY_POINT)

_BLOCK_OF_POINTS = 32
"""Bits of an address left to the replication; the block of points stands above them."""


def canonical(value: Mapping[str, Any]) -> bytes:
    """Return the JSON bytes of a mapping, in its own order (the order of axes counts)."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


@cache
def rules_digest() -> str:
    """Return the SHA-256 of the model's rules and engine, as sources."""
    from minsksim._compiled.store import source_digest

    return source_digest()


def software(kind: str = "point") -> dict[str, str]:
    """Return the versions that may change bits, as the manifest records them."""
    names = ["numpy", "numba", "scipy", "pyarrow"]
    if kind in SAMPLERS and SAMPLERS[kind].package not in names:
        names.append(SAMPLERS[kind].package)
    return {name: version_of(name) for name in names}


def version_of(package: str) -> str:
    """Return a package's version; numba may be missing, and does not change a bit."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


@dataclass(frozen=True, eq=False)
class Question:
    """All that decides the results of a sweep.

    Attributes
    ----------
    scenarios : tuple of Scenario
        The first one names the folder.
    design : Design
    runs : int
        Replications for each design point; with ``until``, those of each round.
    seed : int
    where : tuple of str
        Conditions that select the runs to summarise.
    series : int or None
        Runs kept turn by turn, spread over the design; None keeps every run.
    agreements : int or None
        The same for agreements.
    until : tuple of (str, float)
        Rounds are added until these measures' means are known to within these half-widths.
    most : int
        Replications for each design point at which to stop adding; a multiple of ``runs``.
    draws : {"shared", "by_point"}
        Whether a replication has the same draws at every design point, so that differences between
        points are paired, or each point (or block or trajectory of points that belong together)
        has its own, so that the spread over runs is not that of a few histories.
    """

    scenarios: tuple[Scenario, ...]
    design: Design
    runs: int
    seed: int
    where: tuple[str, ...]
    series: int | None
    agreements: int | None
    until: tuple[tuple[str, float], ...]
    most: int
    draws: str = SHARED
    rules: str = field(default_factory=rules_digest)
    version: str = field(default_factory=lambda: version("minsksim"))

    @property
    def inputs(self) -> dict[str, Any]:
        """Plain data that the id is the hash of."""
        return {
            "scenarios": [
                {"name": scenario.name, "digest": scenario.digest} for scenario in self.scenarios
            ],
            "design": {
                "kind": self.design.kind,
                "points": self.design.points,
                "base": self.design.base,
                "filters": list(self.design.filters),
                "axes": [
                    {
                        "name": axis.name,
                        "low": axis.low,
                        "high": axis.high,
                        "mode": axis.mode,
                        "count": axis.count,
                        # left out where it says nothing, so that older results keep their id
                        **({"is_whole": True} if axis.is_whole else {}),
                    }
                    for axis in self.design.axes
                ],
                "sha256": self.design.sha256,
            },
            "runs": self.runs,
            "seed": self.seed,
            "where": list(self.where),
            "series": "all" if self.series is None else self.series,
            "agreements": "all" if self.agreements is None else self.agreements,
            "until": [list(target) for target in self.until],
            "most": self.most,
            "draws": self.draws,
            "rules": self.rules,
            "version": self.version,
        }

    @property
    def id(self) -> str:
        """Twelve hex digits."""
        return id_of(self.inputs)

    @property
    def round_size(self) -> int:
        """Runs of a scenario in one round: every design point, ``runs`` replications each."""
        return self.design.points * self.runs

    def numbered(self, number: npt.NDArray[np.int64]) -> tuple[Numbers, Numbers]:
        """Return point and replication of the runs with these numbers.

        Runs of a scenario are numbered by (round, point, replication), so that a round that is
        added renumbers nothing.
        """
        rounds, rest = np.divmod(number, self.round_size)
        point, replication = np.divmod(rest, self.runs)
        return point, replication + rounds * self.runs

    def address(self, point: Numbers, replication: Numbers) -> Numbers:
        """Return which draws runs have, as the replication that the engine is asked for.

        Draws that are shared are those of the replication. Draws by point are those of the
        replication plus 2**32 times the number of the block of points that belong together; those
        of the first block are the shared ones.
        """
        if self.draws == SHARED:
            return replication
        block = point // max(1, self.design.group)
        found: Numbers = replication + (block << _BLOCK_OF_POINTS)
        return found


def id_of(inputs: Mapping[str, Any]) -> str:
    """Return the id of a question from its inputs."""
    return hashlib.sha256(canonical(inputs)).hexdigest()[:12]
