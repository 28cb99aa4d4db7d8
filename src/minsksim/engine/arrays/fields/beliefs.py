"""Beliefs: whose salience is private, who wonders, and where the numbers of both types stand."""

from __future__ import annotations

from minsksim.engine.arrays.axes import Axes
from minsksim.engine.arrays.fields.common import Fields, Place, ints
from minsksim.engine.arrays.randomness import name_hash
from minsksim.scenario.beliefs import PUBLIC
from minsksim.scenario.schema import Document
from minsksim.vocabulary import BELIEF_TYPES


def belief_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """The beliefs of the file; the salience row of either type differs in one place."""
    rows, kinds = [], []
    for name, one in document.beliefs.items():
        believer = -1 if one.by == PUBLIC else axes.actors.index(one.by)
        truth = -1 if one.truth is None else BELIEF_TYPES.index(one.truth)
        address = name_hash(f"beliefs.{name}")
        rows.append((axes.actors.index(one.of), believer, truth, address))
        own = [place.get(f"actors.{one.of}.salience.{k}", -1) for k in axes.interests]
        for kind in BELIEF_TYPES:
            row = list(own)
            row[axes.interests.index(one.interest)] = place[f"beliefs.{name}.{kind}"]
            kinds.append(row)
    return {
        "belief": ints(rows, (len(rows), 4)),
        "index_prior": ints([place[f"beliefs.{name}.prior"] for name in axes.beliefs]),
        "index_kind": ints(kinds, (len(rows), 2, len(axes.interests))),
    }
