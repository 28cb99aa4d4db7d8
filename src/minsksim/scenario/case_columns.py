"""Actors, issues and vetoes from the columns of a table of positions.

A single table repeats in each row what belongs to an actor (capability, label) or to an issue (the
group it was decided in, the ends of its scale, where it ended). Repeated values must agree.
"""

from __future__ import annotations

import math

import numpy as np

from .case_rows import Row, Rows
from .places import Faults, Position, clip

_NUMBERS = ("low", "high", "reference", "known")
_TEXTS = ("issue_label", "unit", "group")
_VETO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}


def fault(faults: Faults, place: Position, key: str, sentence: str) -> None:
    """Record a fault at a place of a table."""
    faults.found.append((place, f"{place} {key}: {sentence}"))


def issue_of(row: Row, name: str) -> str:
    """Return the issue of a row; a table without that column has one issue, named after it."""
    return row.texts.get("issue", name)


def actors_of(positions: Rows, faults: Faults) -> dict[str, Row]:
    """Return the first row of each actor; capability may not differ between its rows.

    A veto in a row is about that issue, so none is taken from here.
    """
    first: dict[str, Row] = {}
    for row in positions.rows:
        known = first.setdefault(row.texts["actor"], row)
        now, then = (r.numbers.get("capability", 1.0) for r in (row, known))
        if now != then:
            text = f"{now:g} here, {then:g} in line {known.place.line}. Give an actor one."
            fault(faults, row.place, "capability", text)
    return {
        name: Row({k: v for k, v in row.texts.items() if k != "veto"}, row.numbers, row.place)
        for name, row in first.items()
    }


def issues_of(positions: Rows, name: str, faults: Faults) -> dict[str, Row]:
    """Return what the rows of each issue say of it; an empty cell says nothing."""
    found: dict[str, Row] = {}
    for row in positions.rows:
        issue = issue_of(row, name)
        known = found.get(issue, Row({}, {}, row.place))
        texts, numbers = dict(known.texts), dict(known.numbers)
        for key in _TEXTS:
            said = row.texts.get(key, "")
            if said and texts.setdefault(key, said) != said:
                _differs(faults, positions.place(row, key), key, issue, said, texts[key])
        for key in _NUMBERS:
            value = row.numbers.get(key, math.nan)
            if math.isfinite(value) and numbers.setdefault(key, value) != value:
                shown = (f"{value:g}", f"{numbers[key]:g}")
                _differs(faults, positions.place(row, key), key, issue, *shown)
        found[issue] = Row(texts, numbers, known.place)
    return found


def _differs(faults: Faults, place: Position, key: str, issue: str, now: str, before: str) -> None:
    text = f"{clip(now)} here, {clip(before)} in an earlier row of {clip(issue)}. Give it one."
    fault(faults, place, key, text)


def veto_of(
    positions: Rows, actors: list[Row], issues: list[str], name: str, faults: Faults
) -> np.ndarray:
    """Return who has a veto on which issue, shape (A, I).

    Parameters
    ----------
    positions : Rows
        A ``veto`` in a row is a veto of that actor on that issue.
    actors : list of Row
        A ``veto`` in the row of an actor is a veto on every issue.
    issues : list of str
    name : str
        Of the issue in a table without that column.
    faults : Faults
        Gets a fault for what is neither yes nor no.
    """
    found = np.zeros((len(actors), len(issues)), dtype=bool)
    rows = {row.texts["actor"]: a for a, row in enumerate(actors)}
    columns = {issue: i for i, issue in enumerate(issues)}
    for a, row in enumerate(actors):
        found[a] |= _is_veto(row, row.place, faults)
    for row in positions.rows:
        if _is_veto(row, positions.place(row, "veto"), faults):
            found[rows[row.texts["actor"]], columns[issue_of(row, name)]] = True
    return found


def _is_veto(row: Row, place: Position, faults: Faults) -> bool:
    text = row.texts.get("veto", "")
    if text.lower() not in _VETO:
        fault(faults, place, "veto", f"{clip(text)!r} is neither yes nor no.")
    return _VETO.get(text.lower(), False)
