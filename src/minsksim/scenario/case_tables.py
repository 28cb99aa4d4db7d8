"""Collective-decision cases from tables: one CSV file, or a folder of three.

The folder of the DEU data sets (decision-making in the European Union) is such a folder: its
tables go by other names and so do some of their columns, and scales run from 0 to 100.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np

from minsksim.errors import ScenarioError

from .case import Case, Issue
from .case_rows import Column, Row, Rows, read_rows
from .find import POSITIONS, shown
from .places import Faults, Position, clip, nearest

TABLES = (POSITIONS, "positions_public.csv")
ISSUES = ("issues.csv", "issues_public.csv")
ACTORS = "actors.csv"

_NAME = Column(is_needed=True, may_be_empty=False)
_POSITION = Column(is_number=True, is_needed=True)
_SALIENCE = Column(is_number=True, least=0.0, most=100.0)
_CAPABILITY = Column(
    ("gdp_weight", "power", "influence"), is_number=True, least=0.0, may_be_empty=False
)
_LABEL = Column(("name", "short_name", "description"))
_NUMBER = Column(is_number=True)
IN_POSITIONS = {"issue": _NAME, "actor": _NAME, "position": _POSITION, "salience": _SALIENCE}
IN_ACTORS = {"actor": _NAME, "label": _LABEL, "capability": _CAPABILITY}
IN_ISSUES = {
    "issue": _NAME,
    "label": _LABEL,
    "unit": Column(),
    "low": _NUMBER,
    "high": _NUMBER,
    "reference": Column(("reference_point",), is_number=True),
    "known": Column(("outcome",), is_number=True),
    "group": Column(("proposal",)),
}
_UNREAD = frozenset({"act_type", "council", "procedure", "council_rule"})
_HIGH = 100.0
"""End of a scale that a table does not give."""


def is_case(path: Path) -> bool:
    """Return whether a path is a table of positions, or a folder with one."""
    return (path.suffix == ".csv" and path.is_file()) or _table_in(path, TABLES) is not None


def read_case(path: Path) -> Case:
    """Return the case in a CSV file or in a folder of tables.

    Parameters
    ----------
    path : Path
        A table of positions (columns issue, actor, position, salience, capability, label), or a
        folder with ``positions.csv``, ``actors.csv`` and, if scales or labels are known,
        ``issues.csv``.

    Returns
    -------
    Case
        Actors and issues in the order of their tables.

    Raises
    ------
    ScenarioError
        For anything wrong with a table; one line a fault, each with its place and a fix.
    """
    if path.suffix == ".csv":
        if not path.is_file():
            raise ScenarioError(f"{shown(path)}: no such file. Check the path.")
        spec = IN_POSITIONS | {"capability": _CAPABILITY, "label": _LABEL}
        spec["issue"] = Column(may_be_empty=False)
        positions = read_rows(path, spec, _UNREAD)
        faults = Faults({}, shown(path))
        actors = _actors_of(positions, faults)
        return _assemble(path.stem, positions, actors, None, faults)
    table = _table_in(path, TABLES)
    if table is None:
        raise ScenarioError(f"{shown(path)}: holds no {POSITIONS}. Add the table of positions.")
    positions = read_rows(table, IN_POSITIONS, _UNREAD)
    actors_file, issues_file = path / ACTORS, _table_in(path, ISSUES)
    faults = Faults({}, shown(table))
    if actors_file.is_file():
        actors = {
            row.texts["actor"]: row
            for row in _unique(read_rows(actors_file, IN_ACTORS, _UNREAD).rows, "actor", faults)
        }
    else:
        actors = _actors_of(positions, faults)
    issues = read_rows(issues_file, IN_ISSUES, _UNREAD) if issues_file else None
    return _assemble(path.name, positions, actors, issues, faults)


def _table_in(folder: Path, names: tuple[str, ...]) -> Path | None:
    return next((folder / name for name in names if (folder / name).is_file()), None)


def _fault(faults: Faults, place: Position, key: str, sentence: str) -> None:
    faults.found.append((place, f"{place} {key}: {sentence}"))


def _unique(rows: tuple[Row, ...], key: str, faults: Faults) -> list[Row]:
    """Return the rows, and a fault for each name that is there twice."""
    first: dict[str, Row] = {}
    for row in rows:
        name = row.texts[key]
        if name in first:
            text = f"{clip(name)} stands already in line {first[name].place.line}."
            _fault(faults, row.place, key, text)
        else:
            first[name] = row
    return list(first.values())


def _actors_of(positions: Rows, faults: Faults) -> dict[str, Row]:
    """Return the first row of each actor; capability may not differ between its rows."""
    first: dict[str, Row] = {}
    for row in positions.rows:
        known = first.setdefault(row.texts["actor"], row)
        now, then = (r.numbers.get("capability", 1.0) for r in (row, known))
        if now != then:
            text = f"{now:g} here, {then:g} in line {known.place.line}. Give an actor one."
            _fault(faults, row.place, "capability", text)
    return first


def _assemble(
    name: str, positions: Rows, actors: dict[str, Row], issues: Rows | None, faults: Faults
) -> Case:
    rows = _unique(issues.rows, "issue", faults) if issues else []
    described = {row.texts["issue"]: row for row in rows}
    names = list(described) or list(dict.fromkeys(_issue(row, name) for row in positions.rows))
    grid, places = _fill(positions, name, list(actors), names, faults)
    found = tuple(_described(issue, described.get(issue)) for issue in names)
    _check_scales(found, list(actors), grid[0], places, faults)
    faults.stop()
    get: Callable[[str, str], str] = positions.said.get
    return Case(
        name=name,
        title=get("title", name),
        question=get("question", ""),
        source=get("source", "") or "not stated in the table",
        actors=tuple(actors),
        labels=tuple(row.texts.get("label") or actor for actor, row in actors.items()),
        issues=found,
        positions=grid[0],
        salience=grid[1],
        capability=np.array([row.numbers.get("capability", 1.0) for row in actors.values()]),
        notes=_notes(positions, actors, grid),
    )


def _fill(
    positions: Rows, name: str, actors: list[str], names: list[str], faults: Faults
) -> tuple[np.ndarray, dict[tuple[str, str], Position]]:
    """Return positions and salience, shape (2, A, I), and where each position is written."""
    grid = np.full((2, len(actors), len(names)), np.nan)
    places: dict[tuple[str, str], Position] = {}
    order = {actor: a for a, actor in enumerate(actors)}
    for row in positions.rows:
        actor, issue = row.texts["actor"], _issue(row, name)
        if actor not in order:
            _fault(faults, row.place, "actor", f"no {clip(actor)}. {nearest(actor, order)}")
        elif issue not in names:
            _fault(faults, row.place, "issue", f"no {clip(issue)}. {nearest(issue, names)}")
        elif (actor, issue) in places:
            first = places[actor, issue].line
            text = f"{clip(actor)} has a position on {clip(issue)} in line {first} already."
            _fault(faults, row.place, "actor", text)
        else:
            places[actor, issue] = row.place
            at = (order[actor], names.index(issue))
            grid[0][at] = row.numbers["position"]
            grid[1][at] = row.numbers.get("salience", 100.0)
    faults.stop()
    return grid, places


def _issue(row: Row, name: str) -> str:
    """Return the issue of a row; a table without that column has one issue, named after it."""
    return row.texts.get("issue", name)


def _described(name: str, row: Row | None) -> Issue:
    texts = row.texts if row else {}
    numbers = row.numbers if row else {}
    ends = (numbers.get("low", math.nan), numbers.get("high", math.nan))
    low, high = (
        given if math.isfinite(given) else end
        for given, end in zip(ends, (0.0, _HIGH), strict=True)
    )
    return Issue(
        name=name,
        label=texts.get("label") or name,
        unit=texts.get("unit", ""),
        low=low,
        high=high,
        reference=numbers.get("reference", math.nan),
        known=numbers.get("known", math.nan),
        group=texts.get("group") or "all",
    )


def _check_scales(
    issues: tuple[Issue, ...],
    actors: list[str],
    positions: np.ndarray,
    places: dict[tuple[str, str], Position],
    faults: Faults,
) -> None:
    for i, issue in enumerate(issues):
        place = next((p for (_, name), p in places.items() if name == issue.name), None)
        if place is None or np.isnan(positions[:, i]).all():
            text = f"nobody has a position on {clip(issue.name)}. Give one, or drop the issue."
            _fault(faults, place or Position(faults.file, 1, 1), "issue", text)
            continue
        if not issue.low < issue.high:
            text = f"the scale of {clip(issue.name)} runs from {issue.low:g} to {issue.high:g}."
            _fault(faults, place, "issue", text)
        for a, actor in enumerate(actors):
            at = positions[a, i]
            if at < issue.low or at > issue.high:
                text = f"{at:g} lies outside the scale of {clip(issue.name)}, {issue.low:g} to "
                text += f"{issue.high:g}. Mend it, or give low and high in {ISSUES[0]}."
                _fault(faults, places[actor, issue.name], "position", text)


def _notes(positions: Rows, actors: dict[str, Row], grid: np.ndarray) -> tuple[str, ...]:
    """Say which rule fills a gap."""
    notes = []
    takes_part = ~np.isnan(grid[0])
    unknown = int((takes_part & np.isnan(grid[1])).sum())
    if "salience" not in positions.columns:
        notes.append("No salience in the table: everybody cares equally.")
    elif unknown:
        notes.append(
            f"{unknown} of {int(takes_part.sum())} positions have no salience; models that weigh "
            "by salience leave those actors out."
        )
    if not any("capability" in row.numbers for row in actors.values()):
        notes.append("No capability in the table: everybody counts equally.")
    return tuple(notes)
