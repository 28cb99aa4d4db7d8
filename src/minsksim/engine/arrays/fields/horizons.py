"""How far actors look ahead, and the routes by which levers reach stocks."""

from __future__ import annotations

import datetime as dt

from minsksim.engine.arrays import records as at
from minsksim.engine.arrays.axes import Axes, turn_of
from minsksim.engine.arrays.fields.common import Fields, ints
from minsksim.engine.arrays.outlook import INFLOW
from minsksim.scenario.groups import flows, origins
from minsksim.scenario.horizon import Horizon
from minsksim.scenario.schema import Calendar, Document
from minsksim.scenario.stocks import Inflow

COLUMNS = 6


def looks_ahead(document: Document) -> bool:
    """Return whether any actor has a horizon, its own or the scenario's."""
    own = any(actor.horizon is not None for actor in document.actors.values())
    return own or document.horizon is not None


def horizon_arrays(document: Document, axes: Axes, fields: Fields) -> Fields:
    """Return the fields of actors' horizons; ``fields`` has those of levers, links and drives."""
    rows = [
        _turns(document.calendar, actor.horizon if actor.horizon is not None else document.horizon)
        for actor in document.actors.values()
    ]
    turns = document.calendar.turns
    is_any = looks_ahead(document)
    routes = _routes(document, axes, fields) if is_any else []
    return {
        "looks_ahead": int(is_any),
        "horizon": ints(rows, (len(rows), 2)),
        "most_counted": min(turns, max((max(row) for row in rows), default=0)),
        "route": ints(routes, (len(routes), COLUMNS)),
        "valued_flows": ints(sorted({row[INFLOW] for row in routes})),
        "flow_order": ints(_order(document) if is_any else []),
    }


def _order(document: Document) -> list[int]:
    """Return the flows in the order of a turn: drift, settle, then what groups share there."""

    def place(i: int) -> tuple[int, int]:
        _, _, flow = rows[i]
        if flow.by is None or document.levers[flow.by].persistence != "momentary":
            return 0, i
        return (2 if len(origins(document.stocks, flow)) > 1 else 1), i

    rows = flows(document.stocks)
    return sorted(range(len(rows)), key=place)


def _turns(calendar: Calendar, horizon: Horizon | None) -> tuple[int, int]:
    """Return how many turns an actor counts, and the last one it counts; 0 for none."""
    if isinstance(horizon, dt.date):
        return 0, max(turn_of(calendar, horizon), 1)
    return (0, 0) if horizon is None else (horizon, 0)


def _routes(document: Document, axes: Axes, fields: Fields) -> list[tuple[int, ...]]:
    """Return every route from a lever into a flow; columns in ``engine/arrays/outlook.py``."""
    found: list[tuple[int, ...]] = []
    for i, (_, _, flow) in enumerate(flows(document.stocks)):
        by = None if flow.by is None else document.levers[flow.by]
        is_late = by is not None and by.persistence == "momentary"  # when moves take effect
        if flow.by is not None:
            lever = axes.levers.index(flow.by)
            lag = 0 if is_late else _lag(document, flow.by)
            found.append((lever, i, lag, 1, -1, -1))
        if flow.answers is not None:
            found += _answers(document, axes, fields, i, flow, is_late)
    return found


def _answers(
    document: Document, axes: Axes, fields: Fields, i: int, flow: Inflow, is_late: bool
) -> list[tuple[int, ...]]:
    """Return the routes into a flow that answers to a lever, a market or access."""
    assert flow.answers is not None
    v = axes.quantities.index(flow.answers.to)
    if v < len(axes.levers):
        name = axes.levers[v]
        lever = document.levers[name]
        # a momentary lever has fallen back before the flows of the next turn run
        is_unseen = lever.persistence == "momentary" and lever.delay == 0 and not is_late
        return [] if is_unseen else [(v, i, 0 if is_late else _lag(document, name), 0, -1, -1)]
    links = zip(
        ints(fields["link_lever"]),
        ints(fields["link_quantity"]),
        ints(fields["link_kind"]),
        strict=True,
    )
    kinds = (at.LINK_MARKET, at.LINK_ACCESS)
    found: list[tuple[int, ...]] = [
        (int(lever), i, 1, 0, v, row)
        for row, (lever, quantity, kind) in enumerate(links)
        if quantity == v and kind in kinds
    ]
    drives = ints(fields["drive"])
    count = len(ints(fields["link_lever"]))
    sold = axes.quantities[v].split(".")
    market = axes.markets.index(sold[1]) if sold[0] == "markets" else -1
    found += [
        (int(lever), i, 1, 0, v, count + g) for g, (lever, m) in enumerate(drives) if m == market
    ]
    return found


def _lag(document: Document, lever: str) -> int:
    """Return 1 where the drift of the turn is over when a move takes effect, else 0."""
    return 0 if document.levers[lever].delay > 0 else 1
