"""Dotted references between sections: which kinds there are, and what each may name."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from minsksim.endings import MEETING_COUNTS
from minsksim.vocabulary import QUANTITIES as SECTIONS_OF_QUANTITIES
from minsksim.vocabulary import REPORTS, TARGETS, THREAT_COUNTS

from .markets import PARTS, details
from .places import nearest
from .schema import Document

QUANTITIES = tuple(SECTIONS_OF_QUANTITIES)
"""Kinds of reference that have a value at every moment of a run."""
MEASURED = (*QUANTITIES, *REPORTS)
AFFECTED = tuple(TARGETS)

_SECTIONS: dict[str, tuple[str, ...]] = {
    **SECTIONS_OF_QUANTITIES,
    **{word: (report.section,) for word, report in REPORTS.items()},
    **{word: target.sections for word, target in TARGETS.items()},
}
"""Where the names after the first word of a reference are found."""


def reference_fault(document: Document, reference: str, kinds: tuple[str, ...]) -> str | None:
    """Return what is wrong with a reference, or None if it names something."""
    kind, *names = reference.split(".")
    if kind not in kinds:
        return f"{reference} begins with none of {', '.join(kinds)}. {nearest(kind, kinds)}"
    if kind == "markets" and len(names) > 1:
        return _detail_fault(document, reference)
    places = _places(document, kind)
    if kind == "stocks" and names[1:2] == ["inflows"]:
        return (
            f"{reference} is a flow. To count what it does, add a stock with counts: "
            f"[{reference}], and name that stock here."
        )
    if len(names) != len(places):
        return f"{reference} needs {len(places)} name(s) after {kind}, as in {_example(kind)}."
    for name, known in zip(names, places, strict=True):
        if name not in known:
            hint = _ending_meant(name) if known is MEETING_COUNTS else nearest(name, known)
            return f"{reference}: there is no {name}. {hint}"
    if kind == "access" and names[0] == names[1]:
        return f"{reference} leads from an actor to itself. Name two actors."
    if kind == "trust" and names[1] not in document.channels[names[0]].between:
        return f"{reference}: {names[1]} is not a party to {names[0]}. " + nearest(
            names[1], document.channels[names[0]].between
        )
    return None


def _ending_meant(name: str) -> str:
    """Return the ending that a misspelt word is, or all: a word of one's own is like none."""
    if difflib.get_close_matches(name[:200], MEETING_COUNTS, n=1, cutoff=0.7):
        return nearest(name, MEETING_COUNTS)
    return f"Known: {', '.join(MEETING_COUNTS)}."


def _detail_fault(document: Document, reference: str) -> str | None:
    """Return what is wrong with a reference to one seller's sales, profit or rent."""
    names = reference.split(".")[1:]
    known = {".".join(detail) for detail in details(document.markets)}
    if ".".join(names) in known:
        return None
    if len(names) != 3 or names[1] not in PARTS:
        told = ", ".join(f"markets.name.{part}.seller" for part in PARTS)
        return f"{reference} is not a quantity of a market. Write markets.name, {told}."
    return f"{reference}: there is none. {nearest('.'.join(names), known)}"


def lever_of(reference: str | None) -> str | None:
    """Return the lever that a reference names, if it names one."""
    if reference is None:
        return None
    kind, _, name = reference.partition(".")
    return name if kind == "levers" else None


def unit_of(document: Document, reference: str) -> str:
    """Return the unit of what a valid reference names."""
    kind, name, *rest = reference.split(".")
    if kind == "levers":
        return document.levers[name].unit
    if kind == "stocks":
        return document.stocks[name].unit
    if kind == "markets":
        market = document.markets[name]
        unit = (market.sales_unit if rest[0] == "sales" else market.profit_unit) if rest else None
        return unit or market.unit
    return REPORTS[kind].unit if kind in REPORTS else "share"


def detail_label(document: Document, market: str, part: str, seller: str) -> str | None:
    """Return in words what ``markets.market.part.seller`` is, if the document knows it."""
    known = document.markets[market].sellers if market in document.markets else {}
    return f"{part.capitalize()}: {known[seller].label}" if seller in known else None


def quantity(document: Document, name: str) -> tuple[str, str] | None:
    """Return label and unit of a quantity such as ``levers.x`` or ``access.a.b``."""
    section, _, key = name.partition(".")
    if section == "levers" and key in document.levers:
        return document.levers[key].label, document.levers[key].unit
    if section == "stocks" and key in document.stocks:
        return document.stocks[key].label, document.stocks[key].unit
    if section == "markets" and (text := detail_label(document, *_detail(key))):
        return text, unit_of(document, name)
    if section == "markets" and key in document.markets:
        return document.markets[key].label, document.markets[key].unit
    if section == "channels" and key in document.channels:
        return f"{document.channels[key].label}: quality", "0-1"
    if section == "beliefs" and key in document.beliefs:
        label = f"{document.beliefs[key].label}: posterior of the high type"
        return f"{label}, only as good as the simulator", "0-1"
    if section == "access":
        return f"Access of {key.replace('.', ' to ')}: best path", "0-1"
    return None


def _detail(key: str) -> tuple[str, str, str]:
    """Return market, part and seller of what a market tells of one seller; empty for none."""
    names = key.split(".")
    return (names[0], names[1], names[2]) if len(names) == 3 else ("", "", "")


def _places(document: Document, kind: str) -> tuple[Mapping[str, object], ...]:
    """Return, for each name after the kind, what it may be."""
    sections = [getattr(document, section) for section in _SECTIONS[kind]]
    if kind == "threats":
        sections.append(THREAT_COUNTS)
    if kind == "meetings":
        sections.append(MEETING_COUNTS)
    return tuple(sections)


def _example(kind: str) -> str:
    told = {
        "access": "access.first_actor.second_actor",
        "trust": "trust.channel.party",
        "threats": "threats.threat.made",
        "meetings": "meetings.channel.held",
    }
    sections = _SECTIONS[kind]
    names = ["name"] if sections == (kind,) else [section.removesuffix("s") for section in sections]
    return told.get(kind, ".".join([kind, *names]))
