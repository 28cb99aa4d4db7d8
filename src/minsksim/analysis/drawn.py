"""The points of a design as its indices need them: what belongs together, and what moved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from minsksim.analysis.controls import Floats
from minsksim.analysis.correlated import Correlated, correlated
from minsksim.experiment.question.samplers import group_of


@dataclass(frozen=True, eq=False)
class Drawn:
    """The points of a design.

    Attributes
    ----------
    kind : str
    names : tuple of str
        Inputs, D of them.
    unit : float64[P, D]
        Points, each input scaled to 0-1 by its range.
    """

    kind: str
    names: tuple[str, ...]
    unit: Floats

    @property
    def size(self) -> int:
        """Neighbouring points that belong together."""
        return max(1, group_of(self.kind, len(self.names)))

    @property
    def blocks(self) -> int:
        """How many blocks of such points there are."""
        return len(self.unit) // self.size

    def of_blocks(self, which: npt.NDArray[np.bool_]) -> Drawn:
        """Return the design of some blocks."""
        return Drawn(self.kind, self.names, self.unit[which.repeat(self.size)])

    def of_inputs(self, which: list[int]) -> Drawn:
        """Return the design of some inputs, of points that stand alone."""
        return Drawn(self.kind, tuple(self.names[one] for one in which), self.unit[:, which])

    @cached_property
    def columns(self) -> Correlated:
        """How the columns correlate."""
        return correlated(self.names, self.unit)

    @cached_property
    def steps(self) -> tuple[npt.NDArray[np.int64], Floats]:
        """Of a Morris design: which input each step moves, and how far; both [r, D]."""
        inputs = len(self.names)
        places = self.unit.reshape(-1, inputs + 1, inputs)
        moved, width = [], []
        for place in places:
            change = np.diff(place, axis=0)
            moved.append(np.abs(change).argmax(axis=1))
            width.append(change[np.arange(inputs), moved[-1]])
        return np.array(moved), np.array(width)
