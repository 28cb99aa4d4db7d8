"""The table at the end of a sweep: each measure with its interval and its spread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from minsksim.alike import several
from minsksim.analysis.intervals import clustered_interval
from minsksim.errors import UsageError
from minsksim.experiment.question.question import BY_POINT, Numbers
from minsksim.experiment.question.samplers import group_of
from minsksim.scenario.places import nearest

if TYPE_CHECKING:
    from minsksim.experiment import Result

COLUMNS = (
    "scenario",
    "measure",
    "label",
    "unit",
    "n",
    "mean",
    "low",
    "high",
    "q05",
    "q50",
    "q95",
)


def summarise(result: Result, measures: str | Sequence[str] | None = None) -> pd.DataFrame:
    """Summarise the finished runs that meet the result's conditions.

    Parameters
    ----------
    result : Result
    measures : str or sequence of str, optional
        Default: all of them.

    Returns
    -------
    DataFrame
        One row for each scenario and measure: ``n`` runs, ``mean`` with the ends ``low`` and
        ``high`` of its 95 % interval, and the 5, 50 and 95 % quantiles of the runs. A measure
        that a scenario does not have is left out there. The interval takes into account that
        runs share their draws, or the numbers of a design point.
    """
    names = chosen(measures, result.measures)
    rows = []
    for scenario, source in result.scenarios.items():
        for name in names:
            if name in source.document.measures:
                measure = source.document.measures[name]
                keys = ("replication", "point") if result.varied else ("replication",)
                runs = result.finished(scenario, (*keys, name))
                row = _row(runs, name, groupings_of(result, runs))
                rows.append((scenario, name, measure.label, measure.unit, *row))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def chosen(measures: str | Sequence[str] | None, known: Sequence[str]) -> tuple[str, ...]:
    """Return the measures that were asked for, or all; an unknown one is an error."""
    asked = several(known if measures is None else measures)
    for name in asked:
        if name not in known:
            raise UsageError(f"No measure {name!r}. {nearest(name, known)}")
    return asked


def groupings_of(result: Result, runs: pd.DataFrame) -> list[Numbers]:
    """Return what the runs of a result share: the keys by which an interval has to cluster them.

    Runs with the same draws are alike, and so are those at one of the points drawn from ranges, or
    in one block of them. One replication cannot tell how far other draws would spread.

    Returns
    -------
    list of int64[R]
        One key of each run for each thing that is shared.
    """
    replication = runs["replication"].to_numpy()
    group = group_of(result.manifest["question"]["design"]["kind"], len(result.varied))
    if not group:
        return [replication]
    block = runs["point"].to_numpy() // group
    is_single = np.unique(replication).size < 2
    return [block] if is_single or result.draws == BY_POINT else [replication, block]


def _row(runs: pd.DataFrame, name: str, groupings: Sequence[Numbers]) -> tuple[float, ...]:
    present = runs[name].notna().to_numpy()
    values = runs[name].to_numpy(dtype=np.float64)[present]
    mean = clustered_interval(values, *(one[present] for one in groupings))
    if values.size == 0:
        return (0, *mean, np.nan, np.nan, np.nan)
    return (values.size, *mean, *np.quantile(values, (0.05, 0.5, 0.95)))
