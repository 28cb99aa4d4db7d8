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
    turn: int
    effects: list[Effect]
    has_happened: bool = False


def make_events(document: Document) -> list[Event]:
    return [
        Event(
            f"events.{name}",
            turn_of(document.calendar, sheet.on),
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
    elif effect.set is not None:  # a lever
        lever = model.levers[rest[0]]
        lever.pending.clear()
        model.quantity[effect.of] = min(max(effect.set.value, lever.low), lever.high)
    else:  # the quality of a channel
        assert effect.shift is not None
        value = model.quantity[effect.of] + effect.shift.value
        model.quantity[effect.of] = min(max(value, 0.0), 1.0)


def find_pairs(document: Document) -> dict[str, tuple[str, str]]:
    """The pairs of actors whose access to each other some interest or measure names."""
    named = [
        term.of for interest in document.interests.values() for term in interest.terms.values()
    ]
    named += [reference for measure in document.measures.values() for reference in measure.of]
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
                through = reach[here] * quality * willing[here]
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
    assert sheet.bias
    bias = sheet.bias.value
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
    rates += market_rates(model)
    willing = willingness(model)
    for actor, sheet in model.case.document.actors.items():
        if sheet.brokers is None:
            continue
        lever = model.levers[sheet.brokers]
        for key, (origin, goal) in model.pairs.items():
            full = access(model, origin, goal, willing | {actor: ceiling(sheet)})
            none = access(model, origin, goal, willing | {actor: 0.0})
            rates.append((lever, key, (full - none) / (lever.high - lever.low)))
    return rates
