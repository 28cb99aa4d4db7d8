"""What flows into stocks, what events do, and who decides with a channel, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from minsksim.scenario.groups import flows, origins
from minsksim.scenario.outsiders import by_key, ratifiers_of
from minsksim.text import joined

if TYPE_CHECKING:
    from minsksim.scenario.schema import Document, Effect, Event
    from minsksim.scenario.stocks import Answer, Inflow, Refusals

Row = tuple[str, ...]
WITH = ("Channel", "What", "Who", "How")
EVENTS = ("Name", "Label", "When", "What it does")


def flow_columns(document: Document) -> Row:
    """Return the heads of the table of flows; that of refusals where somebody may refuse."""
    columns = ("Into", "From", "How much in a turn")
    return (*columns, "Who refuses") if _may_refuse(document) else columns


def _may_refuse(document: Document) -> bool:
    return any(flow.refusals is not None for _, _, flow in flows(document.stocks))


def flow_rows(document: Document) -> Iterator[Row]:
    """Yield stock, origin and size of every flow, and who refuses; the stock once."""
    last, may_refuse = "", _may_refuse(document)
    for stock, _, flow in flows(document.stocks):
        left = " or ".join(origins(document.stocks, flow)) or "outside"
        if isinstance(flow.origin, str):
            left = flow.origin
        refusals = "nobody" if flow.refusals is None else _refusals(flow.refusals)
        row = ("" if stock == last else stock, left, _size(flow))
        yield (*row, refusals) if may_refuse else row
        last = stock


def _size(flow: Inflow) -> str:
    """Say how much flows in a turn, and how it is divided."""
    told = []
    if flow.by is not None:
        told.append(flow.by if flow.per is None else f"{flow.per.value:g} for each of {flow.by}")
    if flow.rate is not None:
        told.append(f"{100 * flow.rate.value:g}% of it")
    if flow.amount is not None:
        told.append(f"{flow.amount.value:g}")
    if flow.answers is not None:
        told.append(_answer(flow.answers))
    if flow.shares:
        shares = ", ".join(f"{name} {one.value:g}" for name, one in flow.shares.items())
        told.append(f"shares: {shares}")
    return "; ".join(told)


def _answer(answer: Answer) -> str:
    return f"{_signed(answer.by.value)} at full scale of {answer.to}"


def _signed(value: float) -> str:
    return f"{value:+g}".replace("-", "−")


def _refusals(refusals: Refusals) -> str:
    told = [f"{100 * refusals.share.value:g}%"]
    if refusals.answers is not None:
        told.append(_answer(refusals.answers))
    if refusals.to is not None:
        told.append(f"enter {refusals.to}")
    return ", ".join(told)


def event_rows(document: Document) -> Iterator[Row]:
    """Yield name, label, time and effects of every event."""
    for name, event in document.events.items():
        does = "; ".join(_does(effect) for effect in event.effects.values())
        yield name, event.label, _when(event), does


def _when(event: Event) -> str:
    """Say when an event happens, and for how many turns what it does lasts, if not for ever."""
    hazard = f"{event.hazard.value:g} per turn" if event.hazard else ""
    lasts = sorted({one.lasts for one in event.effects.values() if one.lasts})
    told = f", for {joined([str(turns) for turns in lasts])} turns" if lasts else ""
    return (str(event.on) if event.on else hazard) + told


def _does(effect: Effect) -> str:
    """Say what an effect does to what it names."""
    if effect.switch is not None:
        return f"switches {effect.of.partition('.')[2]} {effect.switch}"
    if effect.set is not None:
        return f"sets {_named(effect.of)} to {effect.set.value:g}"
    assert effect.shift is not None
    fades = f", which fades by {100 * effect.fades.value:g}% a turn" if effect.fades else ""
    return f"shifts {_named(effect.of)} by {_signed(effect.shift.value)}{fades}"


def _named(of: str) -> str:
    """Return what an effect names, in words that a narrow column can break between."""
    word, *names = of.split(".")
    if word == "salience":
        return f"salience of {names[1]} for {names[0]}"
    if word == "trust":
        return f"trust in {names[1]} at {names[0]}"
    return f"the quality of {names[0]}" if word == "channels" else names[0]


def with_rows(document: Document) -> Iterator[Row]:
    """Yield who ratifies, who may stop and who may outbid what a channel agrees."""
    for name, channel in document.channels.items():
        for party, _, one in ratifiers_of(document, name):
            yield name, f"ratifies for {party}", one.by, f"needs {one.needs.value:g} utils"
        if channel.blocking is not None:
            how = "by paying for it" if channel.blocking.side_payments else "watches"
            yield name, "may stop it", ", ".join(channel.blocking.by), how
        for bid in by_key(channel.counter_offer).values():
            offers = ", ".join(document.channels[bid.through].table)
            yield name, f"may outbid for {bid.to}", bid.by, f"offers {offers} in {bid.through}"
