"""The terms of a channel: a protocol with what it needs, ratifiers at home, outsiders who block."""

from __future__ import annotations

from collections.abc import Mapping

from ..outsiders import Ratifier, by_key
from ..places import Faults, Keys, nearest
from ..schema import Channel, Document
from .counter_offer import check_counter_offers


def check_terms(document: Document, path: Keys, channel: Channel, faults: Faults) -> None:
    """Check that protocol, ratification, blocking and counter-offers fit the channel."""
    _check_protocol(document, path, channel, faults)
    _check_ratification(document, path, channel, faults)
    _check_blocking(document, path, channel, faults)
    check_counter_offers(document, path, channel, faults)


def _check_protocol(document: Document, path: Keys, channel: Channel, faults: Faults) -> None:
    for key in ("rounds", "breakdown"):
        if getattr(channel, key) is not None and channel.protocol != "alternating_offers":
            faults.add(
                (*path, key),
                f"belongs to alternating_offers, and the protocol is {channel.protocol}. "
                "Remove it, or write protocol: alternating_offers.",
            )
    if len(channel.between) > 2 and channel.protocol != "nash":
        faults.add(
            (*path, "protocol"),
            f"{channel.protocol} is for two parties, and {len(channel.between)} sit at this table. "
            "Write protocol: nash, or name two actors.",
        )
    elif channel.protocol == "exchange":
        owners = {document.levers[name].owner for name in channel.table if name in document.levers}
        for party in sorted(set(channel.between) - owners):
            faults.add(
                (*path, "table"),
                f"an exchange swaps one lever of each party, and none of {party} is on the table. "
                "Add one, or choose another protocol.",
            )


def _check_ratification(document: Document, path: Keys, channel: Channel, faults: Faults) -> None:
    if channel.ratification is not None and len(channel.between) > 2:
        faults.add(
            (*path, "ratification"),
            f"ratification is for two parties, and {len(channel.between)} sit at this table. "
            "Remove it, or name two actors.",
        )
    for party, home in (channel.ratification or {}).items():
        place: Keys = (*path, "ratification", party)
        if party not in channel.between:
            faults.add(
                place,
                f"{party} is not a party to this channel. {nearest(party, channel.between)}",
            )
        _check_ratifiers(document, place, channel, by_key(home), faults)
    if channel.ratification is not None and not channel.ratification:
        faults.add((*path, "ratification"), "nobody ratifies. Name a party, or remove it.")


def _check_ratifiers(
    document: Document,
    place: Keys,
    channel: Channel,
    home: Mapping[tuple[str, ...], Ratifier],
    faults: Faults,
) -> None:
    seen: list[str] = []
    for keys, one in home.items():
        where: Keys = (*place, *keys, "by")
        check_actor(document, where, one.by, faults)
        if one.by in channel.between:
            faults.add(
                where,
                f"{one.by} sits at this table and signs or refuses itself. Name somebody at home, "
                f"or write what {one.by} needs as its `reservation`.",
            )
        if one.by in seen:
            faults.add(where, f"{one.by} ratifies for this party already. Remove one.")
        seen.append(one.by)


def _check_blocking(document: Document, path: Keys, channel: Channel, faults: Faults) -> None:
    if channel.blocking is None:
        return
    names = channel.blocking.by
    if not names:
        faults.add((*path, "blocking", "by"), "nobody can block. Name an outsider, or remove it.")
    for index, name in enumerate(names):
        place: Keys = (*path, "blocking", "by", index)
        check_actor(document, place, name, faults)
        if name in channel.between:
            faults.add(
                place, f"{name} sits at this table and can refuse to sign. Name an outsider."
            )
        elif name in names[:index]:
            faults.add(place, f"{name} is named twice. Remove one.")


def check_actor(document: Document, place: Keys, name: str, faults: Faults) -> None:
    """Check that there is an actor of a name."""
    if name not in document.actors:
        faults.add(place, f"there is no actor {name}. {nearest(name, document.actors)}")
