"""Invented names for class: the same payoffs, acted by Alder, Birch, Cedar and others.

Each skin is a renaming of the whole scenario, keys and texts alike. Random numbers are addressed
by names, so the two skins of a case have equal payoffs and different draws.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from minsksim.errors import UsageError
from minsksim.frozen import FrozenMap

if TYPE_CHECKING:
    from minsksim.scenario import Scenario
    from minsksim.scenario.settings import Setting

FICTIONAL, NAMED = "fictional", "named"

Rename = Callable[[str], str]

_TO_FICTION = {
    "washington": "alder",
    "minsk": "birch",
    "moscow": "cedar",
    "ottawa": "hazel",
    "caracas": "rowan",
    "brussels": "linden",
    "vilnius": "aspen",
    "potash": "salt",
    "belavia": "skyline",
    "oreshnik": "rockets",
    "alaska": "glacier",
    "klaipeda": "harbour",
    "us": "alders",
    "belarus": "birches",
    "russian": "cedars",
    "russia": "cedarland",
    "canada": "hazels",
    "venezuela": "rowans",
    "eu": "lindens",
    "lithuanian": "aspens",
}
"""Parts of identifiers, one to one, so that they can be turned back."""

_TO_REAL = {fiction: real for real, fiction in _TO_FICTION.items()}

_PROSE = (
    ("seat on the Board of Peace", "seat on the Concord Council"),
    ("the Board", "the Council"),
    ("the United States and Russia", "Alder and Cedar"),
    ("The presidents of", "The leaders of"),
    ("Viasna list", "a rights group's list"),
    ("outside USMCA", "outside the trade pact"),
    ("an Oreshnik system", "a rocket system"),
    ("Oreshnik missile systems", "Rocket systems"),
    ("in Alaska", "in a third country"),
    ("Alaska summit", "summit"),
    ("Belarusian", "Birch"),
    ("Lithuanian", "Aspen"),
    ("Canadian", "Hazel"),
    ("Russian", "Cedar"),
    ("Klaipeda", "the western port"),
    ("Washington", "Alder"),
    ("Minsk", "Birch"),
    ("Moscow", "Cedar"),
    ("Ottawa", "Hazel"),
    ("Caracas", "Rowan"),
    ("Brussels", "Linden"),
    ("Vilnius", "Aspen"),
    ("Belavia", "Skyline"),
    ("Belarus", "Birch"),
    ("Lithuania", "Aspen"),
    ("Canada", "Hazel"),
    ("Venezuela", "Rowan"),
    ("Russia", "Cedar"),
    ("potash", "salt"),
    ("Potash", "Salt"),
    ("US", "Alder"),
    ("EU", "Linden"),
)
"""Words of texts, the longer before the shorter; only towards fiction."""

_PROSE_KEYS = {"title", "question", "summary", "because", "label", "role", "unit"}
_KEPT = {"sources", "format", "calendar", "source", "cite"}
_LEFT_OUT = {"observations", "readings", "note"}
"""What speaks of the record, and so has no place in an invented country."""
_WRITTEN_IN_FICTION = {"relief_for_release", "hold_up", "indivisible_visit", "outbid"}
"""Shipped scenarios whose files, with their variants, hold the invented names."""
_PART = re.compile(r"[a-z]+|[A-Z][a-z]+")


def fictional_names(text: str) -> str:
    """Return an identifier or dotted name with the invented names.

    Examples
    --------
    >>> fictional_names("channels.washington_minsk.quality")
    'channels.alder_birch.quality'
    """
    return _PART.sub(lambda part: _TO_FICTION.get(part[0], part[0]), text)


def real_names(text: str) -> str:
    """Return text or code with the real names in place of the invented ones.

    Examples
    --------
    >>> real_names("Birch gains: utility_birch, salt relief")
    'Minsk gains: utility_minsk, potash relief'
    """

    def real(part: re.Match[str]) -> str:
        word = part[0]
        found = _TO_REAL.get(word.lower(), word)
        return found if word.islower() else found[:1].upper() + found[1:]

    return _PART.sub(real, text)


def _real_prose(text: str) -> str:
    return real_names(text.replace("in invented countries", "with invented worths"))


def invented_prose(text: str) -> str:
    """Return a text for readers with the invented names.

    Examples
    --------
    >>> invented_prose("US relief for Belarusian potash")
    'Alder relief for Birch salt'
    """
    for real, fiction in _PROSE:
        text = re.sub(rf"\b{real}\b", fiction, text)
    return text


def check_skin(skin: str) -> str:
    """Return the name of a skin, or say which there are."""
    if skin not in (FICTIONAL, NAMED):
        raise UsageError(f"There is no skin {skin!r}: use {FICTIONAL!r} or {NAMED!r}.")
    return skin


def load(reference: str, skin: str, settings: tuple[tuple[str, Setting], ...] = ()) -> Scenario:
    """Load a scenario in a skin, with settings by either name."""
    from minsksim.scenario import load_scenario

    if reference.partition("/")[0] in _WRITTEN_IN_FICTION:
        pairs = tuple((fictional_names(name), value) for name, value in settings)
        case = load_scenario(reference, pairs)
        return case if skin == FICTIONAL else _renamed(case, real_names, _real_prose)
    pairs = tuple((real_names(name), value) for name, value in settings)
    case = load_scenario(reference, pairs)
    return case if skin == NAMED else _renamed(case, fictional_names, invented_prose)


def _renamed(case: Scenario, rename: Rename, retell: Rename) -> Scenario:
    """Return a scenario under other names; the record of what really happened stays behind."""
    from minsksim.scenario.dump import to_plain
    from minsksim.scenario.load import digest_of
    from minsksim.scenario.numbers import walk_numbers
    from minsksim.scenario.places import dotted
    from minsksim.scenario.schema import Document
    from minsksim.scenario.shape import validate_json

    document = validate_json(Document, _walk(to_plain(case.document), "", rename, retell))
    numbers: Mapping[str, Any] = FrozenMap(
        {dotted(place): number for place, number in walk_numbers(document)}
    )
    return replace(
        case,
        name=rename(case.name),
        document=document,
        variant_of=None if case.variant_of is None else rename(case.variant_of),
        because=None if case.because is None else retell(case.because),
        numbers=numbers,
        positions=FrozenMap({}),
        digest=digest_of(document),
    )


def _walk(node: Any, key: str, rename: Rename, retell: Rename) -> Any:
    if key in _KEPT:
        return node
    if isinstance(node, dict):
        return {
            rename(name): _walk(inner, name, rename, retell)
            for name, inner in node.items()
            if name not in _LEFT_OUT
        }
    if isinstance(node, list):
        return [_walk(inner, key, rename, retell) for inner in node]
    if not isinstance(node, str):
        return node
    return retell(node) if key in _PROSE_KEYS else rename(node)
