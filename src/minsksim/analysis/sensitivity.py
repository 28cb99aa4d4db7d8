"""Which varied numbers move a measure: indices with intervals, and whether their order is settled.

A replication has the same draws at every point, so the mean over them is a function of the point;
indices are of that function. Conditions (``where``) are not applied: they would take points out
of a design that needs all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from minsksim.analysis.indices import RANKED_BY, Floats, indices, ranking
from minsksim.analysis.summary import chosen
from minsksim.errors import UsageError
from minsksim.experiment.question.samplers import SAMPLERS, group_of
from minsksim.experiment.result import take_result

if TYPE_CHECKING:
    from minsksim.experiment import Result

SETTLED = 0.9
"""Rank agreement of two halves of a design from which the order counts as settled."""


@dataclass(frozen=True)
class Sensitivity:
    """What moves the measures of a sweep.

    Attributes
    ----------
    kind : str
        The design, and with it the kind of index.
    table : DataFrame
        One row for each scenario, measure, number and index: estimate, low and high (95 %).
    agreement : DataFrame
        One row for each scenario and measure: points used, points left out because a run of
        theirs or of their block failed, rank agreement of two halves (1: the same order), and
        whether the order is settled.
    """

    kind: str
    table: pd.DataFrame
    agreement: pd.DataFrame


def sensitivity(
    result: Result | str | Path, measures: str | Sequence[str] | None = None
) -> Sensitivity:
    """Return what moves the measures of a sweep over drawn points.

    Parameters
    ----------
    result : Result, str or Path
        Or its folder; of a design that draws its points, or of a list of points.
    measures : str or sequence of str, optional
        Default: all.

    Raises
    ------
    UsageError
        The design has no indices, or a measure is unknown.
    """
    result = take_result(result)
    design = result.manifest["question"]["design"]
    kind, names = str(design["kind"]), result.varied
    if kind not in RANKED_BY or not names:
        raise UsageError(
            f"{result.path}: a {kind} design has no sensitivity indices. Sweep with one of "
            f"--design {', '.join(SAMPLERS)}."
        )
    asked = chosen(measures, result.measures)
    unit = _unit(result)
    rows, halves = [], []
    for scenario, source in result.scenarios.items():
        for measure in asked:
            if measure in source.document.measures:
                y = point_means(result, scenario, measure)
                whole, kept = _complete(kind, len(names), unit, y)
                found = indices(kind, names, *whole) if len(whole[1]) else ()
                rows += [(scenario, measure, *astuple(one)) for one in found]
                agree = half_agreement(kind, names, *whole)
                halves.append((scenario, measure, kept, len(y) - kept, agree, agree >= SETTLED))
    columns = ["scenario", "measure", "name", "index", "estimate", "low", "high"]
    heads = ["scenario", "measure", "points", "left_out", "agreement", "settled"]
    return Sensitivity(
        kind, pd.DataFrame(rows, columns=columns), pd.DataFrame(halves, columns=heads)
    )


def point_means(result: Result, scenario: str, measure: str) -> Floats:
    """Return the mean of a measure over the finished runs of each point; NaN where none has it."""
    runs = result.columns(scenario, ("point", "status", measure))
    mine = runs[runs["status"] == 0]
    means = mine.groupby("point")[measure].mean()
    points = int(result.manifest["question"]["design"]["points"])
    found: Floats = means.reindex(range(points)).to_numpy(dtype=np.float64)
    return found


def half_agreement(kind: str, names: Sequence[str], unit: Floats, y: Floats) -> float:
    """Return Spearman's correlation of the order of inputs by the one half and by the other.

    Halves are every other point, or block of points that belong together; NaN if a half is too
    small or there is one input only.
    """
    size = max(1, group_of(kind, len(names)))
    block = np.arange(len(y)) // size
    orders = []
    for half in (0, 1):
        mine = block % 2 == half
        if not mine.any():
            return float("nan")
        orders.append(ranking(indices(kind, names, unit[mine], y[mine]), kind))
    if len(names) < 2 or not all(orders):
        return float("nan")
    one, other = (pd.Series([order[name] for name in names]).rank() for order in orders)
    return float(one.corr(other))


def _complete(
    kind: str, dimensions: int, unit: Floats, y: Floats
) -> tuple[tuple[Floats, Floats], int]:
    """Leave out every block of points that belong together of which one has no value."""
    size = max(1, group_of(kind, dimensions))
    whole = np.isfinite(y).reshape(-1, size).all(axis=1).repeat(size)
    return (unit[whole], y[whole]), int(whole.sum())


def _unit(result: Result) -> Floats:
    """Return the design points, each number scaled to 0-1 by its range."""
    points, columns = result.points(), []
    for axis in result.manifest["question"]["design"]["axes"]:
        values = points[axis["name"]].to_numpy(dtype=np.float64)
        width = axis["high"] - axis["low"]
        columns.append((values - axis["low"]) / width if width else np.zeros_like(values))
    unit: Floats = np.stack(columns, axis=1)
    return unit
