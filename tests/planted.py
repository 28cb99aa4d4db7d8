"""Functions of which it is known what matters, and designs over their inputs."""

from __future__ import annotations

from functools import cache

import numpy as np

from minsksim.analysis.drawn import Drawn
from minsksim.experiment.question.design import design_of
from minsksim.experiment.question.vary import Axis


@cache
def drawn(kind: str, count: int, base: int, seed: int) -> Drawn:
    """Return the points of a design over ``count`` inputs, each from 0 to 1."""
    names = tuple(f"x{n}" for n in range(count))
    axes = tuple(Axis(name, 0.0, 1.0) for name in names)
    return Drawn(kind, names, design_of(kind, axes, base, seed).values)


def few_of_many(unit: np.ndarray) -> np.ndarray:
    """Return a function of the first five inputs: three slopes and an interaction."""
    middle = unit - 0.5
    return 4 * unit[:, 0] + 3 * unit[:, 1] + 2 * unit[:, 2] + 6 * middle[:, 3] * middle[:, 4]
