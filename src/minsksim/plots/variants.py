"""Variants side by side, and their paired differences to the base."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from minsksim.analysis.protocols import ProtocolComparison
from minsksim.errors import UsageError
from minsksim.plots import names
from minsksim.plots.drawing import head
from minsksim.plots.material import Material, Size, Source, chosen, footer, material
from minsksim.plots.style import BLUE, GREY, STEPS, VERMILLION, fitting, frame, house, panels
from minsksim.plots.summaries import LEVELS, paired

MOST_MEASURES = 15
_ROW = 0.27
_COLUMNS = 3


@house
def variants(source: Source, measures: str | Sequence[str] | None = None) -> Figure:
    """Draw each measure under each scenario: median, 50 % and 90 % of runs.

    Parameters
    ----------
    source : Result
    measures : str or sequence of str, optional
        By default the first fifteen that vary at all; the caption says so.

    Returns
    -------
    Figure
    """
    stuff = material(source)
    picked, note = _measures(stuff, measures)
    rows = list(stuff.scenarios)
    caption = (
        "Dot: median of runs; thick line: the middle 50 % of runs; thin line: the middle 90 %. "
        "Each panel has its own measure and unit." + note
    )
    figure, cells = _frame(stuff, f"What differs by variant: {stuff.base.title}", caption, picked,
                           rows, _legend_spread())  # fmt: skip
    for index, (axes, measure) in enumerate(zip(cells, picked, strict=True)):
        for row, name in enumerate(rows):
            values = stuff.pick(name, [measure])[measure].dropna()
            _draw_spread(axes, row, values, GREY if row == 0 else BLUE)
        _finish(axes, stuff, measure, _labels(stuff, rows), index, "")
    return figure


@house
def differences(source: Source, measures: str | Sequence[str] | None = None) -> Figure:
    """Draw paired differences of each variant to the base, with 95 % intervals.

    Runs are paired on the same draws: same design point, same replication.

    Parameters
    ----------
    source : Result
        Of several scenarios; the first is the base.
    measures : str or sequence of str, optional
        By default the first fifteen that vary at all; the caption says so.

    Returns
    -------
    Figure
    """
    stuff = material(source)
    picked, note = _measures(stuff, measures)
    base, *rows = stuff.scenarios
    if not rows:
        raise UsageError("differences need a base and at least one variant in the same result")
    caption = (
        f"Dot: mean difference to {base} over pairs of runs with the same design point and "
        "the same draws; line: its 95 % interval (how well the mean is known, not how far single "
        "runs spread). Filled: the interval leaves out zero. Each panel has its own measure "
        "and unit." + note
    )
    title = f"Differences to {base}, paired on the same draws"
    figure, cells = _frame(stuff, title, caption, picked, rows, _legend_differences())
    for index, (axes, measure) in enumerate(zip(cells, picked, strict=True)):
        axes.axvline(0, color="#444444", lw=0.9)
        wanted = ("point", "replication", measure)
        before = stuff.pick(base, wanted)
        for row, name in enumerate(rows):
            _draw_difference(axes, row, before, stuff.pick(name, wanted), measure)
        _finish(axes, stuff, measure, _labels(stuff, rows), index, "difference, ")
    return figure


@house
def protocols(source: ProtocolComparison, measures: str | Sequence[str] | None = None) -> Figure:
    """Draw each measure under each bargaining protocol: median, 50 % and 90 % of runs.

    Parameters
    ----------
    source : ProtocolComparison
    measures : str or sequence of str, optional
        By default the nine that the protocol moves most, as a share of what the draws do.

    Returns
    -------
    Figure
    """
    documents = {name: item.document for name, item in source.scenarios.items()}
    runs = source.draws[source.draws["status"] == 0]
    stuff = Material(documents=documents, seed=source.seed, runs=runs)
    ranked = source.spreads.sort_values("ratio", ascending=False, kind="stable")
    moved = list(ranked.loc[ranked["spread"] > 0, "measure"])
    picked, _ = _measures(stuff, measures if measures is not None else moved[:9] or None)
    more = len(moved) - 9 if measures is None else 0
    caption = (
        "Dot: median of runs; thick line: the middle 50 % of runs; thin line: the middle 90 %. "
        "All protocols play on the same draws. Grey: what the file itself uses. Each panel has its "
        "own measure and unit."
    ) + (f" {more} more measures differ and are not drawn." if more > 0 else "")
    title = f"What the bargaining theory changes: {source.scenario}"
    rows = list(stuff.scenarios)
    legend: list[Artist] = [
        Line2D([], [], color=GREY, marker="o", lw=1.2, label="as written"),
        Line2D([], [], color=BLUE, marker="o", lw=1.2, label="another protocol"),
    ]
    notice = footer(Size([source.runs * len(rows)]), source.seed, [source.scenario])
    figure, cells = _frame(stuff, title, caption, picked, rows, legend, notice)
    labels = [name.replace("_", " ") for name in rows]
    for index, (axes, measure) in enumerate(zip(cells, picked, strict=True)):
        for row, name in enumerate(rows):
            values = stuff.pick(name, [measure])[measure].dropna()
            _draw_spread(axes, row, values, GREY if name in source.written else BLUE)
        _finish(axes, stuff, measure, labels, index, "")
    return figure


def varying(stuff: Material) -> list[str]:
    """Return the measures that differ between any two runs, in file order."""
    return [name for name in stuff.measures if _varies(stuff, name)] or stuff.measures


def _varies(stuff: Material, measure: str) -> bool:
    ends: set[float] = set()
    for scenario in stuff.scenarios:
        values = stuff.pick(scenario, [measure])[measure].dropna()
        ends |= {float(values.min()), float(values.max())} if len(values) else set()
    return len(ends) > 1


def _measures(stuff: Material, measures: str | Sequence[str] | None) -> tuple[tuple[str, ...], str]:
    """Return the measures to draw, and a sentence on those left out."""
    known = stuff.measures
    if measures is not None:
        return chosen(measures, known, "measure"), ""
    found = varying(stuff)
    more, same = max(len(found) - MOST_MEASURES, 0), len(known) - len(found)
    notes = [f" {more} more measures are not drawn."] if more else []
    notes += [f" {same} measures are the same in every run."] if same else []
    return tuple(found[:MOST_MEASURES]), "".join(notes)


def _frame(
    stuff: Material,
    title: str,
    caption: str,
    picked: Sequence[str],
    rows: Sequence[str],
    legend: Sequence[Artist],
    notice: str | None = None,
) -> tuple[Figure, list[Axes]]:
    columns = min(_COLUMNS, len(picked))
    height = -(-len(picked) // columns) * (_ROW * len(rows) + 0.95)
    notice = notice or stuff.notice_of_runs()
    figure = frame(title, caption, notice, height, legend=legend)
    return figure, panels(figure, len(picked), columns)


def _draw_spread(axes: Axes, row: int, values: pd.Series, color: str) -> None:
    if values.empty:
        return
    low90, low50, median, high50, high90 = np.quantile(values.to_numpy(dtype=float), LEVELS)
    if len(values) > 1:
        axes.plot([low90, high90], [row, row], color=color, lw=1.2, gid="band90")
        axes.plot([low50, high50], [row, row], color=color, lw=4, gid="band50", alpha=0.65,
                  solid_capstyle="butt")  # fmt: skip
    axes.plot([median], [row], "o", color=color, mec="white", mew=0.8, ms=6.5, gid="median")


def _draw_difference(
    axes: Axes, row: int, base: pd.DataFrame, variant: pd.DataFrame, measure: str
) -> None:
    gap = paired(base, variant, measure)
    if gap.pairs == 0:
        return
    clear = gap.low > 0 or gap.high < 0
    color = GREY if not clear else (BLUE if gap.mean > 0 else VERMILLION)
    axes.plot([gap.low, gap.high], [row, row], color=color, lw=1.8, gid="interval95")
    face = color if clear else "white"
    axes.plot([gap.mean], [row], "o", color=color, mfc=face, mec=color, ms=5, gid="mean")


def _labels(stuff: Material, rows: Sequence[str]) -> list[str]:
    return [names.scenario(name, stuff.scenarios[0]) for name in rows]


def _finish(
    axes: Axes, stuff: Material, measure: str, labels: Sequence[str], index: int, prefix: str
) -> None:
    label = names.measure(stuff.base, measure)
    width = 0.25 + 0.066 * max(map(len, labels)) / _COLUMNS
    head(axes, label.text, prefix + label.unit, fitting(_COLUMNS, width))
    axes.set_yticks(range(len(labels)))
    first = index % _COLUMNS == 0
    axes.set_yticklabels(labels if first else [""] * len(labels))
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.margins(x=0.08)
    axes.xaxis.set_major_locator(MaxNLocator(5, steps=list(STEPS)))


def _legend_spread() -> list[Artist]:
    return [
        Line2D([], [], color=GREY, marker="o", lw=1.2, label="base"),
        Line2D([], [], color=BLUE, marker="o", lw=1.2, label="variant"),
    ]


def _legend_differences() -> list[Artist]:
    return [
        Line2D([], [], color=BLUE, marker="o", lw=1.8, ms=5, label="higher than the base"),
        Line2D([], [], color=VERMILLION, marker="o", lw=1.8, ms=5, label="lower than the base"),
        Line2D([], [], color=GREY, marker="o", mfc="white", lw=1.8, ms=5, label="no clear sign"),
    ]
