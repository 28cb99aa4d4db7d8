"""The parts of ``Structure``, section by section; each function returns some of its fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from minsksim.engine import layout as at
from minsksim.engine.layout import Ints
from minsksim.engine.names import Axes, turn_of
from minsksim.engine.noise import name_hash
from minsksim.rules import bargaining, utility
from minsksim.scenario.schema import Document, Term

Place = Mapping[str, int]
Fields = dict[str, object]

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
UNILATERAL = {"both": at.UP | at.DOWN, "up": at.UP, "down": at.DOWN, "none": 0}


def ints(values: object, shape: tuple[int, ...] | None = None) -> Ints:
    """Return a C-ordered int64 array, of the given shape even when empty."""
    array = np.array(values, dtype=np.int64)
    return np.ascontiguousarray(array.reshape(shape) if shape is not None else array)


def starts(lengths: Sequence[int]) -> Ints:
    """Return where each run of rows starts, and where the last ends."""
    return ints(np.concatenate([[0], np.cumsum(np.array(lengths, dtype=np.int64))]))


def inflow_name(stock: str, inflow: str) -> str:
    """Return the dotted name of an inflow."""
    return f"stocks.{stock}.inflows.{inflow}"


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
    channels = [
        [place[f"channels.{c}.{key}"] for key in ("quality", "decay", "build", "forgetting")]
        + [place[f"channels.{c}.trust.{a}.{key}"] for key in ("kept", "broken") for a in ch.between]
        for c, ch in document.channels.items()
    ]
    effects = [
        next((place[n] for n in (f"{p}.set", f"{p}.shift") if n in place), -1)
        for p in (
            f"events.{e}.effects.{f}" for e, ev in document.events.items() for f in ev.effects
        )
    ]
    inflows = [
        f"stocks.{s}.inflows.{i}.rate" for s, st in document.stocks.items() for i in st.inflows
    ]
    markets = [f"markets.{m}.responses" for m in axes.markets]
    return {
        "turns": document.calendar.turns,
        "index_actor": rows([f"actors.{a}" for a in actors], actor_keys),
        "index_salience": rows([f"actors.{a}.salience" for a in actors], axes.interests),
        "index_attention": attention,
        "index_regard": regard,
        "index_lever": rows([f"levers.{name}" for name in axes.levers], lever_keys),
        "index_stock": column([f"stocks.{name}.initial" for name in axes.stocks]),
        "index_inflow": column(inflows),
        "index_channel": ints(channels, (len(axes.channels), 8)),
        "index_market": column([f"markets.{name}.price" for name in axes.markets]),
        "index_response": rows(markets, axes.levers),
        "index_hazard": column([f"events.{name}.hazard" for name in axes.events]),
        "index_effect": ints(effects, (len(effects),)),
    }


def quantity_scales(document: Document, axes: Axes, place: Place) -> Fields:
    """The two ends of every quantity's 0-1 scale."""
    scale = [lever.bounds for lever in document.levers.values()]
    scale += [stock.reference for stock in document.stocks.values()]
    scale += [(0.0, 1.0)] * len(axes.channels)
    scale += [market.reference for market in document.markets.values()]
    scale += [(0.0, 1.0)] * len(axes.access)
    return {"scale": np.array(scale, dtype=np.float64).reshape(len(scale), 2)}


def lever_sight(document: Document, axes: Axes) -> Ints:
    """Who sees each lever: all if public; else the owner and partners with it on their table."""
    sight = np.zeros((len(axes.actors) + 1, len(axes.levers)), dtype=np.int64)
    for at_lever, (name, lever) in enumerate(document.levers.items()):
        if not lever.secret:
            sight[:, at_lever] = 1
            continue
        sight[axes.actors.index(lever.owner), at_lever] = 1
        for channel in document.channels.values():
            if name in channel.table:
                for party in channel.between:
                    sight[axes.actors.index(party), at_lever] = 1
    return sight


