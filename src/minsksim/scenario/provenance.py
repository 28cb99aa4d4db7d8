"""Where each number comes from: the bibliography, and the table that `minsksim sources` prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from minsksim.errors import ScenarioError
from minsksim.frozen import FrozenMap

from .find import shown
from .guard import decode, read_bytes
from .places import Position, clip, refuse
from .schema import Reading

if TYPE_CHECKING:
    from .load import Scenario


@dataclass(frozen=True)
class Entry:
    """One work of the bibliography."""

    key: str
    title: str
    author: str = ""
    year: str = ""
    url: str = ""


@dataclass(frozen=True)
class SourceRow:
    """One number with everything that is known about its origin."""

    number: str
    value: float
    range: tuple[float, float] | None
    unit: str
    source: str
    kind: str
    grade: str
    cite: str
    title: str
    at: str
    as_of: str
    note: str
    readings: tuple[Reading, ...]
    """Every figure that sources give for the number, with its date."""


def source_table(scenario: Scenario) -> tuple[SourceRow, ...]:
    """Return one row for each number of a scenario, in the order of its dotted names."""
    rows = []
    for name, number in scenario.numbers.items():
        source = scenario.document.sources[number.source]
        work = scenario.bibliography.get(source.cite or "")
        rows.append(
            SourceRow(
                number=name,
                value=number.value,
                range=number.range,
                unit=number.unit or "",
                source=number.source,
                kind=source.kind,
                grade=source.grade or "",
                cite=source.cite or "",
                title=work.title if work else "",
                at=source.at or "",
                as_of=source.as_of.isoformat() if source.as_of else "",
                note=" ".join(filter(None, (number.note, source.note))),
                readings=number.readings,
            )
        )
    return tuple(rows)


def read_bibliography(path: Path | None) -> Mapping[str, Entry]:
    """Return the works of a ``sources.bib`` by key; none if there is no file."""
    if path is None:
        return FrozenMap({})
    return _parse(read_bytes(path, shown(path)), shown(path))


@lru_cache(maxsize=16)
def _parse(content: bytes, file: str) -> Mapping[str, Entry]:
    from pybtex import errors
    from pybtex.database.input.bibtex import Parser

    text = decode(content, file)
    position = Position(file)
    for command in ("@string", "@preamble"):
        if command in text.lower():
            refuse(position, "", f"uses {command}, which can grow without bound. Write it out.")
    try:
        with errors.capture() as slips:
            works = Parser().parse_string(text)
    except ScenarioError:
        raise
    except Exception as error:  # whatever the parser stumbles on is a fault of the file
        refuse(position, "", f"is not BibTeX: {clip(error, 200)}. Check the braces.")
    if slips:
        refuse(position, "", f"is not BibTeX: {clip(slips[0], 200)}. Check the entry.")
    return FrozenMap({key: _entry(key, work) for key, work in works.entries.items()})


def _entry(key: str, work: object) -> Entry:
    fields = {name.lower(): _bare(text) for name, text in work.fields.items()}  # type: ignore[attr-defined]
    people = work.persons.get("author", [])  # type: ignore[attr-defined]
    return Entry(
        key=key,
        title=fields.get("title", ""),
        author="; ".join(_bare(str(person)) for person in people),
        year=fields.get("year", fields.get("date", "")[:4]),
        url=fields.get("url", ""),
    )


def _bare(text: str) -> str:
    return " ".join(text.replace("{", "").replace("}", "").split())
