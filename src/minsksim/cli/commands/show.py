"""``minsksim show``: what a scenario is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from minsksim.cli.options import Pairs, format_option, load, scenario_argument, settings_option

if TYPE_CHECKING:
    import datetime as dt

    from rich.table import Table

    from minsksim.scenario import CatalogEntry, Scenario
    from minsksim.scenario.schema import Document

_NUMBERS = ("number", "value", "low", "high", "unit", "source", "kind")


@click.command()
@click.option("--numbers", is_flag=True, help="List every number by its dotted name instead.")
@click.option("--schedule", is_flag=True, help="List the phases of a turn in their order instead.")
@settings_option
@format_option
@scenario_argument
def show(reference: str, numbers: bool, schedule: bool, settings: Pairs, form: str) -> None:
    """Show what a scenario is made of.

    Its question, actors, interests and who cares for them, levers, stocks and what flows into
    them, channels and who else decides on what they agree, events, measures and variants.
    """
    from minsksim.cli.render.output import print_csv, print_json
    from minsksim.scenario.dump import to_plain

    scenario = load(reference, settings)
    if schedule:
        from minsksim.cli.render.schedule_table import print_schedule

        print_schedule(scenario, form)
    elif form == "csv":
        print_csv(_NUMBERS, _number_rows(scenario))
    elif form == "json" and numbers:
        rows = [dict(zip(_NUMBERS, row, strict=True)) for row in _number_rows(scenario)]
        print_json({"scenario": scenario.name, "numbers": rows})
    elif form == "json":
        variants = [one.name for one in _variants(scenario)]
        head = {"scenario": scenario.name, "variant_of": scenario.variant_of, "variants": variants}
        print_json({**head, "because": scenario.because, "document": to_plain(scenario.document)})
    elif numbers:
        _print_numbers(scenario)
    else:
        _print(scenario, reference)


def _number_rows(scenario: Scenario) -> list[tuple[object, ...]]:
    from minsksim.scenario import source_table

    return [
        (row.number, row.value, *(row.range or (None, None)), row.unit, row.source, row.kind)
        for row in source_table(scenario)
    ]


def _variants(scenario: Scenario) -> tuple[CatalogEntry, ...]:
    from minsksim import list_scenarios

    return next((one.variants for one in list_scenarios() if one.name == scenario.name), ())


def _print_numbers(scenario: Scenario) -> None:
    from rich.text import Text

    from minsksim.cli.render.output import console, new_table

    table = new_table("Number", "Value", "Range", "Source", right=("Value",))
    for name, value, low, high, _, source, kind in _number_rows(scenario):
        span = "" if low is None else f"{low:g} to {high:g}"
        table.add_row(Text(str(name)), f"{value:g}", span, f"{source} {kind}")
    console().print(table)


def _print(scenario: Scenario, reference: str) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from minsksim.cli.render.output import console

    screen, document = console(), scenario.document
    screen.print(Text(f"{scenario.name}: {document.title}", style="bold"))
    screen.print(Padding(Text(" ".join(document.question.split())), (0, 0, 1, 2)))
    screen.print(Padding(Text(" ".join(document.summary.split())), (0, 0, 0, 2)))
    if scenario.because:
        reason = f"Variant of {scenario.variant_of}: {' '.join(scenario.because.split())}"
        screen.print(Padding(Text(reason), (1, 0, 0, 2)))
    screen.print(Padding(Text(_span(document)), (1, 0, 0, 2)))
    for build in (
        _actors,
        _interests,
        _levers,
        _stocks,
        _flows,
        _markets,
        _channels,
        _with_channels,
        _threats,
        _beliefs,
        _answers,
        _events,
        _measures,
    ):
        table = build(document)
        if table.rows:
            screen.print()
            screen.print(table)
    if variants := _variants(scenario):
        screen.print()
        screen.print(_table("Variants", ("Variant", "Question"), _variant_rows(variants)))
    screen.print()
    screen.print(f"'minsksim show {reference} --numbers' lists {len(scenario.numbers)} numbers,")
    screen.print(f"'minsksim sources {reference}' where they come from.")


def _span(document: Document) -> str:
    """Return in words which time a run covers, and how far actors look ahead if they do."""

    def up_to(horizon: int | dt.date) -> str:
        return f"{horizon} turns ahead" if isinstance(horizon, int) else f"ahead up to {horizon}"

    own = [
        f"{actor.label} {up_to(actor.horizon)}"
        for actor in document.actors.values()
        if actor.horizon is not None
    ]
    all_look = [] if document.horizon is None else [f"actors look {up_to(document.horizon)}"]
    calendar = document.calendar
    span = f"{calendar.turns} turns of a {calendar.step} from {calendar.start}"
    return "; ".join([span, *all_look, *own])


def _table(title: str, columns: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Table:
    from rich.text import Text

    from minsksim.cli.render.output import new_table

    table = new_table(*columns, title=title)
    table.columns[0].no_wrap = True
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _actors(document: Document) -> Table:
    rows = ((name, one.label, one.role or "") for name, one in document.actors.items())
    return _table("Actors", ("Name", "Label", "Role"), rows)


def _interests(document: Document) -> Table:
    """List what actors care about, and how much each does, the most first."""

    def who(interest: str) -> str:
        weights = {
            name: one.salience[interest].value
            for name, one in document.actors.items()
            if interest in one.salience and one.salience[interest].value
        }
        ordered = sorted(weights.items(), key=lambda item: -abs(item[1]))
        return ", ".join(f"{name} {weight:g}".replace("-", "−") for name, weight in ordered)

    rows = ((name, one.label, who(name)) for name, one in document.interests.items())
    title = "Interests (salience: how much an actor cares)"
    return _table(title, ("Name", "Label", "Salience by actor"), rows)


def _levers(document: Document) -> Table:
    from minsksim.cli.render.numbers import short
    from minsksim.cli.render.quantity_rows import reach_of

    rows = (
        (
            name,
            f"{one.label}, {short(one.unit)}" + (" (secret)" if one.secret else ""),
            one.owner,
            f"{one.initial.value:g}",
            reach_of(one),
        )
        for name, one in document.levers.items()
    )
    return _table("Levers", ("Name", "Label, unit", "Owner", "Start", "Bounds"), rows)


def _stocks(document: Document) -> Table:
    from minsksim.cli.render.quantity_rows import stock_rows

    return _table("Stocks", ("Name", "Label", "Start"), stock_rows(document))


def _answers(document: Document) -> Table:
    from minsksim.cli.render.quantity_rows import answer_rows

    title = "Answers (numbers that answer to a quantity)"
    return _table(title, ("Name", "Of", "To", "By"), answer_rows(document))


def _markets(document: Document) -> Table:
    from minsksim.cli.render.numbers import short

    rows = (
        (
            name,
            f"{one.label}, {short(one.unit)}",
            one.kind,
            ", ".join(one.sellers or one.responses),
        )
        for name, one in document.markets.items()
    )
    return _table("Markets", ("Name", "Label, unit", "Kind", "Sellers or levers"), rows)


def _channels(document: Document) -> Table:
    from minsksim.cli.render.quantity_rows import meeting_cause

    has_causes = any(one.meetings for one in document.channels.values())
    rows = (
        (
            name,
            ", ".join(document.actors[party].label for party in one.between[:-1])
            + f" and {document.actors[one.between[-1]].label}",
            ("public" if one.public else "secret") + ("" if one.open else ", closed"),
            one.protocol.replace("_", " "),
            f"{one.quality.value:g}",
            str(len(one.table)),
            *((meeting_cause(one),) if has_causes else ()),
        )
        for name, one in document.channels.items()
    )
    columns = ("Name", "Between", "Kind", "Protocol", "Quality", "Levers")
    return _table("Channels", (*columns, *(("Meetings",) if has_causes else ())), rows)


def _threats(document: Document) -> Table:
    rows = (
        (
            name,
            f"{one.by} to {one.against}",
            f"{one.demand.lever} to {one.demand.to.value:g}",
            f"{one.sanction.lever} to {one.sanction.to.value:g}",
            "public" if one.public else "secret",
        )
        for name, one in document.threats.items()
    )
    return _table("Threats", ("Name", "Who", "Demand", "Or else", "Kind"), rows)


def _beliefs(document: Document) -> Table:
    rows = (
        (
            name,
            f"{one.by} on {one.of}",
            one.interest,
            f"{one.low.value:g} or {one.high.value:g}",
            f"{one.prior.value:g}",
            one.truth or "drawn",
        )
        for name, one in document.beliefs.items()
    )
    columns = ("Name", "Who", "Interest", "Salience", "Prior", "Truth")
    return _table("Beliefs (a posterior is only as good as the simulator)", columns, rows)


def _events(document: Document) -> Table:
    from minsksim.cli.render.flow_rows import EVENTS, event_rows

    return _table("Events", EVENTS, event_rows(document))


def _flows(document: Document) -> Table:
    from minsksim.cli.render.flow_rows import flow_columns, flow_rows

    return _table("Flows into stocks", flow_columns(document), flow_rows(document))


def _with_channels(document: Document) -> Table:
    from minsksim.cli.render.flow_rows import WITH, with_rows

    return _table("Who else decides on what a channel agrees", WITH, with_rows(document))


def _measures(document: Document) -> Table:
    from minsksim.cli.render.numbers import short

    rows = ((name, one.label, short(one.unit)) for name, one in document.measures.items())
    return _table("Measures", ("Name", "Label", "Unit"), rows)


def _variant_rows(variants: tuple[CatalogEntry, ...]) -> Iterator[tuple[str, ...]]:
    for one in variants:
        yield one.name, " ".join(one.question.split())