def lever_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """What is fixed about each lever."""
    levers = list(document.levers.values())
    drawn = [-1] * len(levers)
    whole = [0] * len(levers)
    for stock in document.stocks.values():
        for inflow in stock.inflows.values():
            if inflow.by is not None:
                at_lever = axes.levers.index(inflow.by)
                whole[at_lever] = int(stock.whole)
                if inflow.origin is not None:
                    drawn[at_lever] = len(levers) + axes.stocks.index(inflow.origin)
    own = [
        [at_lever for at_lever, lever in enumerate(levers) if lever.owner == a] for a in axes.actors
    ]
    brokers = [actor.brokers for actor in document.actors.values()]
    return {
        "max_delay": max((lever.delay for lever in levers), default=0),
        "lever_owner": ints([axes.actors.index(lever.owner) for lever in levers]),
        "own_start": starts([len(rows) for rows in own]),
        "own_levers": ints([at_lever for rows in own for at_lever in rows]),
        "lever_momentary": ints([lever.persistence == "momentary" for lever in levers]),
        "lever_reversible": ints([lever.reversible for lever in levers]),
        "lever_delay": ints([lever.delay for lever in levers]),
        "lever_unilateral": ints([UNILATERAL[lever.unilateral] for lever in levers]),
        "lever_active": ints([lever.active for lever in levers]),
        "lever_whole": ints(whole),
        "lever_drawn": ints(drawn),
        "lever_sight": lever_sight(document, axes),
        "lever_leaks": ints([lever.secret for lever in levers]),
        "broker_lever": ints([-1 if b is None else axes.levers.index(b) for b in brokers]),
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


def link_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """Which quantities each lever drives: stocks by flows, prices, access as a broker."""
    quantity = {name: v for v, name in enumerate(axes.quantities)}
    links: list[tuple[int, int, int, int]] = []
    for s, stock in document.stocks.items():
        for i, inflow in stock.inflows.items():
            if inflow.by is None:
                continue
            at_lever = axes.levers.index(inflow.by)
            links.append((at_lever, quantity[f"stocks.{s}"], at.LINK_FLOW, 1))
            if inflow.origin is not None:
                links.append((at_lever, quantity[f"stocks.{inflow.origin}"], at.LINK_FLOW, -1))
            for counter, other in document.stocks.items():
                if inflow_name(s, i) in other.counts:
                    links.append((at_lever, quantity[f"stocks.{counter}"], at.LINK_FLOW, 1))
    for m, market in document.markets.items():
        for name in market.responses:
            links.append((axes.levers.index(name), quantity[f"markets.{m}"], at.LINK_MARKET, 1))
    for actor, one in document.actors.items():
        for first, second in axes.access:
            if one.brokers is not None and actor not in (first, second):
                v = quantity[f"access.{first}.{second}"]
                links.append((axes.levers.index(one.brokers), v, at.LINK_ACCESS, 1))
    table = ints(links, (len(links), 4))
    keys = ("link_lever", "link_quantity", "link_kind", "link_sign")
    return {key: ints(table[:, column]) for column, key in enumerate(keys)}


def stock_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """The inflows of all stocks."""
    rows = [(s, i, f) for s, stock in document.stocks.items() for i, f in stock.inflows.items()]
    counted = [
        [int(inflow_name(s, i) in other.counts) for other in document.stocks.values()]
        for s, i, _ in rows
    ]
    stocks = axes.stocks
    return {
        "inflow_to": ints([stocks.index(s) for s, _, _ in rows]),
        "inflow_from": ints(
            [-1 if f.origin is None else stocks.index(f.origin) for _, _, f in rows]
        ),
        "inflow_lever": ints([-1 if f.by is None else axes.levers.index(f.by) for _, _, f in rows]),
        "inflow_counter": ints(counted, (len(rows), len(stocks))),
        "inflow_whole": ints([document.stocks[s].whole for s, _, _ in rows]),
        "access_ends": ints(
            [[axes.actors.index(a), axes.actors.index(b)] for a, b in axes.access],
            (len(axes.access), 2),
        ),
    }


def channel_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """Who each channel links, how it settles, and what may be on its table."""
    channels = list(document.channels.values())
    ends = [[axes.actors.index(party) for party in channel.between] for channel in channels]
    return {
        "channel_ends": ints(ends, (len(channels), 2)),
        "channel_protocol": ints([PROTOCOLS[channel.protocol] for channel in channels]),
        "channel_public": ints([channel.public for channel in channels]),
        "channel_open": ints([channel.open for channel in channels]),
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


def measure_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """What each measure adds up and how it is taken."""
    kinds, indices = [], []
    for measure in document.measures.values():
        for of in measure.of:
            section, *rest = of.split(".")
            if section == "utility":
                kinds.append(at.OF_UTILITY)
                indices.append(axes.actors.index(rest[0]))
            elif section in ("agreements", "breaches"):
                is_agreement = section == "agreements"
                kinds.append(at.OF_AGREEMENTS if is_agreement else at.OF_BREACHES)
                indices.append(axes.channels.index(rest[0]))
            else:
                kinds.append(at.OF_QUANTITY)
                indices.append(axes.quantities.index(of))
    measures = list(document.measures.values())
    above = [0.0 if m.above is None else m.above for m in measures]
    return {
        "measure_take": ints([TAKES[m.take] for m in measures]),
        "measure_start": starts([len(m.of) for m in measures]),
        "measure_kind": ints(kinds),
        "measure_index": ints(indices),
        "measure_above": np.array(above, dtype=np.float64),
    }


def address_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """Addresses of random numbers: hashes of dotted names, so no other actor can move them."""

    def hashes(names: Sequence[str]) -> Ints:
        return ints([name_hash(name) for name in names])

    parties = [f"channels.{c}.{a}" for c, ch in document.channels.items() for a in ch.between]
    flows = [inflow_name(s, i) for s, st in document.stocks.items() for i in st.inflows]
    return {
        "hash_actor": hashes([f"actors.{name}" for name in axes.actors]),
        "hash_lever": hashes([f"levers.{name}" for name in axes.levers]),
        "hash_channel": hashes([f"channels.{name}" for name in axes.channels]),
        "hash_party": ints(hashes(parties), (len(axes.channels), 2)),
        "hash_event": hashes([f"events.{name}" for name in axes.events]),
        "hash_inflow": hashes(flows),
    }
