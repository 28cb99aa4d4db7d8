"""Stocks that decay, have bounds, or flow by an amount: what people cannot do, and what fits."""

from __future__ import annotations

import math

from minsksim.domains.limits import ANY, NOT_NEGATIVE, Limit

from ..people import is_of_people
from ..places import Faults, Keys
from ..schema import Document
from ..stocks import Inflow, Stock
from .limits import limit_at


def check_bounds(document: Document, name: str, stock: Stock, faults: Faults) -> None:
    """Check decay, bounds and units per lever of one stock."""
    path: Keys = ("stocks", name)
    if _are_people(stock):
        _check_people(path, stock, faults)
    for key, inflow in stock.inflows.items():
        if inflow.per is not None and inflow.by is None:
            faults.add(
                (*path, "inflows", key, "per"),
                "is units of the stock for each unit of a lever. Add `by`, or remove `per`.",
            )
        elif inflow.per is not None and inflow.origin is not None:
            faults.add(
                (*path, "inflows", key, "per"),
                "what leaves a stock is the lever's own value. Remove `per`, or `from`.",
            )
    if stock.bounds is None:
        return
    low, high = stock.bounds
    if not low < high:
        faults.add(
            (*path, "bounds"),
            f"[{low:g}, {high:g}] is not ordered. Write the lower end first, the higher second.",
        )
    drawn = [
        f"stocks.{other}.inflows.{key}"
        for other, one in document.stocks.items()
        for key, inflow in one.inflows.items()
        if inflow.origin == name
    ]
    if drawn and low != 0:
        faults.add(
            (*path, "bounds"),
            f"{drawn[0]} takes what the stock holds, so its lower bound is 0. Write [0, {high:g}].",
        )


def check_size(path: Keys, inflow: Inflow, faults: Faults) -> None:
    """Check that exactly one thing says how large a flow is."""
    given = [one for one in (inflow.by, inflow.rate, inflow.amount) if one is not None]
    if len(given) > 1 or (not given and inflow.answers is None):
        faults.add(
            path,
            "needs exactly one of `by` (a lever), `rate` and `amount`, or `answers` alone. "
            "Keep one.",
        )
    if not given and inflow.origin is not None:
        faults.add(path, "a flow out of a stock needs `by`, `rate` or `amount`. Add one.")


MOST = 1e9
"""Most that is counted one by one: up to there a number tells one more from one fewer."""


def limit_of_stock(document: Document, path: Keys) -> Limit:
    """Return where a number of a stock can lie."""
    stock = document.stocks[str(path[1])]
    if path[2] == "initial":
        return limit_of_content(stock)
    if path[2] == "inflows" and path[-1] in ("per", "amount"):
        return _limit_of_size(document, stock, path)
    return limit_at(path)


def limit_of_value(stock: Stock) -> Limit:
    """Return which values a stock can have."""
    if stock.bounds is None:
        return Limit(0, math.inf, "a stock without bounds is never negative")
    low, high = stock.bounds
    return Limit(low, high, f"the stock's bounds are [{low:g}, {high:g}]")


def limit_of_content(stock: Stock) -> Limit:
    """Return what a stock can be made to hold: whole numbers of what is counted one by one."""
    return _whole(stock, 0.0, "0") if stock.whole else limit_of_value(stock)


def limit_of_shift(stock: Stock) -> Limit:
    """Return by how much an event can change what a stock holds."""
    return _whole(stock, -MOST, "-1e9") if stock.whole else ANY


def _whole(stock: Stock, low: float, said: str) -> Limit:
    told = f"this stock counts whole {stock.unit}, so it must be a whole number from {said} to 1e9"
    return Limit(low, MOST, told, is_whole=True)


def _limit_of_size(document: Document, stock: Stock, path: Keys) -> Limit:
    """Return how large a flow can be: below 0 only where it may take from the stock."""
    inflow = stock.inflows[str(path[3])]
    name = ".".join(str(key) for key in path[:4])
    if _are_people(stock):
        return Limit(0, math.inf, "new cases are counted, so it must not be negative")
    if inflow.origin is not None:
        return NOT_NEGATIVE
    counters = [key for key, one in document.stocks.items() if name in one.counts]
    if counters:
        return Limit(0, math.inf, f"stocks.{counters[0]} counts it, so it must not be negative")
    return limit_at(path)


def _are_people(stock: Stock) -> bool:
    return stock.whole or is_of_people(stock.unit)


def _check_people(path: Keys, stock: Stock, faults: Faults) -> None:
    """Refuse what would make people fade, multiply, or stop at a bound."""
    what = f"{'whole ' if stock.whole else ''}{stock.unit}"
    if stock.decay is not None:
        faults.add(
            (*path, "decay"),
            f"{what} do not fade. Write an inflow of another stock that takes a `rate` of them.",
        )
    if stock.bounds is not None:
        faults.add(
            (*path, "bounds"), f"{what} are counted, and a count has no bounds. Remove `bounds`."
        )
    for key, inflow in stock.inflows.items():
        if inflow.per is not None:
            faults.add(
                (*path, "inflows", key, "per"),
                f"{what} come one by one, as many as the lever says. Remove `per`.",
            )
