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
from minsksim.plots import names
from minsksim.plots.drawing import band_legend, draw_bands
from minsksim.plots.material import Material, Source, chosen, material
from minsksim.plots.style import BLACK, BLUE, GREY, STEPS, frame, house, panels, wrap
from minsksim.plots.summaries import Bands, bands

_MANY = 2000
"""Above this many runs a scatter becomes a density."""

_GRID = 15
"""Up to this many distinct values a number was varied on a grid."""

_BINS = 12
_MOST_ROWS, _MOST_COLUMNS = 4, 4
_DENSITY = LinearSegmentedColormap.from_list("density", ["#F2F2F2", "#8FB8D0", BLUE])


@house
def parameters(
    source: Source,
    varied: str | Sequence[str] | None = None,
    measures: str | Sequence[str] | None = None,
    scenario: str | None = None,
) -> Figure:
    """Draw measures (rows) against varied numbers (columns).

    Numbers varied on a grid get a median line with bands; sampled numbers get every run, or a
    density when there are many, under the median and the 90 % band of equal-count bins.

    Parameters
    ----------
    source : Result
    varied, measures : sequence of str, optional
        By default the first four of each.
    scenario : str, optional
        By default the first.

    Returns
    -------
    Figure
    """
    stuff = material(source)
    if not stuff.varied:
        raise UsageError("this result varies no number; sweep with --vary NAME first")
    columns = chosen(varied, stuff.varied, "varied number")
    rows = chosen(measures, stuff.measures, "measure")
    columns = columns if varied is not None else columns[:_MOST_COLUMNS]
    rows = rows if measures is not None else rows[:_MOST_ROWS]
    name = chosen([scenario] if scenario else None, stuff.scenarios, "scenario")[0]
    runs = stuff.pick(name, (*columns, *rows))
    figure = frame(
        f"Measures against varied numbers: {stuff.documents[name].title}",
        _caption(runs, columns, len(stuff.varied) > 1),
        stuff.notice_of_runs(name),
        1.75 * len(rows) + 0.45,
        legend=_legend(runs, columns),
    )
    cells = panels(figure, len(rows) * len(columns), len(columns))
    places = [(row, column) for row in rows for column in columns]
    for axes, (row, column) in zip(cells, places, strict=True):
        _draw(axes, runs[[column, row]].dropna(), column, row)
        first, last = column == columns[0], row == rows[-1]
        width = 100 // len(columns)
        _label(axes, stuff, row if first else "", column if last else "", width)
    _share_rows(cells, len(columns))
    return figure


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


def _label(axes: Axes, stuff: Material, measure: str, number: str, width: int) -> None:
    if measure:
        label = names.measure(stuff.base, measure)
        axes.set_ylabel(wrap(f"{label.text}, {label.unit}", 24), fontsize=8)
    else:
        axes.tick_params(labelleft=False)
    if number:
        axes.set_xlabel(_broken(number, width, names.number(stuff.base, number)), fontsize=7.6)
    else:
        axes.tick_params(labelbottom=False)
    axes.xaxis.set_major_locator(MaxNLocator(4, steps=list(STEPS)))
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=list(STEPS)))


def _broken(number: str, width: int, unit: str) -> str:
    """Break a dotted name after its dots into lines of at most ``width`` characters."""
    lines = [""]
    for part in number.replace(".", ". ").split():
        if lines[-1] and len(lines[-1] + part) > width:
            lines.append("")
        lines[-1] += part
    return "\n".join([*lines, unit] if unit else lines)


def _share_rows(cells: Sequence[Axes], columns: int) -> None:
    for start in range(0, len(cells), columns):
        row = cells[start : start + columns]
        low = min(axes.get_ylim()[0] for axes in row)
        high = max(axes.get_ylim()[1] for axes in row)
        for axes in row:
            axes.set_ylim(low, high)


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


def _caption(runs: pd.DataFrame, columns: Sequence[str], several: bool) -> str:
    gridded = [_gridded(runs[name]) for name in columns]
    text = ""
    if any(gridded):
        text += "Blue: median and bands over the runs at each value of the grid. "
    if not all(gridded):
        one = "darker where more runs lie" if len(runs) > _MANY else "one dot is one run"
        text += f"Cloud: all runs ({one}); black: median and middle 90 % in bins of equal count. "
    if several:
        text += "Every panel runs over all values of the other varied numbers."
    return text
