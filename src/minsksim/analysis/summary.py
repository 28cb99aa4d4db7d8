"""The table at the end of a sweep: each measure with its interval and its spread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from minsksim.alike import several
from minsksim.analysis.intervals import clustered_interval
from minsksim.errors import UsageError
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
        that a scenario does not have is left out there. A replication has the same draws at
        every design point, and the interval takes that into account.
    """
    names = chosen(measures, result.measures)
    design = result.manifest["question"]["design"]
    group = group_of(design["kind"], len(result.varied))
    rows = []
    for scenario, source in result.scenarios.items():
        for name in names:
            if name in source.document.measures:
                measure = source.document.measures[name]
                keys = ("replication", "point") if group else ("replication",)
                runs = result.finished(scenario, (*keys, name))
                row = _row(runs, name, group)
                rows.append((scenario, name, measure.label, measure.unit, *row))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def chosen(measures: str | Sequence[str] | None, known: Sequence[str]) -> tuple[str, ...]:
    """Return the measures that were asked for, or all; an unknown one is an error."""
    asked = several(known if measures is None else measures)
    for name in asked:
        if name not in known:
            raise UsageError(f"No measure {name!r}. {nearest(name, known)}")
    return asked


def _row(runs: pd.DataFrame, name: str, group: int) -> tuple[float, ...]:
    present = runs.dropna(subset=name) if runs[name].hasnans else runs
    values = present[name].to_numpy(dtype=np.float64)
    groupings = [present["replication"].to_numpy()]
    if group:
        # points drawn from ranges are a sample too, and those of one block or trajectory share
        # numbers; one replication cannot tell how far other draws would spread
        points = present["point"].to_numpy() // group
        single = np.unique(groupings[0]).size < 2
        groupings = [points] if single else [*groupings, points]
    mean = clustered_interval(values, *groupings)
    if values.size == 0:
        return (0, *mean, np.nan, np.nan, np.nan)
    return (values.size, *mean, *np.quantile(values, (0.05, 0.5, 0.95)))
