"""Meetings that a date of their channel told the parties to hold, and whether they were held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minsksim.analysis.missed import lacking
from minsksim.endings import NOT_HELD, Ending
from minsksim.scenario.dates import turn_of

if TYPE_CHECKING:
    from minsksim.engine.record.run import Run


@dataclass(frozen=True)
class Dated:
    """A channel in a turn that holds a date of its meetings; ``ending`` says what became of it.

    ``detail`` says what was lacking where too little was left for a meeting.
    """

    channel: str
    label: str
    dates: tuple[str, ...]
    is_held: bool
    ending: Ending
    detail: str = ""


def dated(run: Run, number: int) -> Iterator[Dated]:
    """Yield the channels whose parties were to meet on a date in a turn.

    Examples
    --------
    >>> from minsksim import run_scenario
    >>> run = run_scenario("scarce_visits/saved_for_the_summit")
    >>> [(one.dates, one.is_held) for one in dated(run, 7)]
    [(('2026-07-15',), True)]
    """
    document = run.scenario.document
    dropped = document.what_if.drop if document.what_if is not None else ()
    for one in run.meetings:
        channel = document.channels[one.channel]
        names = {f"channels.{one.channel}", f"channels.{one.channel}.meetings"}
        if one.turn != number or channel.meetings is None or names & set(dropped):
            continue
        days = sorted(channel.meetings.on)
        days = [day for day in days if turn_of(document.calendar, day) == number]
        if days:
            told = tuple(day.isoformat() for day in days)
            is_held = one.ending not in NOT_HELD
            lacks = lacking(document, one)
            yield Dated(one.channel, channel.label, told, is_held, one.ending, lacks)
