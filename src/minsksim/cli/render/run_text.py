"""A story as text for a terminal: a rule for each turn, a table for each agreement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from minsksim.analysis.story import Bargain, Change, Story, Turn
from minsksim.cli.render import numbers
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
        _print_line(screen, "Event", event)
    for bargain in turn.agreements:
        _print_bargain(screen, bargain, story)
    for threat in turn.threats:
        by, against = story.actors[threat.by], story.actors[threat.against]
        _print_line(screen, "Threat", COURSES[threat.course].label.format(by=by, to=against))
        _print_line(screen, "", threat.label)
    for place, reason in enumerate(silence(turn)):
        _print_line(screen, "Unsigned" if place == 0 else "", reason)
    if turn.others:
        _print_line(screen, "Also", "moved outside these agreements:")
        screen.print(Padding(_moves(turn.others, story), (0, 0, 0, 2)))
    _print_people(screen, turn)


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
    gains = ", ".join(f"{story.actors[a]} {numbers.utils(x)}" for a, x in bargain.gains.items())
    others = "the other" if len(bargain.parties) == 2 else "the others"
    _print_line(screen, "Gains", f"{gains} utils, as each expects, given its trust in {others}")
    _print_line(screen, "Kept", kept(bargain, story))
    _print_line(screen, "Outside", outside(bargain, story))
    _print_line(screen, "Seen", seen(bargain))
    screen.print()


def _moves(moves: Sequence[Change], story: Story) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=_HEAD)
    grid.add_column(overflow="fold", ratio=5)
    grid.add_column(justify="right", no_wrap=True, min_width=_VALUES)
    grid.add_column(overflow="fold", ratio=4)
    grid.expand = True
    last = ""
    for move in moves:
        owner = mover(move, story)
        owner, last = "" if owner == last else owner, owner
        values = f"{numbers.level(move.before)} → {numbers.level(move.after)}"
        why = move.event or move.fate
        tail = f" ({why})" if why else ""
        grid.add_row(owner, Text(move.label), values, Text(numbers.short(move.unit) + tail))
    return grid


def mover(move: Change, story: Story) -> str:
    """Return who moved a lever: its owner, or an event."""
    return "An event" if move.event else story.actors[move.owner]


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


def outside(bargain: Bargain, story: Story) -> str:
    """Say which actors without a seat lose and which gain, from the externalities."""
    others = {a: x for a, x in bargain.externalities.items() if a not in bargain.parties}
    felt = sorted((x, a) for a, x in others.items() if round(x, numbers.UTILS))
    losers = [item for item in felt if item[0] < 0]
    winners = [item for item in reversed(felt) if item[0] > 0]
    parts = []
    if losers and bargain.blocker:
        blocker = story.actors[bargain.blocker]
        parts.append(f"{blocker} loses most, {numbers.utils(-bargain.blocking_worth)} utils")
        if rest := _listed([item for item in losers if item[1] != bargain.blocker], story):
            parts.append(f"also lose: {rest}")
    else:
        parts.append("nobody loses")
    if gain := _listed(winners, story):
        parts.append(f"gain: {gain}")
    return "; ".join(parts)


def _listed(items: Sequence[tuple[float, str]], story: Story) -> str:
    return ", ".join(f"{story.actors[actor]} {numbers.utils(value)}" for value, actor in items)


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


def _print_people(screen: Console, turn: Turn) -> None:
    if text := people(turn):
        _print_line(screen, "Status", text)
    screen.print()
