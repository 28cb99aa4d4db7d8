"""Every figure of a result by name: which a result gets, and what may be named in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from matplotlib.figure import Figure

from minsksim.alike import several
from minsksim.errors import UsageError
from minsksim.plots.agreements import agreements
from minsksim.plots.differences import differences
from minsksim.plots.footer import CHOSEN
from minsksim.plots.material import Material, Source, material
from minsksim.plots.measures import measures as draw_measures
from minsksim.plots.network import network_of
from minsksim.plots.packages import packages
from minsksim.plots.parameters import parameters
from minsksim.plots.record import record
from minsksim.plots.terms import terms
from minsksim.plots.trajectories import moving, trajectories
from minsksim.plots.utility import utility
from minsksim.scenario.places import nearest

Names: TypeAlias = tuple[str, ...] | None


class Kind(NamedTuple):
    """A figure: how it is drawn, what may be named in it, and what a reader finds in it.

    ``known`` returns the names that may be asked for; None where a figure has no such choice.
    """

    draw: Callable[[Material, Names, str], Figure]
    known: Callable[[Material], Sequence[str]] | None
    reads: str


def _columns(stuff: Material) -> list[str]:
    return [name for name in stuff.series.columns if "." in name]


KINDS: dict[str, Kind] = {
    "measures": Kind(
        lambda stuff, names, size: draw_measures(stuff, names, size=size),
        lambda stuff: stuff.measures,
        "how far each measure spreads, and what turns over the ranges",
    ),
    "differences": Kind(
        lambda stuff, names, size: differences(stuff, names, size=size),
        lambda stuff: stuff.measures,
        "what each variant changes, and how well that is known",
    ),
    "record": Kind(
        lambda stuff, names, size: record(stuff, names, size=size),
        lambda stuff: tuple(stuff.base.observations),
        "where the observed record leaves the band of the runs",
    ),
    "trajectories": Kind(
        lambda stuff, names, size: trajectories(stuff, names, size=size),
        _columns,
        "when levers and stocks move, and how far the runs part",
    ),
    "agreements": Kind(
        lambda stuff, names, size: agreements(stuff, names, size=size),
        lambda stuff: tuple(stuff.base.channels),
        "who agrees when, and whether agreements are kept",
    ),
    "parameters": Kind(
        lambda stuff, names, size: parameters(stuff, measures=names, size=size),
        lambda stuff: stuff.measures,
        "which varied numbers go with which measures beyond chance",
    ),
    "packages": Kind(
        lambda stuff, names, size: packages(stuff, names, size=size),
        lambda stuff: tuple(stuff.base.levers),
        "what agreements move, and how far",
    ),
    "utility": Kind(
        lambda stuff, names, size: utility(stuff, size=size),
        None,
        "who gains and who loses, and by which interests",
    ),
    "terms": Kind(
        lambda stuff, names, size: terms(stuff, actors=names, size=size),
        lambda stuff: tuple(stuff.base.actors),
        "each actor's utility, term by term",
    ),
    "network": Kind(
        lambda stuff, names, size: network_of(stuff.base, stuff.scenarios[0], size=size),
        None,
        "who listens to whom, and who can talk (values of the file, no run)",
    ),
}

MOST = 5
"""Figures that a result gets if nobody names any."""


def draw(
    source: Source,
    figure: str,
    measures: str | Sequence[str] | None = None,
    *,
    size: str = "slide",
) -> Figure:
    """Draw a figure by its name.

    Parameters
    ----------
    source : Result, Run or Comparison, or the folder of a result
    figure : str
        measures, differences, record, trajectories, agreements, parameters, packages, utility,
        terms or network.
    measures : str or sequence of str, optional
        What to draw: measures; in ``trajectories`` and ``record`` also quantities such as
        ``stocks.held`` and observations; in ``agreements`` channels, in ``packages`` levers, in
        ``terms`` actors.
    size : {"slide", "page"}
        16:9 for a projector, or the width of a page for a paper.

    Returns
    -------
    Figure

    Raises
    ------
    UsageError
        Unknown name, with the nearest known one.
    """
    kind = kind_of(figure)
    stuff = material(source)
    names = None if not measures else _translated(stuff, figure, several(measures))
    return kind.draw(stuff, names, size)


def kind_of(figure: str) -> Kind:
    """Return a figure by its name.

    Raises
    ------
    UsageError
        Unknown name, with the nearest known one.
    """
    if figure not in KINDS:
        raise UsageError(f"No figure {figure!r}. {nearest(figure, KINDS)}")
    return KINDS[figure]


def _translated(stuff: Material, figure: str, asked: Sequence[str]) -> tuple[str, ...]:
    """Return names that a figure knows; a measure stands for the quantities that it is of."""
    kind = KINDS[figure]
    if kind.known is None:
        raise UsageError(f"The figure {figure} has no measures to choose.")
    known = tuple(kind.known(stuff))
    found: dict[str, None] = {}
    for name in asked:
        meant = [name] if name in known else _of_measure(stuff, figure, name, known)
        if not meant:
            words = [*known, *(stuff.measures if figure in ("record", "trajectories") else ())]
            raise UsageError(f"No {name!r} in the figure {figure}. {nearest(name, words)}")
        found |= dict.fromkeys(meant)
    return tuple(found)


def _of_measure(stuff: Material, figure: str, name: str, known: Sequence[str]) -> list[str]:
    if name not in stuff.base.measures:
        return []
    of = stuff.base.measures[name].of
    if figure == "record":
        items = stuff.base.observations.items()
        return [key for key, item in items if set(item.of) & set(of) and key in known]
    return [one for one in of if one in known]


def fitting_figures(stuff: Material) -> tuple[str, ...]:
    """Return the names of the figures that fit a result, at most five, the most telling first."""
    found = []
    has_runs = not stuff.runs.empty
    if has_runs:
        found.append("measures")
    if has_runs and len(stuff.scenarios) > 1:
        found.append("differences")
    if not stuff.series.empty:
        observed = {name for item in stuff.base.observations.values() for name in item.of}
        if observed & set(stuff.series.columns):
            found.append("record")
        if moving(stuff):
            found.append("trajectories")
        if stuff.base.channels and stuff.has_agreements:
            found.append("agreements")
    if stuff.drawn.varied and not stuff.drawn.runs.empty:
        # what a choice does is the very question of a grid
        found.insert(1 if stuff.over == CHOSEN else len(found), "parameters")
    return tuple(found[:MOST])
