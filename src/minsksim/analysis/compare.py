"""Variants against a base on the same draws: what the difference does, not what chance does.

Equal replications share every random number, so the difference is taken run by run; its interval
is usually far narrower than that of two independent means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from minsksim.analysis.intervals import Floats, Interval, clustered_interval, mean_interval
from minsksim.analysis.summary import chosen
from minsksim.errors import UsageError
from minsksim.experiment.running.kernel import Engine, Kernel
from minsksim.experiment.running.memory import simulate_runs
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
    "share_higher",
    "share_lower",
    "share_equal",
)

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
        One row for each variant and measure: ``n`` pairs in which both runs finished, mean of
        the base and of the variant, mean paired ``difference`` (variant minus base) with the
        ends of its 95 % interval, and the shares of pairs in which the variant is higher, lower
        or equal.
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
    names = [scenario.name for scenario in (base, *variants)]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"Scenario {name!r} is given twice.")
    wanted = chosen(measures, tuple(base.document.measures))
    engine = kernel or Engine()
    draws = {
        scenario.name: simulate_runs(scenario, runs, seed, threads=threads, kernel=engine)
        for scenario in (base, *variants)
    }
    rows = [row for variant in variants for row in paired_rows(base, variant, wanted, draws)]
    return Comparison(
        base=base.name,
        variants=tuple(names[1:]),
        runs=runs,
        seed=seed,
        table=pd.DataFrame(rows, columns=list(COLUMNS)),
        draws=pd.concat(draws.values(), ignore_index=True),
        scenarios=FrozenMap({item.name: item for item in (base, *variants)}),
    )


def paired_rows(
    base: Scenario, variant: Scenario, wanted: Sequence[str], draws: Mapping[str, pd.DataFrame]
) -> list[tuple[object, ...]]:
    """Return the rows of a comparison's table for one variant, whose draws match the base's."""
    before, after = draws[base.name], draws[variant.name]
    paired = ((before["status"] == 0) & (after["status"] == 0)).to_numpy()
    rows = []
    for name in wanted:
        if name not in variant.document.measures:
            continue
        measure = base.document.measures[name]
        old = before[name].to_numpy(dtype=np.float64)[paired]
        new = after[name].to_numpy(dtype=np.float64)[paired]
        change = new - old
        signs = (change > 0, change < 0, change == 0)
        rows.append(
            (
                variant.name,
                name,
                measure.label,
                measure.unit,
                change.size,
                mean_interval(old).estimate,
                mean_interval(new).estimate,
                *_interval(change, before[paired]),
                *(float(sign.mean()) if sign.size else np.nan for sign in signs),
            )
        )
    return rows


def _interval(change: Floats, runs: pd.DataFrame) -> Interval:
    """Return the mean change with its interval; runs of one point share their numbers."""
    points, replications = runs["point"].to_numpy(), runs["replication"].to_numpy()
    if np.unique(points).size < 2:
        return mean_interval(change)
    if np.unique(replications).size < 2:
        return clustered_interval(change, points)
    return clustered_interval(change, replications, points)
