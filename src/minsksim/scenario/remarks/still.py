"""Levers that cannot move, and why."""

from __future__ import annotations

from collections.abc import Iterator

from minsksim.text import joined

from ..groups import flows, members, origins
from ..schema import Channel, Document, Effect, Lever
from .remark import Remark, least, most
from .spent import can_afford_to_meet

_TABLE = (
    "Put it on the `table` of a channel of {owner}, let {owner} move it alone "
    "(`unilateral: both`), or write an event that sets it."
)


def still_levers(document: Document) -> Iterator[Remark]:
    """Yield a remark for each lever that nothing can move.

    A lever that ``what_if`` forbids, drops or imposes is meant to stand still.
    """
    asked = document.what_if
    held = {*asked.forbid, *asked.impose, *asked.drop} if asked else set()
    for name, lever in document.levers.items():
        if {name, f"levers.{name}"} & held:
            continue
        found = _why_still(document, name, lever)
        if found is not None:
            yield Remark(
                "still",
                (f"levers.{name}",),
                f"{name} cannot move: {found[0]}.",
                found[1].format(name=name, owner=lever.owner),
            )


def _why_still(document: Document, name: str, lever: Lever) -> tuple[str, str] | None:
    """Return why a lever cannot move and what to write; None if it can."""
    effects = _effects_on(document, f"levers.{name}")
    if any(effect.switch is None for effect in effects):
        return None
    if not lever.active and all(effect.switch != "on" for effect in effects):
        return (
            "it is not active, and no event switches it on",
            "Write `active: true`, or an event with `of: levers.{name}` and `switch: on`.",
        )
    ways = _directions(document, name, lever)
    if not ways:
        return _why_no_way(document, name)
    smallest = 1.0 if _is_whole(document, name) else 0.0
    steps = {way: most(getattr(lever.step, way)) for way in ways}
    ways = {way for way in ways if steps[way] > 0.0 and steps[way] >= smallest}
    if not ways:
        told = "below 1, and it moves whole units" if smallest else "0"
        way = " and ".join(f"`step.{way}`" for way in sorted(steps, reverse=True))
        return f"its step is {told}", f"Make {way} larger."
    low, high = lever.bounds
    if not (("up" in ways and least(lever.initial) < high)
            or ("down" in ways and most(lever.initial) > low)):  # fmt: skip
        return (
            f"it starts at the end of its bounds and can only go {', '.join(sorted(ways))}",
            "Change `initial`, or let it go the other way (`unilateral`, `step`).",
        )
    return _why_empty(document, name, lever)


def _why_no_way(document: Document, name: str) -> tuple[str, str] | None:
    """Return why nobody may move a lever, unless that is told of a channel that it is on."""
    tables = {key: channel for key, channel in document.channels.items() if name in channel.table}
    if not all(can_afford_to_meet(document, one) for one in tables.values()):
        return None
    if tables:
        return (
            f"the parties of {joined(tuple(tables))}, where it is on the table, can never meet, "
            "and nothing else moves it",
            f"Let the parties of {joined(tuple(tables))} meet (`open`, `quality`, dates in "
            "`meetings`), or put it on the `table` of another channel of {owner}.",
        )
    return (
        "it is on no table, nobody moves it alone (`unilateral: none`), and no event or threat "
        "names it",
        _TABLE,
    )


def _directions(document: Document, name: str, lever: Lever) -> set[str]:
    """Return the directions in which somebody may move a lever."""
    threats = document.threats.values()
    if any(name in (one.demand.lever, one.sanction.lever) for one in threats) or any(
        name in channel.table and _can_meet(document, key, channel)
        for key, channel in document.channels.items()
    ):
        return {"up", "down"}
    return {way for way in ("up", "down") if lever.unilateral in (way, "both")}


def _can_meet(document: Document, name: str, channel: Channel) -> bool:
    """Return whether the parties of a channel can ever meet."""
    if document.what_if is not None and f"channels.{name}" in document.what_if.drop:
        return False
    effects = _effects_on(document, f"channels.{name}")
    is_open = channel.open or any(effect.switch == "on" for effect in effects)
    answering = {f"channels.{name}.quality", f"meetings.{name}"}
    is_moved = any(effect.switch is None for effect in effects) or any(
        one.of in answering for one in (document.answers or {}).values()
    )
    has_date = channel.meetings is not None and bool(channel.meetings.on)
    if not can_afford_to_meet(document, channel):
        return False
    return is_open and (is_moved or has_date or most(channel.quality) > 0.0)


def _effects_on(document: Document, reference: str) -> list[Effect]:
    """Return what events do to a quantity."""
    return [
        effect
        for event in document.events.values()
        for effect in event.effects.values()
        if effect.of == reference
    ]


def _is_whole(document: Document, name: str) -> bool:
    return any(
        flow.by == name and document.stocks[s].whole for s, _, flow in flows(document.stocks)
    )


def _why_empty(document: Document, name: str, lever: Lever) -> tuple[str, str] | None:
    """Return that a momentary lever draws on stocks that are empty for ever, if it does."""
    stocks = document.stocks
    drawn = [origins(stocks, flow) for _, _, flow in flows(stocks) if flow.by == name]
    if lever.persistence != "momentary" or most(lever.initial) > lever.bounds[0]:
        return None
    filled = {goal for s, _, _ in flows(stocks) for goal in members(stocks, s)}
    filled |= {
        flow.refusals.to for _, _, flow in flows(stocks) if flow.refusals and flow.refusals.to
    }
    filled |= {s for s in stocks if _effects_on(document, f"stocks.{s}")}
    filled |= {s for s, one in stocks.items() if one.initial is not None and most(one.initial) > 0}
    for pool in drawn:
        if pool and not filled & set(pool):
            return (
                f"it draws on {' and '.join(pool)}, where nothing is and nothing comes",
                f"Give stocks.{pool[0]} an `initial` above 0 or an inflow.",
            )
    return None
