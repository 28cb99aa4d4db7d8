"""Levers, stocks, what meetings need and the numbers that answer, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minsksim.scenario.schema import Channel, Document, Lever, Stock


def stock_rows(document: Document) -> Iterator[tuple[str, ...]]:
    """Yield name, label and start of every stock, and what it loses and cannot leave."""
    for name, stock in document.stocks.items():
        yield name, stock.label, _start(stock)


def _start(stock: Stock) -> str:
    if stock.groups:
        return f"sum of {', '.join(stock.groups)}"
    if stock.counts:
        return f"counts {', '.join(map(_counted, stock.counts))}"
    assert stock.initial is not None
    said = [f"{stock.initial.value:,.6g} {stock.unit}"]
    if stock.decay is not None:
        said.append(f"loses {100 * stock.decay.value:g}% a turn")
    if stock.bounds is not None:
        said.append(f"stays in {stock.bounds[0]:g} to {stock.bounds[1]:g}")
    return ", ".join(said)


def _counted(reference: str) -> str:
    """Return a part of a flow in words that a narrow column can break between.

    Examples
    --------
    >>> _counted("stocks.abroad.inflows.exiled.refusals.from.held_others")
    'exiled into abroad, refusals from held_others'
    """
    _, stock, _, inflow, *part = reference.split(".")
    return ", ".join(filter(None, (f"{inflow} into {stock}", " ".join(part))))


def reach_of(lever: Lever) -> str:
    """Return the bounds of a lever, or the values that it can take where it comes in lumps."""
    if lever.steps is None:
        return f"{lever.bounds[0]:g} to {lever.bounds[1]:g}"
    *others, last = (f"{step:g}" for step in lever.steps)
    return f"{', '.join(others)} or {last}"


def answer_rows(document: Document) -> Iterator[tuple[str, ...]]:
    """Yield name, number, quantity and size of every answer."""
    for name, one in (document.answers or {}).items():
        where = "at full scale" if one.beyond is None else f"above {one.beyond.value:g}"
        yield name, one.of, one.to, f"{one.by.value:+g} {where}"


def meeting_cause(channel: Channel) -> str:
    """Say in a few words what a meeting needs."""
    cause, told = channel.meetings, []
    if cause is None:
        return ""
    if cause.on:
        dates = ", ".join(day.isoformat() for day in sorted(cause.on))
        told.append(f"on {dates}{' only' if cause.only_on else ''}")
    if cause.spends:
        told.append(f"spends {cause.spends.amount.value:g} of {cause.spends.stock}")
    if cause.waits:
        told.append(f"waits {cause.waits}")
    return ", ".join(told)
