"""Labels and units of everything a figure names, read from the scenario document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from minsksim.numerals import short as short
from minsksim.scenario.number_labels import number_label as number_label
from minsksim.scenario.references import detail_label, unit_of
from minsksim.scenario.schema import Document

_PARTS = {"regard": "regard for others", "costs": "costs of moving levers"}


_UNITS = {
    "patience": "discount factor per turn",
    "rationality": "1/util",
    "audience_cost": "utils",
    "reservation": "utils",
    "quality": "chance per turn",
    "leak": "chance per turn",
    "hazard": "chance per turn",
    "decay": "share per turn",
    "rate": "share per turn",
    "kept": "agreements",
    "broken": "agreements",
}


_PER_UNIT = ("intercept", "cost", "at_full", "detour")
"""Numbers of a market of few sellers in the unit of its price."""


class Label(NamedTuple):
    """Words for a title and the unit for an axis."""

    text: str
    unit: str


def quantity(document: Document, reference: str) -> Label:
    """Return label and unit of a reference such as ``levers.x`` or ``access.a.b``.

    A name the document does not know is its own label, so that a figure of an old result
    is still drawn.
    """
    section, *rest = reference.split(".")
    key = rest[0] if rest else ""
    match section:
        case "levers" if key in document.levers:
            return Label(document.levers[key].label, document.levers[key].unit)
        case "stocks" if key in document.stocks:
            return Label(document.stocks[key].label, document.stocks[key].unit)
        case "markets" if len(rest) == 3 and (text := detail_label(document, *rest)):
            return Label(text, unit_of(document, reference))
        case "markets" if len(rest) == 1 and key in document.markets:
            return Label(document.markets[key].label, document.markets[key].unit)
        case "channels" if key in document.channels:
            return Label(document.channels[key].label, "quality, 0-1")
        case "access" if len(rest) == 2:
            first, second = (actor(document, name) for name in rest)
            return Label(f"Access of {first} to {second}", "best path, 0-1")
        case "beliefs" if key in document.beliefs:
            label = f"{document.beliefs[key].label} (only as good as the simulator)"
            return Label(label, "posterior of the high type, 0-1")
        case "utility":
            return Label(f"Utility of {actor(document, key)}", "utils")
    return Label(reference, "unit of the scenario")


def actor(document: Document, name: str) -> str:
    """Return the label of an actor, or its name."""
    return document.actors[name].label if name in document.actors else name


def interest(document: Document, name: str) -> str:
    """Return the label of an interest, or of the two parts of utility that are none."""
    if name in _PARTS:
        return _PARTS[name]
    return document.interests[name].label if name in document.interests else name


def channel(document: Document, name: str) -> str:
    """Return the label of a channel, or its name."""
    return document.channels[name].label if name in document.channels else name


def measure(document: Document, name: str) -> Label:
    """Return label and unit of a measure, or its name."""
    if name not in document.measures:
        return Label(name, "unit of the scenario")
    return Label(document.measures[name].label, document.measures[name].unit)


def number(document: Document, dotted: str) -> str:
    """Return the unit of a model number, or nothing for a pure weight or shape.

    Numbers of levers, stocks and markets are in the unit of what they belong to; costs are in
    utils.
    """
    section, key, *rest = dotted.split(".")
    if rest[:1] == ["cost"]:
        return "utils"
    if rest[-1:] and rest[-1] in _UNITS:
        return _UNITS[rest[-1]]
    if rest[:1] in (["demand"], ["sellers"]) and rest[-1] not in _PER_UNIT:
        return ""
    if section in ("levers", "stocks", "markets"):
        return quantity(document, f"{section}.{key}").unit
    return ""


def variant(documents: Mapping[str, Document], name: str) -> str:
    """Return what tells a scenario from the first: its title without what both titles share."""
    base, title = next(iter(documents)), documents[name].title
    shared = documents[base].title
    if name == base:
        return "the base" if len(documents) > 1 else shared
    if title == shared:
        return name.removeprefix(f"{base}/").replace("_", " ")
    return title.removeprefix(f"{shared}: ")
