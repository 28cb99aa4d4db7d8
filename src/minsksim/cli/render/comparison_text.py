"""The answer of a comparison in sentences that may be quoted, each with its uncertainty."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from minsksim.cli.render import numbers

if TYPE_CHECKING:
    from minsksim import Comparison
    from minsksim.scenario import Scenario

_VANISHES = 0.0005
"""Below this three decimals show nothing."""

_NAMED = 3
"""Measures named in a sentence; the rest are counted."""


def by_effect(table: pd.DataFrame) -> pd.DataFrame:
    """Sort the rows of each variant by the size of effect, largest first.

    Differences without any spread in the base come by their own size, before the others.
    """
    effect = table["effect"].abs().fillna(-1.0).to_numpy(dtype=float)
    size = table["difference"].abs().fillna(0.0).to_numpy(dtype=float)
    place = table["variant"].map({name: i for i, name in enumerate(table["variant"].unique())})
    order = np.lexsort((-size, -effect, place.to_numpy()))
    return table.iloc[order].reset_index(drop=True)


def rows_over_ranges(found: Comparison) -> dict[tuple[str, str], Mapping[Any, Any]]:
    """Return the rows of the comparison over the ranges, by variant and measure."""
    table = found.ranges if found.ranges is not None else found.table.iloc[:0]
    return {(row["variant"], row["measure"]): row for row in table.to_dict("records")}


def change_text(row: Mapping[Any, Any], unit: str) -> str:
    """Return a difference with its 95 % interval."""
    finer = _decimals(row["difference"], unit)
    low, high = (numbers.number(end, finer) for end in (row["low"], row["high"]))
    change = numbers.number(row["difference"], finer, signed=True)
    return change if row["low"] == row["high"] or row["n"] < 2 else f"{change} [{low}, {high}]"


def _decimals(difference: float, unit: str) -> int:
    """Return the decimals of a difference: at most three, unless it would vanish in them."""
    size = abs(difference)
    if 0 < size < _VANISHES:
        return min(1 - math.floor(math.log10(size)), 6)
    return max(3 if unit == "utils" else 0, min(numbers.decimals_for([size]), 3))


def answer_of(found: Comparison, scenario: Scenario, rows: pd.DataFrame) -> list[str]:
    """Return what differs most, and what turns over the ranges.

    Parameters
    ----------
    found : Comparison
    scenario : Scenario
        The variant.
    rows : DataFrame
        Its rows, by size of effect.
    """
    differ = rows[rows["difference"].fillna(0.0) != 0]
    # who asks for a few measures is answered on each of them
    first = differ.head(_NAMED if len(rows) <= _NAMED else 1).to_dict("records")
    if not first:
        return [f"Under these assumptions {scenario.name} differs from {found.base} in no measure."]
    word = "changes most" if len(rows) > _NAMED else "changes"
    said = [_changes(found, scenario, row, word) for row in first]
    said = [f"Under these assumptions {said[0]}", *said[1:]]
    turned = [name for variant, name in found.turned if variant == scenario.name]
    if found.ranges is not None:
        said.append(_turns(found, scenario, turned, rows))
    return said


def _changes(found: Comparison, scenario: Scenario, row: Mapping[Any, Any], word: str) -> str:
    measure = scenario.document.measures[row["measure"]]
    places = 3 if measure.unit == "utils" else numbers.decimals_for((row["base"], row["mean"]))
    before, after = (numbers.number(row[key], places) for key in ("base", "mean"))
    text = (
        f"{scenario.name} {word}: {numbers.named(measure)}, "
        f"{before} in {found.base} and {after} with it, {change_text(row, measure.unit)} "
        f"{found.place}, {_side(row, 'share')} of the pairs"
    )
    over = rows_over_ranges(found).get((row["variant"], row["measure"]))
    if over is None or not over["n"]:
        return f"{text}."
    return (
        f"{text}; {change_text(over, measure.unit)} over the ranges, {_side(over, 'points')} of "
        "the points."
    )


def _side(row: Mapping[Any, Any], of: str) -> str:
    """Say in how many pairs, or at how many points, the variant is higher, and lower.

    The side of the mean comes first; what is left over is equal.
    """
    place = "in" if of == "share" else "at"
    words = ("higher", "lower") if row["difference"] > 0 else ("lower", "higher")
    return ", ".join(f"{word} {place} {numbers.share(row[f'{of}_{word}'])}" for word in words)


def _turns(found: Comparison, scenario: Scenario, turned: list[str], rows: pd.DataFrame) -> str:
    if not turned:
        return "No clear difference changes its sign at most points of the ranges."
    over = rows_over_ranges(found)
    at_base = {row["measure"]: row for row in rows.to_dict("records")}
    texts = []
    for name in turned[:_NAMED]:
        row, wide = at_base[name], over[scenario.name, name]
        word, other = ("higher", "lower") if row["difference"] > 0 else ("lower", "higher")
        texts.append(
            f"{scenario.document.measures[name].label} ({word} in "
            f"{numbers.share(row[f'share_{word}'])} of the pairs {found.place}, {other} at "
            f"{numbers.share(wide[f'points_{other}'])} of the points over the ranges)"
        )
    more = f"; and {len(turned) - _NAMED} more" if len(turned) > _NAMED else ""
    return f"What turns over the ranges: {'; '.join(texts)}{more}."


def runs_text(found: Comparison) -> str:
    """Say which runs were compared."""
    text = f"Base {found.base}, seed {found.seed}: {found.runs:,} paired runs {found.place}"
    if found.ranges is not None:
        points, pairs = (int(found.ranges[name].max()) for name in ("points", "n"))
        text += (
            f", and {pairs:,} over the ranges of the numbers that all have alike "
            f"({points:,} points; intervals clustered by point)"
        )
    return f"{text}. {found.pairing}"
