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


def turn_of(calendar: Calendar, day: dt.date) -> int:
    """Return the 1-based turn that holds a day; 0 before the start, T + 1 after the end."""
    dates = calendar_dates(calendar)
    return sum(1 for date in dates if date <= day)
