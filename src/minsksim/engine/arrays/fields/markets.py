"""Markets of few sellers: who sells, under which tariffs and sanctions, and what moves them."""

from __future__ import annotations

from minsksim.engine.arrays.axes import Axes
from minsksim.engine.arrays.fields.common import Fields, Place, ints, starts
from minsksim.engine.arrays.fields.horizons import looks_ahead
from minsksim.engine.arrays.kinds import Ints
from minsksim.scenario.markets import Market, Sanction, Seller
from minsksim.scenario.schema import Document

SELLER_KEYS = ("cost", "tariff.at_full", "profit_weight", "reach")
ROAD_KEYS = ("share", "detour", "fee.at_full", "unasked")


def levers_of(market: Market) -> tuple[str, ...]:
    """Return the levers that move a market of few sellers, in the order of the file."""
    found: list[str | None] = []
    for seller in market.sellers.values():
        found.append(seller.tariff.by if seller.tariff else None)
        for sanction in seller.sanctions.values():
            road = sanction.reroute
            found += [sanction.lifted_by, sanction.imposed_by]
            if road is not None:
                found += [road.capacity, road.political, road.fee.by if road.fee else None]
    return tuple(dict.fromkeys(name for name in found if name is not None))


def driven_quantities(document: Document, axes: Axes) -> Ints:
    """Return every quantity of a market of few sellers: price, sales, profits and rents."""
    names = [f"markets.{name}" for name, one in document.markets.items() if one.sellers]
    names += [f"markets.{market}.{part}.{seller}" for market, part, seller in axes.details]
    quantity = {name: v for v, name in enumerate(axes.quantities)}
    return ints([quantity[name] for name in names])


def details(axes: Axes) -> Ints:
    """Return the quantities that are sales, profits and rents."""
    quantity = {name: v for v, name in enumerate(axes.quantities)}
    return ints([quantity[f"markets.{m}.{part}.{y}"] for m, part, y in axes.details])


def market_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """Demand, sellers and their sanctions, and the levers that move each market."""
    markets = document.markets
    sellers = [(f"markets.{m}.sellers.{y}", s) for m in markets for y, s in _sellers(markets[m])]
    bars = [
        (f"{path}.sanctions.{name}.reroute", sanction)
        for path, seller in sellers
        for name, sanction in seller.sanctions.items()
    ]
    named = _is_named(document)
    drives = [
        (axes.levers.index(name), axes.markets.index(m))
        for m, market in markets.items()
        for name in (levers_of(market) if m in named else ())
    ]
    few = [levers_of(market) for market in markets.values() if market.kind == "cournot"]
    levers = dict.fromkeys(axes.levers.index(name) for names in few for name in names)
    demand = [[f"markets.{m}.demand.{key}" for key in ("intercept", "slope")] for m in markets]
    seller_keys = [[f"{path}.{key}" for key in SELLER_KEYS] for path, _ in sellers]
    road_keys = [[f"{path}.{key}" for key in ROAD_KEYS] for path, _ in bars]
    return {
        "index_demand": _places(demand, place, 2),
        "index_seller": _places(seller_keys, place, 4),
        "index_bar": _places(road_keys, place, 4),
        "market_cournot": ints([market.kind == "cournot" for market in markets.values()]),
        "seller_start": starts([len(market.sellers) for market in markets.values()]),
        "seller": _sellers_facts(document, axes),
        "bar_start": starts([len(seller.sanctions) for _, seller in sellers]),
        "bar": ints([_bar_facts(sanction, axes) for _, sanction in bars], (len(bars), 7)),
        "drive": ints(drives, (len(drives), 2)),
        "market_levers": ints(list(levers)),
    }


def _sellers(market: Market) -> list[tuple[str, Seller]]:
    return list(market.sellers.items())


def _is_named(document: Document) -> set[str]:
    """Return the markets that some interest names: nobody bargains over the others."""
    references = [
        reference
        for interest in document.interests.values()
        for term in interest.terms.values()
        for reference in (term.of, term.times)
    ]
    if looks_ahead(document):  # then flows that answer to a market count, too
        references += [
            flow.answers.to
            for stock in document.stocks.values()
            for flow in stock.inflows.values()
            if flow.answers is not None
        ]
    return {
        reference.split(".")[1]
        for reference in references
        if reference is not None and reference.startswith("markets.")
    }


def _places(rows: list[list[str]], place: Place, width: int) -> Ints:
    return ints([[place.get(name, -1) for name in row] for row in rows], (len(rows), width))


def _sellers_facts(document: Document, axes: Axes) -> Ints:
    """Return the columns of ``Structure.seller``."""
    quantity = {name: v for v, name in enumerate(axes.quantities)}
    rows = [
        [
            _lever(seller.tariff.by if seller.tariff else None, axes),
            quantity.get(f"markets.{m}.rent.{y}", -1),
            int(seller.profit_weight is None),
            int(seller.reach is None),
        ]
        for m, market in document.markets.items()
        for y, seller in market.sellers.items()
    ]
    return ints(rows, (len(rows), 4))


def _bar_facts(bar: Sanction, axes: Axes) -> list[int]:
    """Return the columns of ``Structure.bar``."""
    road = bar.reroute
    return [
        _lever(bar.lifted_by or bar.imposed_by, axes),
        int(bar.lifted_by is not None),
        int(road is not None),
        int(road is None or road.unasked is None),
        _lever(road.capacity if road else None, axes),
        _lever(road.political if road else None, axes),
        _lever(road.fee.by if road and road.fee else None, axes),
    ]


def _lever(name: str | None, axes: Axes) -> int:
    return -1 if name is None else axes.levers.index(name)
