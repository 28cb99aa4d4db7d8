"""``minsksim sources``: where every number comes from, disputed ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from minsksim.cli.options import Pairs, format_option, load, scenario_argument, settings_option

if TYPE_CHECKING:
    from rich.table import Table

    from minsksim.scenario import Scenario, SourceRow

_COLUMNS = (
    "number",
    "value",
    "low",
    "high",
    "unit",
    "source",
    "kind",
    "grade",
    "cite",
    "title",
    "at",
    "as_of",
    "note",
    "reading",
    "reading_on",
    "reading_source",
    "reading_note",
)


@click.command()
@settings_option
@format_option
@scenario_argument
def sources(reference: str, settings: Pairs, form: str) -> None:
    """Show where every number comes from, with all readings of those that sources dispute."""
    from minsksim.cli.output import print_csv, print_json
    from minsksim.scenario import source_table

    scenario = load(reference, settings)
    rows = source_table(scenario)
    if form == "json":
        print_json({"scenario": scenario.name, "numbers": [_plain(row) for row in rows]})
    elif form == "csv":
        print_csv(_COLUMNS, [line for row in rows for line in _lines(row)])
    else:
        _print(scenario, rows)


def _plain(row: SourceRow) -> dict[str, object]:
    """Return a row as data; the readings are models, not dataclasses."""
    from dataclasses import fields

    plain: dict[str, object] = {one.name: getattr(row, one.name) for one in fields(row)}
    plain["readings"] = [reading.model_dump(mode="json") for reading in row.readings]
    return plain


def _lines(row: SourceRow) -> list[tuple[object, ...]]:
    """Return a line for a number, or one for each of its readings."""
    low, high = row.range or (None, None)
    head = (row.number, row.value, low, high, row.unit, row.source, row.kind, row.grade)
    origin = (row.cite, row.title, row.at, row.as_of, row.note)
    if not row.readings:
        return [(*head, *origin, None, None, None, None)]
    return [(*head, *origin, one.value, one.on, one.source, one.note or "") for one in row.readings]


def _print(scenario: Scenario, rows: tuple[SourceRow, ...]) -> None:
    from minsksim.cli.output import console

    screen = console()
    disputed = [row for row in rows if row.readings]
    if disputed:
        screen.print(_disputed(scenario, disputed))
        screen.print()
    screen.print(_sources(scenario, rows))
    screen.print()
    screen.print(
        "Measured, published and elicited numbers are cited; calibrated and assumed ones are"
    )
    screen.print("ours and carry a range. 'minsksim show SCENARIO --numbers' lists every number.")


def _disputed(scenario: Scenario, rows: list[SourceRow]) -> Table:
    """Return every reading of the numbers for which sources give several."""
    from rich.text import Text

    from minsksim.cli.output import new_table

    title = "Numbers with several readings: the value used, then every reading by date"
    table = new_table("Number", "Value", "On", "Source and note", title=title, right=("Value",))
    for row in rows:
        span = f"used; range {row.range[0]:g} to {row.range[1]:g}" if row.range else "used"
        table.add_row(Text(row.number, style="bold"), f"{row.value:,.6g}", "", Text(span))
        for one in sorted(row.readings, key=lambda reading: reading.on):
            note = f"; {one.note}" if one.note else ""
            words = f"{one.source}: {_work(scenario, one.source)}{note}"
            table.add_row("", f"{one.value:,.6g}", str(one.on), Text(words))
        table.add_section()
    return table


def _sources(scenario: Scenario, rows: tuple[SourceRow, ...]) -> Table:
    """Return every source with its kind, date and what rests on it."""
    from collections import Counter

    from rich.text import Text

    from minsksim.cli.output import new_table

    used = Counter(row.source for row in rows)
    table = new_table(
        "Key", "Kind", "As of", "Numbers", "What it is", title="Sources", right=("Numbers",)
    )
    for key, source in scenario.document.sources.items():
        kind = f"{source.kind} {source.grade or ''}".strip()
        parts = (_work(scenario, key) if source.cite else "", source.at or "", source.note or "")
        words = ". ".join(part.rstrip(".") for part in parts if part)
        when = str(source.as_of) if source.as_of else ""
        table.add_row(key, kind, when, str(used[key]), Text(words))
    return table


def _work(scenario: Scenario, key: str) -> str:
    """Return author, title and year of what a source cites."""
    source = scenario.document.sources[key]
    work = scenario.bibliography.get(source.cite or "")
    if work is None:
        return source.note or source.kind
    who = f"{work.author}, " if work.author else ""
    return f"{who}{work.title}" + (f" ({work.year})" if work.year else "")
