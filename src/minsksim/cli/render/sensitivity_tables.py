"""Sensitivity in text: the verdict first, then what the columns mean, then at most a few rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.text import Text

from minsksim.analysis.indices import RANKED_BY
from minsksim.analysis.stored_sensitivity import SETTLED
from minsksim.cli.render.output import console, new_table, print_csv, print_json, print_notice

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console
    from rich.table import Table

    from minsksim import Sensitivity

_HEADS = {
    "first": ("Alone", "the share of the measure's variance that the number makes by itself"),
    "total": ("Share", "the same, with what the number does together with others"),
    "mean_effect": (
        "Mean effect",
        "mean absolute change of the measure for a change of the number over its range",
    ),
    "spread": (
        "Spread",
        "standard deviation of that change: high if it depends on the other numbers",
    ),
    "signed_effect": ("Signed effect", "its mean with its sign: below 0, the measure falls"),
    "rank_correlation": ("Rank correlation", "Spearman's, between the number and the measure"),
    "partial": ("Partial", "what is left of it once correlated columns are counted, -1 to 1"),
}
_OVERALL = {
    "saltelli": "share of the variance",
    "morris": "part of the summed mean effects",
}
_OTHER = "absolute partial rank correlation"


def print_sensitivity(found: Sensitivity, form: str, top: int, all_measures: bool) -> None:
    """Print what moves the measures.

    Parameters
    ----------
    found : Sensitivity
    form : {"table", "csv", "json"}
    top : int
        Rows of a table.
    all_measures : bool
        A table for each measure, even if there are several.
    """
    if form == "json":
        print_json(_content(found))
    elif form == "csv":
        print_csv(list(found.table.columns), found.table.itertuples(index=False))
    else:
        _print(found, top, all_measures)


def _content(found: Sensitivity) -> Mapping[str, Any]:
    columns = None
    if found.correlated is not None:
        columns = {
            **{key: value for key, value in asdict(found.correlated).items() if key not in _LARGE},
            "entangled": found.correlated.entangled,
        }
    content = {
        "verdict": found.verdict,
        "design": found.kind,
        "result": found.result.path.as_posix(),
        "overall": found.overall.to_dict("records"),
        "correlated": columns,
        "indices": found.table.to_dict("records"),
        "agreement": found.agreement.to_dict("records"),
    }
    if found.screening is not None:
        first = found.screening
        content["first_look"] = {
            "design": first.kind,
            "result": first.result.path.as_posix(),
            "overall": first.overall.to_dict("records"),
            "agreement": first.agreement.to_dict("records"),
        }
    return content


_LARGE = ("matrix", "aliases")


def _print(found: Sensitivity, top: int, all_measures: bool) -> None:
    screen = console()
    for sentence in found.verdict:
        screen.print(Text(sentence))
    several = len(found.agreement["measure"].unique()) > 1
    if not found.overall.empty:
        screen.print()
        if several and not all_measures:
            _print_overall(screen, found, top)
        else:
            _print_measures(screen, found, top)
    print_notice(screen)
    for one in (found.screening, found):
        if one is not None:
            screen.print(Text(f"result   {one.result.path.as_posix()} ({one.kind})"))


def _print_overall(screen: Console, found: Sensitivity, top: int) -> None:
    """Print one order over all measures."""
    what = _OVERALL.get(found.kind, _OTHER)
    screen.print(
        Text(
            f"Over all: mean over all measures that move of the {what} (0 where the number is not "
            "ranked). Largest: the largest of them, and of which measure."
        )
    )
    for name, scenario in found.result.scenarios.items():
        mine = found.overall[found.overall["scenario"] == name].head(top)
        table = new_table(
            "Number", "Source", "Over all", "Largest", "of measure", right=("Over all", "Largest")
        )
        for row in mine.to_dict("records"):
            label = scenario.document.measures[row["measure"]].label
            sizes = (f"{row['size']:.2f}", f"{row['largest']:.2f}")
            table.add_row(Text(row["label"]), Text(row["source"]), *sizes, Text(label))
        if len(found.result.scenarios) > 1:
            screen.print(Text(name, style="bold"))
        screen.print(table)


def _print_measures(screen: Console, found: Sensitivity, top: int) -> None:
    """Print a table for each measure."""
    for index in dict.fromkeys(found.table["index"]):
        head, meaning = _HEADS[index]
        screen.print(Text(f"{head}: {meaning}."))
    screen.print(Text("In brackets: 95 % intervals."))
    for row in found.agreement.to_dict("records"):
        label = found.result.scenarios[row["scenario"]].document.measures[row["measure"]].label
        title = f"{row['scenario']}: {label}"
        ranked = found.ranked(row["scenario"], row["measure"])
        screen.print()
        if ranked.empty:
            screen.print(Text(f"{title}: no number moves it beyond chance."))
        else:
            screen.print(_table(found, ranked.head(top), title))
            screen.print(Text(_settled(row)))


def _table(found: Sensitivity, ranked: pd.DataFrame, title: str) -> Table:
    first = ranked.iloc[0]
    mine = found.table[
        (found.table["scenario"] == first["scenario"])
        & (found.table["measure"] == first["measure"])
    ]
    by = RANKED_BY[found.kind]
    columns = [by, *(index for index in dict.fromkeys(mine["index"]) if index != by)]
    wide = {index: mine[mine["index"] == index].set_index("name") for index in columns}
    heads = [_HEADS[index][0] for index in columns]
    table = new_table("Number", "Source", *heads, title=title, right=heads)
    for row in ranked.to_dict("records"):
        cells = [_cell(wide[index].loc[row["name"]]) for index in columns]
        table.add_row(Text(row["label"]), Text(row["source"]), *cells)
    return table


def _cell(row: pd.Series[float]) -> str:
    return f"{row['estimate']:.3g} ({row['low']:.3g} to {row['high']:.3g})"


def _settled(row: Mapping[Any, Any]) -> str:
    """Say whether two halves of the design give the same order."""
    agreement = float(row["agreement"])
    left = f" {row['left_out']} points left out because a run failed." if row["left_out"] else ""
    if agreement != agreement:
        return f"Too few numbers or points to tell whether the order is settled.{left}"
    verdict = (
        "the order is settled"
        if row["settled"]
        else f"the order is not settled (below {SETTLED:g}); about four times the points halve "
        "the intervals"
    )
    orders = f"Each half of the points gives an order; they correlate by {agreement:.2f}"
    return f"{orders}: {verdict}.{left}"
