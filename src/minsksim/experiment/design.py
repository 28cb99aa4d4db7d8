"""Design points: which values the varied numbers take.

Axes: P design points, D varied numbers. A design is a value: the same request and seed give
the same array on every machine, and its digest is part of the identity of a sweep.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from minsksim.errors import UsageError
from minsksim.experiment.vary import Axis, Vary, every_range, resolve

if TYPE_CHECKING:
    from minsksim.scenario import Scenario

Floats = npt.NDArray[np.float64]
GRID_COUNT = 5
"""Values of a grid axis whose count was not given."""

POINTS = 256
"""Design points of lhs and sobol when not given; a power of two, as Sobol sequences like."""

MOST_POINTS = 10_000_000


@dataclass(frozen=True, eq=False)
class Design:
    """The design points of a sweep.

    Attributes
    ----------
    kind : str
        ``point``, ``grid``, ``lhs`` or ``sobol``.
    axes : tuple of Axis
    values : float64[P, D]
        In the numbers' own units; read-only.
    """

    kind: str
    axes: tuple[Axis, ...]
    values: Floats

    @property
    def names(self) -> tuple[str, ...]:
        """Dotted names of the varied numbers, in column order."""
        return tuple(axis.name for axis in self.axes)

    @property
    def points(self) -> int:
        """Number of design points, P."""
        return int(self.values.shape[0])

    @property
    def sampled(self) -> bool:
        """Whether the points are draws from the ranges, and not chosen one by one."""
        return self.kind in ("lhs", "sobol")


def build_design(
    kind: str | None,
    vary: Sequence[Vary],
    scenarios: Sequence[Scenario],
    points: int | None = None,
    seed: int = 0,
) -> Design:
    """Make the design of a sweep.

    Parameters
    ----------
    kind : {"point", "grid", "lhs", "sobol"} or None
        None means ``grid`` when something varies and ``point`` otherwise. ``lhs`` and ``sobol``
        without ``vary`` vary every number with a range.
    vary : sequence of Vary
    scenarios : sequence of Scenario
        Every name must exist in each; bounds not given come from the first.
    points : int, optional
        Design points of ``lhs`` and ``sobol``.
    seed : int

    Returns
    -------
    Design
    """
    kind = kind or ("grid" if vary else "point")
    if kind not in ("point", "grid", "lhs", "sobol"):
        raise UsageError(f"Unknown design {kind!r}: use point, grid, lhs or sobol.")
    if points is not None and kind in ("point", "grid"):
        raise UsageError(f"Design {kind!r} takes no number of points; lhs and sobol do.")
    if kind == "point":
        if vary:
            raise UsageError("Design 'point' varies nothing: use grid, lhs or sobol with --vary.")
        return design_of(kind, (), 1, seed)
    if kind == "grid":
        if not vary:
            raise UsageError("Design 'grid' needs at least one --vary name=low:high:count.")
        return design_of(kind, resolve(vary, scenarios), 0, seed)
    axes = resolve(vary, scenarios) if vary else every_range(scenarios)
    for axis in axes:
        if axis.count is not None:
            raise UsageError(
                f"--vary {axis.name}: a count belongs to a grid; design {kind!r} takes --points."
            )
    return design_of(kind, axes, POINTS if points is None else points, seed)


def design_of(kind: str, axes: tuple[Axis, ...], points: int, seed: int) -> Design:
    """Return the design that a kind and its axes define; ``points`` serves lhs and sobol."""
    if kind == "point":
        values = np.zeros((1, 0))
    elif kind == "grid":
        values = _grid(axes)
    else:
        values = _scaled(_SAMPLERS[kind](len(axes), _checked(points), seed), axes)
    values = np.ascontiguousarray(values, dtype=np.float64)
    values.setflags(write=False)
    return Design(kind, axes, values)


def _checked(points: int) -> int:
    if not 1 <= points <= MOST_POINTS:
        raise UsageError(f"{points} design points: use 1 to {MOST_POINTS}.")
    return points


def _grid(axes: tuple[Axis, ...]) -> Floats:
    counts = [axis.count or GRID_COUNT for axis in axes]
    _checked(math.prod(counts))
    steps = [
        np.linspace(axis.low, axis.high, count) for axis, count in zip(axes, counts, strict=True)
    ]
    return np.stack([mesh.ravel() for mesh in np.meshgrid(*steps, indexing="ij")], axis=1)


def _latin_hypercube(dimensions: int, points: int, seed: int) -> Floats:
    from scipy.stats import qmc  # takes a second to import

    sample: Floats = qmc.LatinHypercube(dimensions, seed=seed).random(points)
    return sample


def _sobol(dimensions: int, points: int, seed: int) -> Floats:
    from scipy.stats import qmc

    with warnings.catch_warnings():
        # Balance is lost when P is not a power of two; the sample is still low-discrepancy.
        warnings.simplefilter("ignore", UserWarning)
        sample: Floats = qmc.Sobol(dimensions, scramble=True, seed=seed).random(points)
    return sample


_SAMPLERS: dict[str, Callable[[int, int, int], Floats]] = {
    "lhs": _latin_hypercube,
    "sobol": _sobol,
}


def _scaled(sample: Floats, axes: tuple[Axis, ...]) -> Floats:
    columns = [
        axis.low + u * (axis.high - axis.low) if axis.mode is None else _triangular(u, axis)
        for u, axis in zip(sample.T, axes, strict=True)
    ]
    return np.stack(columns, axis=1)


def _triangular(u: Floats, axis: Axis) -> Floats:
    """Quantiles of the triangular distribution on [low, high] with its peak at the mode."""
    low, high = axis.low, axis.high
    mode = low if axis.mode is None else axis.mode
    width = high - low
    rising = low + np.sqrt(u * width * (mode - low))
    falling = high - np.sqrt((1 - u) * width * (high - mode))
    return np.where(u * width < mode - low, rising, falling)
