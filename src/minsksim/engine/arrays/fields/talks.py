"""Interests, channels, events and measures."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from minsksim.endings import MEETING_CODES, MEETING_COUNTS
from minsksim.engine.arrays.axes import Axes, turn_of
from minsksim.engine.arrays.fields.common import Fields, Place, ints, most_parties, starts
from minsksim.scenario.schema import Document, Effect, Measure, Term
from minsksim.vocabulary import (
    AMOUNTS,
    AT_END,
    OF_MEETINGS,
    OF_QUANTITY,
    OF_THREATS,
    ON_QUANTITY,
    ON_TRUST,
    PROTOCOLS,
    REPORTS,
    SHAPES,
    SWITCHES,
    TAKES,
    TARGETS,
    THREAT_COUNTS,
)


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
        first, second = (*SHAPES[term.shape].needs, "", "")[:2]
        prefix = f"interests.{k}.terms.{name}"
        index.append([place.get(f"{prefix}.{key}", -1) for key in ("effect", first, second)])
    direct: list[list[int]] = [[] for _ in axes.levers]
    curved = [0] * len(axes.levers)
    for n, (_, _, term) in enumerate(terms):
        for reference in (term.of, term.times):
            if reference is not None and quantity[reference] < len(axes.levers):
                direct[quantity[reference]].append(n)
        if quantity[term.of] < len(axes.levers) and term.shape != "linear":
            lumpy = document.levers[axes.levers[quantity[term.of]]].steps
            curved[quantity[term.of]] = int(not lumpy)
    times = [-1 if t.times is None else quantity[t.times] for _, _, t in terms]
    return {
        "index_term": ints(index, (len(terms), 3)),
        "term_interest": ints([axes.interests.index(k) for k, _, _ in terms]),
        "term_of": ints([quantity[term.of] for _, _, term in terms]),
        "term_times": ints(times),
        "term_shape": ints([SHAPES[term.shape].code for _, _, term in terms]),
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
    payers = [
        ch.blocking.by if ch.blocking and ch.blocking.side_payments else () for ch in channels
    ]
    return {
        "channel_rounds": ints([channel.rounds or 0 for channel in channels]),
        "blocker_start": starts([len(names) for names in payers]),
        "blockers": ints([axes.actors.index(name) for names in payers for name in names]),
        "channel_ends": ints([row[:2] for row in seats], (len(channels), 2)),
        "channel_size": ints([len(row) for row in seats]),
        "seats": ints([row + [-1] * (widest - len(row)) for row in seats], (len(seats), widest)),
        "edge_ends": ints([pair for _, pair in edges], (len(edges), 2)),
        "edge_channel": ints([c for c, _ in edges]),
        "channel_protocol": ints([PROTOCOLS[channel.protocol].code for channel in channels]),
        "channel_public": ints([channel.public for channel in channels]),
        "channel_open": ints([channel.open for channel in channels]),
        "channel_tranches": ints([channel.tranches for channel in channels]),
        "table_start": starts([len(channel.table) for channel in channels]),
        "table_levers": ints([axes.levers.index(name) for ch in channels for name in ch.table]),
    }


def effect_target(of: str, document: Document, axes: Axes) -> tuple[int, int, int]:
    """Return kind, first and second index of what an event effect names."""
    word, *names = of.split(".")
    code, sections, _ = TARGETS[word]
    if code == ON_QUANTITY:
        return code, axes.quantities.index(of), 0
    places = [getattr(axes, one).index(name) for one, name in zip(sections, names, strict=True)]
    if code == ON_TRUST:
        places[1] = document.channels[names[0]].between.index(names[1])
    return code, places[0], places[1] if len(places) > 1 else 0


def effect_operation(effect: Effect) -> int:
    """Return the number of what an effect does."""
    if effect.switch is not None:
        return SWITCHES[effect.switch]
    return next(code for field, code in AMOUNTS.items() if getattr(effect, field) is not None)


def event_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """When events strike and what they do."""
    events = list(document.events.values())
    turns = [0 if e.on is None else turn_of(document.calendar, e.on) for e in events]
    rows = []
    for number, event in enumerate(events):
        for effect in event.effects.values():
            how = effect_operation(effect)
            rows.append((number, *effect_target(effect.of, document, axes), how))
    table = ints(rows, (len(rows), 5))
    keys = ("effect_event", "effect_kind", "effect_first", "effect_second", "effect_how")
    fields: Fields = {key: ints(table[:, column]) for column, key in enumerate(keys)}
    fields["event_turn"] = ints(turns)
    return fields


def _reads_utility(measure: Measure) -> bool:
    """Return whether a measure needs to know utilities in turns between the first and last."""
    is_of_utility = any(of.startswith("utility.") for of in measure.of)
    return is_of_utility and measure.take not in AT_END


def measured(of: str, axes: Axes) -> tuple[int, int]:
    """Return kind and index of what a measure names."""
    word, *names = of.split(".")
    if word not in REPORTS or REPORTS[word].code == OF_QUANTITY:
        return OF_QUANTITY, axes.quantities.index(of)
    code, section, _ = REPORTS[word]
    row: int = getattr(axes, section).index(names[0])
    if code == OF_THREATS:
        row = row * len(THREAT_COUNTS) + THREAT_COUNTS[names[1]]
    if code == OF_MEETINGS:
        row = row * MEETING_CODES + MEETING_COUNTS[names[1]]
    return code, row


def measure_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """What each measure adds up and how it is taken."""
    kinds, indices = [], []
    for measure in document.measures.values():
        for of in measure.of:
            kind, index = measured(of, axes)
            kinds.append(kind)
            indices.append(index)
    measures = list(document.measures.values())
    running = [q for q, measure in enumerate(measures) if measure.take not in AT_END]
    above = [0.0 if m.above is None else m.above for m in measures]
    return {
        "measures_utility": int(any(_reads_utility(measure) for measure in measures)),
        "measure_take": ints([TAKES[measure.take].code for measure in measures]),
        "measures_running": ints(running),
        "measure_start": starts([len(m.of) for m in measures]),
        "measure_kind": ints(kinds),
        "measure_index": ints(indices),
        "measure_above": np.array(above, dtype=np.float64),
    }
