"""What is supposed against a scenario: the fields of ``Structure`` that it changes.

Nothing is taken out of any axis: a number's place of -1 stands for zero, a turn after the last for
never, a bid through channel -1 for none. So what is left keeps its place, its random numbers and,
at an equal state, its bits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minsksim.engine.arrays import records as at
from minsksim.engine.arrays.axes import Axes, turn_of
from minsksim.engine.arrays.fields.common import Fields, Place, ints, starts
from minsksim.engine.arrays.kinds import Ints
from minsksim.scenario.outsiders import by_key
from minsksim.scenario.schema import Document, WhatIf
from minsksim.vocabulary import ON_QUANTITY, SHIFT


@dataclass(frozen=True)
class _Left:
    """What is left: a place in each array for everything, 1 where it was taken away."""

    levers: Ints
    fixed: Ints  # levers that nobody moves: dropped or forbidden
    channels: Ints
    causes: Ints  # channels whose section meetings was taken away
    bids: Ints  # counter-offers
    events: Ints
    terms: Ints


def what_if_arrays(document: Document, axes: Axes, place: Place, fields: Fields) -> Fields:
    """Return the fields that the section ``what_if`` adds, and those it puts in others' place."""
    asked = document.what_if or WhatIf()
    left = _left(document, axes, asked, fields)
    return {
        **_additions(document, axes, place, asked, left),
        **(_replacements(axes, fields, left) if document.what_if is not None else {}),
    }


def _left(document: Document, axes: Axes, asked: WhatIf, fields: Fields) -> _Left:
    dropped = set(asked.drop)

    def flags(section: str, names: tuple[str, ...]) -> Ints:
        return ints([f"{section}.{name}" in dropped for name in names])

    levers, channels = flags("levers", axes.levers), flags("channels", axes.channels)
    gone = {
        axes.quantities.index(name)
        for name in dropped.intersection(axes.quantities)
        if name.startswith(("levers.", "channels."))
    }
    names = [(k, n) for k, interest in document.interests.items() for n in interest.terms]
    of, times = np.asarray(fields["term_of"]), np.asarray(fields["term_times"])
    terms = [
        bool(dropped & {f"interests.{k}", f"interests.{k}.terms.{n}"})
        or int(of[row]) in gone
        or int(times[row]) in gone
        for row, (k, n) in enumerate(names)
    ]
    forbidden = ints([name in asked.forbid for name in axes.levers])
    causes = ints([f"channels.{name}.meetings" in dropped for name in axes.channels])
    events = flags("events", axes.events)
    bids = [
        not dropped.isdisjoint((f"channels.{c}.counter_offer", ".".join(keys)))
        for c, channel in document.channels.items()
        for keys in (
            ("channels", c, "counter_offer", *key) for key in by_key(channel.counter_offer)
        )
    ]
    return _Left(levers, levers | forbidden, channels, causes, ints(bids), events, ints(terms))


def _additions(document: Document, axes: Axes, place: Place, asked: WhatIf, left: _Left) -> Fields:
    """Return the fields that only this section fills; they are empty without it."""
    pairs = [
        (axes.actors.index(actor), axes.interests.index(interest))
        for actor, one in document.actors.items()
        for interest in one.salience
        if f"actors.{actor}.salience.{interest}" in asked.drop
    ]
    stands = [
        (axes.levers.index(name), turn_of(document.calendar, one.on))
        for name, one in asked.impose.items()
    ]
    return {
        "lever_dropped": left.levers,
        "salience_dropped": ints(pairs, (len(pairs), 2)),
        "imposed": ints(stands, (len(stands), 2)),
        "index_imposed": ints([place[f"what_if.impose.{name}.to"] for name in asked.impose]),
    }


def _replacements(axes: Axes, fields: Fields, left: _Left) -> Fields:
    """Return fields of the other sections without what was dropped or forbidden."""
    counter = np.array(fields["counter"])
    counter[left.bids == 1, at.THROUGH] = -1
    return {
        **_meetings(fields, left),
        **_other_sections(axes, fields, left),
        "counter": counter,
    }


def _meetings(fields: Fields, left: _Left) -> Fields:
    """Return what meetings need, without what was dropped."""
    meeting, begin = np.array(fields["meeting"]), np.asarray(fields["date_start"])
    turns = np.asarray(fields["date_turns"])
    if len(meeting) == 0:
        return {}
    meeting[left.causes == 1] = (-1, 0, 0)
    stays = np.repeat(left.causes == 0, np.diff(begin))
    counts = np.where(left.causes == 0, np.diff(begin), 0)
    return {"meeting": meeting, "date_start": starts(list(counts)), "date_turns": turns[stays]}


def _other_sections(axes: Axes, fields: Fields, left: _Left) -> Fields:
    found = {name: np.array(value) for name, value in fields.items()}
    found["index_term"][left.terms == 1, at.EFFECT] = -1
    found["event_turn"][left.events == 1] = fields["turns"] + 1  # type: ignore[operator]
    found["channel_open"][left.channels == 1] = 0
    found["index_channel"][left.channels == 1, at.QUALITY] = -1
    found["lever_active"][left.fixed == 1] = 0
    shut = np.zeros(len(axes.quantities), dtype=np.int64)
    first = len(axes.levers) + len(axes.stocks)
    shut[: len(axes.levers)] = left.fixed
    shut[first : first + len(axes.channels)] = left.channels
    idle = found["effect_kind"] == ON_QUANTITY
    idle[idle] = shut[found["effect_first"][idle]] == 1
    # an event moves what nobody may move by nothing
    found["effect_how"][idle], found["index_effect"][idle] = SHIFT, -1
    tables = [
        [lever for lever in found["table_levers"][begin:end] if not left.fixed[lever]]
        for begin, end in zip(found["table_start"], found["table_start"][1:], strict=False)
    ]
    found["table_start"] = starts([len(table) for table in tables])
    found["table_levers"] = ints([lever for table in tables for lever in table])
    changed = ("index_term", "event_turn", "channel_open", "index_channel", "lever_active")
    keys = (*changed, "effect_how", "index_effect", "table_start", "table_levers")
    return {key: found[key] for key in keys}
