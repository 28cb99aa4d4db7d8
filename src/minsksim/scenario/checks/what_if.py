"""What is supposed: parts that exist, each lever meant once, dates inside the calendar."""

from __future__ import annotations

from collections.abc import Iterator

from ..outsiders import by_key
from ..places import Faults, Keys, nearest
from ..schema import Channel, Document
from ..what_if import Imposed, WhatIf
from .events import check_date


def droppable(document: Document) -> Iterator[str]:
    """Yield the dotted name of every part that can be taken away."""
    for section in ("interests", "events", "channels", "levers"):
        yield from (f"{section}.{name}" for name in getattr(document, section))
    yield from (f"answers.{name}" for name in document.answers or {})
    for name, interest in document.interests.items():
        yield from (f"interests.{name}.terms.{term}" for term in interest.terms)
    for name, channel in document.channels.items():
        if channel.meetings is not None:
            yield f"channels.{name}.meetings"
        if channel.counter_offer is not None:
            yield f"channels.{name}.counter_offer"
            yield from (
                f"channels.{name}.counter_offer.{key}"
                for keys in by_key(channel.counter_offer)
                for key in keys
            )
        yield from _ratifiers(name, channel)
    for name, actor in document.actors.items():
        yield from (f"actors.{name}.salience.{interest}" for interest in actor.salience)


def _ratifiers(name: str, channel: Channel) -> Iterator[str]:
    """Yield all ratifiers of a channel, those of each party, and each of several."""
    head = f"channels.{name}.ratification"
    if channel.ratification:
        yield head
    for party, home in (channel.ratification or {}).items():
        yield f"{head}.{party}"
        yield from (f"{head}.{party}.{key}" for keys in by_key(home) for key in keys)


def check_what_if(document: Document, faults: Faults) -> None:
    """Check what is dropped, forbidden and imposed."""
    asked = document.what_if
    if asked is None:
        return
    known = list(droppable(document))
    for index, name in enumerate(asked.drop):
        place: Keys = ("what_if", "drop", index)
        if name not in known:
            faults.add(place, f"{name} is not a part that can be dropped. {nearest(name, known)}")
        elif name in asked.drop[:index]:
            faults.add(place, f"{name} is dropped twice. Remove one.")
    for index, name in enumerate(asked.forbid):
        _check_lever(document, ("what_if", "forbid", index), name, faults)
        if name in asked.forbid[:index]:
            faults.add(("what_if", "forbid", index), f"{name} is forbidden twice. Remove one.")
    for name, one in asked.impose.items():
        _check_lever(document, ("what_if", "impose", name), name, faults)
        _check_imposed(document, ("what_if", "impose", name), name, one, faults)
    _check_once(asked, faults)


def _check_lever(document: Document, path: Keys, name: str, faults: Faults) -> None:
    if name not in document.levers:
        faults.add(path, f"there is no lever {name}. {nearest(name, document.levers)}")


def _check_imposed(document: Document, path: Keys, name: str, one: Imposed, faults: Faults) -> None:
    check_date(document.calendar, (*path, "on"), one.on, faults)
    whole = [
        inflow.by
        for stock in document.stocks.values()
        if stock.whole
        for inflow in stock.inflows.values()
    ]
    if name in whole and one.to.value != round(one.to.value):
        faults.add((*path, "to"), f"{one.to.value:g}: the lever moves whole units. Round it.")


def _check_once(asked: WhatIf, faults: Faults) -> None:
    """Check that no lever is asked to stand in two places."""
    dropped = [name.removeprefix("levers.") for name in asked.drop if name.startswith("levers.")]
    for name in dict.fromkeys([*dropped, *asked.forbid, *asked.impose]):
        told = [
            word
            for word, names in (
                ("dropped", dropped),
                ("forbidden", asked.forbid),
                ("imposed", asked.impose),
            )
            if name in names
        ]
        if len(told) > 1:
            faults.add(("what_if",), f"{name} is both {' and '.join(told)}. Keep one of them.")
