"""A run as HTML: what came of it, then turn by turn, in the words of ``run_text.py``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from minsksim.analysis.changes import Change
from minsksim.analysis.flows import flows_of_people
from minsksim.analysis.story import Bargain, Story, Turn, tell
from minsksim.cli.render import numbers
from minsksim.cli.render.html_parts import card, folded, line, table
from minsksim.cli.render.run_tables import FLOW_COLUMNS, flow_rows, measure_rows
from minsksim.cli.render.run_text import (
    dated_text,
    event_text,
    facts,
    people,
    quiet,
    refusals_text,
    silence,
    when,
)
from minsksim.text import joined
from minsksim.vocabulary import COURSES, HOW_SETTLED

if TYPE_CHECKING:
    from minsksim.engine.record.run import Agreement, Run
    from minsksim.scenario.schema import Document


def run_view(run: Run) -> str:
    """Return a run's story: measures, turns, utilities."""
    story, document = tell(run, flows_of_people(run)), run.scenario.document
    head = f"Seed {run.seed}, replication {run.replication}: {story.label}."
    if run.custom_actors:
        labels = joined([story.actors[name] for name in run.custom_actors])
        head += f" Decisions replaced by Python code: {labels}."
    accounts = [
        (one.label, *(numbers.number(x, 3) for x in (one.start, one.end)),
         numbers.number(one.end - one.start, 3, signed=True), numbers.number(one.mean, 3))
        for one in story.utilities
    ]  # fmt: skip
    columns = ("Start", "End", "Change", "Mean of turns")
    return card(
        f"{story.scenario}: {story.title}",
        line(story.question),
        line(head),
        table(("Measure", "Value", "Unit"), measure_rows(story, document), ("Value",)),
        folded("Turn by turn", "".join(_turns(story, document))),
        folded("People moved", table(FLOW_COLUMNS, flow_rows(story), FLOW_COLUMNS[1:]))
        if story.flows
        else "",
        folded("Utility of every actor, utils", table(("Actor", *columns), accounts, columns)),
    )


def agreement_view(agreement: Agreement) -> str:
    """Return an agreement's terms: who does what, who gains, who kept it, who pays outside."""
    names = {name: name.replace("_", " ") for name in agreement.externalities}
    word = "in public" if agreement.public else "in secret"
    moves = [
        (names[one.owner], one.lever.replace("_", " "), numbers.level(one.before),
         numbers.level(one.after))
        for one in agreement.moves
    ]  # fmt: skip
    everybody = [
        (
            name,
            numbers.utils(agreement.gains[key]) if key in agreement.gains else "no seat",
            ("yes" if agreement.kept[key] else "no") if key in agreement.kept else "",
            numbers.utils(agreement.externalities[key]),
        )
        for key, name in names.items()
    ]
    parts = f", {agreement.delivered} of {agreement.tranches} parts delivered"
    columns = ("Expects, utils", "Kept it", "Change of utility, utils")
    return card(
        f"{joined([names[party] for party in agreement.parties])} agree",
        line(
            f"Turn {agreement.turn} ({agreement.date}), channel "
            f"{agreement.channel.replace('_', ' ')}, {word}, "
            f"{HOW_SETTLED[agreement.protocol]}{parts if agreement.tranches > 1 else ''}."
        ),
        table(("Owner", "Lever", "Before", "After"), moves, ("Before", "After")),
        table(("Actor", *columns), everybody, (columns[0], columns[2])),
    )


def _turns(story: Story, document: Document) -> Iterator[str]:
    """Yield the turns, each with why channels made no agreement."""
    for turn in story.turns:
        yield _turn(turn, story, document)


def _turn(turn: Turn, story: Story, document: Document) -> str:
    parts = [line(when(turn.date, document), "h5")]
    if turn.is_quiet:
        parts.append(line(quiet(turn)))
    for event in turn.events:
        parts.append(line(f"Event: {event_text(event)}"))
        if event.moves:
            parts.append(_moves(event.moves))
    parts += [_bargain(bargain, story) for bargain in turn.agreements]
    for threat in turn.threats:
        by, against = story.actors[threat.by], story.actors[threat.against]
        course = COURSES[threat.course].label.format(by=by, to=against)
        parts.append(line(f"Threat: {course}. {threat.label}"))
    parts += [line(f"Date: {dated_text(meeting)}.") for meeting in turn.dated]
    parts += [line(f"Unsigned: {reason}.") for reason in silence(turn)]
    if turn.others:
        parts += [line("Moved outside these agreements:"), _moves(turn.others, story)]
    if text := refusals_text(story, turn):
        parts.append(line(f"Refused: {text}."))
    parts.append(line(people(turn)))
    return "".join(parts)


def _bargain(bargain: Bargain, story: Story) -> str:
    how = HOW_SETTLED[bargain.protocol]
    where = "in public" if bargain.public else "in a secret channel"
    head = f"{joined([story.actors[party] for party in bargain.parties])} agree ({how}, {where})"
    return line(head, "b") + _moves(bargain.moves, story) + table(("", ""), facts(bargain, story))


def _moves(moves: Sequence[Change], story: Story | None = None) -> str:
    """Return moves as a table; what an event moved is shown without its owner, so without story."""
    rows = [
        (
            *([story.actors[move.owner]] if story is not None else []),
            move.label,
            f"{numbers.level(move.before)} → {numbers.level(move.after)}",
            numbers.short(move.unit) + (f" ({move.fate})" if move.fate else ""),
        )
        for move in moves
    ]
    owner = ("Owner",) if story is not None else ()
    return table((*owner, "Lever", "From → to", "Unit"), rows)
