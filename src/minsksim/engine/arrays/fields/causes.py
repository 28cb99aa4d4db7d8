"""Causes of meetings, and what events do for a while."""

from __future__ import annotations

from minsksim.engine.arrays.axes import Axes, turn_of
from minsksim.engine.arrays.fields.common import Fields, Place, ints, starts
from minsksim.scenario.schema import Document


def cause_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """What meetings need, and for how long effects of events hold."""
    return {**_meetings(document, axes, place), **_passing(document, place)}


def _meetings(document: Document, axes: Axes, place: Place) -> Fields:
    """What a meeting of each channel needs; no rows where no channel has a section for it."""
    rows, dates, amounts = [], [], []
    for name, channel in document.channels.items():
        cause = channel.meetings
        spends = cause.spends if cause else None
        spent = axes.quantities.index(f"stocks.{spends.stock}") if spends else -1
        rows.append([spent, cause.waits if cause else 0, cause.only_on if cause else False])
        dates.append([turn_of(document.calendar, day) for day in cause.on] if cause else [])
        amounts.append(place.get(f"channels.{name}.meetings.spends.amount", -1))
    if not any(channel.meetings for channel in document.channels.values()):
        rows, amounts = [], []
    return {
        "meeting": ints(rows, (len(rows), 3)),
        "date_start": starts([len(turns) for turns in dates]),
        "date_turns": ints([turn for turns in dates for turn in turns]),
        "index_meeting": ints(amounts, (len(amounts),)),
    }


def _passing(document: Document, place: Place) -> Fields:
    """For how long every effect holds, and which of them do not hold for ever."""
    effects = [
        (place.get(f"events.{e}.effects.{f}.fades", -1), effect.lasts or 0)
        for e, event in document.events.items()
        for f, effect in event.effects.items()
    ]
    return {
        "index_fades": ints([fades for fades, _ in effects]),
        "effect_lasts": ints([lasts for _, lasts in effects]),
        "passing": ints([f for f, (fades, lasts) in enumerate(effects) if fades >= 0 or lasts]),
    }
