"""``minsksim sensitivity``: which varied numbers move which measure of a stored sweep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from minsksim.cli.options import format_option, result_argument

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from minsksim import Result, Sensitivity

_HEADS = {
    "first": ("First order", "Share of the measure's variance by the number alone"),
    "total": ("Total", "The same share, with what the number does together with others"),
    "mean_effect": ("Mean effect", "Mean absolute change of the measure over the whole range"),
    "spread": (
        "Spread",
        "How much the effect differs between points: it bends, or depends on other numbers",
    ),
    "rank_correlation": ("Rank correlation", "Spearman's, between the number and the measure"),
}


@click.command()
@click.option(
    "--measure", "measures", multiple=True, metavar="NAME", help="Only this measure; repeatable."
)
@click.option(
    "--top",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    metavar="N",
    help="Numbers to show of each measure, strongest first; csv and json hold all.",
)
@format_option
@result_argument
def sensitivity(reference: str, measures: tuple[str, ...], top: int, form: str) -> None:
    """Rank the numbers that a sweep varied by their effect.

    For each measure it shows how much each number moves it. RESULT is the folder of a sweep that
    drew its points: with --design saltelli the effect is a share of the variance, with morris a
    mean change, with the others a rank correlation.
    """
    from minsksim import load_result
    from minsksim import sensitivity as measure_sensitivity
    from minsksim.cli.render.output import print_csv, print_json
    from minsksim.cli.stored_results import find_result

    result = load_result(find_result(reference))
    found = measure_sensitivity(result, measures or None)
    table = _with_sources(result, found.table)
    if form == "json":
        content = {"design": found.kind, "indices": table.to_dict("records")}
        print_json({**content, "agreement": found.agreement.to_dict("records")})
    elif form == "csv":
        print_csv(list(table.columns), table.itertuples(index=False))
    else:
        _print(result, found, table, top)


def _with_sources(result: Result, table: pd.DataFrame) -> pd.DataFrame:
    """Add what kind of source each number has, because assumed ones deserve a second look."""
    kinds = []
    for scenario, name in zip(table["scenario"], table["name"], strict=True):
        source = result.scenarios[scenario]
        kinds.append(source.document.sources[source.numbers[name].source].kind)
    return table.assign(source=kinds)


def _print(result: Result, found: Sensitivity, table: pd.DataFrame, top: int) -> None:
    from rich.text import Text

    from minsksim.cli.render.output import console, print_notice

    screen = console()
    for row in found.agreement.to_dict("records"):
        mine = table[(table["scenario"] == row["scenario"]) & (table["measure"] == row["measure"])]
        label = result.scenarios[row["scenario"]].document.measures[row["measure"]].label
        title = f"{row['scenario']}: {label}"
        if mine.empty:
            screen.print(Text(f"{title}: the same at every point, or too few points to tell."))
        else:
            screen.print(_table(mine, found.kind, title, top))
            screen.print(Text(_settled(row)))
        screen.print()
    for index in dict.fromkeys(table["index"]):
        screen.print(Text(f"{_HEADS[index][0]}: {_HEADS[index][1]}; 95 % interval in brackets."))
    print_notice(screen)


def _table(mine: pd.DataFrame, kind: str, title: str, top: int) -> Table:
    from rich.text import Text

    from minsksim.analysis.indices import RANKED_BY
    from minsksim.cli.render.output import new_table

    wide = {str(name): group.set_index("index") for name, group in mine.groupby("name")}
    ranked = mine[mine["index"] == RANKED_BY[kind]]
    order = ranked.iloc[(-ranked["estimate"].abs()).argsort(kind="stable")]["name"].tolist()
    columns = list(dict.fromkeys(mine["index"]))
    heads = [_HEADS[index][0] for index in columns]
    table = new_table("Number", *heads, "Source", title=title, right=heads)
    for name in order[:top]:
        cells = [_cell(wide[name].loc[index]) for index in columns]
        table.add_row(Text(name), *cells, Text(str(wide[name]["source"].iloc[0])))
    return table


def _cell(row: pd.Series[float]) -> str:
    estimate = f"{row['estimate']:.3g}"
    if row["low"] != row["low"]:
        return estimate
    return f"{estimate} ({row['low']:.3g} to {row['high']:.3g})"


def _settled(row: Mapping[Any, Any]) -> str:
    """Say whether two halves of the design give the same order."""
    from minsksim.analysis.sensitivity import SETTLED

    agreement = float(row["agreement"])
    left = f" {row['left_out']} points left out because a run failed." if row["left_out"] else ""
    if agreement != agreement:
        return f"Too few points to tell whether the order is settled.{left}"
    verdict = (
        "the order is settled"
        if row["settled"]
        else f"the order is not settled (below {SETTLED:g}); about four times the points halve "
        "the intervals"
    )
    orders = f"Each half of the points gives an order; they correlate by {agreement:.2f}"
    return f"{orders}: {verdict}.{left}"
