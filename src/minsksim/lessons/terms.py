"""Words that a student may not know, explained where a notebook first uses them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "pages" / "terms.yaml"


@dataclass(frozen=True)
class Term:
    """A word, how it is found in a text, and what it means."""

    name: str
    pattern: re.Pattern[str]
    means: str

    @property
    def explanation(self) -> str:
        """The line that explains it, in Markdown."""
        return f"> **{self.name}**: {self.means}."


@dataclass(frozen=True)
class Piece:
    """A cell before it is written.

    Attributes
    ----------
    kind : {"markdown", "code"}
    source : str
        What the cell shows.
    said : str
        What answers to it may say, such as hints.
    is_folded : bool
        Whether its code is folded away.
    """

    kind: str
    source: str
    said: str = ""
    is_folded: bool = False


@cache
def all_terms() -> tuple[Term, ...]:
    """Return every term of the labs."""
    from ruamel.yaml import YAML

    entries = YAML(typ="safe", pure=True).load(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Term(
            entry["term"],
            re.compile(entry.get("match", rf"\b{re.escape(entry['term'])}s?\b")),
            " ".join(entry["means"].split()),
        )
        for entry in entries
    )


def explained(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the cells with each term explained at the end of the cell where it first occurs.

    A term that occurs first in code, or in what the code shows, is explained in a cell before it.
    """
    left = list(all_terms())
    waiting: Piece | None = None
    for piece in pieces:
        found = _found(f"{piece.source}\n{piece.said}", left)
        left = [term for term in left if term not in found]
        lines = "\n>\n".join(term.explanation for term in found)
        if piece.kind == "markdown":
            if waiting is not None:
                yield waiting
            waiting = _with(piece, lines)
            continue
        if lines:
            waiting = _with(waiting or Piece("markdown", ""), lines)
        if waiting is not None:
            yield waiting
            waiting = None
        yield piece
    if waiting is not None:
        yield waiting


def _found(text: str, left: list[Term]) -> list[Term]:
    """Return the terms of a text, and those that their explanations use in turn."""
    found: list[Term] = []
    while new := [term for term in left if term not in found and term.pattern.search(text)]:
        found += new
        text = "\n".join(term.means for term in new)
    return found


def _with(piece: Piece, lines: str) -> Piece:
    source = piece.source.rstrip("\n")
    text = "\n\n".join(part for part in (source, lines) if part)
    return Piece(piece.kind, text, piece.said, piece.is_folded)
