"""Why those who signed something did not sign in other turns, as a paragraph of the brief."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from minsksim.endings import ENDINGS, Ending
from minsksim.text import joined

if TYPE_CHECKING:
    from minsksim.analysis.brief import Trade
    from minsksim.analysis.quiet import Quiet
    from minsksim.analysis.story import Story

_MET: tuple[Ending, ...] = (
    "refused",
    "blocked",
    "not_ratified",
    "nothing_suits",
    "nothing_free",
)
"""Endings of a meeting that are told among quiet turns; an outbid package stands elsewhere."""
_REASONS = 2
"""Reasons of one channel's quiet turns that are told."""


def quiet_row(story: Story, channels: int) -> str:
    """Return why so many channels were quiet in some turns.

    Why the parties did not meet stands elsewhere where meetings need a cause.
    """
    told, by_cause = [], {one.channel for one in story.brief.meetings}
    for trade in story.brief.trades[:channels]:
        reasons = _quiet_turns(story, trade, _MET)
        if trade.channel not in by_cause:
            reasons += _quiet_turns(story, trade, ("not_met",))
        if reasons:
            names = joined([story.actors[name] for name in trade.parties])
            told.append(
                f"{names} "
                + "; ".join(why(one.ending, one.cause, one.times) for one in reasons[:_REASONS])
                + "."
            )
    return " ".join(told)


def met_in_vain(story: Story) -> bool:
    """Return whether those whose levers moved most met at times and signed nothing."""
    return any(_quiet_turns(story, trade, _MET) for trade in story.brief.trades[:1])


def _quiet_turns(story: Story, trade: Trade, endings: Sequence[Ending]) -> list[Quiet]:
    found = story.brief.quiet
    return [one for one in found if one.channel == trade.channel and one.ending in endings]


def why(ending: Ending, cause: str, count: int) -> str:
    """Say why nothing was signed, and how often."""
    return f"{ENDINGS[ending].label} ({f'{cause}; ' if cause else ''}{times(count)})"


def times(count: int) -> str:
    """Say how often something happened.

    Examples
    --------
    >>> times(1), times(2)
    ('once', '2 times')
    """
    return "once" if count == 1 else f"{count} times"
