"""What surrounds the actors of the plain model: events, paths of access, what levers drive."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plain_market import market_rates
from plain_parts import Lever

from minsksim.engine.arrays.axes import turn_of
from minsksim.scenario.schema import Actor, Document, Effect

if TYPE_CHECKING:
    from mesa_plain import PlainModel


@dataclass(eq=False)
class Event:
    key: str
    turn: int | None
    hazard: float
    effects: list[Effect]
    has_happened: bool = False


def make_events(document: Document) -> list[Event]:
    return [
        Event(
            f"events.{name}",
            turn_of(document.calendar, sheet.on) if sheet.on else None,
            sheet.hazard.value if sheet.hazard else 0.0,
            list(sheet.effects.values()),
        )
        for name, sheet in document.events.items()
    ]


def strike(model: PlainModel, effect: Effect) -> None:
    section, *rest = effect.of.split(".")
    if effect.switch is not None:
        is_on = effect.switch == "on"
        if section == "levers":
            model.levers[rest[0]].is_active = is_on
        else:
            model.channel_named(rest[0]).is_open = is_on
    elif section == "salience":
        model.actors[rest[0]].reconsider(rest[1], effect)
    elif section == "trust":
        channel = model.channel_named(rest[0])
        evidence = channel.evidence[channel.parties.index(rest[1])]
        amount = (effect.set or effect.shift).value  # type: ignore[union-attr]
        evidence[0 if amount >= 0.0 else 1] += abs(amount)
    else:
        change(model, section, effect)


def change(model: PlainModel, section: str, effect: Effect) -> None:
    if effect.set is not None:
        value = effect.set.value
    else:
        assert effect.shift is not None
        value = model.quantity[effect.of] + effect.shift.value
    if section == "levers":
        lever = model.levers[effect.of.split(".")[1]]
        value = min(max(value, lever.low), lever.high)
        lever.pending.clear()
    elif section == "stocks":
        value = max(value, 0.0)
    else:
        value = min(max(value, 0.0), 1.0)
    model.quantity[effect.of] = value


def find_pairs(document: Document) -> dict[str, tuple[str, str]]:
    """The pairs of actors whose access to each other some interest or measure names."""
    named = [
        reference
        for interest in document.interests.values()
        for term in interest.terms.values()
        for reference in (term.of, term.times)
        if reference
    ]
    named += [reference for measure in document.measures.values() for reference in measure.of]
    named += [
        inflow.answers.to
        for stock in document.stocks.values()
        for inflow in stock.inflows.values()
        if inflow.answers
    ]
    pairs = {}
    for reference in named:
        section, *rest = reference.split(".")
        if section == "access":
            pairs[reference] = rest[0], rest[1]
    return pairs


def access(
    model: PlainModel, origin: str, goal: str, willing: dict[str, float] | None = None
) -> float:
    """Best path product of channel qualities; every actor in between passes on what it will."""
    willing = willing or willingness(model)
    reach = dict.fromkeys(model.case.document.actors, 0.0)
    reach[origin] = 1.0
    has_changed = True
    while has_changed:
        has_changed = False
        for channel in model.channels:
            if not channel.is_open:
                continue
            quality = model.quantity[channel.key]
            first, second = channel.parties
            for here, there in ((first, second), (second, first)):
                through = reach[here] * quality
                if here != origin:
                    through *= willing[here]
                if through > reach[there]:
                    reach[there] = through
                    has_changed = True
    return reach[goal]


def willingness(model: PlainModel) -> dict[str, float]:
    return {
        name: model.scaled(f"levers.{sheet.brokers}") * ceiling(sheet) if sheet.brokers else 1.0
        for name, sheet in model.case.document.actors.items()
    }


def ceiling(sheet: Actor) -> float:
    """What a biased messenger can pass on at best (Crawford and Sobel)."""
    bias = sheet.bias.value if sheet.bias else 0.0
    if bias <= 0.0:
        return 1.0
    shades = math.ceil(-0.5 + 0.5 * math.sqrt(1.0 + 2.0 / bias))
    return 1.0 - 1.0 / shades**2 - 4.0 * bias**2 * (shades**2 - 1.0)


def link_rates(model: PlainModel) -> list[tuple[Lever, str, float]]:
    """What a unit of each lever adds to the stocks, prices and paths it drives."""
    rates = []
    for inflow in model.inflows:
        if inflow.by is None:
            continue
        rates.append((inflow.by, inflow.to, 1.0))
        if inflow.origin:
            rates.append((inflow.by, inflow.origin, -1.0))
        rates += [(inflow.by, counter, 1.0) for counter in inflow.counters]
    for inflow in model.inflows:
        if inflow.answers_to is None or not inflow.answers_to.startswith("levers."):
            continue
        lever = model.levers[inflow.answers_to.split(".")[1]]
        rate = inflow.answer / (lever.high - lever.low)
        rates += [(lever, key, rate) for key in (inflow.to, *inflow.counters)]
        rates += [(lever, inflow.origin, -rate)] if inflow.origin else []
    rates += market_rates(model)
    willing = willingness(model)
    for actor, sheet in model.case.document.actors.items():
        if sheet.brokers is None:
            continue
        lever = model.levers[sheet.brokers]
        for key, (origin, goal) in model.pairs.items():
            if actor in (origin, goal):
                continue
            full = access(model, origin, goal, willing | {actor: ceiling(sheet)})
            none = access(model, origin, goal, willing | {actor: 0.0})
            rates.append((lever, key, (full - none) / (lever.high - lever.low)))
    return rates
