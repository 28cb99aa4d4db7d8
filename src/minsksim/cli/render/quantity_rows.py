"""Stocks, and the numbers that answer to quantities, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minsksim.scenario.schema import Document, Stock


def stock_rows(document: Document) -> Iterator[tuple[str, ...]]:
    """Yield name, label and start of every stock, and what it loses and cannot leave."""
    for name, stock in document.stocks.items():
        yield name, stock.label, _start(stock)


def _start(stock: Stock) -> str:
    if stock.groups:
        return f"sum of {', '.join(stock.groups)}"
    said = [f"{stock.initial.value:,.6g} {stock.unit}" if stock.initial else "counted"]
    if stock.decay is not None:
        said.append(f"loses {100 * stock.decay.value:g}% a turn")
    if stock.bounds is not None:
        said.append(f"stays in {stock.bounds[0]:g} to {stock.bounds[1]:g}")
    return ", ".join(said)


def answer_rows(document: Document) -> Iterator[tuple[str, ...]]:
    """Yield name, number, quantity and size of every answer."""
    for name, one in (document.answers or {}).items():
        where = "at full scale" if one.beyond is None else f"above {one.beyond.value:g}"
        yield name, one.of, one.to, f"{one.by.value:+g} {where}"
