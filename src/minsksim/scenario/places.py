"""Where things stand in a scenario file, and the list of faults found there.

A path is the tuple of keys that leads to a node; joined with dots it is the node's dotted
name. Nothing here reads files.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NoReturn

from minsksim.errors import ScenarioError

Keys = tuple[str | int, ...]

SHOWN = 20
"""Most faults that one message lists."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file, lines and columns counted from 1."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


Positions = dict[Keys, Position]


def dotted(path: Keys) -> str:
    """Return the dotted name of a path: ``("levers", "toll")`` is ``levers.toll``."""
    return ".".join(map(str, path))


def forget(positions: Positions, path: Keys) -> None:
    """Remove the places of a node and of everything in it."""
    for place in [place for place in positions if place[: len(path)] == path]:
        del positions[place]


def clip(text: object, length: int = 60) -> str:
    """Return a printable, short form of something that came out of a file."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in str(text)[: length + 1])
    return plain if len(plain) <= length else plain[: length - 3] + "..."


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a sentence that names the closest known name, or lists the known ones."""
    names = sorted(known)
    # a variant may be meant by the last part of its name
    meant = {one.rpartition("/")[2]: one for one in names} | {one: one for one in names}
    close = difflib.get_close_matches(name[:200], list(meant), n=1, cutoff=0.6)
    if close:
        return f"Did you mean {meant[close[0]]}?"
    if not names:
        return "There are none to choose from."
    shown = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
    return f"Known: {shown}."


def nearest_number(name: str, known: Iterable[str]) -> str:
    """Return a sentence that names the number that a short or misspelt name means, or nothing.

    A name may be a part of a dotted one. Of several numbers that have it, the one is meant that a
    run starts with, or else the one with the shortest name.

    Examples
    --------
    >>> nearest_number("tol", ["levers.toll.step.up", "levers.toll.initial"])
    'Did you mean levers.toll.initial?'
    """
    names = sorted(known, key=lambda one: (not one.endswith(".initial"), len(one)))
    below = [one for one in names if one.startswith(f"{name}.")]
    if below:
        return f"Did you mean {below[0]}?"
    meant: dict[str, str] = {}
    for one in names:
        for part in (one, *one.split(".")):
            meant.setdefault(part, one)
    close = difflib.get_close_matches(name[:200], list(meant), n=1, cutoff=0.7)
    return f"Did you mean {meant[close[0]]}?" if close else ""


@dataclass
class Faults:
    """Faults of one stage of reading, reported together."""

    positions: Positions
    file: str
    found: list[tuple[Position, str]] = field(default_factory=list)

    def add(self, path: Keys, sentence: str) -> None:
        """Record a fault at a path; an unknown path is placed at its nearest known parent."""
        position = self.place(path)
        key = clip(dotted(path), 120)
        self.found.append(
            (position, f"{position} {key}: {sentence}" if key else f"{position} {sentence}")
        )

    def place(self, path: Keys) -> Position:
        """Return the position of a path, or of its nearest parent in the file."""
        for length in range(len(path), -1, -1):
            if (position := self.positions.get(path[:length])) is not None:
                return position
        return Position(self.file, 1, 1)

    def stop(self) -> None:
        """Raise ``ScenarioError`` if any fault was recorded."""
        if not self.found:
            return
        ordered = sorted(
            self.found, key=lambda fault: (fault[0].file, fault[0].line, fault[0].column)
        )
        lines = list(dict.fromkeys(line for _, line in ordered))
        if len(lines) > SHOWN:
            lines = [*lines[:SHOWN], f"... and {len(lines) - SHOWN} more"]
        raise ScenarioError("\n".join(lines))


def refuse(position: Position, key: str, sentence: str) -> NoReturn:
    """Raise ``ScenarioError`` for one fault that ends the reading."""
    raise ScenarioError(f"{position} {key}: {sentence}" if key else f"{position} {sentence}")
