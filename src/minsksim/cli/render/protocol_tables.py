"""Protocols side by side, as tables: what the choice of theory changes, then theory by theory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from minsksim.cli.render import numbers
from minsksim.cli.render.output import console, new_table, print_csv, print_json, print_notice

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from minsksim import ProtocolComparison, Scenario

MEANING = (
    "Spread: how far apart the means under these two protocols are, over model runs with the same "
    "draws; in brackets the 95 % interval. Draws: how far apart runs under one protocol are by "
    "chance (the width in which the middle 90 % of them lie, on average). Ratio: Spread divided "
    "by Draws."
)
ROWS = (
    "Mean over model runs under these assumptions; in brackets its 95 % interval. "
    "* is what the file itself uses."
)

_SPREAD = "Spread [95 %]"
_SHOWN = 3
"""Measures shown protocol by protocol unless some are asked for."""


def print_protocols(found: ProtocolComparison, scenario: Scenario, form: str) -> None:
    """Print a comparison of protocols; measures that theory moves most come first."""
    spreads = in_order(found.spreads)
    if form == "json":
        head = {"meaning": MEANING, "scenario": found.scenario, "channels": found.channels}
        size = {"written": found.written, "runs": found.runs, "seed": found.seed}
        tables = {
            "spreads": spreads.to_dict("records"),
            "protocols": found.table.to_dict("records"),
        }
        print_json({**head, **size, **tables})
    elif form == "csv":
        print_csv(list(found.table.columns), found.table.itertuples(index=False))
    else:
        _print(found, scenario, spreads)


def in_order(spreads: pd.DataFrame) -> pd.DataFrame:
    """Sort measures by what protocols change over what draws change, the largest first."""
    order = (-spreads["ratio"].fillna(-1.0)).argsort(kind="stable")
    return spreads.iloc[order].reset_index(drop=True)


def _print(found: ProtocolComparison, scenario: Scenario, spreads: pd.DataFrame) -> None:
    screen = console()
    protocols = len(found.scenarios)
    screen.print(
        Text(
            f"{found.scenario}, {protocols} protocols on {', '.join(found.channels)}; "
            f"{found.runs:,} runs of each on the same draws, seed {found.seed}."
        )
    )
    moved = spreads[spreads["spread"] > 0]
    screen.print()
    screen.print(_spread_table(moved, scenario))
    if same := list(spreads.loc[spreads["spread"] == 0, "label"]):
        screen.print(Text(f"The same under every protocol: {'; '.join(same)}."))
    more = int((spreads["ratio"] > 1.0).sum())
    screen.print(
        Text(
            f"The protocol moves {more} of {len(spreads)} measures by more than chance does.",
            style="bold",
        )
    )
    screen.print(Text(MEANING))
    asked = list(moved["measure"])[:_SHOWN]
    if asked:
        screen.print()
        screen.print(_protocol_table(found, scenario, asked))
        screen.print(Text(ROWS))
    print_notice(screen)


def _spread_table(rows: pd.DataFrame, scenario: Scenario) -> Table:
    heads = (_SPREAD, "Draws", "Ratio")
    table = new_table("Measure", "Least under", "Most under", *heads, right=heads)
    for row in rows.to_dict("records"):
        measure = scenario.document.measures[row["measure"]]
        places = _places(measure.unit, row["spread"], row["draws"])
        low, high = (numbers.number(end, places) for end in (row["low"], row["high"]))
        table.add_row(
            Text(numbers.named(measure)),
            Text(_words(row["lowest"])),
            Text(_words(row["highest"])),
            f"{numbers.number(row['spread'], places)} [{low}, {high}]",
            numbers.number(row["draws"], places),
            numbers.number(row["ratio"], 2),
        )
    return table


def _protocol_table(found: ProtocolComparison, scenario: Scenario, asked: list[str]) -> Table:
    documents = scenario.document.measures
    names = [numbers.named(documents[name]) for name in asked]
    table = new_table("Protocol", *names, right=names)
    for column in table.columns[1:]:
        column.header = Text(str(column.header), overflow="fold")
        column.no_wrap = False
    rows = {(row["measure"], row["protocol"]): row for row in found.table.to_dict("records")}
    for protocol in found.scenarios:
        cells = []
        for name in asked:
            row = rows[name, protocol]
            unit, spread = documents[name].unit, float(row["high"] - row["low"])
            places = _places(unit, float(row["mean"]), spread)
            low, high = (numbers.number(float(row[end]), places) for end in ("low", "high"))
            cells.append(f"{numbers.number(float(row['mean']), places)} [{low}, {high}]")
        mark = " *" if protocol in found.written else ""
        table.add_row(Text(_words(protocol) + mark), *cells)
    return table


def _places(unit: str, *values: float) -> int:
    return 3 if unit == "utils" else max(numbers.decimals_for([value]) for value in values[:1])


def _words(protocol: str) -> str:
    return protocol.replace("_", " ")
