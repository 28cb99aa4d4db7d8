"""What a value looks like in a notebook; ``minsksim.showing`` finds this file by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minsksim.cli.render import numbers
from minsksim.cli.render.html_parts import card, folded, line, table
from minsksim.cli.render.quantity_rows import reach_of
from minsksim.cli.render.run_view import agreement_view, run_view
from minsksim.engine.record.run import Agreement, Run
from minsksim.scenario import Scenario

if TYPE_CHECKING:
    from minsksim.experiment import Result


def view(value: object) -> str:
    """Return the HTML view of a scenario, run, agreement or result."""
    if isinstance(value, Run):
        return run_view(value)
    if isinstance(value, Scenario):
        return scenario_view(value)
    if isinstance(value, Agreement):
        return agreement_view(value)
    from minsksim.experiment import Result

    if isinstance(value, Result):
        return result_view(value)
    raise TypeError(f"{type(value).__name__} has no view")


def scenario_view(scenario: Scenario) -> str:
    """Return a scenario's card: what it asks, and of whom and what it is made."""
    document, calendar = scenario.document, scenario.document.calendar
    actors = ((one.label, one.role or "") for one in document.actors.values())
    levers = (
        (
            one.label + (" (secret)" if one.secret else ""),
            document.actors[one.owner].label,
            numbers.level(one.initial.value),
            reach_of(one),
            numbers.short(one.unit),
        )
        for one in document.levers.values()
    )
    channels = (
        (one.label, "public" if one.public else "secret", one.protocol.replace("_", " "))
        for one in document.channels.values()
    )
    measures = ((one.label, numbers.short(one.unit)) for one in document.measures.values())
    variant = f"Variant of {scenario.variant_of}: {scenario.because}" if scenario.because else ""
    return card(
        f"{scenario.name}: {document.title}",
        line(document.question),
        line(document.summary),
        line(variant) if variant else "",
        line(
            f"{calendar.turns} turns of a {calendar.step} from {calendar.start}; "
            f"{len(scenario.numbers)} numbers, each with its source."
        ),
        folded("Actors", table(("Actor", "Role"), actors)),
        folded("Levers", table(("Lever", "Owner", "Start", "Bounds", "Unit"), levers, ("Start",))),
        folded("Channels", table(("Channel", "Kind", "Protocol"), channels)),
        folded("Measures", table(("Measure", "Unit"), measures)),
    )


def result_view(result: Result) -> str:
    """Return a result's summary: what was run, and the spread of every measure."""
    from minsksim.cli.render.summary_tables import MEANING, view_of

    answer, tables = view_of(result)
    parts = []
    for title, heads, rows in tables:
        parts += [line(title, "h5"), table(heads, rows, heads[1:])]
    failed = f"{result.failed:,} runs failed and are left out." if result.failed else ""
    return card(
        f"Result {result.id}",
        *map(line, answer),
        line(failed) if failed else "",
        *parts,
        line(MEANING),
        line(f"Kept in {result.path.as_posix()}"),
    )
