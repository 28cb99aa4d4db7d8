"""Shipped scenarios as they were parsed: read once, then looked up.

Parsing is strict and pure Python, and would be a good part of every start. An entry is JSON, so
nothing in it can run. It is named by a hash of the file and of the code that reads it, and opens
with a hash of itself: what is cut off, altered or about another file is no entry, and the file is
parsed again. A stranger's file never comes here, and what a stranger could have put here is not
read.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from minsksim._cache import own_folder, read_own, write_own

from .places import Keys, Position, Positions

LARGEST = 1 << 25
"""Bytes of an entry that is read; a file of the largest size allowed makes less."""

_READERS = ("build.py", "guard.py", "kept.py", "places.py", "read.py", "scalars.py")


def find_tree(content: bytes, shown: str) -> tuple[dict[str, Any], Positions] | None:
    """Return what a file's bytes were parsed to, or None if that was not kept or is damaged."""
    path = _path_of(content)
    if path is None:
        return None
    try:
        digest, _, body = read_own(path, LARGEST).partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != digest:
            return None
        entry = json.loads(body)
    except (OSError, ValueError):
        return None
    if entry["of"] != path.stem:
        return None
    marks = iter(entry["marks"])
    places = zip(_paths(entry["value"]), marks, marks, strict=True)
    return entry["value"], {path: Position(shown, line, column) for path, line, column in places}


def keep_tree(content: bytes, value: dict[str, Any], positions: Positions) -> None:
    """Keep what a file's bytes were parsed to; where that is not possible, do without."""
    path = _path_of(content)
    if path is None:
        return
    marks = [mark for at in positions.values() for mark in (at.line, at.column)]
    body = json.dumps({"of": path.stem, "value": value, "marks": marks}).encode()
    try:
        write_own(path, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    except OSError:
        return


def _path_of(content: bytes) -> Path | None:
    folder = own_folder("scenarios")
    if folder is None:
        return None
    name = hashlib.sha256(_reader() + hashlib.sha256(content).digest()).hexdigest()
    return folder / f"{name}.json"


@cache
def _reader() -> bytes:
    """Return a hash of the code that reads files, and of the parser's version."""
    digest = hashlib.sha256(version("ruamel.yaml").encode())
    for name in _READERS:
        digest.update(hashlib.sha256((Path(__file__).parent / name).read_bytes()).digest())
    return digest.digest()


def _paths(value: dict[str, Any]) -> list[Keys]:
    """Return the path of every node in the order in which the parser meets them."""
    found: list[Keys] = [()]

    def visit(node: Any, above: Keys) -> None:
        if isinstance(node, dict | list):
            for key, inner in node.items() if isinstance(node, dict) else enumerate(node):
                path = (*above, key)
                found.append(path)
                visit(inner, path)

    visit(value, ())
    return found
