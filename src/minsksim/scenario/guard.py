"""Limits that a file must pass before any object is built from it.

A scenario file may come from a stranger. Size, encoding and control characters are checked
on the bytes; depth, node count, anchors, aliases and tags on the parser's events (``read``).
"""

from __future__ import annotations

import re
from pathlib import Path

from minsksim.reading import Unreadable, read_regular
from minsksim.text import INVISIBLE

from .places import Position, refuse

MAX_BYTES = 1 << 20
MAX_DEPTH = 20
MAX_NODES = 50_000
MAX_SCALAR = 10_000

_BRACKETS = re.compile(r"[\[{\]}]")


def read_bytes(path: Path, shown: str, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a regular file of at most ``limit`` bytes."""
    try:
        return read_regular(path, limit, ".yaml file")
    except Unreadable as error:
        refuse(Position(shown), "", str(error))


def decode(content: bytes, shown: str) -> str:
    """Return the text of UTF-8 bytes without NUL, byte order mark or invisible controls."""
    if len(content) > MAX_BYTES:
        refuse(Position(shown), "", f"is larger than {MAX_BYTES >> 20} MiB. Shorten it.")
    if content[:3] == b"\xef\xbb\xbf":
        refuse(Position(shown, 1, 1), "", "begins with a byte order mark. Save as plain UTF-8.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        column = error.start - before.rfind(b"\n")
        refuse(
            Position(shown, before.count(b"\n") + 1, column),
            "",
            "is not UTF-8 here. Save the file as UTF-8.",
        )
    if (found := find_invisible(text)) is not None:
        before_text = text[:found]
        column = found - before_text.rfind("\n")
        refuse(
            Position(shown, before_text.count("\n") + 1, column),
            "",
            f"has the invisible character U+{ord(text[found]):04X}. Remove it.",
        )
    _refuse_bombs(text, shown)
    return text


def find_invisible(text: str) -> int | None:
    """Return the index of the first control or direction-changing character, if any."""
    found = INVISIBLE.search(text)
    return found.start() if found else None


def _refuse_bombs(text: str, shown: str) -> None:
    """Refuse in one pass over the text what the parser would take seconds to refuse.

    Quotes are ignored, so the limits are those of ``read`` times four.
    """
    if sum(text.count(mark) for mark in ",:{[\n") > 4 * MAX_NODES:
        refuse(Position(shown), "", f"has more than {MAX_NODES} nodes. Make it smaller.")
    depth = 0
    for found in _BRACKETS.finditer(text):
        depth = depth + 1 if found[0] in "[{" else max(depth - 1, 0)
        if depth > 4 * MAX_DEPTH:
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            refuse(
                Position(shown, line, column),
                "",
                f"is nested deeper than {MAX_DEPTH} levels. Close the brackets.",
            )
