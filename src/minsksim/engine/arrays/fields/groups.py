"""Groups of people: shared flows, sums of stocks, and refusals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from minsksim.engine.arrays import records as at
from minsksim.engine.arrays.axes import Axes
from minsksim.engine.arrays.fields.common import Fields, Place, ints, starts
from minsksim.engine.arrays.kinds import Ints
from minsksim.scenario.groups import Flow, flows, inflow_name, is_plain, members, origins
from minsksim.scenario.schema import Document


class Shared(NamedTuple):
    """One flow between groups: its row among all flows, its ends, and where refusers go."""

    row: int
    name: str
    flow: Flow
    left: tuple[str, ...]
    entered: tuple[str, ...]
    refused_to: str | None
    """None: they stay where they are."""


def shared_flows(document: Document) -> list[Shared]:
    """Return every flow that is not plain, in the order of the file."""
    stocks, found = document.stocks, []
    for row, (stock, key, flow) in enumerate(flows(stocks)):
        if is_plain(stocks, stock, flow):
            continue
        left = origins(stocks, flow)
        to = None if flow.refusals is None else flow.refusals.to
        name = inflow_name(stock, key)
        found.append(
            Shared(
                row,
                name,
                (stock, key, flow),
                left,
                members(stocks, stock),
                None if to in left else to,
            )
        )
    return found


def end_names(document: Document) -> list[str]:
    """Return an address for every end of every shared flow, origins before goals."""
    return [
        f"{one.name}.{word}.{group}"
        for one in shared_flows(document)
        for word, ends in (("from", one.left), ("into", one.entered))
        for group in ends
    ]


def group_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """What is fixed about shared flows and about sums of stocks."""
    found, stock = shared_flows(document), axes.stocks.index
    shared_by_row = {one.row: k for k, one in enumerate(found)}
    table = [_fixed(axes, one) for one in found]
    ends = [end for one in found for end in (one.left, one.entered)]
    sums = [(name, one.groups) for name, one in document.stocks.items() if one.groups]
    return {
        "inflow_shared": ints(
            [shared_by_row.get(i, -1) for i in range(len(flows(document.stocks)))]
        ),
        "shared": ints(table, (len(table), 5)),
        "end_start": starts([len(names) for names in ends]),
        "end_stock": ints([stock(name) for names in ends for name in names]),
        "shared_counter": _counters(document, found),
        "sum_stock": ints([stock(name) for name, _ in sums]),
        "sum_start": starts([len(groups) for _, groups in sums]),
        "sum_groups": ints([stock(group) for _, groups in sums for group in groups]),
        "index_share": ints(
            [
                place.get(f"{one.name}.shares.{group}", -1)
                for one in found
                for group in (*one.left, *one.entered)
            ]
        ),
        "index_refusal": ints(
            [
                [place.get(f"{one.name}.refusals.{key}", -1) for key in ("share", "answers.by")]
                for one in found
            ],
            (len(found), 2),
        ),
        "shared_link": _links(document, axes, found),
    }


def driven_stocks(fields: Mapping[str, object]) -> Ints:
    """Return the stocks that levers move through shared flows, as quantities."""
    return ints(fields["shared_link"])[:, at.QUANTITY]


def _fixed(axes: Axes, one: Shared) -> tuple[int, ...]:
    """Return the row of ``Structure.shared`` that stands for one flow."""
    refusals = one.flow[2].refusals
    answers = None if refusals is None else refusals.answers
    return (
        one.row,
        int(bool(one.flow[2].shares) and len(one.left) > 1),
        int(refusals is not None),
        -1 if one.refused_to is None else axes.stocks.index(one.refused_to),
        -1 if answers is None else axes.quantities.index(answers.to),
    )


def _rows(found: list[Shared]) -> Iterator[tuple[int, Shared, dict[str, int], dict[str, int]]]:
    """Yield each shared flow with the rows of its ends by stock: origins, then goals."""
    row = 0
    for k, one in enumerate(found):
        left = {name: row + i for i, name in enumerate(one.left)}
        row += len(left)
        entered = {name: row + i for i, name in enumerate(one.entered)}
        row += len(entered)
        yield k, one, left, entered


def _counters(document: Document, found: list[Shared]) -> Ints:
    """Which stocks count what of a shared flow: (flow, what, stock).

    What is counted is an end, WENT, REFUSED, or the row of an end taken from REFUSED_AT.
    """
    rows = []
    for k, one, left, entered in _rows(found):
        told = {one.name: at.WENT, f"{one.name}.refusals": at.REFUSED}
        told |= {f"{one.name}.from.{group}": row for group, row in left.items()}
        told |= {f"{one.name}.into.{group}": row for group, row in entered.items()}
        told |= {
            f"{one.name}.refusals.from.{group}": at.REFUSED_AT - row for group, row in left.items()
        }
        for s, stock in enumerate(document.stocks.values()):
            rows += [(k, told[name], s) for name in stock.counts if name in told]
    return ints(rows, (len(rows), 3))


def _part(told: int) -> tuple[int, int]:
    """Return the end through which a counted part passes, or -1 for all, and which part it is."""
    if told >= 0:
        return told, at.WENT
    return (at.REFUSED_AT - told, at.REFUSED) if told <= at.REFUSED_AT else (-1, told)


def _links(document: Document, axes: Axes, found: list[Shared]) -> Ints:
    """Which stocks a lever moves through shared flows, and by which part of the flow."""
    quantity = {name: v for v, name in enumerate(axes.quantities)}
    counters: list[list[int]] = _counters(document, found).tolist()
    links: list[tuple[int, ...]] = []
    for k, one, left, entered in _rows(found):
        flow = one.flow[2]
        stays = at.ASKED if one.refused_to is not None or flow.refusals is None else at.WENT
        moved = [(name, -1, row, stays) for name, row in left.items()]
        moved += [(name, 1, row, at.WENT) for name, row in entered.items()]
        if one.refused_to is not None:
            moved.append((one.refused_to, 1, -1, at.REFUSED))
        for _, told, s in (row for row in counters if row[0] == k):
            moved.append((axes.stocks[s], 1, *_part(told)))
        for name, stock in document.stocks.items():
            moved += [(name, *rest[1:]) for rest in list(moved) if rest[0] in stock.groups]
        drivers = [] if flow.by is None else [(f"levers.{flow.by}", 0)]
        if flow.answers is not None and flow.answers.to.startswith("levers."):
            drivers.append((flow.answers.to, 1))
        links += [
            (quantity[lever], quantity[f"stocks.{name}"], sign, k, row, part, answers)
            for lever, answers in drivers
            for name, sign, row, part in moved
        ]
    return ints(links, (len(links), 7))
