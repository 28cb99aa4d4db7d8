"""What became of every channel in every turn: who met, who signed, and why nobody did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from minsksim.endings import BLOCKED, ENDING_OF, HINDERED, OUTBID, WITH_PACKAGE, Ending
from minsksim.engine.arrays.kinds import Floats, Ints
from minsksim.engine.record.assents import Assent, assents_of
from minsksim.engine.record.bids import counter_offers
from minsksim.engine.record.episodes import offer_of
from minsksim.engine.record.obstacles import with_obstacles
from minsksim.engine.record.run import Agreement, Offer
from minsksim.rules.blocking import loss
from minsksim.vocabulary import COUNTER_OFFER

if TYPE_CHECKING:
    from minsksim.engine.arrays.axes import Axes
    from minsksim.engine.batch import Block
    from minsksim.engine.record.trace import Trace
    from minsksim.scenario.schema import Document


@dataclass(frozen=True)
class Meeting:
    """One channel in one turn, and what came of it.

    Attributes
    ----------
    turn, date : int and date
        1-based, and the day on which the turn began.
    ending : str
        A word of ``minsksim.endings.ENDINGS``: ``agreed``, ``refused``, ``not_met``, ...
    chance : float
        How likely it was that the parties meet; 0 where they could not.
    offer : Offer or None
        The package that lay on the table, signed or not; None where there was none.
    signed : mapping of str to bool
        By party, whether it accepted that package; empty where there was none.
    chances : mapping of str to float
        By party, how likely it was to accept, by the logit rule. A decision that was replaced by
        Python code need not follow it.
    stopped_by : tuple of str
        The outsiders who paid for the package not to be signed, the one harmed most first.
    outbid_by : str or None
        The outsider whose counter-offer a party took instead.
    instead : Offer or None
        That counter-offer; it is also the agreement of its own channel in this turn.
    held_back : tuple of str
        The outsiders who made no counter-offer to the package, since others would have blocked it.
    spared : float
        What the package would have cost that outsider if kept, utils; 0 where nobody outbid.
    unratified_by : tuple of str
        Who at home refuses what suits the parties, or would suit them but for answers.
    assents : tuple of Assent
        What the package brings those at home who ratify it, as the engine compared it with what
        they need.
    left, takes : float
        Where the parties could not meet: what was left of the stock that a meeting takes from, and
        what one takes, in the stock's unit; 0 where meetings take nothing.
    is_joint : bool
        Whether each of them would ratify some package, and all of them none.
    still : tuple of str
        Where no package suits all: the levers on the table that could go nowhere this turn.
    asking : tuple of str
        Where no package suits all: the answers to reservations that would have to go before one
        did.
    answers : mapping of str to tuple of float
        By answer that added something to the channel's quality or chance to meet, or to a party's
        reservation or salience: the quantity that it read, and what it added.
    """

    turn: int
    date: dt.date
    channel: str
    parties: tuple[str, ...]
    ending: Ending
    chance: float
    offer: Offer | None = None
    signed: Mapping[str, bool] = field(default_factory=dict)
    chances: Mapping[str, float] = field(default_factory=dict)
    stopped_by: tuple[str, ...] = ()
    outbid_by: str | None = None
    instead: Offer | None = None
    held_back: tuple[str, ...] = ()
    spared: float = 0.0
    unratified_by: tuple[str, ...] = ()
    assents: tuple[Assent, ...] = ()
    left: float = 0.0
    takes: float = 0.0
    is_joint: bool = False
    still: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    answers: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class PackageTable:
    """Packages that lay on a table in a block of runs, signed or not, in order of run and turn.

    Attributes
    ----------
    run, turn, channel : ndarray, shape (G,)
        Row of the block, 1-based turn and channel index.
    gain : ndarray, shape (G, p)
        Gains in utils by party.
    externalities : ndarray, shape (G, A)
        Change of every actor's utility, utils; 0 where a party refused.
    before, after : ndarray, shape (G, L)
        Lever values before and in the package.
    """

    run: Ints
    turn: Ints
    channel: Ints
    gain: Floats
    externalities: Floats
    before: Floats
    after: Floats


def package_table(trace: Trace) -> PackageTable:
    """Return the rows where a package lay on the table."""
    seats = trace.meetings.shape[-1] - 1
    at = np.nonzero(np.isin(trace.meetings[..., 0], WITH_PACKAGE))
    run, turn, channel = at
    total, move = trace.sums[at], trace.moves[at]
    return PackageTable(
        run=run,
        turn=turn + 1,
        channel=channel,
        gain=total[:, :seats],
        externalities=total[:, seats:],
        before=move[:, 0],
        after=move[:, 1],
    )


def meetings_of(
    document: Document, axes: Axes, block: Block, row: int, dates: tuple[dt.date, ...]
) -> tuple[Meeting, ...]:
    """Return a run's meetings in the order of turn and channel; ``dates`` begin with turn 1's."""
    table = block.packages
    assert table is not None
    assert block.meetings is not None
    assert block.chances is not None
    places = zip(table.turn.tolist(), table.channel.tolist(), strict=True)
    package_at = {place: at for at, place in enumerate(places) if table.run[at] == row}
    found = []
    for turn in range(1, len(dates)):
        for c, name in enumerate(axes.channels):
            came, chances = (one[row, turn - 1, c] for one in (block.meetings, block.chances))
            at, parties = package_at.get((turn, c)), document.channels[name].between
            ending = cast("Ending", ENDING_OF[int(came[0])])
            meeting = Meeting(turn, dates[turn - 1], name, parties, ending, float(chances[0]))
            if came[0] in HINDERED:
                meeting = _with_what_is_left(block, row, c, meeting)
            if at is not None:
                meeting = replace(
                    meeting,
                    offer=_offer_at(document, axes, table, at),
                    signed=dict(zip(parties, map(bool, came[1:]), strict=False)),
                    chances=dict(zip(parties, map(float, chances[1:]), strict=False)),
                    assents=assents_of(document, block, row, meeting),
                )
            if at is not None and came[0] == BLOCKED:
                stopped_by = _harmed(document, name, table.externalities[at])
                meeting = replace(meeting, stopped_by=stopped_by)
            if at is not None and came[0] == OUTBID:
                assert block.outbid is not None
                _, bid = counter_offers(document)[int(block.outbid[row, turn - 1, c]) - 1]
                there = package_at[turn, axes.channels.index(bid.through)]
                instead = _offer_at(document, axes, table, there)
                change = table.externalities[at, axes.actors.index(bid.by)]
                spared = loss(float(change))
                meeting = replace(meeting, outbid_by=bid.by, instead=instead, spared=spared)
            found.append(with_obstacles(document, axes, block, row, meeting))
    return tuple(found)


def _with_what_is_left(block: Block, row: int, c: int, meeting: Meeting) -> Meeting:
    assert block.left is not None
    left, takes = map(float, block.left[row, meeting.turn - 1, c])
    return replace(meeting, left=left, takes=takes)


def _offer_at(document: Document, axes: Axes, table: PackageTable, row: int) -> Offer:
    levels = table.before[row], table.after[row]
    return offer_of(document, axes, int(table.channel[row]), *levels, table.gain[row])


def name_counter_offers(
    agreements: Sequence[Agreement], meetings: Sequence[Meeting]
) -> tuple[Agreement, ...]:
    """Return agreements; those that were counter-offers say so in place of a protocol."""
    taken = {(one.turn, one.instead.channel) for one in meetings if one.instead is not None}
    return tuple(
        replace(one, protocol=COUNTER_OFFER) if (one.turn, one.channel) in taken else one
        for one in agreements
    )


def _harmed(document: Document, channel: str, externalities: Floats) -> tuple[str, ...]:
    """Return who may pay to stop what a channel agrees and would lose by it, the most first."""
    blocking = document.channels[channel].blocking
    changes = dict(zip(document.actors, map(float, externalities), strict=True))
    harmed = [name for name in (blocking.by if blocking else ()) if loss(changes[name]) > 0.0]
    return tuple(sorted(harmed, key=changes.__getitem__))
