"""The two spreads of an answer side by side: over draws, and over draws and assumptions.

At the base values runs differ by their draws alone. Over the ranges of the numbers they differ by
their assumptions, too, and a conclusion that holds at the base values may turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from minsksim.analysis.summary import summarise
from minsksim.experiment.question.ranges import BASE as BASE
from minsksim.experiment.question.ranges import RANGES as RANGES
from minsksim.experiment.result import Result, take_result
from minsksim.numerals import share

if TYPE_CHECKING:
    from minsksim.scenario.schema import Measure

WHERE = {BASE: "at the base values", RANGES: "over the ranges"}
"""Where the runs of each spread lie, in words."""

DIRECTED = ("change", "first_above")
"""Takes of a measure that has a direction: a change, and a turn that may be reached or not."""

_HALF = 0.5


@dataclass(frozen=True)
class Turned:
    """A measure whose direction at the base values is not the one over the ranges.

    Attributes
    ----------
    scenario, measure, label : str
    verb : {"falls", "rises", "reached"}
        What it does in most runs at the base values, and in most runs over the ranges it does not;
        or the other way round.
    base, ranges : float
        Shares of runs in which it does.
    """

    scenario: str
    measure: str
    label: str
    verb: str
    base: float
    ranges: float


@dataclass(frozen=True, eq=False)
class Spreads:
    """Both spreads of a result.

    Attributes
    ----------
    base, ranges : Result or None
        The runs at the base values and those over the ranges, as far as they were swept.
    table : DataFrame
        As ``summarise``, with a first column ``spread`` ("base" or "ranges").
    turned : tuple of Turned
        The largest loss of direction first.
    """

    base: Result | None
    ranges: Result | None
    table: pd.DataFrame = field(repr=False)
    turned: tuple[Turned, ...]

    def row(self, spread: str, scenario: str, measure: str) -> Mapping[Any, Any] | None:
        """Return what is told of a measure in one spread, or None."""
        return self._rows.get((spread, scenario, measure))

    @cached_property
    def _rows(self) -> dict[tuple[str, str, str], Mapping[Any, Any]]:
        rows = self.table.to_dict("records")
        return {(row["spread"], row["scenario"], row["measure"]): row for row in rows}


def spreads(
    result: Result | str | Path, measures: str | Sequence[str] | None = None
) -> Spreads | None:
    """Return both spreads of a result; None if its points were chosen one by one.

    Parameters
    ----------
    result : Result, str or Path
        Or its folder: a sweep at the base values or over drawn points.
    measures : str or sequence of str, optional
        Default: all.
    """
    result = take_result(result)
    kind = result.manifest["question"]["design"]["kind"]
    if kind in ("grid", "list"):
        return None
    base, ranges = (result, result.ranges) if kind == "point" else (result.base, result)
    parts = [
        summarise(one, measures).assign(spread=word)
        for word, one in ((BASE, base), (RANGES, ranges))
        if one is not None
    ]
    table = pd.concat(parts, ignore_index=True)
    table.insert(0, "spread", table.pop("spread"))
    turned = tuple(_turned(result, table)) if len(parts) == 2 else ()
    by_loss = sorted(turned, key=lambda one: -abs(one.base - one.ranges))
    return Spreads(base, ranges, table, tuple(by_loss))


def turned_text(one: Turned, *, named: bool = False) -> str:
    """Say how a direction is lost.

    Examples
    --------
    >>> one = Turned("minsk", "held_change", "Change in the number held", "falls", 0.96, 0.45)
    >>> turned_text(one)
    'the number held falls in 96 % of runs at the base values, in 45 % over the ranges'
    """
    shares = (
        f"in {share(one.base)} of runs at the base values, in {share(one.ranges)} over the ranges"
    )
    where = f" ({one.scenario})" if named else ""
    if one.verb == "reached":
        return f"'{one.label}'{where} is reached {shares}"
    subject = one.label.removeprefix("Change in ")
    subject = subject if subject != one.label else f"'{one.label}'"
    return f"{subject}{where} {one.verb} {shares}"


def direction(measure: Measure, row: Mapping[Any, Any]) -> str | None:
    """Return what a measure does in most runs: "falls", "rises", "reached"; None if neither.

    Only a change has a direction, and a turn that may be reached or not.
    """
    if measure.take == "first_above":
        return "reached"
    if measure.take != "change" or not row["n"]:
        return None
    verb = "falls" if row["falls"] >= row["rises"] else "rises"
    return verb if row[verb] > 0 else None


def _turned(result: Result, table: pd.DataFrame) -> Iterator[Turned]:
    for (scenario, name), rows in table.groupby(["scenario", "measure"], sort=False):
        by_spread = {row["spread"]: row for row in rows.to_dict("records")}
        if len(by_spread) < 2:
            continue
        measure = result.scenarios[str(scenario)].document.measures[str(name)]
        verb = direction(measure, by_spread[BASE])
        if verb is None:
            continue
        base, ranges = (float(by_spread[word][verb]) for word in (BASE, RANGES))
        if (base > _HALF) != (ranges > _HALF):
            yield Turned(str(scenario), str(name), measure.label, verb, base, ranges)


def effects(table: pd.DataFrame) -> dict[str, float]:
    """Return by how much each measure moves between spreads, scenarios or points.

    The difference between the largest and the smallest median, in widths of the narrowest positive
    spread from the 5 to the 95 % quantile. A measure without any spread that moves is infinitely
    large.
    """
    found = {}
    for name, rows in table.groupby("measure", sort=False):
        medians = rows["q50"].dropna()
        moved = float(medians.max() - medians.min()) if len(medians) else 0.0
        widths = (rows["q95"] - rows["q05"]).dropna()
        width = float(widths[widths > 0].min()) if (widths > 0).any() else 0.0
        found[str(name)] = moved / width if width else (np.inf if moved else 0.0)
    return found
