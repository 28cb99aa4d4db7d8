"""``minsksim list``: the scenarios that come with the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from minsksim.cli.options import format_option

if TYPE_CHECKING:
    from minsksim.scenario import CatalogEntry


@click.command("list")
@format_option
def list_(form: str) -> None:
    """List the scenarios, variants and cases that are shipped."""
    from minsksim import list_scenarios
    from minsksim.cli.render.output import print_csv, print_json
    from minsksim.scenario.catalog import list_cases

    entries, cases = list_scenarios(), list_cases()
    if form == "json":
        print_json({"scenarios": entries, "cases": cases})
    elif form == "csv":
        rows = [(one.name, one.title, one.question, one.because) for one in _flat(entries)]
        rows += [(one.name, one.title, one.question, "") for one in cases]
        print_csv(("name", "title", "question", "because"), rows)
    else:
        _print(entries, cases)


def _flat(entries: tuple[CatalogEntry, ...]) -> list[CatalogEntry]:
    """Return each scenario, followed by its variants."""
    return [one for entry in entries for one in (entry, *entry.variants)]


def _print(entries: tuple[CatalogEntry, ...], cases: tuple[CatalogEntry, ...]) -> None:
    from rich.text import Text

    from minsksim.cli.render.output import console, new_table

    screen = console()
    table = new_table("Scenario", "Question")
    table.columns[0].no_wrap = True
    for entry in entries:
        table.add_row(Text(entry.name, style="bold"), Text(f"{entry.title}. {entry.question}"))
        for variant in entry.variants:
            table.add_row(Text(f"  {variant.name}"), Text(variant.question))
        table.add_section()
    for case in cases:
        text = f"{case.title}. {case.question} (a table of positions, for 'minsksim bench')"
        table.add_row(Text(case.name, style="bold"), Text(text))
    screen.print(table)
    screen.print()
    screen.print("'minsksim show SCENARIO' opens one; a path to a .yaml file works everywhere too.")
