"""What a number of a scenario is, in words: ``actors.minsk.patience`` is "Patience of Minsk"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .schema import Document

_OF_ACTOR = {
    "patience": "Patience",
    "rationality": "Rationality",
    "susceptibility": "Susceptibility",
    "audience_cost": "Audience cost",
    "reservation": "Reservation",
    "bias": "Bias",
}
_OF_LEVER = {
    "initial": "initial level",
    "leak": "chance to leak",
    "cost.up": "cost of raising it",
    "cost.down": "cost of lowering it",
    "step.up": "largest rise in a turn",
    "step.down": "largest fall in a turn",
}
_OF_CHANNEL = {
    "quality": "chance to meet",
    "decay": "decay while unused",
    "build": "growth by use",
    "forgetting": "memory of trust",
    "meetings.spends.amount": "what a meeting takes",
}
_OF_ANSWER = {"by": "size of the answer", "beyond": "red line"}
_TRUST = {"kept": "kept promises remembered", "broken": "broken promises remembered"}
_OF_EDGE = {"weight": "Influence of {0} on {1}", "regard": "Regard of {1} for {0}"}


def number_label(document: Document, name: str) -> str:
    """Return what a number is, in words a reader of the scenario knows.

    Parameters
    ----------
    document : Document
    name : str
        Dotted name of a number.

    Returns
    -------
    str
        Labels of the file where it has them; a part without a label keeps its name. Two numbers
        may have one label, so tables for machines keep the name beside it.

    Examples
    --------
    >>> from minsksim.scenario import load_scenario
    >>> minsk = load_scenario("minsk").document
    >>> number_label(minsk, "actors.washington.salience.ottawa_leverage")
    'Washington: weight of Bargaining weight against Ottawa'
    >>> number_label(minsk, "channels.washington_minsk.quality")
    'Channel Washington and Minsk: chance to meet'
    """
    section, key, *rest = name.split(".")
    known = getattr(document, section, None)
    if not isinstance(known, Mapping) or key not in known:
        return name
    item = known[key]
    path = ".".join(rest)
    if section == "actors" and path in _OF_ACTOR:
        return f"{_OF_ACTOR[path]} of {item.label}"
    if section == "actors" and rest[0] == "salience":
        interest = document.interests.get(rest[1])
        return f"{item.label}: weight of {_label(interest, rest[1])}"
    if section == "channels":
        return f"Channel {item.label}: {_of_channel(document, rest)}"
    if section == "influence" and path in _OF_EDGE:
        ends = (_label(document.actors.get(one), one) for one in (item.origin, item.to))
        return _OF_EDGE[path].format(*ends)
    if section == "interests" and rest[0] == "terms":
        return f"{item.label}: {_of_term(document, item, rest)}"
    if section == "answers" and path in _OF_ANSWER:
        return f"{_label(item, key)}: {_OF_ANSWER[path]}"
    if section == "levers" and path in _OF_LEVER:
        return f"{item.label}: {_OF_LEVER[path]}"
    return f"{_label(item, key)}: {_walk(item, rest)}"


def _of_channel(document: Document, rest: list[str]) -> str:
    if rest[0] == "trust" and len(rest) == 3:
        party = _label(document.actors.get(rest[1]), rest[1])
        return f"{_TRUST.get(rest[2], rest[2])} of {party}"
    return _OF_CHANNEL.get(".".join(rest), " ".join(rest))


def _of_term(document: Document, interest: Any, rest: list[str]) -> str:
    """Say which shape or size of which term a number is."""
    term = interest.terms.get(rest[1])
    kind, _, key = (term.of if term is not None else "").partition(".")
    source = getattr(document, kind, {}).get(key) if kind in _NAMED else None
    if term is not None and sum(one.of == term.of for one in interest.terms.values()) > 1:
        source = None
    words = "effect" if rest[2:] == ["effect"] else f"shape ({' '.join(rest[2:])})"
    return f"{words} of {_label(source, rest[1])}"


_NAMED = ("levers", "stocks", "channels", "markets")


def _walk(item: Any, rest: list[str]) -> str:
    """Follow a path through a part of the file, and use a label wherever there is one."""
    words = []
    for step in rest:
        inner = item.get(step) if isinstance(item, Mapping) else getattr(item, step, None)
        words.append(_label(inner, step))
        item = inner
    return ", ".join(words) if words else "value"


def _label(item: object, name: str) -> str:
    return str(getattr(item, "label", None) or name.replace("_", " "))
