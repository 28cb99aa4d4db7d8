"""What a meeting needs: dates in the calendar, and a stock that can be spent."""

from __future__ import annotations

from ..dates import turn_of
from ..meetings import Meetings, Spends
from ..places import Faults, Keys, nearest
from ..schema import Document
from .events import check_date


def check_meetings(document: Document, faults: Faults) -> None:
    """Check the section ``meetings`` of every channel."""
    for name, channel in document.channels.items():
        if channel.meetings is not None:
            _check_cause(document, ("channels", name, "meetings"), channel.meetings, faults)


def _check_cause(document: Document, path: Keys, cause: Meetings, faults: Faults) -> None:
    if cause == Meetings():
        faults.add(
            path,
            "says nothing. Add `on` (dates), `spends` or `waits`, or remove the section.",
        )
    if cause.only_on and not cause.on:
        faults.add(
            (*path, "only_on"),
            "there are no dates, so the parties would never meet. Add `on: [dates]`, or remove it.",
        )
    seen: dict[int, str] = {}
    for index, day in enumerate(cause.on):
        place: Keys = (*path, "on", index)
        check_date(document.calendar, place, day, faults)
        turn = turn_of(document.calendar, day)
        if turn in seen:
            faults.add(
                place,
                f"{day} falls in the same turn as {seen[turn]}, and a channel meets once in a "
                "turn. Keep one of them.",
            )
        seen.setdefault(turn, str(day))
    if cause.spends is not None:
        _check_spent(document, (*path, "spends"), cause.spends, faults)


def _check_spent(document: Document, path: Keys, spends: Spends, faults: Faults) -> None:
    place: Keys = (*path, "stock")
    name, stock = spends.stock, document.stocks.get(spends.stock)
    if stock is None:
        faults.add(place, f"there is no stock {name}. {nearest(name, _spendable(document))}")
    elif stock.counts or stock.groups:
        faults.add(
            place,
            f"{name} only adds up others and cannot be spent. "
            + nearest(name, _spendable(document)),
        )
    elif stock.whole:
        faults.add(
            place,
            f"{name} holds whole units, as people are counted, and people are not spent. "
            "Name a stock of visits, days or attention without `whole`.",
        )
    elif stock.bounds is not None and stock.bounds[0] != 0:
        faults.add(
            place,
            f"{name} ends at {stock.bounds[0]:g}, and what is spent ends at 0, where nothing is "
            "left. Begin its `bounds` at 0.",
        )


def _spendable(document: Document) -> list[str]:
    return [
        name for name, one in document.stocks.items() if not (one.counts or one.groups or one.whole)
    ]
