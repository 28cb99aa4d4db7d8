"""A list of design points from a CSV file: dotted names in the first line, a point in each other.

The file is untrusted: it holds numbers and names, nothing else, and its size is bounded.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from minsksim.errors import UsageError
from minsksim.experiment.question.vary import Axis, known_everywhere
from minsksim.reading import Unreadable, read_regular
from minsksim.scenario.scalars import float_of

if TYPE_CHECKING:
    from minsksim.scenario import Scenario

MOST_CELLS = 1_000_000
_MOST_BYTES = 32_000_000
_FORM = "The first line holds dotted names, every other line a number for each."


def read_points(
    path: Path, scenarios: Sequence[Scenario]
) -> tuple[tuple[Axis, ...], npt.NDArray[np.float64]]:
    """Read a list of points.

    Returns
    -------
    axes, values
        An axis from the least to the largest value of each column; float64[P, D].

    Raises
    ------
    UsageError
        With file and line.
    ScenarioError
        If a scenario cannot be run at a point, with file and line.
    """
    from minsksim.scenario.given import check_points

    names, rows, lines = _read(path)
    known_everywhere(names, scenarios, path.name)
    values = np.array(rows, dtype=np.float64)
    for scenario in scenarios:
        check_points(scenario, names, values, lambda row: f"{path}:{lines[row]}")
    axes = tuple(
        Axis(name, float(column.min()), float(column.max()))
        for name, column in zip(names, values.T, strict=True)
    )
    return axes, values


def _read(path: Path) -> tuple[list[str], list[list[float]], list[int]]:
    """Return the names, the points, and in which line each of them is."""
    try:
        text = read_regular(path, _MOST_BYTES, "CSV file").decode("utf-8-sig")
    except Unreadable as error:
        raise UsageError(f"{path}: {error}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: not UTF-8 text. {_FORM}") from None
    names: list[str] = []
    rows: list[list[float]] = []
    lines: list[int] = []
    try:
        for number, cells in enumerate(csv.reader(text.splitlines()), start=1):
            if not cells or cells[0].lstrip().startswith("#"):
                continue
            if names:
                rows.append(_row(f"{path}:{number}", cells, names))
                lines.append(number)
            else:
                names = [cell.strip() for cell in cells]
    except csv.Error as error:
        raise UsageError(f"{path}: not CSV ({error}). {_FORM}") from None
    if not rows:
        raise UsageError(f"{path}: no points. {_FORM}")
    if len(rows) * len(names) > MOST_CELLS:
        raise UsageError(f"{path}: over {MOST_CELLS:,} numbers.")
    return names, rows, lines


def _row(place: str, cells: Sequence[str], names: Sequence[str]) -> list[float]:
    if len(cells) != len(names):
        raise UsageError(f"{place}: {len(cells)} numbers for {len(names)} names. {_FORM}")
    row = []
    for name, cell in zip(names, cells, strict=True):
        try:
            value = float_of(cell)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise UsageError(f"{place} {name}: {cell[:40]!r} is not a finite number. {_FORM}")
        row.append(value)
    return row
