"""The section ``markets``: a price that answers to levers, or a market of few sellers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .fields import Bounds, Name, Number, Section, Text


class Charge(Section):
    """What a lever adds to a unit cost."""

    by: Name
    at_full: Number
    """Money per unit with the lever at the high end of its scale; less below, in proportion."""


class Reroute(Section):
    """Another road for sanctioned trade, with a cost and perhaps a toll."""

    share: Number
    """Most of the sanctioned trade that can take it, in [0, 1]."""
    capacity: Name | None = None
    """A lever whose 0-1 value multiplies ``share``: ports, firms, anybody's."""
    unasked: Number | None = None
    """Part of that capacity offered for profit alone, in [0, 1]; all of it by default."""
    political: Name | None = None
    """A lever whose 0-1 value brings the rest of the capacity: support of a friendly state."""
    detour: Number
    """Added unit cost of the way round, money per unit, >= 0."""
    fee: Charge | None = None
    """What the owner of the road takes on each unit, on top: its rent."""


class Sanction(Section):
    """A lever that shuts a seller out, as far as its trade finds no other road."""

    lifted_by: Name | None = None
    """A lever that sets the sanction aside: none of it is left at full scale."""
    imposed_by: Name | None = None
    """A lever that imposes it: all of it at full scale. One of the two."""
    reroute: Reroute | None = None


class Seller(Section):
    """One seller in a market of few."""

    label: Text
    actor: Name | None = None
    """The actor whose producer it is, for readers: utilities come from interests alone."""
    cost: Number
    """Unit cost of bringing the good to the buyer, money per unit, >= 0."""
    reach: Number | None = None
    """Share of the buyers it can serve, in (0, 1]; 1 by default, a textbook seller."""
    profit_weight: Number | None = None
    """Weight of profit against revenue, in [0, 1]; 1 by default, a firm that wants profit."""
    tariff: Charge | None = None
    sanctions: dict[Name, Sanction] = Field(default_factory=dict)
    sales: Bounds
    """Ends of the 0-1 scale of its sales."""
    profit: Bounds
    """Ends of the 0-1 scale of its profit."""
    rent: Bounds | None = None
    """Ends of the 0-1 scale of the fees it pays; needed where a road round has a fee."""


class Demand(Section):
    """Linear demand: price = intercept - slope x quantity."""

    intercept: Number
    """Price at which nobody buys, money per unit, > 0."""
    slope: Number
    """Fall of the price with each unit sold, > 0."""


class Market(Section):
    """A price: linear in levers, or that of few sellers who know each other (Cournot)."""

    label: Text
    unit: Text
    reference: Bounds
    kind: Literal["linear", "cournot"] = "linear"
    price: Number | None = None
    """Linear: the price with every lever at the low end of its scale."""
    responses: dict[Name, Number] = Field(default_factory=dict)
    """Linear: change of the price for a full-scale move of the named lever."""
    demand: Demand | None = None
    sellers: dict[Name, Seller] = Field(default_factory=dict)
    sales_unit: Text | None = None
    profit_unit: Text | None = None
    """Of profits and rents: the price's money times the unit of sales."""


PARTS = ("sales", "profit", "rent")
"""What a market of few sellers tells of each seller, as in ``markets.potash.sales.canada``."""


def details(markets: dict[str, Market]) -> tuple[tuple[str, str, str], ...]:
    """Return (market, part, seller) of every seller's quantities: sales, profits, then rents."""
    return tuple(
        (name, part, seller)
        for part in PARTS
        for name, market in markets.items()
        for seller, item in market.sellers.items()
        if part != "rent" or has_fee(item)
    )


def has_fee(seller: Seller) -> bool:
    """Return whether some road round a sanction has a fee."""
    roads = [sanction.reroute for sanction in seller.sanctions.values()]
    return any(road is not None and road.fee is not None for road in roads)
