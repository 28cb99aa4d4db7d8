"""Why a channel made no agreement, in words; the engine notes the reason where it decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minsksim.analysis.outbid import told
from minsksim.endings import ENDINGS, Ending
from minsksim.scenario.dates import turn_of
from minsksim.scenario.outsiders import by_key
from minsksim.text import joined

if TYPE_CHECKING:
    from minsksim.engine.record.meetings import Meeting
    from minsksim.engine.record.run import Run
    from minsksim.scenario.schema import Document


@dataclass(frozen=True)
class NoAgreement:
    """A channel that made no agreement in a turn.

    Attributes
    ----------
    channel, label : str
        Its name in the scenario, and what people read.
    ending : str
        A word of ``minsksim.endings.ENDINGS``.
    detail : str
        Who refused and how likely it was to sign, how likely the parties were to meet, and so on.
    why : str
        The whole reason, for a sentence.
    """

    channel: str
    label: str
    ending: Ending
    detail: str
    why: str


def no_agreement(run: Run, meeting: Meeting) -> NoAgreement:
    """Return why a meeting led to no agreement.

    Parameters
    ----------
    run : Run
        The run that the meeting is of.
    meeting : Meeting
        One of ``run.meetings`` whose ending is not ``agreed``.

    Examples
    --------
    >>> from minsksim import run_scenario
    >>> run = run_scenario("minsk")
    >>> no_agreement(run, run.meetings[0]).why
    'did not meet (58 % likely)'
    """
    label = run.scenario.document.channels[meeting.channel].label
    found = ENDINGS[meeting.ending].label
    detail = _detail(run, meeting)
    why = f"{found} ({detail})" if detail else found
    return NoAgreement(meeting.channel, label, meeting.ending, detail, why)


def without_agreement(run: Run, turn: int) -> tuple[NoAgreement, ...]:
    """Return the channels that made no agreement in a turn, each with the reason."""
    return tuple(
        no_agreement(run, one)
        for one in run.meetings
        if one.turn == turn and one.ending != "agreed"
    )


def _detail(run: Run, meeting: Meeting) -> str:
    document = run.scenario.document
    channel = document.channels[meeting.channel]
    if meeting.ending == "not_met":
        return f"{percent(meeting.chance)} likely"
    if meeting.ending == "refused":
        return "; ".join(_refusals(run, meeting))
    if meeting.ending == "blocked":
        return f"{_names(document, meeting.stopped_by)} paid"
    if meeting.ending == "outbid":
        return told(document, meeting)
    if meeting.ending == "not_ratified":
        homes = (channel.ratification or {}).values()
        by = dict.fromkeys(one.by for home in homes for one in by_key(home).values())
        return f"by {_names(document, list(by))}"
    if meeting.ending in ("nothing_left", "waiting", "no_date"):
        return _cause(run, meeting)
    if meeting.ending == "nothing_free" and not channel.table:
        return "no lever is ever traded here"
    return ""


def _cause(run: Run, meeting: Meeting) -> str:
    """Say what the meeting lacked, or until when."""
    document = run.scenario.document
    cause = document.channels[meeting.channel].meetings
    assert cause is not None
    if meeting.ending == "nothing_left":
        assert cause.spends is not None
        return document.stocks[cause.spends.stock].label
    if meeting.ending == "waiting":
        return f"they wait {cause.waits} turn{'s' * (cause.waits > 1)} after each meeting"
    later = [day for day in sorted(cause.on) if turn_of(document.calendar, day) > meeting.turn]
    return f"the next is {later[0]}" if later else "there is none to come"


def _refusals(run: Run, meeting: Meeting) -> list[str]:
    """Say who refused, and how likely it was to sign."""
    actors, found = run.scenario.document.actors, []
    for party, has_signed in meeting.signed.items():
        if not has_signed:
            how = f"{percent(meeting.chances[party])} likely to sign"
            if party in run.custom_actors:
                how = "decided by Python code"
            found.append(f"{actors[party].label}, {how}")
    return found


def _names(document: Document, actors: Sequence[str]) -> str:
    return joined([document.actors[name].label for name in actors])


def percent(chance: float) -> str:
    """Return a probability as a whole percentage that is 0 or 100 only where it is certain.

    Examples
    --------
    >>> percent(0.584), percent(0.0004), percent(0.9999), percent(1.0)
    ('58 %', 'under 1 %', 'over 99 %', '100 %')
    """
    if 0.0 < chance < 0.01:
        return "under 1 %"
    if 0.99 < chance < 1.0:
        return "over 99 %"
    return f"{100 * chance:.0f} %"
