"""Where every number stands, the scale of every quantity, and the addresses of random numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from minsksim.engine.arrays import randomness
from minsksim.engine.arrays.axes import Axes
from minsksim.engine.arrays.fields.common import Fields, Place, inflow_name, ints, most_parties
from minsksim.engine.arrays.fields.groups import end_names, shared_flows
from minsksim.engine.arrays.kinds import Ints
from minsksim.scenario.groups import flows
from minsksim.scenario.schema import Document
from minsksim.vocabulary import AMOUNTS

LANES = 8
"""Numbers that the widest vectors hold; rows are filled up to a multiple of it."""


def channel_places(document: Document, place: Place) -> Ints:
    """Where the numbers of every channel stand, the ledgers of its parties last."""
    widest = most_parties(document)
    rows = [
        [place[f"channels.{c}.{key}"] for key in ("quality", "decay", "build", "forgetting")]
        + [place[f"channels.{c}.trust.{a}.{key}"] for a in ch.between for key in ("kept", "broken")]
        + [-1, -1] * (widest - len(ch.between))
        for c, ch in document.channels.items()
    ]
    return ints(rows, (len(rows), 4 + 2 * widest))


def bargain_places(document: Document, place: Place) -> Ints:
    """Where the terms of every channel stand: breakdown alone."""
    rows = [[place.get(f"channels.{c}.breakdown", -1)] for c in document.channels]
    return ints(rows, (len(rows), 1))


def inflow_places(inflows: Sequence[str], place: Place) -> Ints:
    """Where the number of every inflow stands: its rate, its amount, or units per unit of lever."""
    keys = ("rate", "amount", "per")
    rows = [next((place[n] for n in (f"{i}.{k}" for k in keys) if n in place), -1) for i in inflows]
    return ints(rows, (len(rows),))


def effect_places(document: Document, place: Place) -> Ints:
    """Where the amount of every event effect stands; -1 for a switch."""
    rows = [
        next((place[n] for n in (f"{p}.{field}" for field in AMOUNTS) if n in place), -1)
        for p in (
            f"events.{e}.effects.{f}" for e, ev in document.events.items() for f in ev.effects
        )
    ]
    return ints(rows, (len(rows),))


def number_places(document: Document, axes: Axes, place: Place) -> Fields:
    """Where every number stands in the flat vector, laid out as the rules want it."""

    def rows(names: Sequence[str], keys: Sequence[str]) -> Ints:
        table = [[place.get(f"{name}.{key}", -1) for key in keys] for name in names]
        return ints(table, (len(names), len(keys)))

    def column(names: Sequence[str]) -> Ints:
        return ints([place.get(name, -1) for name in names], (len(names),))

    actors = axes.actors
    attention = np.full((len(actors), len(actors)), -1, dtype=np.int64)
    regard = attention.copy()
    for name, edge in document.influence.items():
        to, origin = actors.index(edge.to), actors.index(edge.origin)
        attention[to, origin] = place[f"influence.{name}.weight"]
        regard[to, origin] = place[f"influence.{name}.regard"]
    actor_keys = ("patience", "rationality", "susceptibility", "audience_cost", "reservation")
    lever_keys = ("initial", "step.up", "step.down", "cost.up", "cost.down", "leak")
    inflows = [inflow_name(s, i) for s, i, _ in flows(document.stocks)]
    markets = [f"markets.{m}.responses" for m in axes.markets]
    return {
        "turns": document.calendar.turns,
        "index_actor": rows([f"actors.{a}" for a in actors], (*actor_keys, "bias")),
        "index_salience": rows([f"actors.{a}.salience" for a in actors], axes.interests),
        "index_attention": attention,
        "index_regard": regard,
        "index_lever": rows([f"levers.{name}" for name in axes.levers], lever_keys),
        "index_stock": column([f"stocks.{name}.initial" for name in axes.stocks]),
        "index_decay": column([f"stocks.{name}.decay" for name in axes.stocks]),
        "index_inflow": inflow_places(inflows, place),
        "index_answer": column([f"{name}.answers.by" for name in inflows]),
        "index_channel": channel_places(document, place),
        "index_bargain": bargain_places(document, place),
        "index_market": column([f"markets.{name}.price" for name in axes.markets]),
        "index_response": rows(markets, axes.levers),
        "index_hazard": column([f"events.{name}.hazard" for name in axes.events]),
        "index_effect": effect_places(document, place),
    }


def quantity_scales(document: Document, axes: Axes, place: Place) -> Fields:
    """The two ends of every quantity's 0-1 scale."""
    scale = [lever.bounds for lever in document.levers.values()]
    scale += [stock.reference for stock in document.stocks.values()]
    scale += [(0.0, 1.0)] * len(axes.channels)
    scale += [market.reference for market in document.markets.values()]
    scale += [(0.0, 1.0)] * len(axes.access)
    for market, part, seller in axes.details:
        scale.append(getattr(document.markets[market].sellers[seller], part))
    scale += [(0.0, 1.0)] * len(axes.beliefs)
    return {"scale": np.array(scale, dtype=np.float64).reshape(len(scale), 2)}


def address_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """Addresses of a turn's random numbers: hashes of names, so no other actor can move them."""
    widest = most_parties(document)
    seats = [
        f"channels.{c}.{party}"
        for c, channel in document.channels.items()
        for party in [*channel.between, *[""] * (widest - len(channel.between))]
    ]
    secret = [name for name, lever in document.levers.items() if lever.secret]
    flow_names = [inflow_name(s, i) for s, i, _ in flows(document.stocks)]
    wanted = {
        randomness.MEET: [f"channels.{name}" for name in axes.channels],
        randomness.ACCEPT: seats,
        randomness.KEEP: seats,
        randomness.ACT: [f"actors.{name}" for name in axes.actors],
        randomness.LEAK: [f"levers.{name}" for name in secret],
        randomness.EVENT: [f"events.{name}" for name in axes.events],
        randomness.FLOW: flow_names,
        randomness.READ: [f"threats.{name}" for name in axes.threats],
        randomness.DOUBT: [f"threats.{name}" for name in axes.threats],
        randomness.DIVIDE: [one.name for one in shared_flows(document)],
        randomness.REFUSE: end_names(document),
    }
    rows = [(purpose, name) for purpose, names in wanted.items() for name in names]
    spare = [0] * (-len(rows) % LANES)
    begin = [0] * (max(wanted) + 1)
    for row, (purpose, _) in reversed(list(enumerate(rows))):
        begin[purpose] = row
    return {
        "draw_name": ints([randomness.name_hash(name) for _, name in rows] + spare),
        "draw_purpose": ints([purpose for purpose, _ in rows] + spare),
        "draw_start": ints(begin),
    }
