"""Counter-offers: an outsider, a party, and an open line between the two."""

from __future__ import annotations

from ..outsiders import CounterOffer, by_key
from ..places import Faults, Keys, nearest
from ..schema import Channel, Document


def check_counter_offers(document: Document, path: Keys, channel: Channel, faults: Faults) -> None:
    """Check that each outsider can reach the party that it bids for."""
    seen: list[CounterOffer] = []
    for keys, bid in by_key(channel.counter_offer).items():
        place: Keys = (*path, "counter_offer", *keys)
        if bid in seen:
            faults.add(place, f"{bid.by} bids for {bid.to} already. Remove one.")
        seen.append(bid)
        if _has_ends(document, place, channel, bid, faults):
            _check_line(document, place, str(path[-1]), bid, faults)
            _check_beliefs(document, place, channel, bid, faults)


def _has_ends(
    document: Document, place: Keys, channel: Channel, bid: CounterOffer, faults: Faults
) -> bool:
    """Return whether an outsider bids for a party."""
    if bid.to not in channel.between:
        told = f"{bid.to} is not a party to this channel. {nearest(bid.to, channel.between)}"
        faults.add((*place, "to"), told)
    if bid.by not in document.actors:
        told = f"there is no actor {bid.by}. {nearest(bid.by, document.actors)}"
        faults.add((*place, "by"), told)
    elif bid.by in channel.between:
        told = f"{bid.by} sits at this table and can refuse to sign. Name an outsider."
        faults.add((*place, "by"), told)
    return bid.to in channel.between and bid.by in set(document.actors) - set(channel.between)


def _check_line(
    document: Document, place: Keys, against: str, bid: CounterOffer, faults: Faults
) -> None:
    pair = {bid.by, bid.to}
    lines = [name for name, one in document.channels.items() if set(one.between) == pair]
    if bid.through in lines:
        return
    told = f"{bid.through} is not a channel of {bid.by} and {bid.to} alone."
    if bid.through not in document.channels:
        told = f"there is no channel {bid.through}."
    fix = nearest(bid.through, lines) if lines else f"Add one between {bid.by} and {bid.to}."
    faults.add((*place, "through"), f"{told} {fix}")


def _check_beliefs(
    document: Document, place: Keys, channel: Channel, bid: CounterOffer, faults: Faults
) -> None:
    """A bid is made on what all know: whoever is at either table can have no private type."""
    for name, belief in document.beliefs.items():
        if belief.of in {*channel.between, bid.by}:
            faults.add(
                place,
                f"what {belief.of} gains is private (beliefs.{name}), and a counter-offer is "
                "worked out from what all know. Remove one of the two.",
            )
