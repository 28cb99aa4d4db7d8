"""What cannot happen in a few runs because the parties of a channel never met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minsksim.analysis.serving import serves_bids
from minsksim.endings import NOT_HELD
from minsksim.engine.record.bids import counter_offers
from minsksim.scenario.groups import flows, origins
from minsksim.scenario.remarks.unread import levers_of
from minsksim.text import joined

if TYPE_CHECKING:
    from minsksim.engine.record.run import Run
    from minsksim.scenario.schema import Document


@dataclass(frozen=True)
class HeldUp:
    """Channels whose parties never met, and what follows from that.

    Attributes
    ----------
    channels : frozenset of str
        Whose parties never met.
    serving : frozenset of str
        Channels for nothing but counter-offers to packages of these.
    quantities : frozenset of str
        Dotted names of levers that are on no other table, and of what these levers move.
    """

    channels: frozenset[str]
    serving: frozenset[str]
    quantities: frozenset[str]

    def so(self, document: Document, channel: str) -> str:
        """Say who had no package to bid against, since a channel never met."""
        if channel not in self.channels:
            return ""
        against = [bid.by for name, bid in counter_offers(document) if name == channel]
        return f"; so {joined(against)} had no package to bid against" if against else ""


def held_up(runs: Sequence[Run]) -> HeldUp:
    """Return what could not happen because the parties of some channel never met in any run."""
    document = runs[0].scenario.document
    met = {one.channel for run in runs for one in run.meetings if one.ending not in NOT_HELD}
    idle = frozenset(document.channels) - met
    signed = {one.channel for run in runs for one in run.agreements}
    bids = counter_offers(document)
    with_packages = {bid.through for name, bid in bids if name not in idle}
    serving = frozenset(bid.through for _, bid in bids if serves_bids(runs[0], bid.through)) - (
        with_packages | signed | idle
    )
    return HeldUp(idle, serving, _quantities(document, idle | serving))


def _quantities(document: Document, channels: frozenset[str]) -> frozenset[str]:
    """Return the levers that are on tables of these channels alone, and all that they move."""
    tables = {
        lever: {name for name, one in document.channels.items() if lever in one.table}
        for lever in document.levers
    }
    levers = {name for name, where in tables.items() if where and where <= channels}
    found = {f"levers.{name}" for name in levers}
    found |= {
        f"markets.{name}" for name, one in document.markets.items() if levers & set(levers_of(one))
    }
    moved = {stock for stock, _, flow in flows(document.stocks) if flow.by in levers}
    moved |= {
        origin
        for _, _, flow in flows(document.stocks)
        if flow.by in levers
        for origin in origins(document.stocks, flow)
    }
    for name, stock in document.stocks.items():
        counted = {reference.split(".")[1] for reference in stock.counts}
        if moved & ({*stock.groups} | counted):
            found.add(f"stocks.{name}")
    return frozenset(found | {f"stocks.{name}" for name in moved})
