"""Markets: a price that levers move, or few sellers who face a demand."""

from __future__ import annotations

from ..markets import Charge, Market, Reroute, Sanction, Seller, has_fee
from ..places import Faults, Keys, nearest
from ..schema import Document
from .levers import check_order
from .relations import check_relations, somebody_sells

LINEAR = ("price", "responses")
COURNOT = ("demand", "sellers", "sales_unit", "profit_unit")


def check_markets(document: Document, faults: Faults) -> None:
    """Check that each market has what its kind needs, and names what exists."""
    for name, market in document.markets.items():
        path: Keys = ("markets", name)
        check_order(market.reference, (*path, "reference"), faults)
        needed, foreign = (LINEAR, COURNOT) if market.kind == "linear" else (COURNOT, LINEAR)
        for field in foreign:
            if getattr(market, field):
                faults.add(
                    (*path, field),
                    f"a {market.kind} market has no {field}. Remove it, or change the kind.",
                )
        if market.kind == "linear":
            _check_linear(document, path, market, faults)
        else:
            _check_cournot(document, path, market, needed, faults)


def _check_linear(document: Document, path: Keys, market: Market, faults: Faults) -> None:
    if market.price is None:
        faults.add(path, "a linear market needs `price`. Add it, or write kind: cournot.")
    if not market.responses:
        faults.add(
            (*path, "responses"),
            "no lever moves this price. Add a response, or remove the market.",
        )
    for lever in market.responses:
        _check_lever(document, (*path, "responses", lever), lever, faults)


def _check_cournot(
    document: Document, path: Keys, market: Market, needed: tuple[str, ...], faults: Faults
) -> None:
    missing = [field for field in needed if not getattr(market, field)]
    if missing:
        faults.add(
            path,
            f"a cournot market needs {', '.join(needed)}; {missing[0]} is missing. Add it: a "
            "market is buyers and sellers.",
        )
    for name, seller in market.sellers.items():
        _check_seller(document, (*path, "sellers", name), seller, faults)
    check_relations(somebody_sells(path, market), faults)


def _check_seller(document: Document, path: Keys, seller: Seller, faults: Faults) -> None:
    if seller.actor is not None and seller.actor not in document.actors:
        faults.add(
            (*path, "actor"),
            f"there is no actor {seller.actor}. {nearest(seller.actor, document.actors)}",
        )
    for field in ("sales", "profit", "rent"):
        bounds = getattr(seller, field)
        if bounds is not None:
            check_order(bounds, (*path, field), faults)
    if has_fee(seller) != (seller.rent is not None):
        faults.add(
            path,
            "`rent` is the scale of the fees on a road round a sanction: it and `fee` belong "
            "together. Add or remove one.",
        )
    if seller.tariff is not None:
        _check_charge(document, (*path, "tariff"), seller.tariff, faults)
    for name, sanction in seller.sanctions.items():
        _check_sanction(document, (*path, "sanctions", name), sanction, faults)


def _check_sanction(document: Document, path: Keys, sanction: Sanction, faults: Faults) -> None:
    if (sanction.lifted_by is None) == (sanction.imposed_by is None):
        faults.add(path, "needs exactly one of `lifted_by` and `imposed_by`. Keep one.")
    for field in ("lifted_by", "imposed_by"):
        lever = getattr(sanction, field)
        if lever is not None:
            _check_lever(document, (*path, field), lever, faults)
    if sanction.reroute is not None:
        _check_road(document, (*path, "reroute"), sanction.reroute, faults)


def _check_road(document: Document, path: Keys, road: Reroute, faults: Faults) -> None:
    if road.capacity is not None:
        _check_lever(document, (*path, "capacity"), road.capacity, faults)
    if road.political is not None:
        _check_lever(document, (*path, "political"), road.political, faults)
    if (road.political is None) != (road.unasked is None):
        faults.add(
            path,
            "`political` support adds to what firms offer `unasked`: they belong together. Add "
            "or remove one.",
        )
    if road.fee is not None:
        _check_charge(document, (*path, "fee"), road.fee, faults)


def _check_charge(document: Document, path: Keys, charge: Charge, faults: Faults) -> None:
    _check_lever(document, (*path, "by"), charge.by, faults)


def _check_lever(document: Document, path: Keys, lever: str, faults: Faults) -> None:
    if lever not in document.levers:
        faults.add(path, f"there is no lever {lever}. {nearest(lever, document.levers)}")
