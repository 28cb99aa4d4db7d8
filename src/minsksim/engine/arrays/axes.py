"""The axes of a scenario by name, and where each model number stands in the flat vector."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from minsksim.scenario.dates import calendar_dates as calendar_dates
from minsksim.scenario.dates import turn_of as turn_of
from minsksim.scenario.markets import details
from minsksim.scenario.schema import Document

REGARD = "regard"
COSTS = "costs"


@dataclass(frozen=True)
class Axes:
    """Names along every axis, in the order of the file."""

    actors: tuple[str, ...]
    levers: tuple[str, ...]
    stocks: tuple[str, ...]
    interests: tuple[str, ...]
    channels: tuple[str, ...]
    markets: tuple[str, ...]
    access: tuple[tuple[str, str], ...]
    events: tuple[str, ...]
    measures: tuple[str, ...]
    details: tuple[tuple[str, str, str], ...] = ()
    """(market, sales or profit or rent, seller) of markets of few sellers."""
    threats: tuple[str, ...] = ()
    beliefs: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """What a utility is the sum of: interests, others' utility, and costs paid."""
        return (*self.interests, REGARD, COSTS)

    @property
    def quantities(self) -> tuple[str, ...]:
        """Dotted names of the V axis."""
        return (
            *(f"levers.{name}" for name in self.levers),
            *(f"stocks.{name}" for name in self.stocks),
            *(f"channels.{name}" for name in self.channels),
            *(f"markets.{name}" for name in self.markets),
            *(f"access.{a}.{b}" for a, b in self.access),
            *(f"markets.{market}.{part}.{seller}" for market, part, seller in self.details),
            *(f"beliefs.{name}" for name in self.beliefs),
        )


def references(document: Document) -> Iterable[str]:
    """Yield every reference to a quantity, in the order of the file."""
    for interest in document.interests.values():
        for term in interest.terms.values():
            yield term.of
            if term.times is not None:
                yield term.times
    for stock in document.stocks.values():
        for inflow in stock.inflows.values():
            if inflow.answers is not None:
                yield inflow.answers.to
            if inflow.refusals is not None and inflow.refusals.answers is not None:
                yield inflow.refusals.answers.to
    for answer in (document.answers or {}).values():
        yield answer.to
    for measure in document.measures.values():
        yield from measure.of


def find_axes(document: Document) -> Axes:
    """Return the axes of a scenario; access pairs are those that the file names."""
    pairs: dict[tuple[str, str], None] = {}
    for reference in references(document):
        if reference.startswith("access."):
            _, first, second = reference.split(".")
            pairs[(first, second)] = None
    return Axes(
        actors=tuple(document.actors),
        levers=tuple(document.levers),
        stocks=tuple(document.stocks),
        interests=tuple(document.interests),
        channels=tuple(document.channels),
        markets=tuple(document.markets),
        access=tuple(pairs),
        events=tuple(document.events),
        measures=tuple(document.measures),
        details=details(document.markets),
        threats=tuple(document.threats),
        beliefs=tuple(document.beliefs),
    )
