"""The schedule of a turn as a table: the phases in their order, and what a scenario has in each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minsksim.scenario import Scenario
    from minsksim.scenario.schema import Document

COLUMNS = ("place", "phase", "what", "asked", "here")


def schedule_rows(scenario: Scenario) -> list[tuple[int, str, str, str, str]]:
    """Return a row for each phase: its place, name, what happens, who is asked, what is here."""
    from minsksim.engine.schedule import PHASES

    return [
        (
            place,
            phase.name,
            phase.says,
            ", ".join(f"Actor.{name}" for name in phase.decisions),
            _HERE[phase.name](scenario.document) if phase.name in _HERE else "",
        )
        for place, phase in enumerate(PHASES, start=1)
    ]


def print_schedule(scenario: Scenario, form: str) -> None:
    """Print the schedule as a table, CSV or JSON."""
    from minsksim.cli.render.output import console, new_table, print_csv, print_json, print_notice

    rows = schedule_rows(scenario)
    if form == "csv":
        print_csv(COLUMNS, rows)
        return
    if form == "json":
        found = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        print_json({"scenario": scenario.name, "schedule": found})
        return
    title = f"One turn of {scenario.name}: a {scenario.document.calendar.step}, phase by phase"
    table = new_table(
        "", "Phase", "What happens", "Asked in the Mesa form", "Here", title=title, right=("",)
    )
    for place, *texts in rows:
        table.add_row(str(place), *texts)
    screen = console()
    screen.print(table)
    print_notice(screen)


def _listed(names: list[str], none: str, most: int = 4) -> str:
    """Return a few names, or a word for none."""
    if not names:
        return none
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


_HERE: dict[str, Callable[[Document], str]] = {
    "events": lambda document: _listed(list(document.events), "no events"),
    "influence": lambda document: f"{len(document.influence)} edges",
    "perceive": lambda document: _listed(
        [name for name, lever in document.levers.items() if lever.secret], "no secret levers"
    ),
    "bargain": lambda document: "in this order: " + _listed(list(document.channels), "no channels"),
    "deliver": lambda document: _listed(
        [name for name, one in document.channels.items() if one.tranches > 1],
        "all agreements at once",
    ),
    "coerce": lambda document: _listed(list(document.threats), "no threats"),
}
