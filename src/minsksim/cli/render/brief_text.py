"""A run in brief as text: a few lines (``brief_detail``), each paragraph one that can be quoted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from minsksim.cli.render import numbers
from minsksim.cli.render.brief_detail import LEAST, Detail, details, in_short, left_out, rooms
from minsksim.cli.render.gain_text import BRIEF_DECIMALS, VALUED, few_utils
from minsksim.cli.render.outbid_text import outbid_row
from minsksim.cli.render.quiet_text import quiet_row, times, why
from minsksim.endings import ENDINGS, Ending
from minsksim.notice import NOTICE
from minsksim.text import joined
from minsksim.vocabulary import COURSES

if TYPE_CHECKING:
    from rich.console import Console

    from minsksim.analysis.brief import Brief, Given, Trade
    from minsksim.analysis.fared import Cost
    from minsksim.analysis.story import Story
    from minsksim.scenario.schema import Document

_FEWEST_GAINS = 2
_PER_TURN = "utils a turn"


def print_brief(screen: Console, story: Story, document: Document, again: str) -> None:
    """Print a run in brief; ``again`` is the command that plays many."""
    notice = Text(NOTICE, style="dim")
    tries = [*details(story), LEAST]
    tables = [_paragraphs(in_short(story, one), document, again, one) for one in tries]
    lengths = [len(screen.render_lines(table)) for table in tables]
    height = len(screen.render_lines(notice))
    fitting = [
        table
        for stage, most in rooms(document, height)
        for one, table, n in zip(tries, tables[:-1], lengths, strict=False)
        if n <= most and one.terse <= stage
    ]
    screen.print(fitting[0] if fitting else tables[-1])
    screen.print(notice)


def _paragraphs(story: Story, document: Document, again: str, detail: Detail) -> Table:
    name = story.scenario if detail.is_bare else f"{story.scenario}: {story.title}"
    replication = f", replication {story.replication}" if story.replication else ""
    rows = [
        ("Run", f"{name}. Seed {story.seed}{replication}: {story.label}."),
        ("Traded", _traded(story, document, detail)),
        ("Outbid", outbid_row(story, document, detail)),
        ("Met", _met(story, detail)),
        ("Quiet", quiet_row(story, detail.quiet)),
        ("Threats", _threats(story, detail)),
        ("Gained", _gained(story, detail)),
        ("Outside", _outside(story, document, detail)),
        ("Public", _public(story.brief, document, detail) if detail.has_public else ""),
        ("People", _people(story.brief, document, detail)),
        ("Next", _next(story, detail, again)),
    ]  # fmt: skip
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=7)
    grid.add_column(overflow="fold")
    for head, text in rows:
        if text:
            grid.add_row(Text(head, style="bold"), Text(text))
    return grid


def _next(story: Story, detail: Detail, again: str) -> str:
    """Say where to find more, and what was left out here."""
    missing = left_out(story, detail)
    command = again if detail.has_public else " ".join(again.split()[:2])
    more = f"; more with --full: {', '.join(missing)}" if missing else ", --full for every turn"
    return f"'{command}' for many runs{more}."


def _met(story: Story, detail: Detail) -> str:
    """Say how often they met where a meeting needs a cause, and why they did not."""
    told = []
    for one in story.brief.meetings[: detail.channels]:
        missed = sorted(one.missed.items(), key=lambda item: -item[1])
        missed_by = "; ".join(f"{ENDINGS[word].label} ({times(count)})" for word, count in missed)
        also = f" The rest: {missed_by}." if missed_by else ""
        is_only = detail.terse > 1 and len(story.brief.meetings) == 1
        met = "In" if is_only else f"{_names(one.parties, story)} met in"
        told.append(f"{met} {one.held} of {one.turns} turns.{also}")
    return " ".join(told)


def _traded(story: Story, document: Document, detail: Detail) -> str:
    found = story.brief
    if not found.trades:
        counts: Counter[tuple[Ending, str]] = Counter()
        for one in found.quiet:
            counts[one.ending, one.cause] += one.times
        reasons = [why(*reason, count) for reason, count in counts.most_common()]
        return f"Nothing. The channels {'; '.join(reasons)}." if reasons else ""
    told = [_trade(trade, story, document, detail) for trade in found.trades[: detail.channels]]
    rest = found.trades[detail.channels :]
    broken = sum(one.broken for one in rest)
    if broken or (rest and not detail.is_bare):
        count = _plural(sum(one.agreements for one in rest), "smaller agreement")
        told.append(f"{count} elsewhere{f' ({broken} broken)' if broken else ''}.")
    return " ".join(told)


def _trade(trade: Trade, story: Story, document: Document, detail: Detail) -> str:
    first, last = _day(trade.first, document), _day(trade.last, document)
    span = first if first == last else f"{first} to {last}"
    broken = f" ({trade.broken} broken)" if trade.broken else ""
    names, signed = _names(trade.parties, story), _plural(trade.agreements, "agreement")
    given = []
    for party in trade.parties:
        own = [one for one in trade.given if one.owner == party]
        left = len(own) - detail.levers
        if own:
            more = f" and {left} more" if left > 0 else ""
            moved = ", ".join(map(_moved, own[: detail.levers]))
            given.append(f"{story.actors[party]}: {moved}{more}.")
    moves = " ".join(given) or "Nothing was delivered."
    return f"{names} signed {signed}{broken}, {span}. {moves}"


def _moved(given: Given) -> str:
    label = numbers.short(given.label)
    if given.is_people:
        return f"{label} ({numbers.number(given.total, 0)} in all)"
    if given.is_momentary or given.before == given.after:
        return f"{label} (up to {numbers.level(given.highest)})"
    return f"{label} ({numbers.level(given.before)} → {numbers.level(given.after)})"


def _gained(story: Story, detail: Detail) -> str:
    """Say how the utility of those who signed something changed."""
    gains = {one.actor: one.gained for one in story.fared if one.part == "party"}
    if not gains:
        return ""
    first = story.brief.trades[0].parties
    order = sorted(gains, key=lambda name: (name not in first, -abs(gains[name])))
    most = max(detail.actors, sum(name in gains for name in first), _FEWEST_GAINS)
    more = f" ({len(gains) - most} more)" if len(gains) > most else ""
    told = _listed(((name, gains[name]) for name in order[:most]), story)
    scale = "" if detail.is_bare else " (1 is about all an actor wants)"
    since = " above the start" if detail.has_public else ""
    return f"{told}{more} {_PER_TURN}{since}{scale}."


def _outside(story: Story, document: Document, detail: Detail) -> str:
    """Say how those who signed nothing fared, and which agreement cost one of them most."""
    if not story.brief.trades:
        return ""
    if not story.costs and all(one.part == "party" for one in story.fared):
        return "Every actor signed something."
    felt = [
        _others(story, detail, ("outsider", "outbidder"), ""),
        _others(story, detail, ("ratifier",), "ratifiers: "),
    ]
    changes = "; ".join(text for text in felt if text)
    parts = [f"{changes[0].upper()}{changes[1:]} {_PER_TURN}."] if changes else []
    if detail.has_worst:
        parts += [_cost(one, story, document, is_terse=detail.terse > 0) for one in story.costs]
    if not story.costs:
        parts.append("No agreement took anything from an actor without a seat in it.")
    return " ".join(parts)


def _others(story: Story, detail: Detail, parts: tuple[str, ...], head: str) -> str:
    """Say how those fared who had such a part in the agreements, the largest loss first."""
    felt = sorted(
        (one for one in story.fared if one.part in parts and round(one.gained, BRIEF_DECIMALS)),
        key=lambda one: one.gained,
    )
    most = max(detail.actors, _FEWEST_GAINS)
    more = f" ({len(felt) - most} more)" if len(felt) > most else ""
    told = _listed(((one.actor, one.gained) for one in felt[:most]), story)
    return f"{head}{told}{more}" if felt else ""


def _cost(cost: Cost, story: Story, document: Document, *, is_terse: bool) -> str:
    parties = "" if is_terse else f"{_names(cost.parties, story)} "
    return (
        f"The worst agreement for {'a ratifier' if cost.part == 'ratifier' else 'an outsider'}, "
        f"{parties}in {_day(cost.date, document)}, cost "
        f"{story.actors[cost.actor]} {few_utils(cost.worth)} utils {VALUED[cost.valued]}."
    )


def _public(found: Brief, document: Document, detail: Detail) -> str:
    total, parts = found.public + found.secret, []
    if total:
        parts.append(f"Outsiders learnt of {found.public} of {_plural(total, 'agreement')}")
    hidden = [numbers.short(document.levers[name].label) for name in found.hidden]
    if hidden and detail.hidden:
        left = len(hidden) - detail.hidden
        more = f" and {left} more" if left > 0 else ""
        parts.append(f"hidden at times: {', '.join(hidden[: detail.hidden])}{more}")
    elif hidden:
        parts.append(f"hidden at times: {_plural(len(hidden), 'lever')}")
    return f"{'; '.join(parts)}." if parts else ""


def _threats(story: Story, detail: Detail) -> str:
    count = sum(len(turn.threats) for turn in story.turns)
    if count and detail.is_bare:
        return f"{_plural(count, 'threat')} made or yielded to."
    made = Counter(
        COURSES[one.course].label.format(by=story.actors[one.by], to=story.actors[one.against])
        for turn in story.turns
        for one in turn.threats
    )
    told = [f"{text} ({times(count)})" if count > 1 else text for text, count in made.items()]
    return f"{'. '.join(told)}." if told else ""


def _people(found: Brief, document: Document, detail: Detail) -> str:
    """Say what became of people; the groups of a stock that is their sum come last."""
    groups = {name for stock in document.stocks.values() for name in stock.groups}
    told = [one for one in found.people if one.start or one.end]
    told.sort(key=lambda one: one.stock in groups)
    left = len(told) - detail.statuses
    parts = [
        f"{numbers.short(one.label)} {numbers.number(one.start, 0)} → {numbers.number(one.end, 0)}"
        for one in told[: detail.statuses]
    ]
    more = [f"{left} more statuses"] if left > 1 else ["one more status"] if left == 1 else []
    return f"{'; '.join([*parts, *more])}." if parts else ""


def _names(actors: Iterable[str], story: Story) -> str:
    return joined([story.actors[name] for name in actors])


def _listed(items: Iterable[tuple[str, float]], story: Story) -> str:
    return ", ".join(
        f"{story.actors[name]} {few_utils(value, signed=True)}" for name, value in items
    )


def _day(day: dt.date, document: Document) -> str:
    return f"{day:%b %Y}" if document.calendar.step == "month" else f"{day.day} {day:%b %Y}"


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
