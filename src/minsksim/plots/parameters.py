"""A measure against the numbers that a sweep varied."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from minsksim.errors import UsageError
from minsksim.numerals import number
from minsksim.plots import names
from minsksim.plots.canvas import canvas_of
from minsksim.plots.drawing import band_legend, draw_bands, head
from minsksim.plots.findings import side_by_side, spread_of
from minsksim.plots.footer import CHOSEN
from minsksim.plots.frame import Words, fitting, frame, panels, wrap
from minsksim.plots.groups import groups
from minsksim.plots.material import Material, Source, chosen, material
from minsksim.plots.measures import largest
from minsksim.plots.ranking import Moved, moved_by
from minsksim.plots.style import BLACK, BLUE, GREY, INK, STEPS, house
from minsksim.plots.summaries import Bands, bands

_MANY = 2000
"""Above this many runs a scatter becomes a density."""

_GRID = 15
"""Up to this many distinct values a number was varied on a grid."""

_BINS = 12
_DENSITY = LinearSegmentedColormap.from_list("density", ["#F2F2F2", "#8FB8D0", BLUE])


@house
def parameters(
    source: Source,
    varied: str | Sequence[str] | None = None,
    measures: str | Sequence[str] | None = None,
    scenario: str | None = None,
    *,
    size: str = "slide",
) -> Figure:
    """Draw measures against varied numbers, a pair in each panel.

    Numbers varied on a grid get a median line with bands; sampled numbers get every run, or a
    density when there are many, under the median and the 90 % band of equal-count bins.

    Parameters
    ----------
    source : Result
    varied, measures : sequence of str, optional
        By default the pairs with the largest rank correlations beyond chance, as many as the size
        holds; every pair, if both are given.
    scenario : str, optional
        By default the first.
    size : {"slide", "page"}

    Returns
    -------
    Figure
    """
    stuff, canvas = material(source).drawn, canvas_of(size)
    if not stuff.varied:
        raise UsageError("this result varies no number; sweep with --vary NAME first")
    name = chosen([scenario] if scenario else None, stuff.scenarios, "scenario")[0]
    known = chosen(measures, stuff.measures, "measure")
    if measures is None and stuff.over == CHOSEN:
        known = _by_effect(stuff, name)
    found = moved_by(stuff, name, known)
    strongest = [] if stuff.over == CHOSEN else found.strongest()
    pairs = _pairs(stuff, strongest, known, (varied, measures), canvas.room)
    shown = list(dict.fromkeys(dotted for _, dotted in pairs))
    runs = stuff.pick(name, [*shown, *dict.fromkeys(row for row, _ in pairs)])
    is_grid = stuff.over == CHOSEN
    finding = _of_grid(stuff, name, pairs[0][0]) if is_grid else _finding(stuff, strongest)
    words = Words(
        finding,
        f"Measures against varied numbers: {stuff.documents[name].title}",
        _caption(runs, shown, len(stuff.varied), is_grid=is_grid),
        stuff.notice_of_runs(name),
    )
    columns = min(canvas.columns, len(pairs))
    height = 1.6 * -(-len(pairs) // columns)
    figure = frame(words, height, canvas=canvas, legend=_legend(runs, shown))
    for axes, (row, column) in zip(panels(figure, len(pairs), columns), pairs, strict=True):
        _draw(axes, runs[[column, row]].dropna(), column, row)
        _label(axes, stuff, row, column, fitting(canvas, columns))
        if not is_grid:
            _say_correlation(axes, found, row, column)
    return figure


def _of_grid(stuff: Material, scenario: str, measure: str) -> str:
    """Say what a measure comes to at the values that were chosen: a choice needs no chance."""
    found = [(each, spread_of(each.runs([measure])[measure])) for each in groups(stuff, scenario)]
    return side_by_side(names.measure(stuff.base, measure).text, found)


def _by_effect(stuff: Material, scenario: str) -> tuple[str, ...]:
    """Return the measures that the values chosen move most, first."""
    found = groups(stuff, scenario)
    spreads = {
        name: [spread_of(each.runs([name])[name]) for each in found] for name in stuff.measures
    }
    return tuple(largest(stuff, spreads))


def _pairs(
    stuff: Material,
    strongest: Sequence[tuple[str, str, float]],
    known: Sequence[str],
    asked: tuple[str | Sequence[str] | None, str | Sequence[str] | None],
    room: int,
) -> list[tuple[str, str]]:
    """Return measure and number of each panel: what was asked for, else the strongest pairs.

    A number is in as few of these as it can be, so that others are seen.
    """
    varied, measures = asked
    numbers = chosen(varied, stuff.varied, "varied number")
    rows = known
    every = [(row, column) for row in rows for column in numbers]
    if varied is not None and measures is not None:
        return every
    ranked = [(row, column) for row, column, _ in strongest if row in rows and column in numbers]
    often = -(-room // len(numbers))
    found: list[tuple[str, str]] = []
    for pair in dict.fromkeys([*ranked, *every]):
        if len(found) < room and sum(column == pair[1] for _, column in found) < often:
            found.append(pair)
    return found


def _finding(stuff: Material, strongest: Sequence[tuple[str, str, float]]) -> str:
    count = len(stuff.varied)
    if not strongest:
        of = "The varied number moves" if count == 1 else f"None of {count} numbers moves"
        text = f"{of} {{}} measure beyond chance"
        return text.format("no" if count == 1 else "any")
    measure, dotted, value = strongest[0]
    label = names.measure(stuff.base, measure).text
    told = f"rank correlation {number(value, 2, signed=True)}"
    of = (
        f"Of {count} numbers \u2018{names.number_label(stuff.base, dotted)}\u2019 goes most closely"
    )
    if count == 1:
        of = f"\u2018{names.number_label(stuff.base, dotted)}\u2019 goes most closely"
    return f"{of} with \u2018{label}\u2019: {told}"


def _say_correlation(axes: Axes, found: Moved, row: str, column: str) -> None:
    place = found.measures.index(row)
    value = float(found.correlations[place, found.numbers.index(column)])
    is_clear = abs(value) > found.limit[place]
    text = f"{number(value, 2, signed=True)}{'' if is_clear else ', within chance'}"
    axes.annotate(
        text, (1, 1), (-2, 2), "axes fraction", "offset points",
        ha="right", va="bottom", size=7.4, color=INK if is_clear else GREY,
    )  # fmt: skip


def _gridded(values: pd.Series) -> bool:
    return int(values.nunique()) <= _GRID


def _draw(axes: Axes, table: pd.DataFrame, column: str, row: str) -> None:
    if _gridded(table[column]):
        draw_bands(axes, bands(table[column], table[row]), BLUE, spread=True)
        middle = table.groupby(column)[row].median()
        axes.plot(middle.index.to_numpy(), middle.to_numpy(), "o", color=BLUE, ms=3.5)
        return
    x, y = table[column].to_numpy(dtype=np.float64), table[row].to_numpy(dtype=np.float64)
    if len(table) > _MANY:
        axes.hexbin(x, y, gridsize=(26, 12), cmap=_DENSITY, bins="log", mincnt=1, linewidths=0.1)
    else:
        axes.plot(x, y, "o", color=GREY, ms=2.2, alpha=0.45, mew=0, rasterized=True)
    band = _binned(table[column], table[row])
    axes.plot(band.x, band.median, color=BLACK, lw=1.6, zorder=4)
    for edge in (band.low90, band.high90):
        axes.plot(band.x, edge, color=BLACK, lw=0.9, ls=(0, (4, 2)), zorder=4, gid="band90")


def _binned(place: pd.Series, value: pd.Series) -> Bands:
    """Quantiles in bins of equal count, each at the median of its places."""
    bins = pd.qcut(place, _BINS, labels=False, duplicates="drop")
    middles = place.groupby(bins).transform("median")
    return bands(middles, value)


def _label(axes: Axes, stuff: Material, measure: str, dotted: str, width: int) -> None:
    label = names.measure(stuff.base, measure)
    head(axes, label.text, names.short(label.unit), width)
    unit = names.number(stuff.base, dotted)
    words = names.number_label(stuff.base, dotted)
    axes.set_xlabel(wrap(f"{words}, {unit}" if unit else words, width + 4), fontsize=7.6)
    axes.xaxis.set_major_locator(MaxNLocator(4, steps=list(STEPS)))
    axes.yaxis.set_major_locator(MaxNLocator(4, steps=list(STEPS)))


def _legend(runs: pd.DataFrame, columns: Sequence[str]) -> list[Artist]:
    gridded = [_gridded(runs[name]) for name in columns]
    handles: list[Artist] = []
    if any(gridded):
        handles.append(Line2D([], [], color=BLUE, marker="o", ms=3.5, label="median of runs"))
        handles += band_legend(BLUE)
    if not all(gridded):
        handles.append(Line2D([], [], color=BLACK, lw=1.6, label="median of a bin"))
        handles.append(Line2D([], [], color=BLACK, lw=0.9, ls=(0, (4, 2)), label="its middle 90 %"))
    return handles


def _caption(runs: pd.DataFrame, columns: Sequence[str], varied: int, *, is_grid: bool) -> str:
    gridded = [_gridded(runs[name]) for name in columns]
    text = ""
    if any(gridded):
        text += "Blue: median and bands over the runs at each value of the grid. "
    if not all(gridded):
        one = "darker where more runs lie" if len(runs) > _MANY else "one dot is one run"
        text += f"Cloud: all runs ({one}); black: median and middle 90 % in bins of equal count. "
    if is_grid:
        return text + "The measures that the values move most."
    text += (
        "Over a panel: rank correlation over the points; within chance if no stronger than that of "
        "any number with the measure shuffled."
    )
    if varied > len(columns):
        text += " The strongest pairs; in each panel the other numbers vary, too."
    return text
