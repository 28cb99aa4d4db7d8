"""``minsksim check``: whether a scenario is fit to run, and where its numbers come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from minsksim.cli.options import Pairs, complete_scenario, load, settings_option
from minsksim.cli.render.output import echo

if TYPE_CHECKING:
    from minsksim.scenario import Scenario

_SECTIONS = ("actors", "levers", "stocks", "interests", "channels", "events", "measures")


@click.command()
@click.option("--all", "is_all", is_flag=True, help="Check every scenario and variant shipped.")
@settings_option
@click.argument("references", metavar="[SCENARIO]...", nargs=-1, shell_complete=complete_scenario)
@click.pass_context
def check(ctx: click.Context, references: tuple[str, ...], is_all: bool, settings: Pairs) -> None:
    """Check whether scenario files are fit to run.

    Prints OK with counts, or every error with its place.
    """
    from minsksim.errors import ScenarioError
    from minsksim.scenario.find import shipped_names

    names = shipped_names() if is_all else references
    if bool(references) == is_all:
        raise click.UsageError("Name the scenarios to check, or use --all.", ctx)
    faulty = []
    for name in names:
        try:
            echo(_verdict(load(name, settings)))
        except ScenarioError as error:
            faulty.append(name)
            echo(str(error), err=True)
    if faulty and len(names) > 1:
        echo(f"{len(faulty)} of {len(names)} are faulty: {', '.join(faulty)}", err=True)
    if faulty:
        ctx.exit(ScenarioError.exit_code)


def _verdict(scenario: Scenario) -> str:
    """Return one line: parts, and numbers by the kind of their source."""
    from collections import Counter

    from minsksim.scenario import source_table

    document = scenario.document
    parts = ", ".join(f"{len(getattr(document, name))} {name}" for name in _SECTIONS)
    rows = source_table(scenario)
    kinds = ", ".join(f"{n} {kind}" for kind, n in Counter(row.kind for row in rows).most_common())
    several = sum(1 for row in rows if row.readings)
    disputed = f"; {several} with several readings" if several else ""
    return f"{scenario.name}: OK. {parts}. {len(rows)} numbers: {kinds}{disputed}."
