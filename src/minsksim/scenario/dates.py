"""The days on which the turns of a scenario begin."""

from __future__ import annotations

import datetime as dt

from .schema import Calendar


def calendar_dates(calendar: Calendar) -> tuple[dt.date, ...]:
    """Return the start of every turn, and the end of the last one (T + 1 dates)."""
    dates = [calendar.start]
    for _ in range(calendar.turns):
        last = dates[-1]
        if calendar.step == "week":
            dates.append(last + dt.timedelta(days=7))
        else:
            year, month = divmod(last.year * 12 + last.month, 12)
            dates.append(dt.date(year, month + 1, min(last.day, 28)))
    return tuple(dates)


def turn_dates(calendar: Calendar) -> tuple[dt.date, ...]:
    """Return the date of each turn, which is the day on which it begins; turn 0 has the first day.

    Tables, texts and JSON all show it. Turn 0 is how things stood before the first turn.

    Examples
    --------
    >>> calendar = Calendar(start=dt.date(2026, 1, 1), step="month", turns=2)
    >>> [date.isoformat() for date in turn_dates(calendar)]
    ['2026-01-01', '2026-01-01', '2026-02-01']
    """
    begins = calendar_dates(calendar)[:-1]
    return (begins[0], *begins)


def turn_of(calendar: Calendar, day: dt.date) -> int:
    """Return the 1-based turn that holds a day; 0 before the start, T + 1 after the end."""
    dates = calendar_dates(calendar)
    return sum(1 for date in dates if date <= day)
