"""Every number of a document by its dotted name, in the order of the file's sections."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from .places import Keys
from .schema import Document, Number
from .shape import fields_at


def walk_numbers(document: Document) -> Iterator[tuple[Keys, Number]]:
    """Yield each number with its path, sections and keys in their fixed order."""
    yield from _walk(document, ())


def structure_fault(document: Document, name: str) -> str | None:
    """Return a sentence that refuses a name that is no number, but part of the structure.

    Examples
    --------
    >>> from minsksim import load_scenario
    >>> structure_fault(load_scenario("outbid").document, "calendar.turns")
    'is part of the structure, not a number that can vary. Set it by --set calendar.turns=VALUE.'
    """
    node: object = document
    path = tuple(name.split("."))
    for key in path:
        if isinstance(node, BaseModel):
            fields = type(node).model_fields.items()
            found = [field for field, info in fields if key == (info.alias or field)]
            if not found:
                return None
            node = getattr(node, found[0])
        elif isinstance(node, dict) and key in node:
            node = node[key]
        else:
            return None
    may_be_number = node is None and fields_at(Document, path) is not None
    if may_be_number or next(_walk(node, ()), None) is not None:
        return None
    return f"is part of the structure, not a number that can vary. Set it by --set {name}=VALUE."


def _walk(node: object, path: Keys) -> Iterator[tuple[Keys, Number]]:
    if isinstance(node, Number):
        yield path, node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _walk(getattr(node, name), (*path, name))
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _walk(value, (*path, key))
