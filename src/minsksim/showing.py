"""How a value shows itself in a notebook, without knowing who draws it.

Values lie low in the package and what draws them lies high, so the arrow from one to the other is a
name that is looked up when a notebook asks: a command or a script that shows nothing loads nothing.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

_VIEWS = "minsksim.cli.render.views"
_EXPORT = "minsksim.analysis.export"


def html(value: object) -> str:
    """Return the HTML view of a scenario, run, agreement or result.

    Examples
    --------
    >>> from minsksim import load_scenario
    >>> html(load_scenario("split_the_pie")).startswith("<div")
    True
    """
    return str(import_module(_VIEWS).view(value))


def written(value: object, path: Path | str | None, force: bool) -> tuple[Path, ...]:
    """Write a result as a workbook or CSV files; see ``minsksim.analysis.export.export``."""
    paths: tuple[Path, ...] = import_module(_EXPORT).export(value, path, force=force)
    return paths
