"""Sections for those who do not sit at a table but decide with it: at home, or as rivals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import Discriminator, Tag

from .fields import Name, Number, Section

if TYPE_CHECKING:
    from .schema import Document

ONE, SEVERAL = "[one]", "[several]"
"""Marks by which a form was read; brackets keep them apart from names in a fault's place."""


class Blocking(Section):
    """Outsiders who may stop an agreement that harms them."""

    by: tuple[Name, ...]
    side_payments: bool
    """Whether they can pay the parties for not signing; without, they can only watch."""


class Ratifier(Section):
    """Somebody at home without whom a party cannot bind itself."""

    by: Name
    needs: Number
    """Least gain, in utils, that the ratifier must have from a package."""


class CounterOffer(Section):
    """An outsider who may offer a party something better before the parties sign."""

    by: Name
    to: Name
    through: Name
    """The channel between these two: its table has what can be offered."""


KEYS = frozenset({"by", "needs", "to", "through"})
"""Keys by which one section is known; so they cannot name one of several."""


def _form(given: object) -> str:
    """Return whether one section is given, or several by name."""
    is_several = isinstance(given, Mapping) and given and not KEYS & set(given)
    return SEVERAL if is_several else ONE


Ratifiers = Annotated[
    Annotated[Ratifier, Tag(ONE)] | Annotated[dict[Name, Ratifier], Tag(SEVERAL)],
    Discriminator(_form),
]
"""One ratifier, or several by name."""

CounterOffers = Annotated[
    Annotated[CounterOffer, Tag(ONE)] | Annotated[dict[Name, CounterOffer], Tag(SEVERAL)],
    Discriminator(_form),
]
"""One counter-offer, or several by name."""


def ratifiers_of(document: Document, channel: str) -> list[tuple[str, str, Ratifier]]:
    """Return who must ratify what a channel agrees, without those that were dropped.

    Each comes with the party that it ratifies for and its dotted name, in the order of the engine.
    """
    section, head = document.channels[channel], f"channels.{channel}.ratification"
    dropped = document.what_if.drop if document.what_if is not None else ()
    found = [
        (party, ".".join((head, party, *keys)), one)
        for party in section.between
        for keys, one in by_key((section.ratification or {}).get(party)).items()
    ]
    return [
        (party, name, one)
        for party, name, one in found
        if not {head, f"{head}.{party}", name} & set(dropped)
    ]


Part = TypeVar("Part", bound=Section)


def by_key(given: Any) -> dict[tuple[str, ...], Any]:
    """Return one section, or several, each under the keys that lead to it; none under none.

    Examples
    --------
    >>> by_key(None), by_key({"farmers": 1})
    ({}, {('farmers',): 1})
    """
    if given is None:
        return {}
    if isinstance(given, Section):
        return {(): given}
    return {(name,): one for name, one in given.items()}
