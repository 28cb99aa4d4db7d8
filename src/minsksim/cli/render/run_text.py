"""A story as text for a terminal: a rule for each turn, a table for each agreement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from minsksim.analysis.changes import Change, Happened
from minsksim.analysis.dated import Dated
from minsksim.analysis.story import Bargain, Story, Turn
from minsksim.cli.render import numbers
from minsksim.cli.render.gain_text import gains, outside, ratified, spared
from minsksim.endings import ENDINGS
from minsksim.text import joined
from minsksim.vocabulary import COURSES, HOW_SETTLED

if TYPE_CHECKING:
    from rich.console import Console

    from minsksim.scenario.schema import Document

_HEAD = 11
_VALUES = 13
"""Widths that keep one agreement's columns under another's."""


def print_turns(screen: Console, story: Story, document: Document) -> None:
    """Print the turns, each with why channels made no agreement."""
    for turn in story.turns:
        _print_turn(screen, turn, story, document)


def silence(turn: Turn) -> list[str]:
    """Return why channels made no agreement in a turn: a line for each reason.

    The one that says most about the parties comes first.
    """
    lines = []
    for word, ending in ENDINGS.items():
        found = [one for one in turn.no_agreement if one.ending == word]
        if found:
            told = [f"{one.label} ({one.detail})" if one.detail else one.label for one in found]
            lines.append(f"{ending.label}: {', '.join(told)}")
    return lines


def when(date: str, document: Document) -> str:
    """Return a turn's name for a reader: the month, or the week's first day."""
    day = dt.date.fromisoformat(date)
    if document.calendar.step == "month" and day.day == 1:
        return f"{day:%B %Y}"
    return f"{document.calendar.step} of {day.day} {day:%B %Y}"


def _print_turn(screen: Console, turn: Turn, story: Story, document: Document) -> None:
    heading = Text(when(turn.date, document), style="dim" if turn.is_quiet else "bold")
    mark = "·" if turn.is_quiet else "─"
    screen.print(Rule(heading, align="left", style="dim", characters=mark))
    if turn.is_quiet:
        _print_line(screen, "", quiet(turn))
    for event in turn.events:
        _print_line(screen, "Event", event_text(event))
        if event.moves:
            screen.print(Padding(_moves(event.moves, story, with_owners=False), (0, 0, 0, 2)))
    for bargain in turn.agreements:
        _print_bargain(screen, bargain, story)
    for threat in turn.threats:
        by, against = story.actors[threat.by], story.actors[threat.against]
        _print_line(screen, "Threat", COURSES[threat.course].label.format(by=by, to=against))
        _print_line(screen, "", threat.label)
    for meeting in turn.dated:
        _print_line(screen, "Date", dated_text(meeting))
    for place, reason in enumerate(silence(turn)):
        _print_line(screen, "Unsigned" if place == 0 else "", reason)
    if turn.others:
        _print_line(screen, "Also", "moved outside these agreements:")
        screen.print(Padding(_moves(turn.others, story), (0, 0, 0, 2)))
    _print_people(screen, turn, story)


def _print_line(screen: Console, head: str, text: str) -> None:
    """Print a line with a short head, the text folded beside it."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=_HEAD)
    grid.add_column(overflow="fold")
    grid.add_row(Text(head, style="dim"), Text(text))
    screen.print(Padding(grid, (0, 0, 0, 2)))


def _print_bargain(screen: Console, bargain: Bargain, story: Story) -> None:
    how = HOW_SETTLED[bargain.protocol]
    where = "in public" if bargain.public else "in a secret channel"
    parties = joined([story.actors[party] for party in bargain.parties])
    screen.print(Text(f"{parties} agree", style="bold"), Text(f"({how}, {where})"))
    screen.print(Padding(_moves(bargain.moves, story), (0, 0, 0, 2)))
    for head, text in facts(bargain, story):
        _print_line(screen, head, text)
    screen.print()


def facts(bargain: Bargain, story: Story) -> Iterator[tuple[str, str]]:
    """Yield what an agreement does and what became of it, each under a short head."""
    yield "Gains", gains(bargain, story)
    if text := spared(bargain, story):
        yield "Spared", text
    yield "Kept", kept(bargain, story)
    if text := ratified(bargain, story):
        yield "Ratified", text
    yield "Outside", outside(bargain, story)
    yield "Seen", seen(bargain)


