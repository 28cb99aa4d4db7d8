"""Numbers that come in after a scenario was loaded, checked as those that ``--set`` gives.

There may be a million points: bounds are looked at column by column, and what numbers must fulfil
together only where one of these numbers was given.
"""

from __future__ import annotations

import numbers
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from minsksim.errors import ScenarioError, UsageError

from .checks.numbers import limit_of, not_allowed
from .checks.relations import all_relations
from .load import Scenario
from .numbers import structure_fault, walk_numbers
from .places import Keys, dotted, nearest
from .schema import Document

if TYPE_CHECKING:
    import numpy as np

Place = Callable[[int], str]
"""Says of a row of points where it comes from."""


def check_point(scenario: Scenario, point: Mapping[str, float], place: str) -> None:
    """Refuse a point at which the scenario cannot be run.

    Parameters
    ----------
    scenario : Scenario
    point : mapping of str to float
        Values of some numbers, by dotted name.
    place : str
        Where the point comes from, for the message.

    Raises
    ------
    UsageError
        If a name is none of a number, or a value is no number.
    ScenarioError
        As ``load_scenario`` does with these settings.

    Examples
    --------
    >>> from minsksim import load_scenario
    >>> check_point(load_scenario("minsk"), {"actors.minsk.patience": 2}, "point")
    Traceback (most recent call last):
    minsksim.errors.ScenarioError: point actors.minsk.patience: 2 is not allowed; it must lie \
strictly between 0 and 1.
    """
    import numpy as np

    given: Any = point
    if not isinstance(given, Mapping):
        raise UsageError(f"{place}: {given!r} is no mapping of dotted names to numbers.")
    row: list[float] = []
    for name, value in given.items():
        if name not in scenario.numbers:
            if (fault := structure_fault(scenario.document, str(name))) is not None:
                raise UsageError(f"{place} {name}: {fault}")
            raise UsageError(
                f"{place} {name}: {name} is not a number of scenario {scenario.name}. "
                + nearest(str(name), scenario.numbers)
            )
        if isinstance(value, bool) or not isinstance(value, numbers.Real | np.number):
            raise UsageError(f"{place} {name}: {value!r} is not a number.")
        try:
            row.append(float(value))
        except OverflowError:
            raise ScenarioError(f"{place} {name}: is too large for a number.") from None
    values = np.array([row], dtype=np.float64)
    check_points(scenario, list(point), values, lambda _: place)


def check_points(
    scenario: Scenario, names: Sequence[str], values: np.ndarray, place: Place
) -> None:
    """Refuse points, one or a million, at one of which the scenario cannot be run.

    Parameters
    ----------
    scenario : Scenario
    names : sequence of str
        Dotted names of numbers of the scenario, D of them.
    values : float64[P, D]
        What they are at each point.
    place : callable
        Says where a row comes from.

    Raises
    ------
    ScenarioError
        With the place of the first point at which something is wrong.
    """
    check_bounds(scenario, names, values, place)
    check_together(scenario, names, values, place)


def check_bounds(
    scenario: Scenario, names: Sequence[str], values: np.ndarray, place: Place
) -> None:
    """Refuse values that a number cannot take, whatever the others are; as ``check_points``."""
    import numpy as np

    paths = _paths(scenario.document)
    for name, column in zip(names, values.T, strict=True):
        limit = limit_of(scenario.document, paths[name])
        if not np.isfinite(column).all():
            row = int(np.argmin(np.isfinite(column)))
            raise ScenarioError(f"{place(row)} {name}: {column[row]} is not a finite number.")
        is_whole = not limit.is_whole or bool((column == np.floor(column)).all())
        if is_whole and limit.holds(column.min()) and limit.holds(column.max()):
            continue
        row = next(row for row, value in enumerate(column) if not limit.holds(value))
        raise ScenarioError(f"{place(row)} {name}: {not_allowed(column[row], limit)}")


def check_together(
    scenario: Scenario, names: Sequence[str], values: np.ndarray, place: Place
) -> None:
    """Refuse values that do not go together, each being right by itself; as ``check_points``."""
    import numpy as np

    column_of = {name: column for column, name in enumerate(names)}
    for relation in all_relations(scenario.document):
        if not column_of.keys() & set(relation.names):
            continue
        parts: list[Any] = [
            values[:, column_of[name]] if name in column_of else scenario.numbers[name].value
            for name in relation.names
        ]
        broken = np.broadcast_to(relation.breaks(*parts), len(values))
        if broken.any():
            row = int(np.argmax(broken))
            there = [float(np.broadcast_to(part, len(values))[row]) for part in parts]
            told = ", ".join(
                f"{name} = {value:g}" for name, value in zip(relation.names, there, strict=True)
            )
            sentence = f"{place(row)} {dotted(relation.path)}: {relation.sentence(*there)}"
            raise ScenarioError(f"{sentence} Here {told}.")


def _paths(document: Document) -> dict[str, Keys]:
    return {dotted(path): path for path, _ in walk_numbers(document)}
