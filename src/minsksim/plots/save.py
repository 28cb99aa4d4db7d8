"""Writing figures to files: stable bytes, and the set of figures that fits a result."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from minsksim.alike import several
from minsksim.errors import StorageError, UsageError
from minsksim.experiment.storage.files import make_folder, write_file
from minsksim.experiment.storage.lock import Lock
from minsksim.experiment.storage.own_files import LOCK, check_links
from minsksim.experiment.storage.pictures import Picture, write_pictures
from minsksim.plots.canvas import canvas_of
from minsksim.plots.catalogue import KINDS, draw, fitting_figures, kind_of
from minsksim.plots.frame import HouseFigure
from minsksim.plots.material import Material, material
from minsksim.plots.render import IMAGES, image
from minsksim.scenario.places import nearest

if TYPE_CHECKING:
    from minsksim.experiment import Result

_LONGEST = 80


def save(figure: Figure, path: str | Path) -> Path:
    """Write a figure, whole or not at all; equal figures give equal bytes.

    Parameters
    ----------
    figure : Figure
    path : path
        Ends with ``.svg``, ``.pdf`` or ``.png``; anything else is written as PNG.

    Returns
    -------
    Path

    Raises
    ------
    StorageError
        The file cannot be written.
    ResultDamaged
        A link or something that is no file stands there.
    """
    target = Path(path)
    kind = target.suffix.removeprefix(".")
    data = image(figure, kind if kind in IMAGES else "png")
    try:
        make_folder(target.parent)
        write_file(target, data)
    except OSError as error:
        text = f"cannot write {target}: {error.strerror}. Make room there or give another path."
        raise StorageError(text) from error
    return target


def save_all(result: Result) -> list[Path]:
    """Draw the figures that fit a result, at most five, into its ``figures`` folder.

    All are drawn before the first is written. ``index.html`` shows them with their findings, and
    ``index.json`` lists them with their hashes. Figures that were drawn by name stay.

    Parameters
    ----------
    result : Result

    Returns
    -------
    list of Path
        In the order in which a reader would want them.
    """
    check_links(result.path)
    stuff = material(result)
    pictures = {f"{name}.png": _picture(stuff, name) for name in fitting_figures(stuff)}
    with Lock(result.path / LOCK):
        return write_pictures(result.path, pictures, is_whole_set=True)


def save_figures(
    result: Result,
    figures: str | Sequence[str] | None = None,
    measures: str | Sequence[str] | None = None,
    *,
    size: str = "slide",
    kind: str = "png",
) -> list[Path]:
    """Draw figures by name into a result's ``figures`` folder, beside those that are there.

    Parameters
    ----------
    result : Result
    figures : str or sequence of str, optional
        Names as for ``draw``; by default those that fit the result, or with ``measures`` those of
        them in which these can be chosen.
    measures : str or sequence of str, optional
        What to draw in each, as for ``draw``.
    size : {"slide", "page"}
    kind : {"png", "svg", "pdf"}

    Returns
    -------
    list of Path
    """
    canvas_of(size)
    if kind not in IMAGES:
        raise UsageError(f"No kind of image {kind!r}. {nearest(kind, IMAGES)}")
    check_links(result.path)
    stuff = material(result)
    asked = tuple(several(measures)) if measures else None
    names = tuple(several(figures)) if figures else ("measures",) if asked else ()
    for name in names:
        kind_of(name)
    pictures = {
        _file_name(name, asked, size, kind): _picture(stuff, name, asked, size, kind)
        for name in names or fitting_figures(stuff)
    }
    with Lock(result.path / LOCK):
        return write_pictures(result.path, pictures)


def _picture(
    stuff: Material,
    name: str,
    measures: tuple[str, ...] | None = None,
    size: str = "slide",
    kind: str = "png",
) -> Picture:
    figure = draw(stuff, name, measures, size=size)
    assert isinstance(figure, HouseFigure)
    return Picture(image(figure, kind), figure.finding, KINDS[name].reads)


def _file_name(name: str, measures: tuple[str, ...] | None, size: str, kind: str) -> str:
    parts = [name, *(measures or ()), *(["page"] if size == "page" else [])]
    return f"{'_'.join(parts)[:_LONGEST]}.{kind}"
