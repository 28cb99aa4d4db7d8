"""Whether the runs were enough for what was asked, in words, and how many more would be.

There were enough runs for a mean when its 95 % interval reaches no further to either side than a
stated precision. Without ``--until`` the precision is a share of the spread of the runs themselves,
because what counts is how large that spread is beside it. The spread is the distance from their 5
to their 95 % quantile, or 3.29 standard deviations (the same for a normal distribution) where that
is more: nearly all runs may be equal and a few far away.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from minsksim.analysis.intervals import clustered_interval
from minsksim.analysis.summary import groupings_of, summarise

if TYPE_CHECKING:
    from minsksim.experiment import Result

_NORMAL = 3.29
"""Standard deviations from the 5 to the 95 % quantile of a normal distribution."""

PRECISION = 0.05
"""Half-width of a mean's interval that is small enough, as a share of the runs' spread."""


@dataclass(frozen=True)
class Enough:
    """Whether the interval of a measure's mean is narrow enough.

    Attributes
    ----------
    half_width, precision : float
        What was reached and what was wanted, in the measure's unit.
    is_enough : bool
    factor : float
        How many times the runs (or the points, if they were drawn) would be enough, about: the
        half-width falls with the square root. Infinite while there is no interval.
    """

    scenario: str
    measure: str
    label: str
    half_width: float
    precision: float
    is_enough: bool
    factor: float


def convergence(
    result: Result, precision: float = PRECISION, table: pd.DataFrame | None = None
) -> tuple[Enough, ...]:
    """Judge the mean of every measure.

    Parameters
    ----------
    result : Result
    precision : float
        Share of the runs' spread; a measure that the sweep had a target for (``--until``) is
        judged by its target.
    table : DataFrame, optional
        The summary, if it is at hand.
    """
    targets = dict(result.manifest["question"]["until"])
    rows = (summarise(result) if table is None else table).to_dict("records")
    return tuple(_judge(row, targets, precision, result) for row in rows if row["n"])


def _judge(
    row: Mapping[Any, Any], targets: Mapping[str, float], precision: float, result: Result
) -> Enough:
    half = (row["high"] - row["low"]) / 2
    wanted = precision * max(row["q95"] - row["q05"], _NORMAL * np.nan_to_num(row["sd"]))
    if row["measure"] in targets:
        # a target holds at every point, and the sweep recorded the widest
        reached = result.record["half_widths"].get(row["measure"])
        half, wanted = math.inf if reached is None else reached, targets[row["measure"]]
    if math.isnan(half):
        half = math.inf
    is_enough = half <= wanted
    factor = 1.0 if is_enough else (half / wanted) ** 2 if wanted > 0 else math.inf
    return Enough(row["scenario"], row["measure"], row["label"], half, wanted, is_enough, factor)


def in_words(result: Result, found: tuple[Enough, ...], precision: float = PRECISION) -> str:
    """Say whether the runs were enough, and how many more would be."""
    if not found:
        if result.where and result.failed < int(result.record["runs"]):
            return f"No run meets {' and '.join(result.where)}, so nothing is known of such runs."
        return "No run finished, so nothing is known."
    until = result.manifest["question"]["until"]
    wanted = (
        ", ".join(f"{name} to ±{half:g} at every point" for name, half in until)
        if until
        else f"each mean with an error of at most {100 * precision:g} % of the spread of the runs"
    )
    judged = [one for one in found if not until or one.measure in dict(until)]
    short = [one for one in judged if not one.is_enough]
    if not short:
        return f"Enough runs: {wanted} (95 % interval)."
    worst = max(short, key=lambda one: one.factor)
    return (
        f"Too few runs to know {wanted} (95 % interval): {len(short)} of {len(judged)} are not. "
        f"The least known is '{worst.label}' of {worst.scenario}: it needs {_more(result, worst)}"
    )


def _more(result: Result, worst: Enough) -> str:
    """Say how many more runs or points would be enough."""
    question = result.manifest["question"]
    if not math.isfinite(worst.factor):
        return "more runs of a point (--runs), or more points (--points): one run has no spread."
    options = []
    base, runs = int(question["design"]["base"]), result.runs_per_point
    by_draw, by_points = _sources(result, worst) if base else (True, False)
    if by_points:
        needed = math.ceil(worst.factor * base)
        options.append(f"{needed - base:,} more points (--points {needed})")
    if by_draw:
        needed = math.ceil(worst.factor * runs)
        word = f"--most {needed}" if question["until"] else f"--runs {needed}"
        options.append(f"{needed - runs:,} more runs of each point ({word})")
    both = ", both of them" if len(options) > 1 else ""
    return f"about {' and '.join(options)}{both}."


def _sources(result: Result, worst: Enough) -> tuple[bool, bool]:
    """Return whether the draws, and whether the choice of points, leave too much open alone.

    Where a replication has the same draws at every point, more points do not narrow what the draws
    leave open. Where each point has its own, more points narrow both.
    """
    runs = result.finished(worst.scenario, ("point", "replication", worst.measure))
    mine = runs.dropna(subset=worst.measure)
    keys = groupings_of(result, mine)
    if len(keys) == 1:
        return False, True
    values = mine[worst.measure].to_numpy()
    halves = []
    for key in keys:
        one = clustered_interval(values, key)
        halves.append(one.high - one.estimate)
    by_draw, by_points = (half > worst.precision / math.sqrt(2) for half in halves)
    return bool(by_draw), bool(by_points or not by_draw)
