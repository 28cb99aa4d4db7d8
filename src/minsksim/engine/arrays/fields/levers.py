"""Levers, the stocks they fill and empty, and everything else that they drive."""

from __future__ import annotations

import numpy as np

from minsksim.engine.arrays import records as at
from minsksim.engine.arrays.axes import Axes
from minsksim.engine.arrays.fields.common import Fields, Place, inflow_name, ints, starts
from minsksim.engine.arrays.kinds import Ints
from minsksim.scenario.groups import flows, is_plain
from minsksim.scenario.schema import Document
from minsksim.scenario.stocks import Inflow
from minsksim.vocabulary import UNILATERAL


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
    levers, sight = list(document.levers.values()), lever_sight(document, axes)
    whole = [0] * len(levers)
    for stock in document.stocks.values():
        for inflow in stock.inflows.values():
            if inflow.by is not None:
                at_lever = axes.levers.index(inflow.by)
                whole[at_lever] |= int(stock.whole)
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
        "has_steps": int(any(lever.steps for lever in levers)),
        "step_start": starts([len(lever.steps or ()) for lever in levers]),
        "step_values": np.array([x for one in levers for x in one.steps or ()], dtype=np.float64),
        "hidden_start": starts([int((row == 0).sum()) for row in sight]),
        "hidden_levers": ints(np.nonzero(sight == 0)[1]),
        "secret_levers": ints([i for i, lever in enumerate(levers) if lever.secret]),
        "broker_lever": ints([-1 if b is None else axes.levers.index(b) for b in brokers]),
    }


def _drivers(inflow: Inflow) -> list[tuple[str, int]]:
    """Return the levers that move a flow: the one it is by, and one that it answers to."""
    found = [] if inflow.by is None else [(f"levers.{inflow.by}", at.LINK_FLOW)]
    if inflow.answers is not None and inflow.answers.to.startswith("levers."):
        found.append((inflow.answers.to, at.LINK_ANSWER))
    return found


def link_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """Which quantities each lever drives: stocks by flows, prices, access as a broker."""
    quantity = {name: v for v, name in enumerate(axes.quantities)}
    links: list[tuple[int, int, int, int, int]] = []
    number = -1
    for s, stock in document.stocks.items():
        for i, inflow in stock.inflows.items():
            number += 1
            if not is_plain(document.stocks, s, inflow):
                continue  # fields/groups.py has its links
            ends = [(f"stocks.{s}", 1)]
            ends += [] if inflow.origin is None else [(f"stocks.{inflow.origin}", -1)]
            counted = inflow_name(s, i)
            ends += [(f"stocks.{c}", 1) for c, o in document.stocks.items() if counted in o.counts]
            for lever, kind in _drivers(inflow):
                links += [(quantity[lever], quantity[v], kind, sign, number) for v, sign in ends]
    for m, market in document.markets.items():
        for name in market.responses:
            links.append((axes.levers.index(name), quantity[f"markets.{m}"], at.LINK_MARKET, 1, -1))
    for actor, one in document.actors.items():
        for first, second in axes.access:
            if one.brokers is not None and actor not in (first, second):
                v = quantity[f"access.{first}.{second}"]
                links.append((axes.levers.index(one.brokers), v, at.LINK_ACCESS, 1, -1))
    table = ints(links, (len(links), 5))
    keys = ("link_lever", "link_quantity", "link_kind", "link_sign", "link_inflow")
    return {key: ints(table[:, column]) for column, key in enumerate(keys)}


def stock_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """The inflows of all stocks."""
    rows = flows(document.stocks)
    counted = [
        [int(inflow_name(s, i) in other.counts) for other in document.stocks.values()]
        for s, i, _ in rows
    ]
    stocks, known = axes.stocks, document.stocks
    quantity = {name: v for v, name in enumerate(axes.quantities)}
    return {
        "inflow_answer": ints(
            [-1 if f.answers is None else quantity[f.answers.to] for _, _, f in rows]
        ),
        "inflow_to": ints([stocks.index(s) for s, _, _ in rows]),
        "inflow_from": ints(
            [
                stocks.index(str(f.origin))
                if f.origin is not None and is_plain(known, s, f)
                else -1
                for s, _, f in rows
            ]
        ),
        "inflow_lever": ints([-1 if f.by is None else axes.levers.index(f.by) for _, _, f in rows]),
        "inflow_constant": ints([f.by is None and f.rate is None for _, _, f in rows]),
        "inflow_drains": ints(
            [
                one.may_drain and not document.stocks[s].whole and not any(others)
                for (s, _, one), others in zip(rows, counted, strict=True)
            ]
        ),
        "inflow_counter": ints(counted, (len(rows), len(stocks))),
        "inflow_whole": ints([document.stocks[s].whole for s, _, _ in rows]),
        "access_ends": ints(
            [[axes.actors.index(a), axes.actors.index(b)] for a, b in axes.access],
            (len(axes.access), 2),
        ),
    }


def bound_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """Where every stock stops."""
    stocks = list(document.stocks.values())
    ends = [stock.bounds or (0.0, np.inf) for stock in stocks]
    return {
        "stock_bounds": np.array(ends, dtype=np.float64).reshape(len(stocks), 2),
        "stock_bounded": ints([stock.may_meet_bounds for stock in stocks]),
    }
