"""Which keys of the format a document uses, so that a test can tell what nobody has tried."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel

from minsksim.scenario.schema import Document

WORDS = frozenset(
    {"Reading", "Source", "Record", "Observation", "Number", "NumberAnswer.label", "Inflow.label",
     "Actor.role", "WhatIf", "Document.what_if", "Document.observations"}
)  # fmt: skip
"""Keys and sections that no run reads, or that suppose something against the rest of a file."""


def all_keys() -> set[str]:
    """Return every optional key of the format that a run may read, as ``Channel.tranches``."""
    found: set[str] = set()
    seen: set[type[BaseModel]] = set()
    rooms: list[Any] = [Document]
    while rooms:
        kind = rooms.pop()
        rooms += get_args(kind)
        if not (isinstance(kind, type) and issubclass(kind, BaseModel)) or kind in seen:
            continue
        seen.add(kind)
        for name, field in kind.model_fields.items():
            rooms.append(field.annotation)
            if not field.is_required():
                found.add(f"{kind.__name__}.{name}")
    return {key for key in found if not {key, key.partition(".")[0]} & WORDS}


def used_keys(node: object) -> set[str]:
    """Return the optional keys that a document or a part of it gives another value than none."""
    found: set[str] = set()
    if isinstance(node, BaseModel):
        for name, field in type(node).model_fields.items():
            value = getattr(node, name)
            if value not in (field.get_default(call_default_factory=True), None):
                found.add(f"{type(node).__name__}.{name}")
            found |= used_keys(value)
    elif isinstance(node, dict):
        for value in node.values():
            found |= used_keys(value)
    return found
