"""Finding stored results by folder or id, and drawing them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from minsksim.cli.render.output import console, say
from minsksim.errors import UsageError

if TYPE_CHECKING:
    from minsksim.experiment import Result

MANIFEST = "manifest.json"
_ID = re.compile("[0-9a-f]{4,12}")


def stored_results(folder: Path) -> Iterator[Path]:
    """Yield the folder of each result below ``folder``, finished or not, by name."""
    for manifest in sorted(folder.glob(f"*/*/{MANIFEST}")):
        yield manifest.parent


def stored_below(path: Path) -> Iterator[Path]:
    """Yield the folder of each result one or two levels below a folder."""
    if path.is_dir():
        for pattern in (f"*/{MANIFEST}", f"*/*/{MANIFEST}"):
            yield from (one.parent for one in path.glob(pattern))


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
    choices = found or sorted(stored_below(path)) or known
    if not choices:
        raise UsageError(f"{reference}: no result here. 'minsksim sweep' makes one.")
    shown = "".join(f"\n  {one.as_posix()}" for one in choices[:12])
    raise UsageError(f"{reference}: is not one result. Choose one of:{shown}")


def results_named(references: Sequence[str], results: str) -> tuple[Path, ...]:
    """Return the folders of stored results that are named; none where scenarios are.

    Raises
    ------
    UsageError
        Only some of the names are those of results.
    """
    are_results = [_is_result(one, results) for one in references]
    if not any(are_results):
        return ()
    if not all(are_results):
        other = references[are_results.index(False)]
        raise UsageError(f"{other}: is not a result; compare results with results alone.")
    return tuple(find_result(one, results) for one in references)


def _is_result(reference: str, results: str) -> bool:
    """Return whether a folder, or the beginning of a stored result's id, is named."""
    if Path(reference).is_dir():
        return (Path(reference) / MANIFEST).is_file() or any(stored_below(Path(reference)))
    if not _ID.fullmatch(reference):
        return False
    return any(one.name.startswith(reference) for one in stored_results(Path(results)))


def draw(
    result: Result, asked: tuple[tuple[str, ...], tuple[str, ...], str, str] | None = None
) -> list[Path]:
    """Draw the figures that fit a result, saying so where somebody waits.

    ``asked`` names figures, measures, the size and the kind of image instead.
    """
    from minsksim import plots

    def drawn() -> list[Path]:
        if asked is None:
            return plots.save_all(result)
        figures, measures, size, kind = asked
        return plots.save_figures(result, figures, measures, size=size, kind=kind)

    screen = console(stderr=True)
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always", plots.MissingLetters)
        if screen.is_terminal:
            with screen.status("drawing figures"):
                paths = drawn()
        else:
            say("drawing figures")
            paths = drawn()
    for sentence in dict.fromkeys(str(one.message) for one in found):
        say(sentence)
    return paths
