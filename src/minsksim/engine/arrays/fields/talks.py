"""Interests, channels, events and measures."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from minsksim.engine.arrays import records as at
from minsksim.engine.arrays.axes import Axes, turn_of
from minsksim.engine.arrays.fields.common import Fields, Place, ints, most_parties, starts
from minsksim.rules import bargaining, protocols, utility
from minsksim.scenario.references import THREAT_COUNTS
from minsksim.scenario.schema import Document, Measure, Term

SHAPES = {
    "linear": (utility.LINEAR, "", ""),
    "concave": (utility.CONCAVE, "rho", ""),
    "saturating": (utility.SATURATING, "rate", ""),
    "threshold": (utility.THRESHOLD, "midpoint", "steepness"),
}
PROTOCOLS = {
    "nash": bargaining.NASH,
    "kalai_smorodinsky": bargaining.KALAI_SMORODINSKY,
    "egalitarian": bargaining.EGALITARIAN,
    "take_it_or_leave_it": bargaining.TAKE_IT_OR_LEAVE_IT,
    "ultimatum": protocols.ULTIMATUM,
    "alternating_offers": protocols.ALTERNATING_OFFERS,
    "zeuthen": protocols.ZEUTHEN,
    "threats": protocols.THREATS,
    "credible_threats": protocols.CREDIBLE_THREATS,
    "exchange": protocols.EXCHANGE,
    "separate": protocols.SEPARATE,
}
TAKES = {
    "final": at.FINAL,
    "mean": at.MEAN,
    "total": at.TOTAL,
    "minimum": at.MINIMUM,
    "maximum": at.MAXIMUM,
    "change": at.CHANGE,
    "first_above": at.FIRST_ABOVE,
}
AT_END = (at.FINAL, at.CHANGE)
"""Takes of measures that are read once, after the last turn."""

COUNTS = {
    "agreements": at.OF_AGREEMENTS,
    "breaches": at.OF_BREACHES,
    "blocked": at.OF_BLOCKED,
    "delivered": at.OF_DELIVERED,
}


def interest_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """The terms of all interests, and for each lever the terms that name it."""
    quantity = {name: v for v, name in enumerate(axes.quantities)}
    terms: list[tuple[str, str, Term]] = [
        (k, name, term)
        for k, interest in document.interests.items()
        for name, term in interest.terms.items()
    ]
    index = []
    for k, name, term in terms:
        _, first, second = SHAPES[term.shape]
        prefix = f"interests.{k}.terms.{name}"
        index.append([place.get(f"{prefix}.{key}", -1) for key in ("effect", first, second)])
    direct: list[list[int]] = [[] for _ in axes.levers]
    curved = [0] * len(axes.levers)
    for n, (_, _, term) in enumerate(terms):
        for reference in (term.of, term.times):
            if reference is not None and quantity[reference] < len(axes.levers):
                direct[quantity[reference]].append(n)
        if quantity[term.of] < len(axes.levers) and term.shape != "linear":
            curved[quantity[term.of]] = 1
    times = [-1 if t.times is None else quantity[t.times] for _, _, t in terms]
    return {
        "index_term": ints(index, (len(terms), 3)),
        "term_interest": ints([axes.interests.index(k) for k, _, _ in terms]),
        "term_of": ints([quantity[term.of] for _, _, term in terms]),
        "term_times": ints(times),
        "term_shape": ints([SHAPES[term.shape][0] for _, _, term in terms]),
        "lever_curved": ints(curved),
        "direct_start": starts([len(rows) for rows in direct]),
        "direct_terms": ints([n for rows in direct for n in rows]),
    }


def channel_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """Who each channel links, how it settles, and what may be on its table."""
    channels = list(document.channels.values())
    widest = most_parties(document)
    seats = [[axes.actors.index(party) for party in channel.between] for channel in channels]
    edges = [(c, pair) for c, row in enumerate(seats) for pair in combinations(row, 2)]
    homes = [channel.ratification or {} for channel in channels]
    ratifiers = [
        [
            axes.actors.index(home[party].by) if party in home else -1
            for party in channel.between[:2]
        ]
        for channel, home in zip(channels, homes, strict=True)
    ]
    payers = [
        ch.blocking.by if ch.blocking and ch.blocking.side_payments else () for ch in channels
    ]
    return {
        "channel_rounds": ints([channel.rounds or 0 for channel in channels]),
        "ratifier": ints(ratifiers, (len(channels), 2)),
        "blocker_start": starts([len(names) for names in payers]),
        "blockers": ints([axes.actors.index(name) for names in payers for name in names]),
        "channel_ends": ints([row[:2] for row in seats], (len(channels), 2)),
        "channel_size": ints([len(row) for row in seats]),
        "seats": ints([row + [-1] * (widest - len(row)) for row in seats], (len(seats), widest)),
        "edge_ends": ints([pair for _, pair in edges], (len(edges), 2)),
        "edge_channel": ints([c for c, _ in edges]),
        "channel_protocol": ints([PROTOCOLS[channel.protocol] for channel in channels]),
        "channel_public": ints([channel.public for channel in channels]),
        "channel_open": ints([channel.open for channel in channels]),
        "channel_tranches": ints([channel.tranches for channel in channels]),
        "table_start": starts([len(channel.table) for channel in channels]),
        "table_levers": ints([axes.levers.index(name) for ch in channels for name in ch.table]),
    }


def effect_target(of: str, document: Document, axes: Axes) -> tuple[int, int, int]:
    """Return kind, first and second index of what an event effect names."""
    section, *rest = of.split(".")
    if section == "salience":
        return at.ON_SALIENCE, axes.actors.index(rest[0]), axes.interests.index(rest[1])
    if section == "trust":
        side = document.channels[rest[0]].between.index(rest[1])
        return at.ON_TRUST, axes.channels.index(rest[0]), side
    return at.ON_QUANTITY, axes.quantities.index(of), 0


def event_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """When events strike and what they do."""
    events = list(document.events.values())
    turns = [0 if e.on is None else turn_of(document.calendar, e.on) for e in events]
    rows = []
    for number, event in enumerate(events):
        for effect in event.effects.values():
            if effect.switch is not None:
                how = at.SWITCH_ON if effect.switch == "on" else at.SWITCH_OFF
            else:
                how = at.SET if effect.set is not None else at.SHIFT
            rows.append((number, *effect_target(effect.of, document, axes), how))
    table = ints(rows, (len(rows), 5))
    keys = ("effect_event", "effect_kind", "effect_first", "effect_second", "effect_how")
    fields: Fields = {key: ints(table[:, column]) for column, key in enumerate(keys)}
    fields["event_turn"] = ints(turns)
    return fields


def _reads_utility(measure: Measure) -> bool:
    """Return whether a measure needs to know utilities in turns between the first and last."""
    is_of_utility = any(of.startswith("utility.") for of in measure.of)
    return is_of_utility and measure.take not in ("final", "change")


def measure_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """What each measure adds up and how it is taken."""
    kinds, indices = [], []
    for measure in document.measures.values():
        for of in measure.of:
            section, *rest = of.split(".")
            if section == "utility":
                kinds.append(at.OF_UTILITY)
                indices.append(axes.actors.index(rest[0]))
            elif section in COUNTS:
                kinds.append(COUNTS[section])
                indices.append(axes.channels.index(rest[0]))
            elif section == "threats":
                kinds.append(at.OF_THREATS)
                row = axes.threats.index(rest[0]) * len(THREAT_COUNTS)
                indices.append(row + THREAT_COUNTS.index(rest[1]))
            else:
                kinds.append(at.OF_QUANTITY)
                indices.append(axes.quantities.index(of))
    measures = list(document.measures.values())
    takes = [TAKES[measure.take] for measure in measures]
    above = [0.0 if m.above is None else m.above for m in measures]
    return {
        "measures_utility": int(any(_reads_utility(measure) for measure in measures)),
        "measure_take": ints(takes),
        "measures_running": ints([q for q, take in enumerate(takes) if take not in AT_END]),
        "measure_start": starts([len(m.of) for m in measures]),
        "measure_kind": ints(kinds),
        "measure_index": ints(indices),
        "measure_above": np.array(above, dtype=np.float64),
    }
