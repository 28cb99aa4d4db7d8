"""Quantities that nothing reads, and interests that no utility counts."""

from __future__ import annotations

from collections.abc import Iterator

from ..beliefs import PUBLIC
from ..groups import flows, origins
from ..schema import Document, Market
from .remark import Remark, is_nothing


def unread_quantities(document: Document) -> Iterator[Remark]:
    """Yield a remark for each lever, stock, market and public belief that nothing reads.

    What reads: a term, a measure, an observation, an answer, a flow, a market, a broker. That a
    lever costs something to move is no reading, and neither is that an event sets it. What a
    partner believes is read when it bargains, and so is a channel.
    """
    read = _named(document) | _drawn(document)
    levers = {
        f"levers.{lever}" for market in document.markets.values() for lever in levers_of(market)
    }
    brokers = (actor.brokers for actor in document.actors.values())
    read |= levers | {f"levers.{lever}" for lever in brokers if lever}
    markets = {reference.split(".")[1] for reference in read if reference.startswith("markets.")}
    read |= {f"markets.{name}" for name in markets}
    read |= {f"beliefs.{name}" for name, one in document.beliefs.items() if one.by != PUBLIC}
    for section in ("levers", "stocks", "markets", "beliefs"):
        for name in getattr(document, section):
            if f"{section}.{name}" not in read:
                yield Remark(
                    "unread",
                    (f"{section}.{name}",),
                    f"Nothing reads {section}.{name}: no term, measure, observation, answer, flow "
                    "or market.",
                    f"Name it in the `of` of a term or a measure, or remove it from `{section}`.",
                )


def _named(document: Document) -> set[str]:
    """Return what terms, measures, observations and answers name."""
    terms = [one for interest in document.interests.values() for one in interest.terms.values()]
    found = {reference for one in terms for reference in (one.of, one.times) if reference}
    for section in (document.measures, document.observations):
        found |= {reference for one in section.values() for reference in one.of}
    found |= {one.to for one in (document.answers or {}).values()}
    for _, _, flow in flows(document.stocks):
        found |= {flow.answers.to} if flow.answers else set()
        found |= {flow.refusals.answers.to} if flow.refusals and flow.refusals.answers else set()
    return found


def _drawn(document: Document) -> set[str]:
    """Return the stocks that a flow leaves, a meeting spends or a sum adds, and flows' levers."""
    found = {f"levers.{flow.by}" for _, _, flow in flows(document.stocks) if flow.by}
    for _, _, flow in flows(document.stocks):
        found |= {f"stocks.{name}" for name in origins(document.stocks, flow)}
        found |= {f"stocks.{flow.origin}"} if isinstance(flow.origin, str) else set()
    spent = [one.meetings.spends for one in document.channels.values() if one.meetings]
    found |= {f"stocks.{one.stock}" for one in spent if one}
    for stock in document.stocks.values():
        found |= {f"stocks.{name}" for name in stock.groups}
    return found


def levers_of(market: Market) -> Iterator[str]:
    """Yield the levers that a market answers to."""
    yield from market.responses
    for seller in market.sellers.values():
        if seller.tariff:
            yield seller.tariff.by
        for sanction in seller.sanctions.values():
            road = sanction.reroute
            fee = road.fee.by if road and road.fee else None
            on_road = (road.capacity, road.political, fee) if road else ()
            yield from filter(None, (sanction.lifted_by, sanction.imposed_by, *on_road))


def unweighed_interests(document: Document) -> Iterator[Remark]:
    """Yield a remark for each interest that is dropped, or that all weigh by 0."""
    dropped = set(document.what_if.drop) if document.what_if else set()
    moved = {one.of for one in (document.answers or {}).values()}
    moved |= {e.of for event in document.events.values() for e in event.effects.values()}
    believed = {belief.interest for belief in document.beliefs.values()}
    for name, interest in document.interests.items():
        by = {a: one.salience[name] for a, one in document.actors.items() if name in one.salience}
        is_moved = name in believed or any(f"salience.{a}.{name}" in moved for a in document.actors)
        terms = tuple(f"interests.{name}.terms.{key}" for key in interest.terms)
        gone = {f"actors.{a}.salience.{name}" for a in by} | set(terms)
        if f"interests.{name}" in dropped or set(terms) <= dropped or (
            gone - set(terms) <= dropped
        ):  # fmt: skip
            says = f"{name} is dropped by `what_if`: its terms do nothing."
            advice = f"Take interests.{name} out of `drop` to count it again."
        elif is_nothing(by.values()) and not is_moved:
            says = f"All weigh {name} by 0, and nothing changes that: its terms do nothing."
            advice = f"Give an actor a `salience.{name}` other than 0, or remove the interest."
        else:
            continue
        yield Remark("unweighed", (f"interests.{name}", *terms), says, advice)
