"""Collective-decision cases from tables: one CSV file, or a folder of three.

What describes issues and actors stands in tables of its own or in the table of positions. The
folder of the DEU data sets (decision-making in the European Union) is such a folder: its
tables go by other names and so do some of their columns, and scales run from 0 to 100.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from minsksim.errors import ScenarioError

from .case import Case, Issue
from .case_columns import actors_of, fault, issue_of, issues_of, veto_of
from .case_rows import Column, Row, Rows, read_rows, upper_end
from .case_scales import HIGH, column_of_salience, refuse_doubtful_position, salience_top
from .find import POSITIONS, shown
from .places import Faults, Position, clip, nearest

TABLES = (POSITIONS, "positions_public.csv")
ISSUES = ("issues.csv", "issues_public.csv")
ACTORS = "actors.csv"

_NAME = Column(is_needed=True, may_be_empty=False)
_MOST = 1e12
"""Largest size of a number: sums and products of it stay finite."""
_POSITION = Column(
    said_as="positions", may_differ=True, is_number=True, is_needed=True, least=-_MOST, most=_MOST
)
_SALIENCE = Column(said_as="salience", is_number=True, least=0.0, most=HIGH)
_VETO = Column()
_CAPABILITY = Column(
    ("gdp_weight", "power", "influence"), is_number=True, least=0.0, most=_MOST, may_be_empty=False
)
_NUMBER = Column(is_number=True, least=-_MOST, most=_MOST)
IN_POSITIONS = {
    "issue": _NAME,
    "actor": _NAME,
    "position": _POSITION,
    "salience": _SALIENCE,
    "veto": _VETO,
}
OF_ACTORS = {"label": Column(("name",)), "capability": _CAPABILITY}
OF_ISSUES = {
    "unit": Column(),
    "low": _NUMBER,
    "high": _NUMBER,
    "reference": Column(("reference_point",), is_number=True, least=-_MOST, most=_MOST),
    "known": Column(("outcome",), is_number=True, least=-_MOST, most=_MOST),
    "group": Column(("proposal",)),
}
_ISSUE_LABEL = ("short_name", "description")
IN_ACTORS = {"actor": _NAME, "veto": _VETO, **OF_ACTORS}
IN_ISSUES = {"issue": _NAME, "label": Column(("name", *_ISSUE_LABEL)), **OF_ISSUES}
_FEW = 10
"""Issues up to which it goes without saying that they were decided together."""
_UNREAD = frozenset({"act_type", "council", "procedure", "council_rule"})


def is_case(path: Path) -> bool:
    """Return whether a path is a table of positions, or a folder with one."""
    return (path.suffix == ".csv" and path.is_file()) or _table_in(path, TABLES) is not None


def read_case(path: Path, salience_scale: float | None = None) -> Case:
    """Return the case in a CSV file or in a folder of tables.

    Parameters
    ----------
    path : Path
        A table of positions (columns issue, actor, position, salience, veto), or a folder with
        ``positions.csv``. What describes actors and issues stands in ``actors.csv`` and
        ``issues.csv`` beside it, or in further columns of the same table.
    salience_scale : float, optional
        Upper end of the scale of salience, where the table does not say it.

    Returns
    -------
    Case
        Actors and issues in the order of their tables.

    Raises
    ------
    ScenarioError
        For anything wrong with a table; one line a fault, each with its place and a fix.
    """
    is_file = path.suffix == ".csv"
    if is_file and not path.is_file():
        raise ScenarioError(f"{shown(path)}: no such file. Check the path.")
    table = path if is_file else _table_in(path, TABLES)
    if table is None:
        raise ScenarioError(f"{shown(path)}: holds no {POSITIONS}. Add the table of positions.")
    actors_file = None if is_file else _table_in(path, (ACTORS,))
    issues_file = None if is_file else _table_in(path, ISSUES)
    spec = IN_POSITIONS | {"salience": column_of_salience(_SALIENCE, salience_scale)}
    if actors_file is None:
        spec |= OF_ACTORS
    if issues_file is None:
        spec |= {"issue_label": Column(_ISSUE_LABEL), **OF_ISSUES}
    if is_file:
        spec["issue"] = Column(may_be_empty=False)
    positions = read_rows(table, spec, _UNREAD)
    faults = Faults({}, shown(table))
    name = path.stem if is_file else path.name
    issues = (
        {row.texts["issue"]: row for row in _listed(issues_file, IN_ISSUES, "issue", faults)}
        if issues_file
        else issues_of(positions, name, faults)
    )
    actors = (
        {row.texts["actor"]: row for row in _listed(actors_file, IN_ACTORS, "actor", faults)}
        if actors_file
        else actors_of(positions, faults)
    )
    return _assemble(name, positions, actors, issues, salience_scale, faults)


def _listed(file: Path, columns: Mapping[str, Column], key: str, faults: Faults) -> list[Row]:
    """Return the rows of a table, and a fault for each name that is there twice."""
    first: dict[str, Row] = {}
    for row in read_rows(file, columns, _UNREAD).rows:
        name = row.texts[key]
        if name in first:
            text = f"{clip(name)} stands already in line {first[name].place.line}."
            fault(faults, row.place, key, text)
        else:
            first[name] = row
    return list(first.values())


def _table_in(folder: Path, names: tuple[str, ...]) -> Path | None:
    return next((folder / name for name in names if (folder / name).is_file()), None)


def _assemble(
    name: str,
    positions: Rows,
    actors: dict[str, Row],
    issues: dict[str, Row],
    salience_scale: float | None,
    faults: Faults,
) -> Case:
    top = salience_top(positions, salience_scale, faults)
    grid, places = _fill(positions, name, list(actors), list(issues), faults)
    high = upper_end(positions.said, "positions")
    found = tuple(_described(issue, row, high or HIGH) for issue, row in issues.items())
    is_said = [high is not None or _has_ends(row) for row in issues.values()]
    _check_scales(found, is_said, list(actors), grid[0], places, faults)
    veto = veto_of(positions, list(actors.values()), list(issues), name, faults)
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
        salience=grid[1] if top == HIGH else grid[1] * (HIGH / top),
        capability=np.array([row.numbers.get("capability", 1.0) for row in actors.values()]),
        notes=_notes(positions, actors, found, grid, top),
        veto=veto,
    )


def _fill(
    positions: Rows, name: str, actors: list[str], names: list[str], faults: Faults
) -> tuple[np.ndarray, dict[tuple[str, str], Position]]:
    """Return positions and salience, shape (2, A, I), and where each position is written."""
    grid = np.full((2, len(actors), len(names)), np.nan)
    places: dict[tuple[str, str], Position] = {}
    rows = {actor: a for a, actor in enumerate(actors)}
    columns = {issue: i for i, issue in enumerate(names)}
    for row in positions.rows:
        actor, issue = row.texts["actor"], issue_of(row, name)
        if actor not in rows:
            fault(faults, row.place, "actor", f"no {clip(actor)}. {nearest(actor, rows)}")
        elif issue not in columns:
            fault(faults, row.place, "issue", f"no {clip(issue)}. {nearest(issue, columns)}")
        elif (actor, issue) in places:
            first = places[actor, issue].line
            text = f"{clip(actor)} has a position on {clip(issue)} in line {first} already."
            fault(faults, row.place, "actor", text)
        else:
            places[actor, issue] = row.place
            at = (rows[actor], columns[issue])
            grid[0][at] = row.numbers["position"]
            grid[1][at] = row.numbers.get("salience", HIGH)
    faults.stop()
    return grid, places


def _has_ends(row: Row) -> bool:
    return any(math.isfinite(row.numbers.get(end, math.nan)) for end in ("low", "high"))


def _described(name: str, row: Row, top: float) -> Issue:
    ends = (row.numbers.get("low", math.nan), row.numbers.get("high", math.nan))
    low, high = (
        given if math.isfinite(given) else end for given, end in zip(ends, (0.0, top), strict=True)
    )
    return Issue(
        name=name,
        label=row.texts.get("label") or row.texts.get("issue_label") or name,
        unit=row.texts.get("unit", ""),
        low=low,
        high=high,
        reference=row.numbers.get("reference", math.nan),
        known=row.numbers.get("known", math.nan),
        group=row.texts.get("group") or "all",
    )


def _check_scales(
    issues: tuple[Issue, ...],
    is_said: list[bool],
    actors: list[str],
    positions: np.ndarray,
    places: dict[tuple[str, str], Position],
    faults: Faults,
) -> None:
    first: dict[str, Position] = {}
    for (_, name), where in places.items():
        first.setdefault(name, where)
    for i, issue in enumerate(issues):
        place = first.get(issue.name)
        if place is None or np.isnan(positions[:, i]).all():
            text = f"nobody has a position on {clip(issue.name)}. Give one, or drop the issue."
            fault(faults, place or Position(faults.file, 1, 1), "issue", text)
            continue
        if not issue.low < issue.high:
            text = f"the scale of {clip(issue.name)} runs from {issue.low:g} to {issue.high:g}."
            fault(faults, place, "issue", text)
        if not is_said[i]:
            refuse_doubtful_position(issue.name, positions[:, i], place, faults)
        for a, actor in enumerate(actors):
            at = positions[a, i]
            if at < issue.low or at > issue.high:
                text = f"{at:g} lies outside the scale of {clip(issue.name)}, {issue.low:g} to "
                text += f"{issue.high:g}. Mend it, or give low and high in {ISSUES[0]}."
                fault(faults, places[actor, issue.name], "position", text)


def _notes(
    positions: Rows, actors: dict[str, Row], issues: tuple[Issue, ...], grid: np.ndarray, top: float
) -> tuple[str, ...]:
    """Say which rule fills a gap, and how a scale was read."""
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
    if top != HIGH and "salience" in positions.columns:
        notes.append(f"Salience is given from 0 to {top:g} and shown from 0 to 100.")
    if len(issues) > _FEW and len({issue.group for issue in issues}) == 1:
        notes.append(
            f"All {len(issues)} issues count as decided together, so Exchange trades them for each "
            "other. A column 'group' says which were."
        )
    return tuple(notes)
