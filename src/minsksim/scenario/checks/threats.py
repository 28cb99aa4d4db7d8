"""Threats: two actors, each with a lever of its own, and a sanction that can stand."""

from __future__ import annotations

from ..places import Faults, Keys, nearest
from ..schema import Document
from ..threats import Aim, Threat
from .relations import can_be_imposed, check_relations


def check_threats(document: Document, faults: Faults) -> None:
    """Check who threatens whom, with what, and for what."""
    for name, threat in document.threats.items():
        path: Keys = ("threats", name)
        for field, actor in (("by", threat.by), ("against", threat.against)):
            if actor not in document.actors:
                faults.add(
                    (*path, field), f"there is no actor {actor}. " + nearest(actor, document.actors)
                )
        if threat.by == threat.against:
            faults.add((*path, "against"), "nobody threatens itself. Name another actor.")
        demanded = _check_aim(document, (*path, "demand"), threat.demand, threat.against, faults)
        sanctioned = _check_aim(document, (*path, "sanction"), threat.sanction, threat.by, faults)
        if demanded:
            _check_sight(document, path, threat, faults)
        if sanctioned:
            _check_sanction(document, path, threat, faults)


def _check_aim(document: Document, path: Keys, aim: Aim, owner: str, faults: Faults) -> bool:
    """Check that the lever exists and is the right actor's; return whether it is."""
    own = [name for name, lever in document.levers.items() if lever.owner == owner]
    if aim.lever not in document.levers:
        faults.add((*path, "lever"), f"there is no lever {aim.lever}. {nearest(aim.lever, own)}")
    elif aim.lever not in own:
        faults.add(
            (*path, "lever"),
            f"{aim.lever} belongs to {document.levers[aim.lever].owner}, not to {owner}: the "
            f"target owns what is demanded, the sender what is imposed. {nearest(aim.lever, own)}",
        )
    return aim.lever in own


def _check_sight(document: Document, path: Keys, threat: Threat, faults: Faults) -> None:
    lever = threat.demand.lever
    tables = [c.table for c in document.channels.values() if threat.by in c.between]
    if document.levers[lever].secret and not any(lever in table for table in tables):
        faults.add(
            (*path, "demand", "lever"),
            f"{lever} is secret and on no table of {threat.by}, which would not see whether its "
            "demand is met. Demand a lever it can see.",
        )


def _check_sanction(document: Document, path: Keys, threat: Threat, faults: Faults) -> None:
    lever = document.levers[threat.sanction.lever]
    if lever.persistence == "momentary":
        faults.add(
            (*path, "sanction", "lever"),
            f"{threat.sanction.lever} falls back every turn, so the sanction could not stand. "
            "Name a standing lever.",
        )
    check_relations(can_be_imposed(path, threat, lever), faults)
