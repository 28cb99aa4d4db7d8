"""What is supposed, as people write it: ``captives``, ``potash_relief=1@2025-09``."""

from __future__ import annotations

import datetime as dt
import re

from minsksim.errors import UsageError

from .checks.what_if import droppable
from .dates import calendar_dates
from .places import nearest
from .scalars import Unclear, plain_value
from .schema import Calendar, Document, Number
from .what_if import Imposed

SOURCE = "what_if"
"""Key of the source of every imposed value."""

_FORM = "Write LEVER=VALUE, or LEVER=VALUE@DATE with a date such as 2025-09 or a turn such as 9."


def part_of(document: Document, name: str) -> str:
    """Return the full name of a part that is to be dropped."""
    known = list(droppable(document))
    if name in known:
        return name
    by_last: dict[str, list[str]] = {}
    for full in known:
        if full.count(".") == 1:
            by_last.setdefault(full.rpartition(".")[2], []).append(full)
    meant = by_last.get(name, [])
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise UsageError(f"--drop {name}: there is {' and '.join(meant)}. Write one of them.")
    raise UsageError(
        f"--drop {name[:160]}: no such interest, term, salience, event, answer, channel, section "
        "meetings, counter_offer or ratification of a channel, or lever. "
        + nearest(name, [*known, *by_last])
    )


def lever_of(document: Document, name: str, place: str) -> str:
    """Return the name of a lever, which may be written ``levers.x``."""
    short = name.strip().removeprefix("levers.")
    if short not in document.levers:
        raise UsageError(f"{place} {name[:160]}: no such lever. {nearest(short, document.levers)}")
    return short


def imposed_of(document: Document, text: str) -> tuple[str, Imposed]:
    """Return the lever that ``lever=value@date`` names, and where it is to stand from when."""
    name, is_given, rest = text.partition("=")
    amount, has_date, day = rest.partition("@")
    value = _amount(amount.strip())
    if not is_given or value is None:
        raise UsageError(f"--impose {text[:160]}: not understood. {_FORM}")
    lever = lever_of(document, name, "--impose")
    on = _day(document.calendar, day.strip(), text) if has_date else document.calendar.start
    number = Number(value=value, source=SOURCE, unit=document.levers[lever].unit)
    return lever, Imposed(to=number, on=on)


def _amount(text: str) -> float | None:
    """Return a number written as in a scenario file; None where a file would not take it."""
    try:
        value = plain_value(text)
    except Unclear:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else None


def _day(calendar: Calendar, text: str, whole: str) -> dt.date:
    """Return the day that a date, a month or a turn stands for.

    A month is the first turn that begins in it, so that nothing stands before the month does.
    """
    begins = calendar_dates(calendar)[:-1]
    if re.fullmatch(r"[0-9]{1,3}", text):
        if 1 <= int(text) <= calendar.turns:
            return begins[int(text) - 1]
        raise UsageError(f"--impose {whole}: there is no turn {text}, only 1 to {calendar.turns}.")
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
            first = dt.date.fromisoformat(f"{text}-01")
            inside = [day for day in begins if (day.year, day.month) == (first.year, first.month)]
            return inside[0] if inside else first
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return dt.date.fromisoformat(text)
        raise ValueError
    except ValueError:
        raise UsageError(f"--impose {whole[:160]}: not understood. {_FORM}") from None
