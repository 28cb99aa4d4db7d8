"""Markets of the plain model: a price that levers move, or few sellers who know each other.

With the numbers of ``frozen_minsk.yaml`` no seller is ever too dear to sell.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from plain_parts import Lever

from minsksim.scenario.markets import Market, Seller
from minsksim.scenario.schema import Document

if TYPE_CHECKING:
    from mesa_plain import PlainModel

Levels = dict[str, float]
"""Levers by name, on their 0-1 scale."""


def market_scales(document: Document) -> dict[str, tuple[float, float]]:
    scales = {}
    for name, market in document.markets.items():
        scales[f"markets.{name}"] = market.reference
        for key, seller in market.sellers.items():
            for part in ("sales", "profit", "rent"):
                bounds = getattr(seller, part)
                if bounds is not None:
                    scales[f"markets.{name}.{part}.{key}"] = bounds
    return scales


def lever_levels(model: PlainModel) -> Levels:
    return {name: model.scaled(lever.key) for name, lever in model.levers.items()}


def levers_of(market: Market) -> list[str]:
    found: dict[str, None] = {}
    for seller in market.sellers.values():
        named = [seller.tariff and seller.tariff.by]
        for sanction in seller.sanctions.values():
            road = sanction.reroute
            named.append(sanction.lifted_by)
            if road:
                named += [road.capacity, road.political, road.fee and road.fee.by]
        found |= {name: None for name in named if name}
    return list(found)


def position(seller: Seller, levels: Levels) -> tuple[float, float, float]:
    """Reach, detour and fee per unit of one seller."""
    reach = seller.reach.value if seller.reach else 1.0
    detour = paid = 0.0
    for sanction in seller.sanctions.values():
        force = 1.0 - levels[sanction.lifted_by]
        road, rerouted = sanction.reroute, 0.0
        if road:
            unasked, backing = road.unasked.value, levels[road.political]
            capacity = road.share.value * levels[road.capacity]
            rerouted = capacity * (unasked + (1.0 - unasked) * backing)
        left = 1.0 - force * (1.0 - rerouted)
        round_about = force * rerouted / left if left > 0.0 else 0.0
        reach *= max(left, 0.0)
        if road:
            fee = road.fee.at_full.value * levels[road.fee.by]
            detour += round_about * (road.detour.value + fee)
            paid += round_about * fee
    return reach, detour, paid


def few_sellers(name: str, market: Market, levels: Levels) -> dict[str, float]:
    """The Cournot equilibrium."""
    assert market.demand
    intercept, slope = market.demand.intercept.value, market.demand.slope.value
    reach, cost, fee, minded = {}, {}, {}, {}
    for key, seller in market.sellers.items():
        reach[key], detour, fee[key] = position(seller, levels)
        tariff = seller.tariff.at_full.value * levels[seller.tariff.by] if seller.tariff else 0.0
        weight = seller.profit_weight.value if seller.profit_weight else 1.0
        cost[key] = seller.cost.value + detour + tariff
        minded[key] = weight * (seller.cost.value + detour) + tariff
    total = intercept + math.fsum(reach[key] * minded[key] for key in market.sellers)
    price = total / (1.0 + math.fsum(reach.values()))
    told = {f"markets.{name}": price}
    for key, seller in market.sellers.items():
        sales = reach[key] * (price - minded[key]) / slope
        told[f"markets.{name}.sales.{key}"] = sales
        told[f"markets.{name}.profit.{key}"] = (price - cost[key]) * sales
        if seller.rent:
            told[f"markets.{name}.rent.{key}"] = fee[key] * sales
    return told


def clear_markets(model: PlainModel) -> dict[str, float]:
    told: dict[str, float] = {}
    levels = lever_levels(model)
    for name, market in model.case.document.markets.items():
        if market.kind == "cournot":
            told |= few_sellers(name, market, levels)
            continue
        assert market.price
        price = market.price.value
        for lever, slope in market.responses.items():
            price += slope.value * levels[lever]
        told[f"markets.{name}"] = price
    return told


def market_rates(model: PlainModel) -> list[tuple[Lever, str, float]]:
    """What a unit of each lever adds to prices, sales, profits and rents."""
    rates = []
    levels = lever_levels(model)
    for name, market in model.case.document.markets.items():
        for lever_name, slope in market.responses.items():
            lever = model.levers[lever_name]
            rates.append((lever, f"markets.{name}", slope.value / (lever.high - lever.low)))
        for lever_name in levers_of(market):
            lever = model.levers[lever_name]
            none = few_sellers(name, market, levels | {lever_name: 0.0})
            full = few_sellers(name, market, levels | {lever_name: 1.0})
            for key in none:
                rates.append((lever, key, (full[key] - none[key]) / (lever.high - lever.low)))
    return rates
