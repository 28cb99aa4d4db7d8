"""Turns in which a channel made no agreement, counted by the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from minsksim.analysis.reasons import cause_over, no_agreement
from minsksim.analysis.serving import serves_bids

if TYPE_CHECKING:
    from minsksim.endings import Ending
    from minsksim.engine.record.meetings import Meeting
    from minsksim.engine.record.run import Run


@dataclass(frozen=True)
class Quiet:
    """Turns in which a channel made no agreement for one reason.

    Attributes
    ----------
    channel : str
    parties : tuple of str
    ending : str
        A word of ``minsksim.endings.ENDINGS``.
    cause : str
        Who or what it was, for a reader; may be empty.
    times : int
        In how many turns.
    """

    channel: str
    parties: tuple[str, ...]
    ending: Ending
    cause: str
    times: int


def quiet_turns(run: Run) -> tuple[Quiet, ...]:
    """Return why channels made no agreement, by channel, the most frequent reason first.

    Channels that serve counter-offers alone are left out: nobody bargains there for itself.

    Examples
    --------
    >>> from minsksim import run_scenario
    >>> [(one.ending, one.times) for one in quiet_turns(run_scenario("red_line"))]
    [('nothing_suits', 3)]
    """
    channels = [name for name in run.scenario.document.channels if not serves_bids(run, name)]
    return tuple(one for name in channels for one in _of(run, name))


def _of(run: Run, channel: str) -> list[Quiet]:
    """Return why a channel made no agreement, the most frequent reason first."""
    alike: dict[tuple[Ending, str], list[Meeting]] = {}
    for one in run.meetings:
        if one.channel == channel and one.ending != "agreed":
            alike.setdefault((one.ending, no_agreement(run, one).cause), []).append(one)
    parties = run.scenario.document.channels[channel].between
    found = [
        Quiet(channel, parties, ending, cause_over(run, all_), len(all_))
        for (ending, _), all_ in alike.items()
    ]
    return sorted(found, key=lambda one: -one.times)
