"""A comparison as tables: what a variant changes first, what it leaves alone last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from rich.text import Text

from minsksim.cli.render import numbers
from minsksim.cli.render.output import console, new_table, print_csv, print_json, print_notice
from minsksim.scenario.suppose import supposed_in_words

if TYPE_CHECKING:
    from rich.table import Table

    from minsksim import Comparison
    from minsksim.scenario import Scenario

MEANING = (
    "Mean difference over pairs of model runs with the same draws, under these assumptions; "
    "in brackets its 95 % interval, which says how well the mean is known. 'Higher in' is the "
    "share of pairs in which the variant has the higher value."
)

_CHANGE = "Difference [95 %]"
_WIDE = 100


def print_comparison(found: Comparison, scenarios: Sequence[Scenario], form: str) -> None:
    """Print a comparison; the clearest differences of each variant come first."""
    table = in_order(found.table)
    if form == "json":
        head = {
            "meaning": meaning_of(found),
            "pairing": found.pairing,
            "base": found.base,
            "variants": found.variants,
        }
        size = {"runs": found.runs, "seed": found.seed}
        print_json({**head, **size, "differences": table.to_dict("records")})
    elif form == "csv":
        print_csv(list(table.columns), table.itertuples(index=False))
    else:
        _print(found, scenarios, table)


def meaning_of(found: Comparison) -> str:
    """Say what a difference is; points are paired where the draws are not the same."""
    from minsksim.analysis.compare_results import PAIRED_BY_POINT

    if not found.pairing.startswith(PAIRED_BY_POINT):
        return MEANING
    return MEANING.replace("model runs with the same draws", "design points")


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Sort the rows of each variant by |difference| over the half width of its interval."""
    half = ((table["high"] - table["low"]) / 2).to_numpy(dtype=float)
    size = table["difference"].abs().to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        clear = np.nan_to_num(size / half, nan=0.0, posinf=np.inf)
    place = table["variant"].map({name: i for i, name in enumerate(table["variant"].unique())})
    order = np.lexsort((-clear, place.to_numpy()))
    return table.iloc[order].reset_index(drop=True)


def _print(found: Comparison, scenarios: Sequence[Scenario], table: pd.DataFrame) -> None:
    screen = console()
    screen.print(Text(f"Base {found.base}, {found.runs:,} paired runs, seed {found.seed}."))
    screen.print(Text(found.pairing))
    for scenario in scenarios[1:]:
        rows = table[table["variant"] == scenario.name]
        screen.print()
        screen.print(Text(f"{scenario.name}: {scenario.document.title}", style="bold"))
        supposed = " ".join(supposed_in_words([scenario]))
        screen.print(Text(supposed or " ".join(scenario.document.question.split())))
        screen.print(_difference_table(rows[rows["difference"] != 0], scenario, screen.width))
        same = list(rows.loc[rows["difference"] == 0, "label"])
        if same:
            screen.print(Text(f"No difference: {'; '.join(same)}."))
    screen.print()
    screen.print(Text(meaning_of(found)))
    print_notice(screen)


def _difference_table(rows: pd.DataFrame, scenario: Scenario, width: int) -> Table:
    """Return what differs; a narrow screen leaves out what follows from the rest."""
    is_wide = width >= _WIDE
    heads = ("Base", "Variant", _CHANGE, "Higher in") if is_wide else ("Base", _CHANGE)
    table = new_table("Measure", *heads, right=heads)
    for row in rows.to_dict("records"):
        measure = scenario.document.measures[row["measure"]]
        places = numbers.decimals_for((row["base"], row["mean"]))
        if measure.unit == "utils":
            places = 3
        finer = max(places, min(numbers.decimals_for((row["difference"],)), 3))
        low, high = (numbers.number(end, finer, signed=True) for end in (row["low"], row["high"]))
        change = f"{numbers.number(row['difference'], finer, signed=True)} [{low}, {high}]"
        is_clear = row["low"] > 0 or row["high"] < 0
        cells: dict[str, str | Text] = {
            "Base": numbers.number(row["base"], places),
            "Variant": numbers.number(row["mean"], places),
            _CHANGE: Text(change, style="bold" if is_clear else "dim"),
            "Higher in": numbers.share(row["share_higher"]),
        }
        table.add_row(Text(numbers.named(measure)), *(cells[name] for name in heads))
    return table
