"""Writing figures to files: stable bytes, and the set of figures that fits a result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from minsksim.errors import StorageError
from minsksim.experiment.storage.files import make_folder, write_file
from minsksim.experiment.storage.lock import Lock
from minsksim.experiment.storage.own_files import LOCK, check_links
from minsksim.experiment.storage.pictures import write_pictures
from minsksim.plots.agreements import agreements, packages
from minsksim.plots.material import Material, material
from minsksim.plots.network import network
from minsksim.plots.parameters import parameters
from minsksim.plots.style import png
from minsksim.plots.terms import terms
from minsksim.plots.trajectories import moving, record, trajectories
from minsksim.plots.utility import utility
from minsksim.plots.variants import MOST_MEASURES, differences, variants, varying

if TYPE_CHECKING:
    from minsksim.experiment import Result

Draw = Callable[[], Figure]
_MOST_STOCKS = 4
_MOST_BESIDE = 5


def save(figure: Figure, path: str | Path) -> Path:
    """Write a figure as PNG, whole or not at all; equal figures give equal bytes.

    Parameters
    ----------
    figure : Figure
    path : path

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
    data = png(figure)
    try:
        make_folder(target.parent)
        write_file(target, data)
    except OSError as error:
        text = f"cannot write {target}: {error.strerror}. Make room there or give another path."
        raise StorageError(text) from error
    return target


def save_all(result: Result) -> list[Path]:
    """Draw the figures that make sense for a result into its ``figures`` folder.

    All are drawn before the first is written; ``index.json`` lists them with their hashes.

    Parameters
    ----------
    result : Result

    Returns
    -------
    list of Path
        In the order in which a reader would want them.
    """
    first = next(iter(result.scenarios.values()))
    plans: dict[str, Draw] = {"network": lambda: network(first)}
    plans |= _plans(material(result))
    check_links(result.path)
    pictures = {f"{name}.png": png(draw()) for name, draw in plans.items()}
    with Lock(result.path / LOCK):
        return write_pictures(result.path, pictures)


def _plans(stuff: Material) -> dict[str, Draw]:
    """Name the figures to draw; each is left out when its table is empty."""
    plans: dict[str, Draw] = {}
    base = stuff.scenarios[0]
    if len(stuff.scenarios) > 1 and not stuff.runs.empty:
        plans |= _pages("variants", variants, stuff) | _pages("differences", differences, stuff)
    elif len(stuff.runs) > 1:
        plans |= _pages("measures", variants, stuff)
    if stuff.varied and not stuff.runs.empty:
        plans["parameters"] = lambda: parameters(stuff)
    if not stuff.series.empty:
        observed = {name for item in stuff.base.observations.values() for name in item.of}
        if observed & set(stuff.series.columns):
            plans["record"] = lambda: record(stuff, [base])
        both = stuff.scenarios if len(stuff.scenarios) == 2 else [base]
        if moving(stuff):
            plans["trajectories"] = lambda: trajectories(stuff, scenarios=both)
        stocks = [name for name in moving(stuff) if name.startswith("stocks.")][:_MOST_STOCKS]
        if len(stuff.scenarios) > 2 and stocks:
            beside = stuff.scenarios[:_MOST_BESIDE]
            plans["stocks"] = lambda: trajectories(stuff, stocks, beside)
    if not stuff.contributions.empty:
        plans["utility"] = lambda: utility(stuff)
        plans["terms"] = lambda: terms(stuff)
    if not stuff.agreements.empty:
        plans["agreements"] = lambda: agreements(stuff)
        if base in set(stuff.agreements["scenario"]):
            plans["packages"] = lambda: packages(stuff)
    return plans


def _pages(
    name: str, draw: Callable[[Material, Sequence[str]], Figure], stuff: Material
) -> dict[str, Draw]:
    """Cut the measures into figures of a page: ``name``, ``name_2`` and so on."""
    found = varying(stuff)
    starts = range(0, len(found), MOST_MEASURES)
    pages = [found[start : start + MOST_MEASURES] for start in starts]
    return {
        name if number == 1 else f"{name}_{number}": partial(draw, stuff, page)
        for number, page in enumerate(pages, start=1)
    }
