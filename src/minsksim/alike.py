"""One and several taken alike, so that ``measures="agreements"`` means what a list of it means."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any


def several(given: Any) -> tuple[Any, ...]:
    """Return what was given as a tuple; a text, a path or a single object is one.

    Parameters
    ----------
    given : object or iterable of objects

    Examples
    --------
    >>> several("agreements"), several(["released", "held"]), several(3)
    (('agreements',), ('released', 'held'), (3,))
    """
    if isinstance(given, str | Path) or not isinstance(given, Iterable):
        return (given,)
    return tuple(given)
