"""The spread of each measure over the runs of a result: mean, quantiles, direction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from minsksim.alike import several
from minsksim.analysis.intervals import clustered_interval
from minsksim.errors import UsageError
from minsksim.experiment.question.question import BY_POINT, Numbers
from minsksim.experiment.question.samplers import group_of
from minsksim.scenario.places import nearest

if TYPE_CHECKING:
    from minsksim.experiment import Result

FIGURES = ("n", "mean", "low", "high", "sd", "q05", "q50", "q95", "reached", "falls", "rises")
"""What is told of a measure's runs."""

COLUMNS = ("scenario", "measure", "label", "unit", *FIGURES)


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
        One row for each scenario and measure: ``n`` runs in which the measure has a value, their
        ``mean`` with the ends ``low`` and ``high`` of its 95 % interval, the standard deviation
        and the 5, 50 and 95 % quantiles of the runs; the share of all runs that ``reached`` a
        value (a turn may never be reached), and the shares of the ``n`` in which it is below 0
        (``falls``) and above 0 (``rises``). A measure that a scenario does not have is left out
        there. The interval takes into account that runs share their draws, or the numbers of a
        design point.
    """
    rows = []
    for key, runs, name in _measured(result, measures):
        rows.append((*key, *_row(runs, name, groupings_of(result, runs))))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def summarise_points(result: Result, measures: str | Sequence[str] | None = None) -> pd.DataFrame:
    """Summarise the runs of each design point by itself.

    Returns
    -------
    DataFrame
        As ``summarise``, with a column ``point``.
    """
    rows = []
    for key, runs, name in _measured(result, measures):
        for point, mine in runs.groupby("point"):
            row = _row(mine, name, [mine["replication"].to_numpy()])
            rows.append((point, *key, *row))
    return pd.DataFrame(rows, columns=["point", *COLUMNS])


def _measured(
    result: Result, measures: str | Sequence[str] | None
) -> Iterator[tuple[tuple[str, str, str, str], pd.DataFrame, str]]:
    """Yield the finished runs of each scenario and measure, with the row's first cells."""
    names = chosen(measures, result.measures)
    for scenario, source in result.scenarios.items():
        for name in names:
            if name in source.document.measures:
                told = source.document.measures[name]
                runs = result.finished(scenario, ("replication", "point", name))
                yield (scenario, name, told.label, told.unit), runs, name


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
        return (0, *mean, *[np.nan] * 4, 0.0 if len(runs) else np.nan, np.nan, np.nan)
    spread = float(values.std(ddof=1)) if values.size > 1 else np.nan
    quantiles = np.quantile(values, (0.05, 0.5, 0.95))
    return (values.size, *mean, spread, *quantiles, *_shares(present, values))


def _shares(present: npt.NDArray[np.bool_], values: npt.NDArray[np.float64]) -> tuple[float, ...]:
    return float(present.mean()), float((values < 0).mean()), float((values > 0).mean())
