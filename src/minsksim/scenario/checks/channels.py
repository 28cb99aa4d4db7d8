"""Channels: different parties, one open line between two of them, what lies on its table."""

from __future__ import annotations

from ..places import Faults, Keys, nearest
from ..schema import Channel, Document
from .relations import check_relations, has_evidence
from .terms import check_terms


def check_channels(document: Document, faults: Faults) -> None:
    """Check each channel, and that no pair of actors has two open ones."""
    open_lines: dict[frozenset[str], str] = {}
    for name, channel in document.channels.items():
        path: Keys = ("channels", name)
        for index, actor in enumerate(channel.between):
            if actor not in document.actors:
                faults.add(
                    (*path, "between", index),
                    f"there is no actor {actor}. " + nearest(actor, document.actors),
                )
        pair = frozenset(channel.between)
        if len(channel.between) == 2 and len(pair) == 1:
            faults.add(
                (*path, "between"),
                "a channel needs two different actors; nobody bargains "
                "with itself. Name two actors.",
            )
        elif len(pair) < len(channel.between):
            faults.add((*path, "between"), "an actor sits at this table twice. Name it once.")
        if channel.open and pair in open_lines:
            faults.add(
                path,
                f"{open_lines[pair]} is already open between the same "
                f"{'two' if len(pair) == 2 else len(pair)} actors. "
                "Close one of them (open: false), or join their tables.",
            )
        if channel.open:
            open_lines.setdefault(pair, name)
        if channel.tranches > document.calendar.turns:
            faults.add(
                (*path, "tranches"),
                f"{channel.tranches} parts, one a turn, do not fit into "
                f"{document.calendar.turns} turns. Write fewer.",
            )
        _check_table(document, path, channel, faults)
        _check_trust(path, channel, faults)
        check_terms(document, path, channel, faults)


def _check_table(document: Document, path: Keys, channel: Channel, faults: Faults) -> None:
    known = [name for name, lever in document.levers.items() if lever.owner in channel.between]
    if not channel.table:
        faults.add(
            (*path, "table"),
            "nothing is on the table. Name levers of its actors. " + nearest("", known),
        )
    for index, lever in enumerate(channel.table):
        place: Keys = (*path, "table", index)
        if lever not in document.levers:
            faults.add(place, f"there is no lever {lever}. {nearest(lever, known)}")
        elif lever not in known:
            faults.add(
                place,
                f"{lever} belongs to {document.levers[lever].owner}, who is not in "
                f"this channel. {nearest(lever, known)}",
            )
        elif lever in channel.table[:index]:
            faults.add(place, f"{lever} is on the table twice. Remove one.")


def _check_trust(path: Keys, channel: Channel, faults: Faults) -> None:
    parties = set(channel.between)
    for party in sorted(parties - set(channel.trust)):
        faults.add(
            (*path, "trust"),
            f"the ledger of {party} is missing. Add {party}: {{kept: ..., broken: ...}}.",
        )
    for party in channel.trust:
        place: Keys = (*path, "trust", party)
        if party not in parties:
            faults.add(place, f"{party} is not a party to this channel. {nearest(party, parties)}")
    check_relations(has_evidence(path, channel), faults)
