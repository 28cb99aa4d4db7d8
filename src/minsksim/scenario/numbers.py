"""Every number of a document by its dotted name, in the order of the file's sections."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from .places import Keys
from .schema import Document, Number


def walk_numbers(document: Document) -> Iterator[tuple[Keys, Number]]:
    """Yield each number with its path, sections and keys in their fixed order."""
    yield from _walk(document, ())


def _walk(node: object, path: Keys) -> Iterator[tuple[Keys, Number]]:
    if isinstance(node, Number):
        yield path, node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _walk(getattr(node, name), (*path, name))
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _walk(value, (*path, key))