def event_text(event: Happened) -> str:
    """Say that an event struck, or that what it did is over."""
    after = event.over_after
    return f"{event.label}: over after {after} turns" if after else event.label


def dated_text(meeting: Dated) -> str:
    """Say of a meeting that a date told the parties to hold whether they held it."""
    dates = [dt.date.fromisoformat(day) for day in meeting.dates]
    days = joined([f"{day.day} {day:%B %Y}" for day in dates])
    why = ENDINGS[meeting.ending].label
    if meeting.ending == "nothing_left":
        why += f": {meeting.detail}"
    elif meeting.detail:
        why += f"; too little left as well: {meeting.detail}"
    came = "held" if meeting.is_held else f"missed ({why})"
    return f"{meeting.label}, due on {days}: {came}"


def refusals_text(story: Story, turn: Turn) -> str:
    """Say who refused to go in a turn, by group; empty if nobody did."""
    told = []
    for flow in story.flows:
        total = flow.all.refused[turn.turn - 1] if flow.all.refused else 0
        if total:
            parts = [
                f"{numbers.short(one.label)} {one.refused[turn.turn - 1]}"
                for one in flow.groups
                if one.refused and one.refused[turn.turn - 1]
            ]
            of_groups = f" ({', '.join(parts)})" if parts else ""
            told.append(f"{numbers.short(flow.label)}, {total} of those to go{of_groups}")
    return "; ".join(told)


def _moves(moves: Sequence[Change], story: Story, *, with_owners: bool = True) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=_HEAD)
    grid.add_column(overflow="fold", ratio=5)
    grid.add_column(justify="right", no_wrap=True, min_width=_VALUES)
    grid.add_column(overflow="fold", ratio=4)
    grid.expand = True
    last = ""
    for move in moves:
        owner = "" if move.owner == last or not with_owners else story.actors[move.owner]
        last = move.owner
        values = f"{numbers.level(move.before)} → {numbers.level(move.after)}"
        tail = f" ({move.fate})" if move.fate else ""
        grid.add_row(owner, Text(move.label), values, Text(numbers.short(move.unit) + tail))
    return grid


def quiet(turn: Turn) -> str:
    """Say that nothing happened in a turn, and that people were moved all the same if they were."""
    if any(count.change for count in turn.people):
        return "No agreement, no event, no new move; what moves people went on as before."
    return "No agreement, no event, no move."


def kept(bargain: Bargain, story: Story) -> str:
    """Say who kept an agreement."""
    broke = [story.actors[party] for party, kept in bargain.kept.items() if not kept]
    is_pair = len(bargain.parties) == 2
    if not broke:
        return "by both" if is_pair else "by all"
    if len(broke) == len(bargain.parties):
        return "no: both broke it" if is_pair else "no: all broke it"
    return f"no: {joined(broke)} broke it"


def seen(bargain: Bargain) -> str:
    """Say what the public saw of an agreement."""
    hidden = [move.label for move in bargain.moves if not move.is_seen]
    if not bargain.public:
        moved = [move.label for move in bargain.moves if move.is_seen and not move.fate]
        rest = f"; what moved in plain sight: {', '.join(moved)}" if moved else ""
        return f"nothing of the agreement (secret channel){rest}"
    return f"by outsiders: {f'all but {joined(hidden)}' if hidden else 'all of it'}"


def people(turn: Turn) -> str:
    """Say how many people are in each status, and the change in this turn."""
    parts = []
    for count in turn.people:
        if count.now or count.change:
            moved = f" ({numbers.number(count.change, 0, signed=True)})" if count.change else ""
            parts.append(f"{numbers.short(count.label)} {numbers.number(count.now, 0)}{moved}")
    return "; ".join(parts)


def _print_people(screen: Console, turn: Turn, story: Story) -> None:
    if text := refusals_text(story, turn):
        _print_line(screen, "Refused", text)
    if text := people(turn):
        _print_line(screen, "Status", text)
    screen.print()
