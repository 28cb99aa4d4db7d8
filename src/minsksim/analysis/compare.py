"""Variants against a base on the same draws: what the difference does, not what chance does.

Equal replications share every random number, so the difference is taken run by run; its interval
is usually far narrower than that of two independent means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from minsksim.analysis.intervals import Floats, Interval, clustered_interval, mean_interval
from minsksim.analysis.spreads import BASE, WHERE
from minsksim.analysis.summary import chosen
from minsksim.errors import UsageError
from minsksim.experiment.question.question import BY_POINT, SHARED, Numbers
from minsksim.experiment.question.ranges import over_ranges
from minsksim.experiment.question.request import SweepRequest
from minsksim.experiment.running.kernel import Engine, Kernel
from minsksim.experiment.running.memory import simulate_question
from minsksim.frozen import FrozenMap
from minsksim.notice import NOTICE
from minsksim.scenario import suppose_of_variants, take_scenario, take_variants

if TYPE_CHECKING:
    from minsksim.scenario import Given, Scenario, Texts

COLUMNS = (
    "variant",
    "measure",
    "label",
    "unit",
    "n",
    "base",
    "mean",
    "difference",
    "low",
    "high",
    "effect",
    "share_higher",
    "share_lower",
    "share_equal",
    "reached_base",
    "reached",
    "points",
    "points_higher",
    "points_lower",
)

AT_POINTS = "at the points that were chosen"

PAIRED_BY_RUN = "Paired by replication: each run against the base's run on the same draws."


@dataclass(frozen=True, eq=False)
class Comparison:
    """Paired differences between variants and a base.

    Attributes
    ----------
    base : str
        Name of the base scenario.
    variants : tuple of str
    runs : int
        Replications of each.
    seed : int
    table : DataFrame
        One row for each variant and measure: ``n`` pairs in which both runs
        finished with a value, mean of the base and of the variant, mean paired ``difference``
        (variant minus base) with the ends of its 95 % interval, the ``effect`` (the difference in
        standard deviations of the base's runs), and the shares of pairs in which the variant is
        higher, lower or equal. A turn may never be reached: ``reached_base`` and ``reached`` are
        the shares of runs that have a value; the means are of those runs, the difference of pairs
        of them. Of ``points`` design points, in the shares ``points_higher`` and ``points_lower``
        the mean difference is above and below 0.
    place : str
        Where the runs of ``table`` lie: at the base values, unless stored results of another
        design are compared.
    ranges : DataFrame or None
        The same over the ranges of the numbers that are alike in all scenarios, with intervals
        clustered by point; None if there is no range or it was not asked for.
    draws : DataFrame
        Every run: scenario, point, replication, status, measures.
    scenarios : mapping of str to Scenario
        The base first, then the variants.
    notice : str
        What the figures are not.
    pairing : str
        What two values that are compared have in common, as a sentence.
    """

    base: str
    variants: tuple[str, ...]
    runs: int
    seed: int
    table: pd.DataFrame
    draws: pd.DataFrame = field(repr=False)
    scenarios: Mapping[str, Scenario] = field(repr=False)
    notice: str = NOTICE
    pairing: str = PAIRED_BY_RUN
    ranges: pd.DataFrame | None = field(default=None, repr=False)
    place: str = WHERE[BASE]

    @property
    def turned(self) -> tuple[tuple[str, str], ...]:
        """Variant and measure of each clear difference whose sign turns at most points.

        A difference is clear if its interval leaves out 0. It turns if, over the ranges, it has
        the other sign at more points than it has its own, by more than chance makes of a sign that
        is as often up as down: k - m > 2 sqrt(k + m) for k points against m.
        """
        if self.ranges is None:
            return ()
        both = self.table.merge(self.ranges, on=["variant", "measure"], suffixes=("", "_ranges"))
        up, down = (
            both[f"points_{side}_ranges"] * both["points_ranges"] for side in ("higher", "lower")
        )
        clearly = 2 * np.sqrt(up + down)
        rises = (both["low"] > 0) & (down - up > clearly)
        falls = (both["high"] < 0) & (up - down > clearly)
        found = both.loc[rises | falls, ["variant", "measure"]]
        return tuple(found.itertuples(index=False, name=None))

    def __repr__(self) -> str:
        with_what = ", ".join(self.variants)
        return f"<Comparison of {self.base} with {with_what}: {self.runs} paired runs>"


def compare(
    base: Given,
    variants: Given | Sequence[Given] = (),
    runs: int = 1000,
    seed: int = 0,
    measures: str | Sequence[str] | None = None,
    *,
    drop: Texts = (),
    impose: Texts = (),
    forbid: Texts = (),
    base_only: bool = False,
    threads: int | None = None,
    kernel: Kernel | None = None,
) -> Comparison:
    """Compare variants with a base, run by run on the same draws.

    Parameters
    ----------
    base : Scenario, str or Path
    variants : Scenario, str or Path, or a sequence of them
        A variant of the base may be named by the last part of its name.
    runs : int
        Replications of each.
    seed : int
    measures : str or sequence of str, optional
        Default: every measure that base and variant share.
    drop, impose, forbid : str or sequence of str, optional
        What is supposed of every variant, and not of the base, as ``minsksim.suppose`` describes
        it; without a variant, of the base itself: the base with it against the base without.
    base_only : bool
        Leave out the comparison over the ranges (``Comparison.ranges``).
    threads : int, optional
        Default: one for each processor; decides no number.
    kernel : Kernel, optional
        Another engine, for tests.

    Returns
    -------
    Comparison
    """
    base = take_scenario(base)
    variants = suppose_of_variants(
        base, take_variants(base, variants), drop=drop, impose=impose, forbid=forbid
    )
    if not variants:
        raise UsageError("A comparison needs at least one variant, or something to suppose.")
    wanted = chosen(measures, tuple(base.document.measures))
    question = SweepRequest(runs=runs, seed=seed, series=0).question((base, *variants))
    played = partial(simulate_question, threads=threads, kernel=kernel or Engine())
    draws, wide = played(question), None if base_only else over_ranges(question)
    table = partial(paired_table, base, variants, wanted)
    return Comparison(
        base=base.name,
        variants=tuple(variant.name for variant in variants),
        runs=runs,
        seed=seed,
        table=table(draws, draws=SHARED),
        draws=pd.concat(draws.values(), ignore_index=True),
        scenarios=FrozenMap({item.name: item for item in (base, *variants)}),
        ranges=None if wide is None else table(played(wide), draws=BY_POINT),
    )


def paired_table(
    base: Scenario,
    variants: Sequence[Scenario],
    wanted: Sequence[str],
    runs: Mapping[str, pd.DataFrame],
    *,
    draws: str,
) -> pd.DataFrame:
    """Return a comparison's table.

    Parameters
    ----------
    base : Scenario
    variants : sequence of Scenario
    wanted : sequence of str
        Measures.
    runs : mapping of str to DataFrame
        Runs of each scenario by name, whose rows match: point, replication, status, measures.
    draws : {"shared", "by_point"}
        Whether a replication has the same draws at every point.
    """
    rows = []
    for variant in variants:
        before, after = runs[base.name], runs[variant.name]
        paired = ((before["status"] == 0) & (after["status"] == 0)).to_numpy()
        keys = [before[key].to_numpy()[paired] for key in ("point", "replication")]
        for name in wanted:
            if name in variant.document.measures:
                told = base.document.measures[name]
                old, new = (one[name].to_numpy(dtype=np.float64)[paired] for one in (before, after))
                row = _row(old, new, *keys, draws=draws)
                rows.append((variant.name, name, told.label, told.unit, *row))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(
    old: Floats, new: Floats, point: Numbers, replication: Numbers, *, draws: str
) -> tuple[float, ...]:
    """Return a measure's figures from ``n`` to ``points_lower``."""
    both = np.isfinite(old) & np.isfinite(new)
    change, points = (new - old)[both], point[both]
    known = old[np.isfinite(old)]
    spread = float(known.std(ddof=1)) if known.size > 1 else 0.0
    interval = _interval(change, points, replication[both], draws)
    signs = (change > 0, change < 0, change == 0)
    by_point = pd.Series(change).groupby(points).mean().to_numpy()
    return (
        change.size,
        mean_interval(known).estimate,
        mean_interval(new[np.isfinite(new)]).estimate,
        *interval,
        _ratio(interval.estimate, spread),
        *(_share(sign) for sign in signs),
        _share(np.isfinite(old)),
        _share(np.isfinite(new)),
        by_point.size,
        _share(by_point > 0),
        _share(by_point < 0),
    )


def _ratio(difference: float, spread: float) -> float:
    """Return a difference in standard deviations; without any spread it is infinite or 0."""
    if spread > 0.0 or not np.isfinite(difference):
        return difference / spread if spread > 0.0 else np.nan
    return float(np.copysign(np.inf, difference)) if difference else 0.0


def _share(mark: npt.NDArray[np.bool_]) -> float:
    return float(mark.mean()) if mark.size else np.nan


def _interval(change: Floats, points: Numbers, replications: Numbers, draws: str) -> Interval:
    """Return the mean change with its interval; runs of one point share their numbers."""
    if np.unique(points).size < 2:
        return mean_interval(change)
    if draws == BY_POINT or np.unique(replications).size < 2:
        return clustered_interval(change, points)
    return clustered_interval(change, replications, points)
