"""The same scenario under another bargaining protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from minsksim.errors import UsageError
from minsksim.frozen import FrozenMap
from minsksim.vocabulary import PROTOCOLS, TAKING_LUMPS

from .load import Scenario, digest_of
from .numbers import walk_numbers
from .places import dotted, nearest
from .schema import Document


def two_party_channels(document: Document) -> tuple[str, ...]:
    """Return the channels in which any protocol can be used, in the order of the file."""
    return tuple(name for name, one in document.channels.items() if len(one.between) == 2)


def protocols_for(document: Document, channels: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the protocols by which some channels of two parties, or all, can settle."""
    known = two_party_channels(document)
    tables = [document.channels[name].table for name in channels or known if name in known]
    has_lumps = any(document.levers[lever].steps is not None for one in tables for lever in one)
    return TAKING_LUMPS if has_lumps else tuple(PROTOCOLS)


def with_protocol(scenario: Scenario, protocol: str, channels: Sequence[str] = ()) -> Scenario:
    """Return a scenario whose channels settle by another protocol.

    Parameters
    ----------
    scenario : Scenario
    protocol : str
        One of ``vocabulary.PROTOCOLS``.
    channels : sequence of str
        Only these; by default every channel of two parties.

    Returns
    -------
    Scenario
        Named after the protocol; all else is equal. ``rounds`` and ``breakdown`` stay only under
        ``alternating_offers``.

    Raises
    ------
    UsageError
        If there is no such protocol or channel, the channel is a table of several parties, or a
        lever on its table has steps and the protocol cannot bargain about lumps.
    """
    document = scenario.document
    if protocol not in PROTOCOLS:
        raise UsageError(f"There is no protocol {protocol}. {nearest(protocol, PROTOCOLS)}")
    known = two_party_channels(document)
    for name in channels:
        if name not in known:
            raise UsageError(
                f"{scenario.name} has no two-party channel {name}. {nearest(name, known)}"
            )
    if not known:
        raise UsageError(f"{scenario.name} has no channel of two parties to compare protocols on.")
    if protocol not in protocols_for(document, channels):
        raise UsageError(
            f"{protocol} cannot bargain about levers that come in lumps, and {scenario.name} has "
            f"some on a table. Use {', '.join(TAKING_LUMPS)}."
        )
    changes: dict[str, object] = {"protocol": protocol}
    if protocol != "alternating_offers":
        changes |= {"rounds": None, "breakdown": None}
    changed = {
        name: one.model_copy(update=changes) if name in (channels or known) else one
        for name, one in document.channels.items()
    }
    other = document.model_copy(update={"channels": changed})
    numbers = {dotted(place): number for place, number in walk_numbers(other)}
    return replace(
        scenario,
        name=protocol,
        document=other,
        numbers=FrozenMap(numbers),
        digest=digest_of(other),
    )
