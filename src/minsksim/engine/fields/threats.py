"""Threats: which levers they are about, and where their numbers stand."""

from __future__ import annotations

from minsksim.engine.fields.common import Fields, Place, ints
from minsksim.engine.names import Axes
from minsksim.engine.noise import name_hash
from minsksim.scenario.schema import Document

KEYS = ("demand.to", "sanction.to", "uncertainty", "doubt")


def threat_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """The threats of the file."""
    rows = [
        (
            axes.levers.index(one.demand.lever),
            axes.levers.index(one.sanction.lever),
            one.public,
            name_hash(f"threats.{name}"),
        )
        for name, one in document.threats.items()
    ]
    places = [[place.get(f"threats.{name}.{key}", -1) for key in KEYS] for name in axes.threats]
    return {
        "threat": ints(rows, (len(rows), 4)),
        "index_threat": ints(places, (len(places), len(KEYS))),
    }
