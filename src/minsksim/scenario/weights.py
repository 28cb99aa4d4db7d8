"""What normalising does to the other weights of an actor when one of them is set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .schema import Document


def notes_on_weights(
    before: Mapping[str, Any], document: Document, names: Sequence[str]
) -> list[str]:
    """Return a sentence for each actor of whom a salience was set.

    Parameters
    ----------
    before : mapping
        The whole file as plain data, without the settings.
    document : Document
        With them.
    names : sequence of str
        Dotted names of what was set.
    """
    actors = dict.fromkeys(
        name.split(".")[1]
        for name in names
        if name.startswith("actors.") and name.split(".")[2:3] == ["salience"]
    )
    return [_note(before, document, actor) for actor in actors]


def _note(before: Mapping[str, Any], document: Document, actor: str) -> str:
    new = {name: number.value for name, number in document.actors[actor].salience.items()}
    given = before["actors"][actor].get("salience")
    old = {
        name: _value(number)
        for name, number in (given if isinstance(given, dict) else {}).items()
        if name in new
    }
    was, now = normalised(old), normalised(new)
    told = ", ".join(
        f"{name} {was[name]:.3g} -> {now[name]:.3g}" if name in was else f"{name} {now[name]:.3g}"
        for name in new
    )
    cure = " To leave the others as they are, use --drop." if 0 in new.values() else ""
    return (
        f"the weights of {actor} are normalised to add up to 1, so setting one changes the others: "
        f"{told}.{cure}"
    )


def normalised(weights: Mapping[str, float]) -> dict[str, float]:
    """Return weights over the sum of their absolute values.

    Examples
    --------
    >>> normalised({"bread": 3.0, "games": -1.0})
    {'bread': 0.75, 'games': -0.25}
    """
    total = sum(map(abs, weights.values()))
    return {name: weight / total if total else weight for name, weight in weights.items()}


def _value(number: Any) -> float:
    """Return the value of a number in a file that may be wrong just there."""
    value = number.get("value") if isinstance(number, dict) else None
    return float(value) if isinstance(value, int | float) else 0.0
