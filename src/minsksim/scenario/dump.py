"""A document back to YAML: the text loads as an equal document."""

from __future__ import annotations

import json
from typing import Any

from .scalars import is_plain
from .schema import Document

_WIDTH = 96
_UNSAFE_START = frozenset("!&*-?|>@`%{}[],#:'\"= ")


def to_plain(document: Document) -> dict[str, Any]:
    """Return a document as plain data, keys as the file spells them, defaults included."""
    plain: dict[str, Any] = document.model_dump(mode="json", by_alias=True, exclude_none=True)
    return plain


def dump(document: Document) -> str:
    """Return the YAML text of a document.

    Only what differs from a default is written.
    """
    plain = document.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude_defaults=True
    )
    lines: list[str] = []
    _block(plain, "", lines)
    return "\n".join(lines) + "\n"


def _block(mapping: dict[str, Any], indent: str, lines: list[str]) -> None:
    for key, value in mapping.items():
        start = f"{indent}{_scalar(key)}:"
        flow = _flow(value)
        if not isinstance(value, dict) or not value or _fits(value, start, flow):
            lines.append(f"{start} {flow}")
        else:
            lines.append(start)
            _block(value, indent + "  ", lines)


def _fits(value: dict[str, Any], start: str, flow: str) -> bool:
    nested = any(isinstance(inner, dict) for inner in value.values())
    return not nested and len(start) + len(flow) < _WIDTH


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(k)}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    safe = (
        value.isprintable()
        and value == value.strip()
        and value[:1] not in _UNSAFE_START
        and not any(mark in value for mark in (": ", " #", ",", "[", "]", "{", "}"))
        and not value.endswith(":")
        and value != "<<"
        and is_plain(value)
    )
    return value if safe else json.dumps(value, ensure_ascii=False)
