"""The table of the plain model: meet, offer, sign, and deliver or break."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from plain_actor import TINY
from plain_package import Gains, Row, find_package
from plain_parts import Channel, Lever, Offer

if TYPE_CHECKING:
    from mesa_plain import PlainModel


def negotiate(model: PlainModel, channel: Channel) -> None:
    if not channel.is_open:
        return
    if model.draw(channel.key, "meet") >= model.quantity[channel.key]:
        return
    offer = propose(model, channel)
    if offer is None:
        return
    parties = [model.actors[name] for name in channel.parties]
    if all(p.accepts(channel, gain) for p, gain in zip(parties, offer.gains, strict=True)):
        sign(model, channel, offer)


def propose(model: PlainModel, channel: Channel) -> Offer | None:
    """The Nash package, if there is one worth signing."""
    free = [
        lever
        for lever in channel.table
        if lever.is_active and lever.promised is None and not lever.pending
    ]
    first, second = (model.actors[name] for name in channel.parties)
    gains_of = valuation(model, channel, free)
    log_first, log_second = math.log(first.patience), math.log(second.patience)
    alpha = log_second / (log_first + log_second)
    least = first.reservation, second.reservation
    rows = [Row(lever, model.quantity[lever.key], *reach(model, lever)) for lever in free]
    if not find_package(rows, gains_of, alpha, least):
        return None
    has_people = any(lever.is_whole for lever in free)
    for lift in (0.5, 0.0, 1.0 - TINY) if has_people else (0.0,):
        offer = weigh(channel, rows, gains_of, lift)
        if suits_all(offer, least):
            return offer
    return None


def valuation(model: PlainModel, channel: Channel, free: list[Lever]) -> Gains:
    """Return what both parties gain by a move; the partner's moves count with trust."""
    first, second = (model.actors[name] for name in channel.parties)
    trust = channel.trust_of(0), channel.trust_of(1)
    levels: dict[Lever, tuple[float, float]] = {}
    for lever in free:
        now = model.quantity[lever.key]
        levels[lever] = first.level(lever, now), second.level(lever, now)

    def gains_of(lever: Lever, value: float) -> tuple[float, float]:
        before = levels[lever]
        u = first.level(lever, value) - before[0]
        v = second.level(lever, value) - before[1]
        if lever.delay:
            u, v = u * first.patience**lever.delay, v * second.patience**lever.delay
        cost = lever.price(model.quantity[lever.key], value)
        if lever.owner == first.name:
            return u - cost, v * trust[1]
        return u * trust[0], v - cost

    return gains_of


def weigh(channel: Channel, rows: list[Row], gains_of: Gains, lift: float) -> Offer:
    """Return the package with people in whole numbers, and what it brings both parties."""
    offer = Offer({}, [0.0, 0.0], [0.0, 0.0])
    for row in rows:
        lever = row.lever
        value = float(math.floor(row.chosen + lift)) if lever.is_whole else row.chosen
        if abs(value - row.now) <= TINY * (lever.high - lever.low):
            continue
        offer.moves[lever] = value
        for side, gain in enumerate(gains_of(lever, value)):
            offer.gains[side] += gain
            if lever.owner == channel.parties[side]:
                offer.own[side] += gain
    return offer


def suits_all(offer: Offer, least: tuple[float, float]) -> bool:
    if not offer.moves or sum(offer.gains) <= TINY:
        return False
    if any(gain < bound - TINY for gain, bound in zip(offer.gains, least, strict=True)):
        return False
    offer.gains = [max(gain, bound) for gain, bound in zip(offer.gains, least, strict=True)]
    return True


def reach(model: PlainModel, lever: Lever) -> tuple[float, float]:
    """How far a lever can go in a package of its channel: none is on two tables."""
    now = model.quantity[lever.key]
    low = max(lever.low, now - lever.step["down"])
    high = min(lever.high, now + lever.step["up"])
    if lever.drawn:
        high = max(now, min(high, model.quantity[lever.drawn]))
    if lever.is_whole:
        low, high = min(now, math.ceil(low)), max(now, math.floor(high))
    return low, high


def sign(model: PlainModel, channel: Channel, offer: Offer) -> None:
    channel.agreement = offer
    for name, actor in model.actors.items():
        offer.externalities[name] = sum(
            actor.worth(lever, model.quantity[lever.key], value)
            for lever, value in offer.moves.items()
        )
    for lever, value in offer.moves.items():
        lever.promised = channel
        offer.externalities[lever.owner] -= lever.price(model.quantity[lever.key], value)


def deliver(model: PlainModel, channel: Channel) -> None:
    offer = channel.agreement
    assert offer is not None
    for side, name in enumerate(channel.parties):
        offer.kept[side] = model.actors[name].keeps(channel, offer.gains[side], offer.own[side])
    for lever, value in offer.moves.items():
        side = channel.parties.index(lever.owner)
        is_held_back = not offer.kept[1 - side] and lever.is_reversible
        if not offer.kept[side] or is_held_back:
            continue
        now = model.quantity[lever.key]
        model.actors[lever.owner].paid += lever.price(now, value)
        lever.planned = value
        if not lever.is_momentary:
            if lever.bound is not channel:
                lever.bound_from = now
            lever.bound = channel
    for side, name in enumerate(channel.parties):
        channel.judge(side, offer.kept[side])
        if not offer.kept[side]:
            model.actors[name].break_faith(channel)
