"""Offers, agreements, threats and private types as both forms show them: names, not indices."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from minsksim.engine.phases import coerce as at
from minsksim.engine.record.run import (
    Agreement,
    EventHappened,
    Move,
    Offer,
    Threat,
    worst_hit,
)
from minsksim.vocabulary import BELIEF_TYPES

if TYPE_CHECKING:
    from minsksim.engine.arrays.axes import Axes
    from minsksim.engine.arrays.kinds import Floats, Ints
    from minsksim.engine.arrays.records import State
    from minsksim.scenario.schema import Document


def move_of(document: Document, lever: str, before: float, after: float) -> Move:
    """Return a lever's way from one value to another."""
    return Move(lever, document.levers[lever].owner, float(before), float(after))


def offer_of(
    document: Document, axes: Axes, c: int, before: Floats, after: Floats, gains: Floats
) -> Offer:
    """Return the package of channel ``c`` that takes levers from ``before`` to ``after``."""
    name = axes.channels[c]
    channel = document.channels[name]
    places = [(lever, axes.levers.index(lever)) for lever in channel.table]
    moves = tuple(
        move_of(document, lever, before[place], after[place])
        for lever, place in places
        if after[place] != before[place]
    )
    gained = dict(zip(channel.between, map(float, gains), strict=False))
    return Offer(name, channel.between, moves, gained)


def offer_now(document: Document, axes: Axes, state: State, c: int) -> Offer:
    """Return the package that lies on the table of channel ``c``."""
    levels = state.at_table, state.offer_value[c]
    return offer_of(document, axes, c, *levels, state.offer_gain[c])


def threat_of(document: Document, state: State, h: int, is_standing: bool) -> Threat:
    """Return threat ``h`` with this turn's moves and stakes."""
    name, spoken = list(document.threats.items())[h]
    levers, room = list(document.levers), state.standoff
    stakes = [float(value) for value in room.stakes[h]]

    def move(lever: str, to: float) -> Move:
        return move_of(document, lever, state.planned[levers.index(lever)], to)

    return Threat(
        name=name,
        by=spoken.by,
        against=spoken.against,
        demand=move(spoken.demand.lever, room.move[h, 0]),
        sanction=move(spoken.sanction.lever, room.origin[h] if is_standing else room.move[h, 1]),
        value=stakes[at.VALUE],
        stake=stakes[at.STAKE],
        harm=stakes[at.HARM],
        net=stakes[at.LIFT if is_standing else at.NET],
        audience_cost=stakes[at.EXPOSURE],
    )


def agreement_of(
    document: Document, offer: Offer, gains: Floats, turn: int, date: dt.date
) -> Agreement:
    """Return an offer just signed, before anybody keeps or breaks it; ``gains`` are of all."""
    channel = document.channels[offer.channel]
    externalities = dict(zip(document.actors, map(float, gains), strict=True))
    blocker, blocking_worth = worst_hit(externalities, offer.parties)
    return Agreement(
        turn=turn,
        date=date,
        channel=offer.channel,
        parties=offer.parties,
        protocol=channel.protocol,
        moves=offer.moves,
        gains=offer.gains,
        kept=dict.fromkeys(offer.parties, True),
        public=channel.public,
        externalities=externalities,
        blocker=blocker,
        blocking_worth=blocking_worth,
        tranches=channel.tranches,
        delivered=0,
    )


def types_of(axes: Axes, kinds: Ints) -> dict[str, str]:
    """Return the true type behind every belief, in this run."""
    words = [BELIEF_TYPES[int(kind)] for kind in kinds]
    return dict(zip(axes.beliefs, words, strict=True))


def events_of(axes: Axes, happened: Ints) -> tuple[EventHappened, ...]:
    """Return the events that struck, in their order; ``happened`` holds the turn, or 0."""
    struck = [
        EventHappened(int(turn), name)
        for turn, name in zip(happened, axes.events, strict=True)
        if turn > 0
    ]
    return tuple(sorted(struck, key=lambda event: event.turn))
