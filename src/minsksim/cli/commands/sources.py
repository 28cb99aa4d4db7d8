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

_KINDS = (
    "Measured, published and elicited numbers are cited; calibrated and assumed ones are ours and "
    "carry a range. 'minsksim show SCENARIO --numbers' lists every number."
)


@click.command()
@settings_option
@format_option
@scenario_argument
def sources(reference: str, settings: Pairs, form: str) -> None:
    """Show where every number comes from.

    Numbers that sources dispute come first, with all their readings.
    """
    from minsksim.cli.render.output import print_csv, print_json
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
    from minsksim.cli.render.output import console

    screen = console()
    disputed = [row for row in rows if row.readings]
    for row in disputed:
        screen.print(_disputed(scenario, row))
        screen.print()
    screen.print(_sources(scenario, rows))
    screen.print()
    screen.print(_KINDS)


def _disputed(scenario: Scenario, row: SourceRow) -> Table:
    """Return every reading of one number for which sources give several, by date."""
    from rich.text import Text

    from minsksim.cli.render.output import new_table

    span = f", range {row.range[0]:,g} to {row.range[1]:,g}" if row.range else ""
    title = f"{row.number}: {row.value:,g} used{span}"
    table = new_table("On", "Reading", "What it is", "Source", title=title, right=("Reading",))
    table.columns[0].no_wrap = True
    for one in sorted(row.readings, key=lambda reading: reading.on):
        origin = f"{one.source}: {_author(scenario, one.source)}"
        table.add_row(str(one.on), f"{one.value:,g}", Text(one.note or ""), Text(origin))
    return table


def _sources(scenario: Scenario, rows: tuple[SourceRow, ...]) -> Table:
    """Return every source with its kind, date and what rests on it."""
    from collections import Counter

    from rich.text import Text

    from minsksim.cli.render.output import new_table

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


def _author(scenario: Scenario, key: str) -> str:
    """Return who is cited, in short; the table of sources has the whole title."""
    work = scenario.bibliography.get(scenario.document.sources[key].cite or "")
    return (work.author or work.title) if work else scenario.document.sources[key].kind
