"""The same scenario under another bargaining protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from minsksim.errors import UsageError
from minsksim.frozen import FrozenMap
from minsksim.vocabulary import PROTOCOLS

from .load import Scenario, digest_of
from .numbers import walk_numbers
from .places import dotted, nearest
from .schema import Document


def two_party_channels(document: Document) -> tuple[str, ...]:
    """Return the channels in which any protocol can be used, in the order of the file."""
    return tuple(name for name, one in document.channels.items() if len(one.between) == 2)


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
        If there is no such protocol or channel, or the channel is a table of several parties.
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
