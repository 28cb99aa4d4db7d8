"""The tables of an export, with numbers as numbers and what is missing as missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from minsksim.analysis.spreads import spreads
from minsksim.analysis.summary import summarise
from minsksim.notice import NOTICE
from minsksim.scenario.provenance import source_table
from minsksim.vocabulary import TAKES

if TYPE_CHECKING:
    from minsksim.experiment.result import Result
    from minsksim.scenario import Scenario
    from minsksim.scenario.provenance import SourceRow

_SUMMARY = {
    "spread": "base: at the base values; ranges: over the ranges of the numbers",
    "scenario": "Scenario or variant",
    "measure": "Name of the measure",
    "label": "What the measure is",
    "unit": "Its unit",
    "n": "Runs in which the measure has a value",
    "mean": "Mean over runs",
    "low": "Lower end of the 95 % interval of the mean",
    "high": "Upper end of the 95 % interval of the mean",
    "sd": "Standard deviation of the runs",
    "q05": "5 % of runs lie below",
    "q50": "Median of the runs",
    "q95": "95 % of runs lie below",
    "reached": "Share of all runs in which the measure has a value",
    "falls": "Share of the n runs in which it is below 0",
    "rises": "Share of the n runs in which it is above 0",
}
_TEXTS = ("spread", "scenario", "measure", "label", "unit")
_SHARES = ("reached", "falls", "rises")
_HEADS = ("table", "column", "label", "unit", "source")


def tables(result: Result) -> dict[str, pd.DataFrame]:
    """Return the tables of an export by name, in their order.

    Returns
    -------
    dict of str to DataFrame
        ``summary`` (of both spreads where both were swept), ``runs``, ``runs_ranges`` or
        ``runs_base`` (the runs of the other spread), ``agreements`` if the sweep kept any,
        ``dictionary``, ``notice``.
    """
    both = spreads(result)
    found = {"summary": summarise(result) if both is None else both.table}
    found["runs"] = _runs(result)
    for name, other in (("ranges", result.ranges), ("base", result.base)):
        if other is not None:
            found[f"runs_{name}"] = _runs(other)
    if "agreements.parquet" in result.record["files"] and len(result.agreements):
        found["agreements"] = result.agreements
    found["dictionary"] = pd.DataFrame(_dictionary(result, found), columns=list(_HEADS))
    found["notice"] = pd.DataFrame(_notice(result), columns=["about", "text"])
    return found


def _runs(result: Result) -> pd.DataFrame:
    """Return the runs; a level that was never reached is missing, also in older results."""
    runs = result.runs.copy()
    for name, scenario in result.scenarios.items():
        rows = runs["scenario"] == name
        for measure, written in scenario.document.measures.items():
            if written.take == "first_above":
                never = rows & (runs[measure] > scenario.document.calendar.turns)
                runs.loc[never, measure] = np.nan
    return runs


def _dictionary(
    result: Result, found: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield, for every column of every table, what it is, its unit and where it comes from."""
    numbers = {
        row.number: row for one in result.scenarios.values() for row in reversed(source_table(one))
    }
    for name in found["summary"].columns:
        label = _SUMMARY.get(name, str(name).replace("_", " "))
        units = {"n": "runs", **dict.fromkeys(_TEXTS, ""), **dict.fromkeys(_SHARES, "share")}
        yield "summary", str(name), label, units.get(name, "that of the measure"), "the runs"
    for kind in found:
        if kind == "summary":
            continue
        labels, units = (found[kind].attrs[word] for word in ("labels", "units"))
        for name in map(str, found[kind].columns):
            if kind != "agreements" and name in numbers:
                yield kind, name, labels[name], numbers[name].unit, _source(numbers[name])
            else:
                yield kind, name, labels[name], units[name], _taken(result, name)


def _source(row: SourceRow) -> str:
    """Say where the value and the range of a number that was varied come from."""
    work = ", ".join(filter(None, (row.title, row.at)))
    return ": ".join(filter(None, (f"{row.source} ({row.kind})", work or row.note)))


def _taken(result: Result, name: str) -> str:
    """Say what a column is taken from: for a measure, of which quantities and how."""
    for scenario in result.scenarios.values():
        if name in scenario.document.measures:
            return _measured(scenario, name)
    return "the design" if name in ("scenario", "point", "replication") else "the model"


def _measured(scenario: Scenario, name: str) -> str:
    measure = scenario.document.measures[name]
    how = TAKES[measure.take].label
    empty = "; empty where it was never reached" if measure.take == "first_above" else ""
    return f"the model: {' + '.join(measure.of)}, {how}{empty}"


def _notice(result: Result) -> Iterator[tuple[str, object]]:
    from minsksim.experiment.storage.manifest import version_of

    yield "notice", NOTICE
    for name, scenario in result.scenarios.items():
        yield "scenario", f"{name}: {scenario.document.title}"
    yield "result", result.id
    yield "digest", result.digest
    yield "seed", str(result.seed)
    yield "design", str(result.manifest["question"]["design"]["kind"])
    yield "runs that failed", result.failed
    if result.where:
        yield "summary only of runs with", ", ".join(result.where)
    yield "written by", version_of(result.manifest)
