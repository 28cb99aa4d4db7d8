"""Each number lies in its range, and the whole range where the model can use it."""

from __future__ import annotations

from minsksim.domains.limits import ANY, Limit
from minsksim.vocabulary import AMOUNTS

from ..numbers import walk_numbers
from ..places import Faults, Keys, dotted
from ..schema import Document, Number
from .bounded_stocks import limit_of_content, limit_of_shift, limit_of_stock, limit_of_value
from .limits import limit_at


def check_numbers(document: Document, faults: Faults) -> None:
    """Check every number of the document."""
    for path, number in walk_numbers(document):
        limit = limit_of(document, path)
        _check_range(document, path, number, faults)
        for value in (number.value, *(number.range or ())):
            if not limit.holds(value):
                faults.add(path, f"{not_allowed(value, limit)} Change the value or its range.")
                break


def not_allowed(value: float, limit: Limit) -> str:
    """Return the sentence that refuses a value."""
    return f"{limit.refuses(value)}."


def _check_range(document: Document, path: Keys, number: Number, faults: Faults) -> None:
    source = document.sources.get(number.source)
    if number.range is None:
        if source is not None and source.kind == "assumed":
            faults.add(path, "an assumed number needs a range. Add range: [low, high].")
        if number.distribution != "uniform":
            faults.add(
                path, f"a {number.distribution} distribution needs a range. Add range: [low, high]."
            )
        return
    low, high = number.range
    if not low < high:
        faults.add(
            (*path, "range"),
            f"[{low:g}, {high:g}] is not ordered. Write the lower end first, the higher second.",
        )
    elif not low <= number.value <= high:
        faults.add(
            (*path, "value"),
            f"{number.value:g} is outside its range [{low:g}, {high:g}]. Change one of them.",
        )


def limit_of(document: Document, path: Keys) -> Limit:
    """Return where a number of a document can lie, by its kind and by what it is about."""
    if path[0] == "levers" and path[2] == "initial":
        low, high = document.levers[str(path[1])].bounds
        return Limit(low, high, f"the lever's bounds are [{low:g}, {high:g}]")
    if path[0] == "stocks":
        return limit_of_stock(document, path)
    if path[0] == "answers" and path[-1] == "beyond" and document.answers is not None:
        return _limit_of_target(document, document.answers[str(path[1])].to)
    if path[0] == "what_if":
        return _limit_of_target(document, f"levers.{path[2]}")
    if path[0] == "threats" and path[-1] == "to":
        threat = document.threats[str(path[1])]
        aim = threat.demand if path[2] == "demand" else threat.sanction
        return _limit_of_target(document, f"levers.{aim.lever}")
    if path[0] == "events" and path[-1] in AMOUNTS:
        return _limit_of_amount(document, path)
    return limit_at(path)


def whole_numbers(document: Document) -> frozenset[str]:
    """Return the names of all numbers that must be whole: counts of people, and changes of them."""
    return frozenset(
        dotted(path) for path, _ in walk_numbers(document) if limit_of(document, path).is_whole
    )


def _limit_of_amount(document: Document, path: Keys) -> Limit:
    """Return what an event can set a quantity to, or shift it by."""
    reference = document.events[str(path[1])].effects[str(path[3])].of
    kind, _, name = reference.partition(".")
    stock = document.stocks.get(name) if kind == "stocks" else None
    if path[-1] == "shift":
        return limit_of_shift(stock) if stock is not None else ANY
    return limit_of_content(stock) if stock is not None else _limit_of_target(document, reference)


def _limit_of_target(document: Document, reference: str) -> Limit:
    kind, _, name = reference.partition(".")
    if kind == "levers" and name in document.levers:
        low, high = document.levers[name].bounds
        return Limit(low, high, f"the lever's bounds are [{low:g}, {high:g}]")
    if kind in ("channels", "access"):
        what = "the quality of a channel" if kind == "channels" else "access"
        return Limit(0, 1, f"{what} is between 0 and 1")
    if kind == "stocks" and name in document.stocks:
        return limit_of_value(document.stocks[name])
    return ANY
