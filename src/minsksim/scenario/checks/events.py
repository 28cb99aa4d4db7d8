"""Events: dated or by hazard, each effect doing exactly one thing to one quantity."""

from __future__ import annotations

import datetime as dt

from minsksim.vocabulary import AMOUNTS, TARGETS

from ..places import Faults, Keys
from ..references import AFFECTED, reference_fault
from ..schema import Calendar, Document, Effect, Event

YEARS = (1900, 2200)


def check_events(document: Document, faults: Faults) -> None:
    """Check when each event happens and what it does."""
    if not YEARS[0] <= document.calendar.start.year <= YEARS[1]:
        faults.add(("calendar", "start"), f"must lie between {YEARS[0]} and {YEARS[1]}.")
        return
    for name, event in document.events.items():
        path: Keys = ("events", name)
        _check_time(document.calendar, path, event, faults)
        if not event.effects:
            faults.add((*path, "effects"), "the event does nothing. Add an effect, or remove it.")
        for key, effect in event.effects.items():
            _check_effect(document, (*path, "effects", key), effect, faults)


def end_of(calendar: Calendar) -> dt.date:
    """Return the day after the last turn."""
    if calendar.step == "week":
        return calendar.start + dt.timedelta(weeks=calendar.turns)
    months = calendar.start.month - 1 + calendar.turns
    year, month = calendar.start.year + months // 12, months % 12 + 1
    first_of_next = dt.date(year + month // 12, month % 12 + 1, 1)
    last_day = (first_of_next - dt.timedelta(days=1)).day
    return dt.date(year, month, min(calendar.start.day, last_day))


def _check_time(calendar: Calendar, path: Keys, event: Event, faults: Faults) -> None:
    if (event.on is None) == (event.hazard is None):
        faults.add(path, "needs exactly one of `on` (a date) and `hazard`. Keep one.")
    if event.on is not None:
        check_date(calendar, (*path, "on"), event.on, faults)


def check_date(calendar: Calendar, path: Keys, day: dt.date, faults: Faults) -> None:
    """Check that a day lies in some turn."""
    end = end_of(calendar)
    if not calendar.start <= day < end:
        faults.add(
            path,
            f"{day} is outside the calendar, which runs from "
            f"{calendar.start} to the day before {end}. Change the date or the calendar.",
        )


def _check_while(calendar: Calendar, path: Keys, effect: Effect, faults: Faults) -> None:
    """Check that what is done for a while can be taken back."""
    kind, is_switch = effect.of.partition(".")[0], effect.switch is not None
    if effect.fades is not None and kind != "salience":
        faults.add(
            (*path, "fades"), f"only what is done to a salience fades, not {effect.of}. Remove it."
        )
    if effect.lasts is None:
        return
    place: Keys = (*path, "lasts")
    if kind == "stocks":
        faults.add(
            place,
            "what was added to a stock cannot be told from the rest. Remove `lasts`, and give "
            "the stock a `decay` if it is to fall back.",
        )
    elif kind == "levers" and not is_switch:
        faults.add(
            place,
            "a lever stays where it was last put, by whoever put it there. Remove `lasts`, and "
            "move it back by a second event.",
        )
    elif kind == "trust":
        faults.add(place, "evidence is not taken back. Remove it; `forgetting` lets it fade.")
    elif effect.lasts >= calendar.turns:
        faults.add(
            place,
            f"{effect.lasts} turns are not over within the {calendar.turns} of the calendar. "
            "Write fewer, or remove it.",
        )


def _check_effect(document: Document, path: Keys, effect: Effect, faults: Faults) -> None:
    _check_while(document.calendar, path, effect, faults)
    kind = effect.of.partition(".")[0]
    fault = reference_fault(document, effect.of, AFFECTED)
    if fault is not None:
        faults.add((*path, "of"), fault)
    given = [name for name in (*AMOUNTS, "switch") if getattr(effect, name) is not None]
    if len(given) != 1:
        told = ", ".join(f"`{name}`" for name in AMOUNTS)
        faults.add(path, f"needs exactly one of {told} and `switch`. Keep one.")
    elif given == ["switch"] and not (kind in TARGETS and TARGETS[kind].can_switch):
        faults.add(
            (*path, "switch"),
            f"{effect.of} cannot be switched; levers and channels can. Use {' or '.join(AMOUNTS)}.",
        )
    elif given != ["shift"] and kind == "trust":
        faults.add(
            (*path, given[0]),
            "trust moves by evidence. Use shift: above 0 for promises kept, "
            "below 0 for promises broken.",
        )
