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
    """Return every actor's utility at the start and the end, with the terms that changed it."""
    table = new_table(
        "Actor and interest",
        "Start",
        "End",
        "Change",
        title="Utility by interest (utils; the terms add up to each total)",
        right=("Start", "End", "Change"),
    )
    for account in story.utilities:
        _add(table, Text(account.label, style="bold"), account.start, account.end)
        _add_terms(table, account, document)
        table.add_section()
    return table


def _add(table: Table, head: Text, start: float, end: float) -> None:
    texts = (numbers.number(start, 3), numbers.number(end, 3))
    table.add_row(head, *texts, numbers.number(end - start, 3, signed=True))


def _add_terms(table: Table, account: Account, document: Document) -> None:
    """Add the terms by the size of their change; the small ones together."""
    changed = {name: end - start for name, (start, end) in account.terms.items()}
    shown = [name for name in changed if abs(changed[name]) >= _SMALL]
    for name in sorted(shown, key=lambda one: -abs(changed[one])):
        label = _PARTS.get(name) or document.interests[name].label
        _add(table, Text(f"  {label}"), *account.terms[name])
    rest = [ends for name, ends in account.terms.items() if name not in shown]
    if rest:
        start, end = (sum(column) for column in zip(*rest, strict=True))
        _add(table, Text("  Everything else"), start, end)


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
