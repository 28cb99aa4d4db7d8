"""Channels whose meetings take more than there can ever be to spend."""

from __future__ import annotations

from collections.abc import Iterator

from ..groups import flows
from ..schema import Channel, Document
from ..stocks import Inflow
from .remark import Remark, least, most

_MISSING = 1e-9
"""Share of what a meeting takes that may be missing, as in ``rules.meetings.has_enough``."""


def meetings_out_of_reach(document: Document) -> Iterator[Remark]:
    """Yield a remark for each channel whose parties can never afford one meeting."""
    for name, channel in document.channels.items():
        highest = _out_of_reach(document, channel)
        if highest is None:
            continue
        assert channel.meetings is not None
        assert channel.meetings.spends is not None
        spends = channel.meetings.spends
        unit = document.stocks[spends.stock].unit
        yield Remark(
            "cannot_meet",
            (f"channels.{name}", f"stocks.{spends.stock}"),
            f"The parties of {name} can never meet: a meeting takes {least(spends.amount):g} "
            f"{unit} or more, and stocks.{spends.stock} never holds more than {highest:.4g}.",
            f"Lower channels.{name}.meetings.spends.amount, or give stocks.{spends.stock} a larger "
            "`initial` or inflow, or higher `bounds`.",
        )


def can_afford_to_meet(document: Document, channel: Channel) -> bool:
    """Return whether there may once be enough to spend on a meeting."""
    return _out_of_reach(document, channel) is None


def _out_of_reach(document: Document, channel: Channel) -> float | None:
    """Return the most that the stock spent can hold, if that is less than one meeting takes."""
    if channel.meetings is None or channel.meetings.spends is None:
        return None
    spends = channel.meetings.spends
    highest = _highest(document, spends.stock)
    return highest if highest < least(spends.amount) * (1.0 - _MISSING) else None


def _highest(document: Document, name: str) -> float:
    """Return the most that a stock can hold over the calendar; infinite where nobody can say."""
    stock = document.stocks[name]
    ceiling = float("inf") if stock.bounds is None else stock.bounds[1]
    is_struck = any(
        effect.of == f"stocks.{name}"
        for event in document.events.values()
        for effect in event.effects.values()
    )
    gained = [_most_gained(document, flow) for s, _, flow in flows(document.stocks) if s == name]
    if is_struck or name in _filled_by_refusals(document):
        return ceiling
    kept = 1.0 if stock.decay is None else 1.0 - least(stock.decay)
    level = highest = 0.0 if stock.initial is None else most(stock.initial)
    for turn in range(document.calendar.turns):
        level = min(kept * level + sum(gained), ceiling)
        highest = level if turn == 0 else max(highest, level)
    return highest


def _filled_by_refusals(document: Document) -> set[str]:
    refusals = (flow.refusals for _, _, flow in flows(document.stocks))
    return {one.to for one in refusals if one is not None and one.to is not None}


def _most_gained(document: Document, flow: Inflow) -> float:
    """Return the most that a flow can bring in one turn; infinite where that is not plain."""
    if flow.answers is not None or flow.origin is not None or flow.rate is not None:
        return float("inf")
    if flow.amount is not None:
        return max(most(flow.amount), 0.0)
    if flow.by is None:
        return float("inf")
    ends = document.levers[flow.by].bounds
    times = (1.0, 1.0) if flow.per is None else (least(flow.per), most(flow.per))
    return max(0.0, *(end * time for end in ends for time in times))
