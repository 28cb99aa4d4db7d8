"""A run as HTML: what came of it, then turn by turn, in the words of ``run_text.py``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from minsksim.analysis.story import Bargain, Change, Story, Turn, tell
from minsksim.cli.render import numbers
from minsksim.cli.render.html_parts import card, folded, line, table
from minsksim.cli.render.run_tables import measure_rows
from minsksim.cli.render.run_text import (
    kept,
    mover,
    outside,
    people,
    quiet,
    seen,
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
    story, document = tell(run), run.scenario.document
    head = f"Seed {run.seed}, replication {run.replication}: {story.label}."
    if run.custom_actors:
        labels = joined([story.actors[name] for name in run.custom_actors])
        head += f" Decisions replaced by Python code: {labels}."
    accounts = [
        (one.label, *(numbers.number(x, 3) for x in (one.start, one.end)),
         numbers.number(one.end - one.start, 3, signed=True))
        for one in story.utilities
    ]  # fmt: skip
    columns = ("Start", "End", "Change")
    return card(
        f"{story.scenario}: {story.title}",
        line(story.question),
        line(head),
        table(("Measure", "Value", "Unit"), measure_rows(story, document), ("Value",)),
        folded("Turn by turn", "".join(_turns(story, document))),
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
    parts += [line(f"Event: {event}") for event in turn.events]
    parts += [_bargain(bargain, story) for bargain in turn.agreements]
    for threat in turn.threats:
        by, against = story.actors[threat.by], story.actors[threat.against]
        course = COURSES[threat.course].label.format(by=by, to=against)
        parts.append(line(f"Threat: {course}. {threat.label}"))
    parts += [line(f"Unsigned: {reason}.") for reason in silence(turn)]
    if turn.others:
        parts += [line("Moved outside these agreements:"), _moves(turn.others, story)]
    parts.append(line(people(turn)))
    return "".join(parts)


def _bargain(bargain: Bargain, story: Story) -> str:
    how = HOW_SETTLED[bargain.protocol]
    where = "in public" if bargain.public else "in a secret channel"
    gains = ", ".join(f"{story.actors[a]} {numbers.utils(x)}" for a, x in bargain.gains.items())
    facts = [
        ("Gains", f"{gains} utils, as each expects"),
        ("Kept", kept(bargain, story)),
        ("Outside", outside(bargain, story)),
        ("Seen", seen(bargain)),
    ]
    head = f"{joined([story.actors[party] for party in bargain.parties])} agree ({how}, {where})"
    return line(head, "b") + _moves(bargain.moves, story) + table(("", ""), facts)


def _moves(moves: Sequence[Change], story: Story) -> str:
    rows = [
        (
            mover(move, story),
            move.label,
            f"{numbers.level(move.before)} → {numbers.level(move.after)}",
            numbers.short(move.unit) + (f" ({why})" if (why := move.event or move.fate) else ""),
        )
        for move in moves
    ]
    return table(("Owner", "Lever", "From → to", "Unit"), rows)
