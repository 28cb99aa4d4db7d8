"""Designs that draw their points: each fills the unit cube, which axes then stretch.

Axes: P design points, D varied numbers. Points that belong together (the block of a Saltelli
design, the trajectory of a Morris design) lie in a row, ``group`` of them, and share draws.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
LEVELS = 4
"""Levels of a Morris design, the usual number; a step is two thirds of a range."""


@dataclass(frozen=True)
class Sampler:
    """A way to draw points.

    Attributes
    ----------
    draw : callable
        Numbers D, base size and seed to float64[P, D] in 0 to 1.
    group : callable
        D to the points that one unit of the base size makes.
    base : callable
        D to the base size when none is asked for.
    package : str
        What draws it, whose version may change the points.
    """

    draw: Callable[[int, int, int], Floats]
    group: Callable[[int], int]
    base: Callable[[int], int]
    package: str


def _latin_hypercube(dimensions: int, base: int, seed: int) -> Floats:
    from scipy.stats import qmc  # takes a second to import

    sample: Floats = qmc.LatinHypercube(dimensions, seed=seed).random(base)
    return sample


def _sobol(dimensions: int, base: int, seed: int) -> Floats:
    from scipy.stats import qmc

    with _unbalanced():
        sample: Floats = qmc.Sobol(dimensions, scramble=True, seed=seed).random(base)
    return sample


def _saltelli(dimensions: int, base: int, seed: int) -> Floats:
    """Return for each base point the rows A, A with column k from B, for every k, and B."""
    from SALib.sample import sobol

    with _unbalanced():
        sample: Floats = sobol.sample(
            _unit_cube(dimensions), base, calc_second_order=False, seed=seed
        )
    return sample


def _morris(dimensions: int, base: int, seed: int) -> Floats:
    """Return trajectories of D+1 points, of which neighbours differ in one number."""
    from SALib.sample import morris

    sample: Floats = morris.sample(_unit_cube(dimensions), base, num_levels=LEVELS, seed=seed)
    return sample


def _unit_cube(dimensions: int) -> dict[str, Any]:
    names = [f"x{column}" for column in range(dimensions)]
    return {"num_vars": dimensions, "names": names, "bounds": [[0.0, 1.0]] * dimensions}


def _unbalanced() -> Any:
    """Balance is lost when the size is no power of two; the sample is still low-discrepancy."""
    caught = warnings.catch_warnings(action="ignore", category=UserWarning)
    return caught


def _base_points(dimensions: int) -> int:
    """Return base points of ``saltelli``: 128, and fewer where many numbers make that too many.

    Examples
    --------
    >>> [_base_points(dimensions) for dimensions in (3, 40, 411)]
    [128, 64, 8]
    """
    fitting = max(FEWEST_BASE, MOST_DEFAULT // (dimensions + 2))
    return min(128, 1 << (fitting.bit_length() - 1))


MOST_DEFAULT, FEWEST_BASE = 4096, 8
"""Points of a ``saltelli`` design that nobody gave a size, unless that were too few base points."""

SAMPLERS: dict[str, Sampler] = {
    "lhs": Sampler(_latin_hypercube, lambda _: 1, lambda _: 256, "scipy"),
    "sobol": Sampler(_sobol, lambda _: 1, lambda _: 256, "scipy"),
    "saltelli": Sampler(_saltelli, lambda dimensions: dimensions + 2, _base_points, "SALib"),
    "morris": Sampler(_morris, lambda dimensions: dimensions + 1, lambda _: 20, "SALib"),
}
"""Every design that draws points; a new one is a line here, and everything else follows."""

KINDS = ("point", "grid", "list", *SAMPLERS)
"""Every design: points that are chosen, then points that are drawn."""

ALONE = tuple(name for name, sampler in SAMPLERS.items() if sampler.group(2) == 1)
"""Designs that draw each point by itself, so that any of them can be left out."""


def group_of(kind: str, dimensions: int) -> int:
    """Return how many neighbouring points share draws: 0 for points that were chosen."""
    return SAMPLERS[kind].group(dimensions) if kind in SAMPLERS else 0
