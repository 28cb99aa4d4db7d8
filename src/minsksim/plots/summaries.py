"""The few summaries that figures draw: quantile bands, Wilson intervals, paired differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from minsksim.analysis.intervals import clustered_interval
from minsksim.scenario.dates import calendar_dates
from minsksim.scenario.schema import Document

Floats: TypeAlias = npt.NDArray[np.float64]
Numbers: TypeAlias = npt.NDArray[Any]
LEVELS = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
"""Ends of the 90 % and the 50 % band, and the median."""

Z95 = 1.959963984540054
"""Two-sided 95 % point of the normal distribution."""


class Bands(NamedTuple):
    """Quantiles of runs at each place ``x``: the median and the ends of two bands."""

    x: npt.NDArray[np.generic]
    low90: Floats
    low50: Floats
    median: Floats
    high50: Floats
    high90: Floats


def bands(place: pd.Series, value: pd.Series) -> Bands:
    """Return the quantiles of ``value`` at each distinct ``place``, in order of place.

    Examples
    --------
    >>> import pandas as pd
    >>> bands(pd.Series([1, 1, 1]), pd.Series([0.0, 5.0, 10.0])).median
    array([5.])
    """
    table = value.groupby(place.to_numpy()).quantile(LEVELS).unstack()
    columns = [table[level].to_numpy(dtype=np.float64) for level in LEVELS]
    return Bands(table.index.to_numpy(), *columns)


def at_ends(series: pd.DataFrame, documents: Mapping[str, Document]) -> pd.DataFrame:
    """Return a series dated by the ends of its turns, where a figure draws what a turn left."""
    parts = [
        rows.assign(date=ends_of_turns(documents[str(name)])[rows["turn"].to_numpy()])
        for name, rows in series.groupby("scenario", sort=False, observed=True)
    ]
    return pd.concat(parts).sort_index() if parts else series


def ends_of_turns(document: Document) -> pd.DatetimeIndex:
    """Return by turn the day on which it ended; turn 0 ended when the first began."""
    return pd.to_datetime(list(calendar_dates(document.calendar)))


def by_turn(
    series: pd.DataFrame, references: Sequence[str]
) -> tuple[npt.NDArray[np.datetime64], Floats]:
    """Return the ends of the turns and the sum of some quantities, one row a run.

    Parameters
    ----------
    series : DataFrame
        Tidy, with columns run, turn and date, the same turns in each run.
    references : sequence of str

    Returns
    -------
    dates : datetime64[T]
    values : float64[R, T]
    """
    order = np.lexsort((series["turn"].to_numpy(), series["run"].to_numpy()))
    turns = int(series["turn"].nunique())
    total = series[list(references)].to_numpy(dtype=np.float64).sum(axis=1)
    dates: npt.NDArray[np.datetime64] = series["date"].to_numpy()[order[:turns]]
    return dates, total[order].reshape(-1, turns)


def bands_by_turn(x: Floats, values: Floats) -> Bands:
    """Return the quantiles over runs at each turn.

    Examples
    --------
    >>> bands_by_turn(np.array([1.0, 2.0]), np.array([[0.0, 4.0], [2.0, 8.0]])).median
    array([1., 6.])
    """
    return Bands(x, *np.quantile(values, LEVELS, axis=0))


def wilson(count: Numbers, total: Numbers) -> tuple[Floats, Floats, Floats]:
    """Return share, low and high end of Wilson's 95 % interval; no data gives 0 to 1.

    Examples
    --------
    >>> import numpy as np
    >>> share, low, high = wilson(np.array([5.0]), np.array([10.0]))
    >>> [round(float(v[0]), 3) for v in (share, low, high)]
    [0.5, 0.237, 0.763]
    """
    n = np.maximum(np.asarray(total, dtype=np.float64), 1e-12)
    share = np.asarray(count, dtype=np.float64) / n
    spread = Z95 * np.sqrt(share * (1 - share) / n + Z95**2 / (4 * n**2))
    scale = 1 + Z95**2 / n
    middle = share + Z95**2 / (2 * n)
    return share, (middle - spread) / scale, (middle + spread) / scale


class Difference(NamedTuple):
    """A mean paired difference with its 95 % interval, its pairs, and where it is positive.

    ``higher`` and ``lower`` are the shares of design points at which the mean difference is above
    and below 0; of pairs, if there is one point.
    """

    mean: float
    low: float
    high: float
    pairs: int
    higher: float
    lower: float


def paired(base: pd.DataFrame, variant: pd.DataFrame, measure: str) -> Difference:
    """Return variant minus base over runs that share point and replication, hence draws."""
    keys = ["point", "replication"]
    both = base[[*keys, measure]].merge(variant[[*keys, measure]], on=keys)
    gaps = (both[f"{measure}_y"] - both[f"{measure}_x"]).to_numpy(dtype=np.float64)
    known = np.isfinite(gaps)
    gaps, point = gaps[known], both["point"].to_numpy()[known]
    if gaps.size == 0:
        return Difference(np.nan, np.nan, np.nan, 0, np.nan, np.nan)
    by_point = pd.Series(gaps).groupby(point).mean().to_numpy()
    # runs at one point share its numbers, so there the points are what is independent
    mean, low, high = clustered_interval(gaps, point if by_point.size > 1 else np.arange(gaps.size))
    each = by_point if by_point.size > 1 else gaps
    shares = float((each > 0).mean()), float((each < 0).mean())
    return Difference(float(mean), float(low), float(high), int(gaps.size), *shares)
