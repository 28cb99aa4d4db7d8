"""Threats: which levers they are about, and where their numbers stand."""

from __future__ import annotations

from minsksim.engine.arrays.axes import Axes
from minsksim.engine.arrays.fields.common import Fields, Place, ints
from minsksim.scenario.schema import Document

KEYS = ("demand.to", "sanction.to", "uncertainty", "doubt")


def threat_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """The threats of the file."""
    rows = [
        (
            axes.levers.index(one.demand.lever),
            axes.levers.index(one.sanction.lever),
            one.public,
        )
        for one in document.threats.values()
    ]
    places = [[place.get(f"threats.{name}.{key}", -1) for key in KEYS] for name in axes.threats]
    return {
        "threat": ints(rows, (len(rows), 3)),
        "index_threat": ints(places, (len(places), len(KEYS))),
    }
