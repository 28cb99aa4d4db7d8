"""The scales of a table: what it says of them, and a refusal where it must say something.

A salience of 0.9 may be nine tenths of all that an actor cares about or nine tenths of a percent,
and so may a position. No rule can tell, and a wrong guess changes every answer without a sign. So
a scale is said in the table, or its numbers leave no doubt.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from minsksim.errors import UsageError

from .case_rows import Column, Rows, upper_end
from .places import Faults, Position, clip

HIGH = 100.0
"""End of a scale that a table does not give."""


def column_of_salience(column: Column, given: float | None) -> Column:
    """Return the column of salience with the upper end that the caller gives.

    Raises
    ------
    UsageError
        If that is no number above 0.
    """
    if given is None:
        return column
    if not 0.0 < given < math.inf:
        raise UsageError(f"The scale of salience ends at {given:g}. Give a number above 0.")
    return replace(column, most=given)


def salience_top(table: Rows, given: float | None, faults: Faults) -> float:
    """Return the upper end of salience: as given, as said, or 100 where that is beyond doubt.

    Parameters
    ----------
    table : Rows
    given : float, optional
        Said by the caller.
    faults : Faults
        Gets one where the scale is open.

    Raises
    ------
    UsageError
        If caller and table contradict each other.
    """
    said = upper_end(table.said, "salience")
    if given is not None and said is not None and given != said:
        raise UsageError(
            f"The scale of salience ends at {said:g} in the table and at {given:g} as asked. "
            "Mend the comment, or leave --salience-scale out."
        )
    stated = given if given is not None else said
    if stated is None:
        _refuse_doubt(table, faults)
    return HIGH if stated is None else stated


def _refuse_doubt(table: Rows, faults: Faults) -> None:
    """Add one fault if a salience could belong to a scale from 0 to 1."""
    largest: dict[str, float] = {}
    for row in table.rows:
        value, issue = row.numbers.get("salience", math.nan), row.texts.get("issue", "")
        largest[issue] = max(largest.get(issue, 0.0), value if math.isfinite(value) else 0.0)
    for row in table.rows:
        value = row.numbers.get("salience", math.nan)
        if 0.0 < value < 1.0 or 0.0 < largest.get(row.texts.get("issue", ""), 0.0) <= 1.0:
            place = table.place(row, "salience")
            text = (
                f"{place} salience: {value:g} may be read on a scale from 0 to 1 or from 0 to 100, "
                "and the table does not say which. Write '# salience: 0 to 1' (or '0 to 100') "
                "above the head, or give --salience-scale."
            )
            faults.found.append((place, text))
            return


def refuse_doubtful_position(
    issue: str, positions: np.ndarray, place: Position, faults: Faults
) -> None:
    """Add a fault if positions on a scale without stated ends could be shares of 1."""
    if 0.0 < np.nanmax(positions) <= 1.0 and np.nanmin(positions) >= 0.0:
        text = (
            f"{place} position: all positions on {clip(issue)} lie between 0 and 1, and the ends "
            "of its scale are not said. Give low and high, or write '# positions: 0 to 1' (or "
            "'0 to 100') above the head."
        )
        faults.found.append((place, text))
