"""The answer of a sweep in sentences that may be quoted, each with its uncertainty."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from minsksim.analysis.spreads import DIRECTED, RANGES, WHERE, Spreads, turned_text
from minsksim.cli.render import numbers
from minsksim.experiment.question.question import SHARED
from minsksim.experiment.question.ranges import held, never_together
from minsksim.experiment.storage.own_files import MANIFEST

if TYPE_CHECKING:
    from minsksim.experiment import Result
    from minsksim.scenario.schema import Measure

_NAMED = 3
"""Measures named in a sentence; the rest are counted."""


def answer_of(result: Result, found: Spreads) -> list[str]:
    """Return three sentences: the first measure, what turns over the ranges, what was varied."""
    return [
        sentence for sentence in (_first(result, found), _turns(found), runs_of(found)) if sentence
    ]


def _first(result: Result, found: Spreads) -> str:
    """Say the spread of the first measure that differs between runs."""
    name, source = next(iter(result.scenarios.items()))
    for measure, told in source.document.measures.items():
        rows = {word: found.row(word, name, measure) for word in WHERE}
        known = {word: row for word, row in rows.items() if row is not None and row["n"]}
        if any(row["q05"] < row["q95"] for row in known.values()):
            parts = [f"{spread_text(row, told)} {WHERE[word]}" for word, row in known.items()]
            where = "" if len(result.scenarios) == 1 else f" in {name}"
            said = ", and ".join(parts)
            return f"Under these assumptions: {numbers.named(told)}{where}, median {said}."
    if not any(row["n"] for row in found.table.to_dict("records")):
        why = f"meets {' and '.join(result.where)}" if result.where else "finished"
        return f"No run {why}, so nothing can be said of such runs."
    return "Under these assumptions no measure differs between runs."


def spread_text(row: Mapping[Any, Any], measure: Measure) -> str:
    """Return a median with the middle 90 % of runs.

    A turn that is not reached in every run is told of those runs that reach it.
    """
    places = decimals_of(row)
    ends = (row["q50"], row["q05"], row["q95"])
    median, low, high = (numbers.measured(end, measure, places) for end in ends)
    return median if low == high else f"{median} (90 % of runs: {low} to {high})"


def decimals_of(row: Mapping[Any, Any]) -> int:
    """Return the decimals of a row's numbers."""
    return 0 if row.get("whole") else numbers.decimals_for((row["q50"], row["q05"], row["q95"]))


def _turns(found: Spreads) -> str:
    if found.base is None or found.ranges is None:
        return ""
    if not found.turned:
        return (
            ""
            if not (_changes(found.base) and found.table["n"].any())
            else (
                "No change turns over the ranges: each has the same sign in most runs at the base "
                "values and over the ranges."
            )
        )
    several = len(found.base.scenarios) > 1
    texts = [turned_text(one, named=several) for one in found.turned[:_NAMED]]
    more = len(found.turned) - len(texts)
    rest = f"; and {more} more" if more else ""
    said = "; ".join(texts)
    return f"What holds at the base values turns over the ranges: {said}{rest}."


def _changes(result: Result) -> bool:
    """Whether any measure is a change, and so has a direction to lose."""
    return any(
        measure.take in DIRECTED
        for scenario in result.scenarios.values()
        for measure in scenario.document.measures.values()
    )


def runs_of(found: Spreads) -> str:
    """Say which runs there are, what varies in them and what is held."""
    parts = []
    if found.base is not None:
        count = found.base.runs_per_point
        parts.append(f"{count:,} runs at the base values, which differ by their draws alone")
    if found.ranges is not None:
        parts.append(_over_ranges(found.ranges))
    widest = found.ranges or found.base
    assert widest is not None
    each = ", of each scenario" if len(widest.scenarios) > 1 else ""
    return f"Seed {widest.seed}{each}: {'; '.join(parts)}.{_held(widest)}"


def _over_ranges(result: Result) -> str:
    points = int(result.manifest["question"]["design"]["points"])
    whose = "shared draws" if result.draws == SHARED else "draws of its own"
    error = 100 * 1.96 * math.sqrt(0.05 * 0.95 / points)
    return (
        f"{points * result.runs_per_point:,} runs over the ranges of {varied_text(result.varied)} "
        f"({points:,} points, each with {whose}), whose 5 and 95 % quantiles are known to "
        f"±{error:.1f} percentage points"
    )


def varied_text(names: Sequence[str]) -> str:
    """Return how many numbers vary, or which if they are few."""
    return ", ".join(names) if len(names) <= 3 else f"{len(names)} numbers"


def _held(widest: Result) -> str:
    """Say what is held at its base value wherever it could vary."""
    scenarios = tuple(widest.scenarios.values())
    fixed = len(scenarios[0].numbers) - len(widest.varied)
    free = held(scenarios, widest.varied)
    if not widest.varied:
        text = f" {len(free)} ranges are held at their base values."
        return f"{text}{_why_held(widest)}" if free else ""
    ranges = f", {len(free)} of them with a range," if free else ""
    return f" {fixed} other numbers{ranges} and the structure are held."


def _why_held(result: Result) -> str:
    """Say why there are no runs over the ranges, where nobody asked for --base-only."""
    if (result.path / RANGES / MANIFEST).is_file():
        return " The runs over them are not finished; the same sweep again goes on with them."
    if RANGES in result.manifest:  # they go together, and were left out
        return ""
    runs = int(result.manifest["question"]["runs"])
    why = never_together(tuple(result.scenarios.values()), runs, result.seed)
    return f" They are not swept, because they do not go together: {why}" if why else ""
