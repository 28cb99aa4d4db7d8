"""Stocks, and what flows between them."""

from __future__ import annotations

from ..groups import countable
from ..places import Faults, Keys, nearest
from ..references import QUANTITIES, reference_fault
from ..schema import Document
from ..stocks import Inflow, Stock
from .bounded_stocks import check_bounds, check_size
from .groups import unit_with_whole
from .levers import check_order


def check_stocks(document: Document, faults: Faults, *, are_counted: bool = True) -> None:
    """Check that each stock either counts or is filled, and by what exists.

    ``are_counted`` says whether it is known which flows there are to be counted.
    """
    for name, stock in document.stocks.items():
        path: Keys = ("stocks", name)
        check_order(stock.reference, (*path, "reference"), faults)
        if stock.counts:
            _check_counter(document, path, stock, faults)
            if are_counted:
                _check_counts(document, path, stock, faults)
        elif stock.initial is None and not stock.groups:
            faults.add(
                path,
                "a stock needs `initial`, unless it `counts` inflows or sums `groups`. Add it.",
            )
        check_bounds(document, name, stock, faults)
        for key, inflow in stock.inflows.items():
            _check_inflow(document, name, stock, key, inflow, faults)


def _check_counter(document: Document, path: Keys, stock: Stock, faults: Faults) -> None:
    own = ("initial", "inflows", "decay", "bounds")
    if any(getattr(stock, key) for key in own) or stock.initial is not None:
        faults.add(
            path,
            "a stock that `counts` begins at 0, has no inflows of its own and loses nothing. "
            f"Remove `counts`, or {', '.join(f'`{key}`' for key in own)}.",
        )


def _check_counts(document: Document, path: Keys, stock: Stock, faults: Faults) -> None:
    known = {reference: goal for reference, goal, _ in countable(document.stocks)}
    for index, reference in enumerate(stock.counts):
        if reference not in known:
            faults.add(
                (*path, "counts", index),
                f"there is no inflow {reference}. " + nearest(reference, known),
            )
            continue
        other = document.stocks[known[reference]]
        if (other.unit, other.whole) != (stock.unit, stock.whole):
            faults.add(
                (*path, "counts", index),
                f"{reference} flows in {unit_with_whole(other)}, this "
                f"stock counts {unit_with_whole(stock)}. Make them the same.",
            )


def _check_inflow(
    document: Document, name: str, stock: Stock, key: str, inflow: Inflow, faults: Faults
) -> None:
    path: Keys = ("stocks", name, "inflows", key)
    check_size(path, inflow, faults)
    if inflow.answers is not None:
        fault = reference_fault(document, inflow.answers.to, QUANTITIES)
        if fault is not None:
            faults.add((*path, "answers", "to"), fault)
    if inflow.by is not None and inflow.by not in document.levers:
        faults.add(
            (*path, "by"), f"there is no lever {inflow.by}. " + nearest(inflow.by, document.levers)
        )
    if inflow.origin is None:
        if inflow.rate is not None:
            faults.add(path, "a `rate` is a share of the stock left, so it needs `from`. Add it.")
        return
    if not isinstance(inflow.origin, str):
        return  # checks/groups.py looks at lists
    origin = document.stocks.get(inflow.origin)
    place: Keys = (*path, "from")
    others = [other for other in document.stocks if other != name]
    if origin is None:
        faults.add(place, f"there is no stock {inflow.origin}. {nearest(inflow.origin, others)}")
    elif inflow.origin == name:
        faults.add(place, "a stock cannot flow into itself. Name another stock.")
    elif origin.counts:
        faults.add(
            place,
            f"{inflow.origin} only counts and cannot be drawn on. "
            + nearest(inflow.origin, others),
        )
    elif (origin.unit, origin.whole) != (stock.unit, stock.whole):
        faults.add(
            place,
            f"{inflow.origin} holds {unit_with_whole(origin)}, {name} holds "
            f"{unit_with_whole(stock)}. Make them the same.",
        )
