"""Groups of people: which stocks a flow leaves and enters, and how flows are told apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .stocks import Inflow, Stock

if TYPE_CHECKING:
    from collections.abc import Mapping

Flow = tuple[str, str, Inflow]
"""The stock that a flow enters, its name there, and the flow."""


def flows(stocks: Mapping[str, Stock]) -> list[Flow]:
    """Return every flow in the order of the file."""
    return [(s, i, flow) for s, stock in stocks.items() for i, flow in stock.inflows.items()]


def inflow_name(stock: str, inflow: str) -> str:
    """Return the dotted name of a flow."""
    return f"stocks.{stock}.inflows.{inflow}"


def members(stocks: Mapping[str, Stock], name: str) -> tuple[str, ...]:
    """Return the groups of a stock that is the sum of others, or the stock itself."""
    return (name in stocks and stocks[name].groups) or (name,)


def origins(stocks: Mapping[str, Stock], flow: Inflow) -> tuple[str, ...]:
    """Return the stocks that a flow leaves; none if it comes from outside the model."""
    if flow.origin is None:
        return ()
    if isinstance(flow.origin, str):
        return members(stocks, flow.origin)
    return flow.origin


def divided(stocks: Mapping[str, Stock], stock: str, flow: Inflow) -> tuple[str, ...]:
    """Return the stocks among which a flow is divided; none if it has one origin and one goal."""
    for ends in (origins(stocks, flow), members(stocks, stock)):
        if len(ends) > 1:
            return ends
    return ()


def is_plain(stocks: Mapping[str, Stock], stock: str, flow: Inflow) -> bool:
    """Return whether a flow has one origin or none, one goal, no refusals, and no sum to keep."""
    ends = {*origins(stocks, flow), *members(stocks, stock)}
    is_summed = any(not ends.isdisjoint(other.groups) for other in stocks.values())
    return flow.refusals is None and not divided(stocks, stock, flow) and not is_summed


def countable(stocks: Mapping[str, Stock]) -> Iterator[tuple[str, str, Inflow]]:
    """Yield what a stock can count: (its name, the stock that the flow enters, the flow).

    A whole flow is counted over all its origins; then comes the part of each group, those who
    refused, and those of each group who did.
    """
    for s, i, flow in flows(stocks):
        name = inflow_name(s, i)
        yield name, s, flow
        if len(origins(stocks, flow)) > 1:
            yield from ((f"{name}.from.{group}", s, flow) for group in origins(stocks, flow))
        if len(members(stocks, s)) > 1:
            yield from ((f"{name}.into.{group}", s, flow) for group in members(stocks, s))
        if flow.refusals is not None:
            yield f"{name}.refusals", s, flow
            if len(origins(stocks, flow)) > 1:
                groups = origins(stocks, flow)
                yield from ((f"{name}.refusals.from.{group}", s, flow) for group in groups)
