"""Intervals: how far an estimate from n model runs may be off by chance.

They speak of the model's runs under its assumptions, never of the world. A single run has no
spread, so it has no interval: both ends are NaN.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import bdtr, ndtri, stdtrit

Floats = npt.NDArray[np.float64]


class Interval(NamedTuple):
    """An estimate with the ends of its interval."""

    estimate: float
    low: float
    high: float


def mean_interval(values: npt.ArrayLike, level: float = 0.95) -> Interval:
    """Return the mean with Student's t interval: mean +- t(n-1) s / sqrt(n).

    Examples
    --------
    >>> [round(end, 3) for end in mean_interval([1.0, 2.0, 3.0])]
    [2.0, -0.484, 4.484]
    """
    x = np.asarray(values, dtype=np.float64)
    n = x.size
    if n == 0:
        return Interval(math.nan, math.nan, math.nan)
    mean = float(x.mean())
    if n == 1:
        return Interval(mean, math.nan, math.nan)
    half = float(stdtrit(n - 1, 0.5 + level / 2)) * float(x.std(ddof=1)) / math.sqrt(n)
    return Interval(mean, mean - half, mean + half)


def clustered_interval(
    values: npt.ArrayLike, *groupings: npt.ArrayLike, level: float = 0.95
) -> Interval:
    """Return the mean of runs that share something, with an interval that knows it.

    Runs of one replication share their draws and runs of one design point share their numbers,
    so n runs carry less than n runs' worth of information. The squared standard error is the sum,
    over the groupings, of G/(G-1) * sum_g (sum of deviations in group g)**2 / n**2, with G groups;
    the t quantile has G-1 degrees of freedom for the smallest G. With one grouping into single
    runs this is ``mean_interval``. The sum is on the safe side: it counts the runs' own
    spread once for each grouping.

    Examples
    --------
    >>> x = [1.0, 2.0, 3.0]
    >>> round(clustered_interval(x, [0, 1, 2]).low, 12) == round(mean_interval(x).low, 12)
    True
    """
    x = np.asarray(values, dtype=np.float64)
    n = x.size
    if n == 0:
        return Interval(math.nan, math.nan, math.nan)
    mean = float(x.mean())
    variance, fewest = 0.0, n
    for grouping in groupings:
        place = _places(np.asarray(grouping))
        sums = np.bincount(place, weights=x - mean)
        count = sums.size
        if count < 2:
            return Interval(mean, math.nan, math.nan)
        variance += float(np.square(sums).sum()) * count / (count - 1) / n**2
        fewest = min(fewest, count)
    half = float(stdtrit(fewest - 1, 0.5 + level / 2)) * math.sqrt(variance)
    return Interval(mean, mean - half, mean + half)


def _places(grouping: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Return the place of every run's group among the groups in order."""
    if grouping.dtype.kind == "i" and grouping.size and grouping.min() >= 0:
        highest = int(grouping.max())
        if highest < 4 * grouping.size:  # counting beats sorting
            order: npt.NDArray[np.int64] = np.cumsum(np.bincount(grouping) > 0) - 1
            found: npt.NDArray[np.int64] = order[grouping]
            return found
    _, place = np.unique(grouping, return_inverse=True)
    return place


def share_interval(count: int, n: int, level: float = 0.95) -> Interval:
    """Return a share of runs with Wilson's interval.

    Source: wilson1927, the score interval; it stays inside 0 to 1 and is honest at the ends.

    Examples
    --------
    >>> [round(end, 3) for end in share_interval(5, 10)]
    [0.5, 0.237, 0.763]
    """
    if n == 0:
        return Interval(math.nan, 0.0, 1.0)
    z = float(ndtri(0.5 + level / 2))
    share = count / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))


def quantile_interval(values: npt.ArrayLike, q: float = 0.5, level: float = 0.95) -> Interval:
    """Return a quantile with an interval of order statistics, whatever the distribution.

    The ends are the largest and smallest order statistics that leave at most (1-level)/2 on
    either side, by the binomial distribution; an end that too few runs cannot give is infinite.

    Examples
    --------
    >>> quantile_interval(range(1, 101))
    Interval(estimate=50.5, low=40.0, high=61.0)
    """
    x = np.sort(np.asarray(values, dtype=np.float64))
    n = x.size
    if n == 0:
        return Interval(math.nan, math.nan, math.nan)
    tail = (1 - level) / 2
    # the k-th smallest exceeds the quantile with probability P(Binomial(n, q) < k)
    below = bdtr(np.arange(n), n, q)
    first = int(np.searchsorted(below, tail, side="right"))
    last = int(np.searchsorted(below, 1 - tail, side="left"))
    low = float(x[first - 1]) if first > 0 else -math.inf
    high = float(x[last]) if last < n else math.inf
    return Interval(float(np.quantile(x, q)), low, high)
