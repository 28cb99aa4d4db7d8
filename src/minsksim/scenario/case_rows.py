"""Reading a table of a collective-decision case: strict CSV, every fault with its place."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from minsksim.errors import ScenarioError
from minsksim.reading import Unreadable, read_regular
from minsksim.text import INVISIBLE

from .find import shown
from .places import Faults, Position, clip, nearest
from .scalars import float_of

_RANGE = re.compile(r"0(?:\.0*)?\s*(?:to|-|–|\.\.|:|,)\s*(\d+(?:\.\d+)?)")
LARGEST = 16 * 2**20
"""Bytes of a table that is still read."""


@dataclass(frozen=True)
class Column:
    """A column of a table: other names it goes by, and what its cells may hold.

    ``said_as`` is the key of a comment line that gives the upper end in place of ``most``, as in
    ``# salience: 0 to 1``; with ``may_differ`` it is no limit, since other columns may give one.
    """

    also: tuple[str, ...] = ()
    said_as: str = ""
    may_differ: bool = False
    is_needed: bool = False
    is_number: bool = False
    least: float = -math.inf
    most: float = math.inf
    may_be_empty: bool = True


@dataclass(frozen=True)
class Row:
    """One line of a table: texts and numbers by column (NaN for an empty number), and its place."""

    texts: Mapping[str, str]
    numbers: Mapping[str, float]
    place: Position


@dataclass(frozen=True)
class Rows:
    """A table, where its columns stand, and what comment lines say (``# key: text``)."""

    rows: tuple[Row, ...]
    columns: Mapping[str, int]
    said: Mapping[str, str]

    def place(self, row: Row, column: str) -> Position:
        """Return where a cell is written."""
        return Position(row.place.file, row.place.line, self.columns.get(column, 1))


def read_rows(path: Path, columns: Mapping[str, Column], unread: frozenset[str]) -> Rows:
    """Return the rows of a CSV file.

    Parameters
    ----------
    path : Path
    columns : mapping of str to Column
        What the table may hold.
    unread : frozenset of str
        Columns that are accepted and not read.

    Raises
    ------
    ScenarioError
        For anything wrong with the table, up to twenty faults with line and column.
    """
    file = shown(path)
    faults = Faults({}, file)
    lines = _lines(path, file)
    said = dict(_said(line) for line in lines if line.startswith("#") and ":" in line)
    columns = {name: _as_said(column, said, faults) for name, column in columns.items()}
    table = csv.reader(io.StringIO("\n".join("" if x.startswith("#") else x for x in lines)))
    head: list[str] = []
    rows: list[Row] = []
    try:
        for cells in table:
            if not any(cell.strip() for cell in cells):
                continue
            place = Position(file, table.line_num, 1)
            if not head:
                head = _head([cell.strip() for cell in cells], columns, unread, place, faults)
            elif len(cells) != len(head):
                faults.found.append(
                    (place, f"{place} has {len(cells)} cells; the head has {len(head)}.")
                )
            else:
                rows.append(_row([cell.strip() for cell in cells], head, columns, place, faults))
    except csv.Error as error:
        raise ScenarioError(f"{file}:{table.line_num}:1 not a CSV table ({error}).") from None
    faults.stop()
    if not rows:
        raise ScenarioError(f"{file}:1:1 holds no rows. Write a head and a row for each entry.")
    return Rows(tuple(rows), {name: at for at, name in enumerate(head, 1) if name}, said)


def upper_end(said: Mapping[str, str], key: str) -> float | None:
    """Return the upper end of a scale that a comment line gives; NaN if it cannot be read.

    A comment that does not begin with a number says something else, and None is returned.

    Examples
    --------
    >>> upper_end({"salience": "0 to 1"}, "salience"), upper_end({}, "salience")
    (1.0, None)
    """
    if not said.get(key, "").lstrip("+-.")[:1].isdigit():
        return None
    found = _RANGE.fullmatch(said[key])
    top = float(found[1]) if found else math.nan
    return top if 0.0 < top < math.inf else math.nan


def _as_said(column: Column, said: Mapping[str, str], faults: Faults) -> Column:
    """Return a column with the upper end that a comment line gives."""
    top = upper_end(said, column.said_as)
    if top is None:
        return column
    if math.isnan(top):
        place = Position(faults.file, 1, 1)
        key = column.said_as
        text = f"the comment says {clip(said[key])!r}. Write '# {key}: 0 to 1' or '0 to 100'."
        faults.found.append((place, f"{place} {key}: {text}"))
        return column
    return column if column.may_differ else replace(column, most=top)


def _lines(path: Path, file: str) -> list[str]:
    try:
        data = read_regular(path, LARGEST, "table")
    except Unreadable as error:
        raise ScenarioError(f"{file}: {error}") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ScenarioError(f"{file}:{line}:1 is not UTF-8. Save it as UTF-8.") from None
    if (found := INVISIBLE.search(text)) is not None:
        line = text.count("\n", 0, found.start()) + 1
        raise ScenarioError(
            f"{file}:{line}:1 has the invisible character U+{ord(found[0]):04X}. Remove it."
        )
    return text.splitlines()


def _said(line: str) -> tuple[str, str]:
    key, _, text = line.lstrip("# ").partition(":")
    return key.strip().lower(), clip(text.strip(), 300)


def _head(
    cells: list[str],
    columns: Mapping[str, Column],
    unread: frozenset[str],
    place: Position,
    faults: Faults,
) -> list[str]:
    """Return the house's name of each column; "" for one that is not read."""
    names = {name: name for name in columns}
    names |= {other: name for name, column in columns.items() for other in column.also}
    found: list[str] = []
    for number, cell in enumerate(cells, start=1):
        where = Position(place.file, place.line, number)
        if cell in unread:
            found.append("")
        elif cell not in names:
            text = f"{where} {clip(cell)}: no such column. {nearest(cell, names)}"
            faults.found.append((where, text))
            found.append("")
        elif names[cell] in found:
            faults.found.append((where, f"{where} {cell}: this column is there twice."))
            found.append("")
        else:
            found.append(names[cell])
    for name, column in columns.items():
        if column.is_needed and name not in found:
            text = f"{place} {name}: this column is missing. Add it to the head."
            faults.found.append((place, text))
    faults.stop()
    return found


def _row(
    cells: list[str],
    head: list[str],
    columns: Mapping[str, Column],
    place: Position,
    faults: Faults,
) -> Row:
    texts: dict[str, str] = {}
    numbers: dict[str, float] = {}
    for at, (name, cell) in enumerate(zip(head, cells, strict=True), start=1):
        if not name:
            continue
        where = Position(place.file, place.line, at)
        column = columns[name]
        fault = None
        if not cell and not column.may_be_empty:
            fault = "is empty. Fill it in."
        elif not column.is_number:
            texts[name] = cell
        else:
            numbers[name] = value = _number(cell)
            if cell and not math.isfinite(value):
                fault = f"{clip(cell)!r} is not a number. Leave the cell empty if it is unknown."
            elif not column.least <= value <= column.most and cell:
                fault = f"{clip(cell)} lies {_limits(column)}."
        if fault:
            faults.found.append((where, f"{where} {name}: {fault}"))
    return Row(texts, numbers, place)


def _limits(column: Column) -> str:
    if math.isinf(column.most):
        return f"below {column.least:g}"
    return f"outside {column.least:g} to {column.most:g}"


def _number(cell: str) -> float:
    try:
        return float_of(cell)
    except ValueError:
        return math.nan
