"""Packages that fell to a counter-offer: who outbid whom, and what the party took instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from minsksim.text import joined

if TYPE_CHECKING:
    from minsksim.engine.record.meetings import Meeting
    from minsksim.engine.record.run import Agreement, Move, Run
    from minsksim.scenario.schema import Document


@dataclass(frozen=True)
class Outbid:
    """A party that one outsider bought away from the others of a channel.

    Attributes
    ----------
    channel : str
        Where the packages would have been signed.
    by, party : str
        The outsider, and the party that took its counter-offers.
    rivals : tuple of str
        The other parties of the channel.
    times : int
        In how many turns.
    levers : tuple of str
        What moved in the counter-offers, in the order of the file.
    spared : tuple of float
        By turn of these, what the package would have cost the outsider if kept, utils.
    undelivered : int
        In how many of these turns the counter-offer was broken.
    broken_by : tuple of str
        Who broke it, in the order of the channel.
    """

    channel: str
    by: str
    party: str
    rivals: tuple[str, ...]
    times: int
    levers: tuple[str, ...]
    spared: tuple[float, ...]
    undelivered: int = 0
    broken_by: tuple[str, ...] = ()


def outbid_agreements(run: Run) -> tuple[Outbid, ...]:
    """Return who outbid whom in a run, those who did so most often first.

    Examples
    --------
    >>> from minsksim import run_scenario
    >>> [one] = outbid_agreements(run_scenario("outbid"))
    >>> one.by, one.rivals, one.party, one.times, one.levers
    ('south', ('north',), 'isle', 3, ('subsidy',))
    """
    found: dict[tuple[str, str, str], list[Meeting]] = {}
    for one in run.meetings:
        if one.outbid_by is not None:
            found.setdefault((one.channel, one.outbid_by, party_of(one)), []).append(one)
    packages = [
        Outbid(
            channel,
            by,
            party,
            rivals_of(all_[0]),
            len(all_),
            _levers(run, all_),
            tuple(one.spared for one in all_),
            *_broken(run, all_),
        )
        for (channel, by, party), all_ in found.items()
    ]
    return tuple(sorted(packages, key=lambda one: -one.times))


def is_instead(meeting: Meeting, agreement: Agreement) -> bool:
    """Return whether the package of a meeting fell to the agreement, a counter-offer."""
    return (
        meeting.turn == agreement.turn
        and meeting.instead is not None
        and meeting.instead.channel == agreement.channel
    )


def party_of(meeting: Meeting) -> str:
    """Return the party that took the counter-offer."""
    assert meeting.instead is not None
    return next(one for one in meeting.instead.parties if one != meeting.outbid_by)


def rivals_of(meeting: Meeting) -> tuple[str, ...]:
    """Return the parties that were left."""
    return tuple(one for one in meeting.parties if one != party_of(meeting))


def told(document: Document, meeting: Meeting) -> str:
    """Say of one meeting who outbid whom, and what the party took instead."""
    assert meeting.outbid_by is not None
    assert meeting.instead is not None
    label = {name: actor.label for name, actor in document.actors.items()}
    rivals = joined([label[one] for one in rivals_of(meeting)])
    moves = joined([_moved(document, move) for move in meeting.instead.moves])
    by, party = label[meeting.outbid_by], label[party_of(meeting)]
    return f"{by} outbid {rivals}: {party} took {moves} instead"


def _moved(document: Document, move: Move) -> str:
    lever = document.levers[move.lever]
    return f"{lever.label} from {move.before:.3g} to {move.after:.3g}"


def _levers(run: Run, meetings: list[Meeting]) -> tuple[str, ...]:
    moved = {move.lever for one in meetings if one.instead for move in one.instead.moves}
    return tuple(name for name in run.scenario.document.levers if name in moved)


def _broken(run: Run, meetings: list[Meeting]) -> tuple[int, tuple[str, ...]]:
    """Return how many of the counter-offers taken were broken, and by whom."""
    taken = [one for one in run.agreements if any(is_instead(each, one) for each in meetings)]
    broke = [{by for by, kept in one.kept.items() if not kept} for one in taken]
    return sum(map(bool, broke)), tuple(
        by for by in (taken[0].parties if taken else ()) if any(by in one for one in broke)
    )
