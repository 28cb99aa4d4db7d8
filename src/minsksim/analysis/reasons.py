"""Why a channel made no agreement, in words; the engine notes the reason where it decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minsksim.analysis.answered import (
    answers_named,
    answers_over,
    answers_told,
    reservation_in,
)
from minsksim.analysis.missed import lacking, likely
from minsksim.analysis.nothing_to_give import nothing_to_give
from minsksim.analysis.outbid import rivals_of
from minsksim.analysis.outbid import told as outbid_told
from minsksim.analysis.serving import no_bid_told, serves_bids
from minsksim.analysis.standing import all_stands
from minsksim.endings import ENDINGS, Ending
from minsksim.scenario.dates import turn_of
from minsksim.text import joined

if TYPE_CHECKING:
    from minsksim.engine.record.meetings import Meeting
    from minsksim.engine.record.run import Run
    from minsksim.scenario.schema import Document


_TINY = 1e-9
"""Utils by which a gain and a reservation may differ and be the same."""


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
    cause : str
        Who or what it was without the figures of the turn, so that turns can be counted by it.
    """

    channel: str
    label: str
    ending: Ending
    detail: str
    why: str
    cause: str = ""


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
    'did not meet (though 58 % likely to)'
    """
    label = run.scenario.document.channels[meeting.channel].label
    found = ENDINGS[meeting.ending].label
    detail = _detail(run, meeting)
    why = f"{found} ({detail})" if detail else found
    return NoAgreement(meeting.channel, label, meeting.ending, detail, why, _cause(run, meeting))


def without_agreement(run: Run, turn: int) -> tuple[NoAgreement, ...]:
    """Return the channels that made no agreement in a turn, each with the reason."""
    return tuple(
        no_agreement(run, one)
        for one in run.meetings
        if one.turn == turn and one.ending != "agreed"
    )


def _detail(run: Run, meeting: Meeting) -> str:
    document = run.scenario.document
    told = answers_told(run, meeting)
    if meeting.ending == "not_met":
        told.insert(0, likely(meeting.chance, percent(meeting.chance)))
    elif meeting.ending == "refused":
        told = [*_refusals(run, meeting), *told]
    elif meeting.ending == "outbid":
        told = [outbid_told(document, meeting)]
    elif meeting.ending in ("waiting", "no_date"):
        lacks = lacking(document, meeting)
        told = [_until(run, meeting), *([f"too little left as well: {lacks}"] if lacks else [])]
    elif meeting.ending == "nothing_left":
        told = [*_stable(run, meeting), lacking(document, meeting)]
    else:
        told = [*_stable(run, meeting), *told, *_also_at_home(document, meeting)]
    return "; ".join(told)


def cause_over(run: Run, meetings: Sequence[Meeting]) -> str:
    """Say for several turns with one cause who or what it was, and between which levels."""
    document, first = run.scenario.document, meetings[0]
    levels = answers_over(run, meetings)
    return "; ".join([*_who(run, first), *levels, *_also_at_home(document, first)])


def _cause(run: Run, meeting: Meeting) -> str:
    """Say who or what it was, without figures that change from turn to turn."""
    document = run.scenario.document
    named = answers_named(run, meeting)
    return "; ".join([*_who(run, meeting), *named, *_also_at_home(document, meeting)])


def _also_at_home(document: Document, meeting: Meeting) -> list[str]:
    """Say who at home refuses besides what quantities did, where either is enough by itself."""
    if meeting.ending != "nothing_suits" or not meeting.unratified_by:
        return []
    names = _names(document, meeting.unratified_by)
    together = " together" * meeting.is_joint
    return [f"and {names}{together} would not ratify: each of these stands in the way"]


def _who(run: Run, meeting: Meeting) -> list[str]:
    refusing = [party for party, has_signed in meeting.signed.items() if not has_signed]
    if meeting.ending == "refused":
        return [f"by {_names(run.scenario.document, refusing)}"]
    return _stable(run, meeting)


def _stable(run: Run, meeting: Meeting) -> list[str]:
    """Return what says the same in every turn of which it holds."""
    document = run.scenario.document
    channel = document.channels[meeting.channel]
    if meeting.ending == "blocked":
        return [f"{_names(document, meeting.stopped_by)} paid"]
    if meeting.outbid_by is not None:
        return [
            f"{_names(document, [meeting.outbid_by])} outbid {_names(document, rivals_of(meeting))}"
        ]
    if meeting.ending == "not_ratified":
        together = ": each would ratify some package, but not the same one"
        return [f"by {_names(document, meeting.unratified_by)}{together * meeting.is_joint}"]
    if meeting.ending == "nothing_suits" and not meeting.asking:
        return _nothing_suits(run, meeting)
    if meeting.ending == "nothing_left":
        assert channel.meetings is not None
        assert channel.meetings.spends is not None
        return [document.stocks[channel.meetings.spends.stock].label]
    if meeting.ending == "nothing_free" and not channel.table:
        return ["no lever is ever traded here"]
    return []


def _nothing_suits(run: Run, meeting: Meeting) -> list[str]:
    """Say why no package suits the parties, where quantities and who is at home did nothing."""
    if serves_bids(run, meeting.channel):
        return no_bid_told(run, meeting)
    if all_stands(run, meeting):
        return ["nothing beyond what already stands as agreed suits them"]
    return nothing_to_give(run, meeting)


def _until(run: Run, meeting: Meeting) -> str:
    """Say until when the parties cannot meet."""
    document = run.scenario.document
    cause = document.channels[meeting.channel].meetings
    assert cause is not None
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
            if _gains_just_enough(run, meeting, party):
                how += " for no more than its reservation"
            if party in run.custom_actors:
                how = "decided by Python code"
            found.append(f"{actors[party].label}, {how}")
    return found


def _gains_just_enough(run: Run, meeting: Meeting, party: str) -> bool:
    """Return whether a package brings a party its reservation and nothing more."""
    assert meeting.offer is not None
    return abs(meeting.offer.gains[party] - reservation_in(run, meeting, party)) < _TINY


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
