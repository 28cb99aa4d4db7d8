"""A comparison as tables: what a variant changes first, what it leaves alone last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
from rich.text import Text

from minsksim.cli.render import numbers
from minsksim.cli.render.comparison_text import (
    answer_of,
    by_effect,
    change_text,
    rows_over_ranges,
    runs_text,
)
from minsksim.cli.render.output import console, new_table, print_csv, print_json, print_notice
from minsksim.cli.render.summary_parts import MOST_ROWS
from minsksim.scenario.suppose import supposed_in_words

if TYPE_CHECKING:
    from rich.table import Table

    from minsksim import Comparison
    from minsksim.scenario import Scenario
    from minsksim.scenario.schema import Measure

MEANING = (
    "Mean difference over pairs of model runs with the same draws, under these assumptions; "
    "in brackets its 95 % interval, which says how well the mean is known. 'Higher in' is the "
    "share of pairs, 'higher at' the share of design points, in which the variant has the higher "
    "value. Largest effects first, in standard deviations of the base's runs."
)
_NAMES = ("variant", "measure", "label", "unit")

_HIGHER_IN = "Higher in"
_OVER, _HIGHER_AT = "Over the ranges", "Higher at"


def print_comparison(
    found: Comparison, scenarios: Sequence[Scenario], form: str, *, all_measures: bool = False
) -> None:
    """Print a comparison; the largest effects of each variant come first."""
    table = by_effect(found.table)
    if form == "json":
        head = {
            "meaning": meaning_of(found),
            "pairing": found.pairing,
            "base": found.base,
            "variants": found.variants,
        }
        size = {"runs": found.runs, "seed": found.seed}
        print_json({**head, **size, "differences": _nested(found, table)})
    elif form == "csv":
        parts = [table.assign(spread="base")]
        if found.ranges is not None:
            parts.append(by_effect(found.ranges).assign(spread="ranges"))
        whole = pd.concat(parts, ignore_index=True)
        print_csv(list(whole.columns), whole.itertuples(index=False))
    else:
        _print(found, scenarios, table, all_measures)


def _nested(found: Comparison, table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return an object for each variant and measure, with figures ``base`` and ``ranges`` inside.

    The figures at the base values stand in it, too; the two means under names of their own.
    """
    over, turned = rows_over_ranges(found), set(found.turned)
    rows = []
    for row in table.to_dict("records"):
        key = (str(row["variant"]), str(row["measure"]))
        figures, wide = _figures(row), over.get(key)
        names = {name: row[name] for name in _NAMES}
        halves = {"base": figures, "ranges": None if wide is None else _figures(wide)}
        rows.append({**names, **figures, **halves, "turns": key in turned})
    return rows


def _figures(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a row without its names, in which ``base`` is what it says."""
    renamed = {"base": "mean_of_base", "mean": "mean_of_variant"}
    return {renamed.get(name, name): value for name, value in row.items() if name not in _NAMES}


def meaning_of(found: Comparison) -> str:
    """Say what a difference is; points are paired where the draws are not the same."""
    from minsksim.analysis.compare_results import PAIRED_BY_POINT

    if not found.pairing.startswith(PAIRED_BY_POINT):
        return MEANING
    return MEANING.replace("model runs with the same draws", "design points")


def _print(
    found: Comparison, scenarios: Sequence[Scenario], table: pd.DataFrame, all_measures: bool
) -> None:
    screen = console()
    for scenario in scenarios[1:]:
        rows = table[table["variant"] == scenario.name]
        screen.print(Text(f"{scenario.name}: {scenario.document.title}", style="bold"))
        for sentence in answer_of(found, scenario, rows):
            screen.print(Text(sentence))
        supposed = " ".join(supposed_in_words([scenario]))
        screen.print(Text(supposed or " ".join(scenario.document.question.split())))
        screen.print()
        differ = rows[rows["difference"].fillna(0.0) != 0]
        shown = differ if all_measures else differ.head(MOST_ROWS)
        screen.print(_difference_table(found, shown, scenario))
        if len(shown) < len(differ):
            screen.print(Text(f"{len(differ) - len(shown)} more measures: --all-measures."))
        same = list(rows.loc[rows["difference"] == 0, "label"])
        if same and all_measures:
            screen.print(Text(f"No difference {found.place}: {'; '.join(same)}."))
        screen.print()
    screen.print(Text(runs_text(found)))
    screen.print(Text(meaning_of(found)))
    print_notice(screen)


def _difference_table(found: Comparison, rows: pd.DataFrame, scenario: Scenario) -> Table:
    """Return what differs, at the base values and over the ranges."""
    over = rows_over_ranges(found)
    heads = [found.place.capitalize(), _HIGHER_IN, *([_OVER, _HIGHER_AT] if over else [])]
    table = new_table("Measure", *heads, right=heads)
    for row in rows.to_dict("records"):
        measure = scenario.document.measures[row["measure"]]
        wide = over.get((row["variant"], row["measure"]))
        cells: list[str | Text] = [_change(row, measure.unit), numbers.share(row["share_higher"])]
        if wide is not None:
            cells += [_change(wide, measure.unit), numbers.share(wide["points_higher"])]
        table.add_row(Text(_label(row, measure)), *cells)
    return table


def _label(row: Mapping[Any, Any], measure: Measure) -> str:
    """Return a measure's label with the base's mean, and in how many runs a turn is reached."""
    places = 3 if measure.unit == "utils" else numbers.decimals_for((row["base"],))
    told = f"base {numbers.number(row['base'], places)}"
    if measure.take == "first_above":
        shares = [numbers.share(row[name]) for name in ("reached_base", "reached")]
        told += f"; reached in {shares[0]} \N{RIGHTWARDS ARROW} {shares[1]}"
    return f"{numbers.named(measure)} ({told})"


def _change(row: Mapping[Any, Any], unit: str) -> Text:
    is_clear = row["low"] > 0 or row["high"] < 0
    return Text(change_text(row, unit), style="bold" if is_clear else "dim")
