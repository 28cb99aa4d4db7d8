"""Groups of people: sums of stocks, flows that several share, and those who refuse."""

from __future__ import annotations

from collections.abc import Mapping

from ..groups import divided, flows, members, origins
from ..places import Faults, Keys, nearest
from ..references import QUANTITIES, reference_fault
from ..schema import Document
from ..stocks import Inflow, Stock


def check_group_lists(document: Document, faults: Faults) -> bool:
    """Check which stocks a sum adds up and a flow leaves; return whether all of it is right.

    What else a file says of groups can be judged only then.
    """
    before = len(faults.found)
    for name, stock in document.stocks.items():
        if stock.groups:
            _check_sum(document.stocks, name, stock, faults)
    for name, key, inflow in flows(document.stocks):
        _check_origins(document.stocks, ("stocks", name, "inflows", key), name, inflow, faults)
    return len(faults.found) == before


def check_groups(document: Document, faults: Faults) -> None:
    """Check every flow that is shared, every refusal, and what is said of a sum elsewhere."""
    for name, key, inflow in flows(document.stocks):
        path: Keys = ("stocks", name, "inflows", key)
        _check_shares(document.stocks, path, name, inflow, faults)
        if inflow.refusals is not None:
            _check_refusals(document, path, name, inflow, faults)
    _check_effects(document, faults)
    _check_measures(document, faults)


def unit_with_whole(stock: Stock) -> str:
    """Return in what a stock is counted, as in ``whole people``."""
    return f"{'whole ' if stock.whole else ''}{stock.unit}"


def _plain(stocks: Mapping[str, Stock]) -> list[str]:
    """Return the stocks that hold something of their own."""
    return [name for name, stock in stocks.items() if not stock.counts and not stock.groups]


def _check_sum(stocks: Mapping[str, Stock], name: str, stock: Stock, faults: Faults) -> None:
    path: Keys = ("stocks", name)
    if stock.initial is not None or stock.counts:
        faults.add(
            path,
            "a stock with `groups` is their sum and holds nothing of its own. Remove `groups`, or "
            "`initial` and `counts`.",
        )
    if len(stock.groups) < 2:
        faults.add((*path, "groups"), "a sum needs two groups or more. Name another.")
    known = [other for other in _plain(stocks) if other != name]
    for index, group in enumerate(stock.groups):
        place: Keys = (*path, "groups", index)
        if group not in known:
            faults.add(place, f"{group} is no stock that can be a group. {nearest(group, known)}")
        elif group in stock.groups[:index]:
            faults.add(place, f"{group} is named twice. Remove one.")
        elif unit_with_whole(stocks[group]) != unit_with_whole(stock):
            held, summed = unit_with_whole(stocks[group]), unit_with_whole(stock)
            faults.add(place, f"{group} holds {held}, {name} {summed}. Make them the same.")


def _check_origins(
    stocks: Mapping[str, Stock], path: Keys, name: str, inflow: Inflow, faults: Faults
) -> None:
    """Check the list in ``from``; a single name is checked with the stocks."""
    if inflow.origin is None or isinstance(inflow.origin, str):
        return
    place: Keys = (*path, "from")
    if not inflow.origin:
        faults.add(
            place,
            "is empty. Name the stock that is left, or remove `from` if they come from outside the "
            "model.",
        )
    elif len(inflow.origin) < 2:
        faults.add(place, "a list in `from` needs two stocks or more. Write the name alone.")
    known = [other for other in _plain(stocks) if other not in members(stocks, name)]
    for index, origin in enumerate(inflow.origin):
        if origin not in known:
            faults.add(
                (*place, index), f"{origin} is no stock to draw on. {nearest(origin, known)}"
            )
        elif origin in inflow.origin[:index]:
            faults.add((*place, index), f"{origin} is named twice. Remove one.")
        elif unit_with_whole(stocks[origin]) != unit_with_whole(stocks[name]):
            held, goal = unit_with_whole(stocks[origin]), unit_with_whole(stocks[name])
            faults.add(
                (*place, index), f"{origin} holds {held}, {name} {goal}. Make them the same."
            )


def _check_shares(
    stocks: Mapping[str, Stock], path: Keys, name: str, inflow: Inflow, faults: Faults
) -> None:
    ends, goals = divided(stocks, name, inflow), members(stocks, name)
    if len(goals) > 1 and len(origins(stocks, inflow)) > 1:
        faults.add(
            path,
            "leaves several stocks and enters several, so that nobody could say who goes where. "
            "Write one flow for each stock that is left.",
        )
        return
    if not ends and inflow.shares:
        faults.add(
            (*path, "shares"), "nothing is divided: one stock is left, and one entered. Remove it."
        )
    elif len(goals) > 1 and not inflow.shares:
        faults.add(path, f"is divided among {', '.join(goals)}. Write their weights in `shares`.")
    elif inflow.shares:
        for group in inflow.shares:
            if group not in ends:
                place: Keys = (*path, "shares", group)
                faults.add(place, f"{group} has no part in this flow. {nearest(group, ends)}")
        missing = [group for group in ends if group not in inflow.shares]
        if missing:
            faults.add((*path, "shares"), f"say nothing of {', '.join(missing)}. Add a weight.")


def _check_refusals(
    document: Document, path: Keys, name: str, inflow: Inflow, faults: Faults
) -> None:
    refusals, place = inflow.refusals, (*path, "refusals")
    assert refusals is not None
    left = origins(document.stocks, inflow)
    if not left:
        faults.add(place, "who comes from outside the model cannot refuse to. Add `from`.")
    if refusals.answers is not None:
        fault = reference_fault(document, refusals.answers.to, QUANTITIES)
        if fault is not None:
            faults.add((*place, "answers", "to"), fault)
    if refusals.to is None:
        return
    goals = members(document.stocks, name)
    known = [other for other in _plain(document.stocks) if other not in goals]
    if refusals.to in goals or refusals.to == name:
        faults.add((*place, "to"), f"{refusals.to} is where the others go. Name another stock.")
    elif refusals.to not in known:
        faults.add(
            (*place, "to"), f"{refusals.to} is no stock to enter. {nearest(refusals.to, known)}"
        )
    elif refusals.to in left and len(left) > 1:
        faults.add(
            (*place, "to"),
            f"{refusals.to} is one of several stocks that are left. Remove `to`, and whoever "
            "refuses stays where he or she is.",
        )
    elif unit_with_whole(document.stocks[refusals.to]) != unit_with_whole(document.stocks[name]):
        faults.add((*place, "to"), f"{refusals.to} has another unit. Make them the same.")


def _check_effects(document: Document, faults: Faults) -> None:
    for name, event in document.events.items():
        for key, effect in event.effects.items():
            kind, _, stock = effect.of.partition(".")
            if kind == "stocks" and stock in document.stocks and document.stocks[stock].groups:
                groups = ", ".join(document.stocks[stock].groups)
                place: Keys = ("events", name, "effects", key, "of")
                faults.add(place, f"{stock} is a sum. Name one of its groups: {groups}.")


def _check_measures(document: Document, faults: Faults) -> None:
    """Refuse to count the same people twice."""
    for name, measure in document.measures.items():
        for reference in measure.of:
            stock = document.stocks.get(reference.removeprefix("stocks."))
            for group in stock.groups if stock is not None else ():
                if f"stocks.{group}" in measure.of:
                    faults.add(
                        ("measures", name, "of"),
                        f"{group} is counted in {reference} already. Remove one of the two.",
                    )
