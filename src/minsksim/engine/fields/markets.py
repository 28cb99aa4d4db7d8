"""Markets of few sellers: who sells, under which tariffs and sanctions, and what moves them."""

from __future__ import annotations

from minsksim.engine.fields.common import Fields, Place, ints, starts
from minsksim.engine.layout import Ints
from minsksim.engine.names import Axes
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
    demand = [[f"markets.{m}.demand.{key}" for key in ("intercept", "slope")] for m in markets]
    seller_keys = [[f"{path}.{key}" for key in SELLER_KEYS] for path, _ in sellers]
    road_keys = [[f"{path}.{key}" for key in ROAD_KEYS] for path, _ in bars]
    return {
        "index_demand": _places(demand, place, 2),
        "index_seller": _places(seller_keys, place, 4),
        "index_bar": _places(road_keys, place, 4),
        "market_cournot": ints([market.kind == "cournot" for market in markets.values()]),
        "seller_start": starts([len(market.sellers) for market in markets.values()]),
        "drive_lever": ints([lever for lever, _ in drives]),
        "drive_market": ints([market for _, market in drives]),
        **_seller_arrays([seller for _, seller in sellers], axes),
        **_bar_arrays([sanction for _, sanction in bars], axes),
        "seller_rent": _rents(document, axes),
    }


def _sellers(market: Market) -> list[tuple[str, Seller]]:
    return list(market.sellers.items())


def _is_named(document: Document) -> set[str]:
    """Return the markets that some interest names: nobody bargains over the others."""
    return {
        reference.split(".")[1]
        for interest in document.interests.values()
        for term in interest.terms.values()
        for reference in (term.of, term.times)
        if reference is not None and reference.startswith("markets.")
    }


def _places(rows: list[list[str]], place: Place, width: int) -> Ints:
    return ints([[place.get(name, -1) for name in row] for row in rows], (len(rows), width))


def _seller_arrays(sellers: list[Seller], axes: Axes) -> Fields:
    default = [[int(s.profit_weight is None), int(s.reach is None)] for s in sellers]
    return {
        "seller_default": ints(default, (len(sellers), 2)),
        "seller_tariff": _levers([s.tariff.by if s.tariff else None for s in sellers], axes),
        "bar_start": starts([len(s.sanctions) for s in sellers]),
    }


def _bar_arrays(bars: list[Sanction], axes: Axes) -> Fields:
    roads = [bar.reroute for bar in bars]
    return {
        "bar_lever": _levers([bar.lifted_by or bar.imposed_by for bar in bars], axes),
        "bar_lifted": ints([bar.lifted_by is not None for bar in bars]),
        "bar_road": ints([road is not None for road in roads]),
        "bar_default": ints([road is None or road.unasked is None for road in roads]),
        "bar_capacity": _levers([road.capacity if road else None for road in roads], axes),
        "bar_political": _levers([road.political if road else None for road in roads], axes),
        "bar_fee": _levers([road.fee.by if road and road.fee else None for road in roads], axes),
    }


def _levers(names: list[str | None], axes: Axes) -> Ints:
    return ints([-1 if name is None else axes.levers.index(name) for name in names])


def _rents(document: Document, axes: Axes) -> Ints:
    """Return the quantity that holds each seller's fees, or -1."""
    quantity = {name: v for v, name in enumerate(axes.quantities)}
    return ints(
        [
            quantity.get(f"markets.{m}.rent.{y}", -1)
            for m, market in document.markets.items()
            for y in market.sellers
        ]
    )
