"""Finding stored results by folder or id, and drawing them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from minsksim.cli.render.output import console, say
from minsksim.errors import UsageError

if TYPE_CHECKING:
    from minsksim.experiment import Result

MANIFEST = "manifest.json"


def stored_results(folder: Path) -> Iterator[Path]:
    """Yield the folder of each result below ``folder``, finished or not, by name."""
    for manifest in sorted(folder.glob(f"*/*/{MANIFEST}")):
        yield manifest.parent


def find_result(reference: str, results: str = "results") -> Path:
    """Return a result's folder from its path, or from its id (or the start of it).

    Raises
    ------
    UsageError
        Nothing, or more than one result, answers to it.
    """
    path = Path(reference)
    if (path / MANIFEST).is_file():
        return path
    known = list(stored_results(Path(results)))
    found = [one for one in known if path.name == reference and one.name.startswith(reference)]
    if len(found) == 1:
        return found[0]
    below = [*path.glob(f"*/{MANIFEST}"), *path.glob(f"*/*/{MANIFEST}")] if path.is_dir() else []
    choices = found or sorted(one.parent for one in below) or known
    if not choices:
        raise UsageError(f"{reference}: no result here. 'minsksim sweep' makes one.")
    shown = "".join(f"\n  {one.as_posix()}" for one in choices[:12])
    raise UsageError(f"{reference}: is not one result. Choose one of:{shown}")


def draw(result: Result) -> list[Path]:
    """Draw every figure that fits a result, saying so where somebody waits."""
    from minsksim import plots

    screen = console(stderr=True)
    if not screen.is_terminal:
        say("drawing figures")
        return plots.save_all(result)
    with screen.status("drawing figures"):
        return plots.save_all(result)
