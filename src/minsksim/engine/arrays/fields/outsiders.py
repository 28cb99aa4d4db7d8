"""Who must ratify what a channel agrees, and who can offer a party something better."""

from __future__ import annotations

from minsksim.engine.arrays.axes import Axes
from minsksim.engine.arrays.fields.common import Fields, Place, ints, starts
from minsksim.scenario.outsiders import by_key, ratifiers_of
from minsksim.scenario.schema import Document


def ratifier_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """Who ratifies for which party, in the order of parties and of the file, and what it needs."""
    rows: list[tuple[int, int]] = []
    needs, lengths = [], []
    for c, channel in document.channels.items():
        before = len(rows)
        for party, name, one in ratifiers_of(document, c):
            rows.append((axes.actors.index(one.by), channel.between.index(party)))
            needs.append(place[f"{name}.needs"])
        lengths.append(len(rows) - before)
    return {
        "ratifier_start": starts(lengths),
        "ratifier": ints(rows, (len(rows), 2)),
        "index_needs": ints(needs),
    }


def counter_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """Who can bid for which party of a channel, and through which channel, in the file's order."""
    rows, lengths = [], []
    for c, channel in enumerate(document.channels.values()):
        bids = by_key(channel.counter_offer).values()
        for bid in bids:
            ends = document.channels[bid.through].between
            seats = ends.index(bid.to), ends.index(bid.by)
            at = axes.channels.index(bid.through)
            rows.append((c, channel.between.index(bid.to), at, *seats))
        lengths.append(len(bids))
    return {"counter_start": starts(lengths), "counter": ints(rows, (len(rows), 5))}
