"""How a run ended, as tables: every utility opened into its terms, and the measures."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from minsksim.analysis.story import CAVEAT
from minsksim.cli.render import numbers
from minsksim.cli.render.output import new_table
from minsksim.cli.render.run_text import when

if TYPE_CHECKING:
    from minsksim.analysis.story import Account, Story
    from minsksim.scenario.schema import Document

_PARTS = {"regard": "Regard for other actors", "costs": "Costs of moving levers"}
_SMALL = 0.005
"""Terms that changed by less are added up in one row, utils."""


def utility_table(story: Story, document: Document) -> Table:
    """Return every actor's utility at the start, the end and on average, with its terms."""
    table = new_table(
        "Actor and interest",
        "Start",
        "End",
        "Change",
        "Mean",
        title="Utility by interest (utils; the terms add up; mean: of all turns)",
        right=("Start", "End", "Change", "Mean"),
    )
    for account in story.utilities:
        _add(table, Text(account.label, style="bold"), account.start, account.end, account.mean)
        _add_terms(table, account, document)
        table.add_section()
    return table


def _add(table: Table, head: Text, start: float, end: float, mean: float) -> None:
    texts = (numbers.number(start, 3), numbers.number(end, 3))
    change = numbers.number(end - start, 3, signed=True)
    table.add_row(head, *texts, change, numbers.number(mean, 3))


def _add_terms(table: Table, account: Account, document: Document) -> None:
    """Add the terms by the size of their change; the small ones together."""
    changed = {
        name: max(abs(end - start), abs(mean - start))
        for name, (start, end, mean) in account.terms.items()
    }
    shown = [name for name in changed if changed[name] >= _SMALL]
    for name in sorted(shown, key=lambda one: -changed[one]):
        label = _PARTS.get(name) or document.interests[name].label
        _add(table, Text(f"  {label}"), *account.terms[name])
    rest = [points for name, points in account.terms.items() if name not in shown]
    if rest:
        start, end, mean = (sum(column) for column in zip(*rest, strict=True))
        _add(table, Text("  Everything else"), start, end, mean)


FLOW_COLUMNS = ("Flow and group", "Went", "Refused")


def flow_table(story: Story) -> Table:
    """Return how many people each flow moved in the run, by group, and how many refused."""
    right = FLOW_COLUMNS[1:]
    table = new_table(*FLOW_COLUMNS, title="People moved, in all turns", right=right)
    for name, went, refused in flow_rows(story):
        table.add_row(Text(name), went, refused)
    return table


def flow_rows(story: Story) -> Iterator[tuple[str, str, str]]:
    """Yield each flow of people with those who went and who refused, then its groups."""
    for flow in story.flows:
        for one in (flow.all, *flow.groups):
            went = numbers.number(sum(one.went), 0)
            refused = numbers.number(sum(one.refused or ()), 0)
            is_asked = flow.has_refusals and one.refused is not None
            mark = "" if one is flow.all else "  "
            yield f"{mark}{numbers.short(one.label)}", went, refused if is_asked else ""


def belief_table(story: Story) -> Table:
    """Return what was believed at the start and the end, and what was true."""
    title = f"Beliefs in the high type ({CAVEAT})"
    table = new_table("Belief", "Start", "End", "True", title=title, right=("Start", "End"))
    for held in story.beliefs:
        by = story.actors.get(held.by, "the public")
        true = "high" if held.is_high else "low"
        label = Text(f"{held.label}, held by {by}")
        table.add_row(label, numbers.number(held.start, 3), numbers.number(held.end, 3), true)
    return table


def measure_table(story: Story, document: Document) -> Table:
    """Return the measures of the run; a turn is given with its date."""
    table = new_table("Measure", "Value", "Unit", title="Measures", right=("Value",))
    for label, text, unit in measure_rows(story, document):
        table.add_row(Text(label), text, Text(unit))
    return table


def measure_rows(story: Story, document: Document) -> Iterator[tuple[str, str, str]]:
    """Yield label, value and unit of every measure."""
    for item in story.measures:
        measure = document.measures[item.measure]
        value = math.nan if item.value is None else item.value
        text = numbers.measured(value, measure)
        unit = numbers.short(item.unit)
        if measure.take == "first_above":
            reached = math.isfinite(value)
            unit = when(story.turns[int(value) - 1].date, document) if reached else ""
            text = f"turn {text}" if reached and value >= 1 else text
        yield item.label, text, unit
