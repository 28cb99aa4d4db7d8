"""How far each model is from decisions whose end is known, with paired bootstrap intervals.

Errors are in points of 100 of an issue's scale. Issues decided together share what made them
hard, so the bootstrap draws groups of issues, not issues; differences between two models use
the same draws and the issues that both answer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from minsksim.analysis.intervals import Interval
from minsksim.scenario.case import Case, Floats

BARS = ("middle", "mean")
"""Models that need no theory: a rival should err less."""
_DRAWS = 2000
_NEAR = 10.0


@dataclass(frozen=True)
class Score:
    """Errors of one model over the issues it answers and whose end is known.

    Attributes
    ----------
    model : str
    issues : int
    error : Interval
        Mean absolute error with the ends of its 95 % interval, points of 100.
    median_error : float
    share_near : float
        Share of issues with an error of at most 10 points.
    over : mapping of str to Interval
        For each of ``BARS``: how much more this model errs than that one, same issues, same draws.
    """

    model: str
    issues: int
    error: Interval
    median_error: float
    share_near: float
    over: Mapping[str, Interval]


def score(case: Case, answers: Mapping[str, Floats], seed: int = 0) -> tuple[Score, ...]:
    """Return the score of each model that answers a decided issue; none if no end is known.

    Parameters
    ----------
    case : Case
    answers : mapping of str to ndarray, shape (I,)
        By model; ``BARS`` among them.
    seed : int
        Which bootstrap samples to draw.

    Returns
    -------
    tuple of Score
    """
    known = np.array([issue.known for issue in case.issues])
    if not np.isfinite(known).any():
        return ()
    span = np.array([issue.high - issue.low for issue in case.issues])
    errors = {name: 100.0 * np.abs(found - known) / span for name, found in answers.items()}
    groups = np.unique([issue.group for issue in case.issues], return_inverse=True)[1]
    return tuple(
        Score(
            model=name,
            issues=int(np.isfinite(error).sum()),
            error=clustered_bootstrap(error, groups, seed),
            median_error=_median(error),
            share_near=_share(error),
            over={
                bar: clustered_bootstrap(error - errors[bar], groups, seed)
                for bar in BARS
                if bar != name
            },
        )
        for name, error in errors.items()
        if np.isfinite(error).any()
    )


def clustered_bootstrap(values: Floats, groups: np.ndarray, seed: int) -> Interval:
    """Return the mean of what is finite, with the 95 % interval of its bootstrap over groups.

    Parameters
    ----------
    values : ndarray, shape (I,)
    groups : ndarray of int, shape (I,)
        Drawn whole, with replacement.
    seed : int

    Returns
    -------
    Interval
        Ends are NaN with fewer than two groups.
    """
    is_there = np.isfinite(values)
    if not is_there.any():
        return Interval(math.nan, math.nan, math.nan)
    mean = float(values[is_there].mean())
    _, place = np.unique(groups[is_there], return_inverse=True)
    sums, sizes = np.bincount(place, values[is_there]), np.bincount(place).astype(float)
    if len(sums) < 2:
        return Interval(mean, math.nan, math.nan)
    rng = np.random.Generator(np.random.Philox(seed))
    drawn = rng.multinomial(len(sums), np.full(len(sums), 1.0 / len(sums)), size=_DRAWS)
    means = (drawn @ sums) / (drawn @ sizes)
    low, high = np.quantile(means, (0.025, 0.975))
    return Interval(mean, float(low), float(high))


def _median(error: Floats) -> float:
    return float(np.nanmedian(error)) if np.isfinite(error).any() else math.nan


def _share(error: Floats) -> float:
    known = error[np.isfinite(error)]
    return float((known <= _NEAR).mean()) if len(known) else math.nan
