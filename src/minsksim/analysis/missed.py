"""Why parties did not meet, in figures: what was left for a meeting, and how likely it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minsksim.numerals import number, short
from minsksim.rules.meetings import has_enough

if TYPE_CHECKING:
    from minsksim.engine.record.meetings import Meeting
    from minsksim.scenario.schema import Document

_EVEN = 0.5


def lacking(document: Document, meeting: Meeting) -> str:
    """Say how much was left for a meeting that could not be held; empty where it was enough.

    A wait and the lack of a date come before an empty stock, which this tells all the same.

    Examples
    --------
    >>> from minsksim import run_scenario
    >>> run = run_scenario("scarce_visits")
    >>> lacking(run.scenario.document, run.meetings[0])
    'visits 0.25, needs 1'
    """
    if not meeting.takes or has_enough(meeting.left, meeting.takes):
        return ""
    cause = document.channels[meeting.channel].meetings
    assert cause is not None
    assert cause.spends is not None
    unit = short(document.stocks[cause.spends.stock].unit)
    return f"{unit} {_plain(meeting.left)}, needs {_plain(meeting.takes)}"


def likely(chance: float, percent: str) -> str:
    """Say how likely parties were to meet that did not.

    Examples
    --------
    >>> likely(0.7, "70 %"), likely(0.2, "20 %")
    ('though 70 % likely to', '20 % likely to')
    """
    return f"{'though ' if chance >= _EVEN else ''}{percent} likely to"


def _plain(value: float) -> str:
    """Return a quantity to two decimals, rounded down: what falls short must not look enough."""
    cut = int(value * 100 + 1e-9) / 100
    text = number(cut, 2)
    return text.rstrip("0").rstrip(".") if "." in text else text
