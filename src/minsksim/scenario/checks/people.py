"""People are counted and reported, never priced and never summed with anything else."""

from __future__ import annotations

import re

from ..people import is_of_people
from ..places import Faults, Keys
from ..references import unit_of
from ..schema import Document

_PER_HEAD = re.compile(
    r"per[_\s-]*(person|people|prisoner|detainee|head|capita|inmate|release|hostage)",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$€£¥]|\b(usd|eur|gbp|rub|byn|cad|dollars?|euros?|rou?bles?|crowns?|cents?|"
    r"pounds?|money|prices?|revenues?|profits?|rents?)\b",
    re.IGNORECASE,
)


def check_people(document: Document, faults: Faults) -> None:
    """Refuse whatever would price people."""
    for name, measure in document.measures.items():
        path: Keys = ("measures", name)
        if _PER_HEAD.search(f"{name} {measure.label} {measure.unit}"):
            faults.add(path, "people are never a divisor of a report. Report the count by itself.")
        counted = [_is_people(document, reference) for reference in measure.of]
        if any(counted) and _MONEY.search(measure.unit):
            faults.add((*path, "unit"), "people are counted, never priced. Write unit: people.")
        if is_of_people(measure.unit) and not all(counted):
            faults.add(
                (*path, "of"),
                "a measure of people may only list what is counted in "
                "people. Report the rest apart.",
            )
    _check_flows(document, faults)
    _check_meetings(document, faults)
    for name, interest in document.interests.items():
        named = [
            reference
            for term in interest.terms.values()
            for reference in (term.of, term.times)
            if reference is not None
        ]
        people = [reference for reference in named if _is_people(document, reference)]
        money = [reference for reference in named if _is_money(document, reference)]
        if people and money:
            faults.add(
                ("interests", name, "terms"),
                f"weighs people ({people[0]}) against money "
                f"({money[0]}) in one interest. Make them two interests.",
            )


def _check_flows(document: Document, faults: Faults) -> None:
    """Refuse money that flows as people do."""
    for name, stock in document.stocks.items():
        for key, inflow in stock.inflows.items():
            lever = f"levers.{inflow.by}" if inflow.by is not None else None
            answers = inflow.answers.to if inflow.answers is not None else None
            read = [one for one in (lever, answers) if one and _is_people(document, one)]
            if read and _MONEY.search(stock.unit):
                faults.add(
                    ("stocks", name, "inflows", key),
                    f"turns people ({read[0]}) into {stock.unit}. People are never priced. Let "
                    "the money flow by a lever of its own.",
                )


def _check_meetings(document: Document, faults: Faults) -> None:
    """Refuse a meeting that would spend people."""
    for name, channel in document.channels.items():
        spends = channel.meetings.spends if channel.meetings else None
        if spends is not None and _is_people(document, f"stocks.{spends.stock}"):
            faults.add(
                ("channels", name, "meetings", "spends", "stock"),
                f"{spends.stock} counts people, and a meeting spends nobody. "
                "Name a stock of visits, days or attention.",
            )


def _is_people(document: Document, reference: str) -> bool:
    return is_of_people(unit_of(document, reference))


def _is_money(document: Document, reference: str) -> bool:
    return reference.startswith("markets.") or bool(_MONEY.search(unit_of(document, reference)))
