"""Design points: which values the varied numbers take.

Axes: P design points, D varied numbers. A design is a value: the same request and seed give
the same array on every machine, and its digest is part of the identity of a sweep.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from minsksim.errors import UsageError
from minsksim.experiment.question.filters import passing, tidy_filter
from minsksim.experiment.question.points_file import read_points
from minsksim.experiment.question.samplers import ALONE, KINDS, SAMPLERS, group_of
from minsksim.experiment.question.vary import Axis, Vary, every_range, resolve

if TYPE_CHECKING:
    from minsksim.scenario import Scenario

Floats = npt.NDArray[np.float64]
GRID_COUNT = 5
"""Values of a grid axis whose count was not given."""

MOST_POINTS, MOST_VALUES = 10_000_000, 500_000_000
_ROWS = 4096
"""Points stretched at a time: a large design is never held twice."""


@dataclass(frozen=True, eq=False)
class Design:
    """The design points of a sweep.

    Attributes
    ----------
    kind : str
        One of ``KINDS``.
    axes : tuple of Axis
    values : float64[P, D]
        In the numbers' own units; read-only.
    base : int
        What a drawn design was asked for: points, base points of ``saltelli``, trajectories of
        ``morris``; 0 for points that were chosen.
    filters : tuple of str
        Conditions that every point meets.
    """

    kind: str
    axes: tuple[Axis, ...]
    values: Floats
    base: int = 0
    filters: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Dotted names of the varied numbers, in column order."""
        return tuple(axis.name for axis in self.axes)

    @property
    def points(self) -> int:
        """Number of design points, P."""
        return int(self.values.shape[0])

    @property
    def group(self) -> int:
        """Neighbouring points that share draws; 0 if the points were chosen one by one."""
        return group_of(self.kind, len(self.axes))

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the values as little-endian float64, row by row."""
        return hashlib.sha256(np.ascontiguousarray(self.values, "<f8").data).hexdigest()

    @property
    def sampled(self) -> bool:
        """Whether the points are draws from the ranges, and not chosen one by one."""
        return self.group > 0


def build_design(
    kind: str | None,
    vary: Sequence[Vary],
    scenarios: Sequence[Scenario],
    points: int | None = None,
    seed: int = 0,
    *,
    filters: Sequence[str] = (),
    points_file: str | Path | None = None,
) -> Design:
    """Make the design of a sweep.

    Parameters
    ----------
    kind : str or None
        One of ``KINDS``.
        None means ``list`` with a file, ``grid`` when something varies and ``point`` otherwise.
        The designs that draw points, without ``vary``, vary every number with a range.
    vary : sequence of Vary
    scenarios : sequence of Scenario
        Every name must exist in each; bounds not given come from the first.
    points : int, optional
        Points of a design that draws them, base points of ``saltelli`` (D+2 points each),
        trajectories of ``morris`` (D+1 points each).
    seed : int
    filters : sequence of str
        Conditions such as ``"a.x<b.y"``: other points are not run.
    points_file : path, optional
        CSV file with the points of ``list``.

    Returns
    -------
    Design
    """
    kind = kind or ("list" if points_file else "grid" if vary else "point")
    _check_request(kind, vary, points, points_file)
    given = None
    if points_file is not None:
        axes, given = read_points(Path(points_file), scenarios)
    elif kind == "point":
        axes = ()
    else:
        axes = resolve(vary, scenarios) if vary else every_range(scenarios)
    names = [axis.name for axis in axes]
    tidy = tuple(tidy_filter(text, names) for text in filters)
    if tidy and group_of(kind, len(axes)) > 1:
        raise UsageError(
            f"--filter: a {kind} design needs all of its points; use {' or '.join(ALONE)}."
        )
    design = design_of(kind, axes, _base(kind, len(axes), points), seed, tidy, given)
    if kind != "list":
        _check_varied(design, scenarios)
    return design


def _base(kind: str, dimensions: int, points: int | None) -> int:
    """Return the base size of a design: what was asked for, or its own; 0 if points are chosen."""
    if kind not in SAMPLERS:
        return 0
    return SAMPLERS[kind].base(dimensions) if points is None else points


def _check_varied(design: Design, scenarios: Sequence[Scenario]) -> None:
    """Refuse values that a scenario may not have, and points at which they do not go together.

    A column lies between the ends of its axis, so its bounds need no look at every point.
    """
    from minsksim.scenario.given import check_bounds, check_together

    ends = np.array([[axis.low, axis.high] for axis in design.axes]).reshape(-1, 2).T
    for scenario in scenarios:
        check_bounds(scenario, design.names, ends, lambda _: "--vary")
        check_together(scenario, design.names, design.values, lambda row: f"Design point {row},")


def design_of(
    kind: str,
    axes: tuple[Axis, ...],
    base: int,
    seed: int,
    filters: tuple[str, ...] = (),
    given: Floats | None = None,
) -> Design:
    """Return the design that these parts define; ``given`` holds the points of a list."""
    if kind == "point":
        values = np.zeros((1, 0))
    elif kind == "list":
        values = np.asarray(given, dtype=np.float64)
    elif kind == "grid":
        values = _grid(axes)
    else:
        sampler = SAMPLERS[kind]
        _checked(base * sampler.group(len(axes)), len(axes))
        values = sampler.draw(len(axes), base, seed)
        for first in range(0, len(values), _ROWS):
            values[first : first + _ROWS] = _scaled(values[first : first + _ROWS], axes)
    if filters:
        values = values[passing(values, [axis.name for axis in axes], filters)]
        if not len(values):
            raise UsageError(f"--filter {' and '.join(filters)}: no design point is left.")
    values = np.ascontiguousarray(values, dtype=np.float64)
    values.setflags(write=False)
    return Design(kind, axes, values, base, filters)


def _check_request(
    kind: str, vary: Sequence[Vary], points: int | None, points_file: str | Path | None
) -> None:
    """Refuse requests whose parts do not belong together."""
    if kind not in KINDS:
        raise UsageError(f"Unknown design {kind!r}: use {', '.join(KINDS[:-1])} or {KINDS[-1]}.")
    drawn = ", ".join(SAMPLERS)
    if points is not None and kind not in SAMPLERS:
        raise UsageError(f"Design {kind!r} takes no number of points; {drawn} do.")
    if (kind == "list") != (points_file is not None):
        raise UsageError("Design 'list' and a file of points (--points-file) go together.")
    if vary and kind in ("point", "list"):
        raise UsageError(f"Design {kind!r} varies nothing by --vary: use grid, or {drawn}.")
    if kind == "grid" and not vary:
        raise UsageError("Design 'grid' needs at least one --vary name=low:high:count.")
    for one in vary:
        if one.count is not None and kind in SAMPLERS:
            raise UsageError(
                f"--vary {one.name}: a count belongs to a grid; design {kind!r} takes --points."
            )


def _checked(points: int, dimensions: int) -> None:
    """Refuse a design that is too large, before it takes memory."""
    if not 1 <= points <= MOST_POINTS:
        raise UsageError(f"{points:,} design points: use 1 to {MOST_POINTS:,}.")
    if points * dimensions > MOST_VALUES:
        raise UsageError(
            f"{points:,} design points of {dimensions} numbers take "
            f"{points * dimensions * 8 / 2**30:.0f} GiB of memory: use fewer points (--points) or "
            "vary fewer numbers (--vary)."
        )


def _grid(axes: tuple[Axis, ...]) -> Floats:
    counts = [axis.count or GRID_COUNT for axis in axes]
    _checked(math.prod(counts), len(axes))
    steps = [
        _whole(np.linspace(axis.low, axis.high, count), axis)
        for axis, count in zip(axes, counts, strict=True)
    ]
    steps = [  # rounded, two values may be one
        np.unique(values) if axis.is_whole else values
        for values, axis in zip(steps, axes, strict=True)
    ]
    return np.stack([mesh.ravel() for mesh in np.meshgrid(*steps, indexing="ij")], axis=1)


def _scaled(sample: Floats, axes: tuple[Axis, ...]) -> Floats:
    columns = [
        np.minimum(axis.low + u * (axis.high - axis.low), axis.high)
        if axis.mode is None
        else _triangular(u, axis)
        for u, axis in zip(sample.T, axes, strict=True)
    ]
    rounded = [_whole(values, axis) for values, axis in zip(columns, axes, strict=True)]
    return np.stack(rounded, axis=1)


def _whole(values: Floats, axis: Axis) -> Floats:
    """Return values of a number, rounded to the nearest whole ones where people are counted.

    Both ends of the range are whole, so what is rounded stays within it.
    """
    return np.rint(values) if axis.is_whole else values


def _triangular(u: Floats, axis: Axis) -> Floats:
    """Quantiles of the triangular distribution on [low, high] with its peak at the mode."""
    low, high = axis.low, axis.high
    mode = low if axis.mode is None else axis.mode
    width = high - low
    rising = low + np.sqrt(u * width * (mode - low))
    falling = high - np.sqrt((1 - u) * width * (high - mode))
    return np.where(u * width < mode - low, rising, falling)
