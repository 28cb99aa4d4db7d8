"""What the theory of bargaining changes: each measure under each protocol."""

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
from minsksim.plots import names
from minsksim.plots.canvas import Canvas, canvas_of
from minsksim.plots.drawing import head
from minsksim.plots.findings import in_words, spread_of
from minsksim.plots.footer import Size, footer
from minsksim.plots.frame import Words, fitting, frame, panels
from minsksim.plots.material import Material, chosen
from minsksim.plots.style import BLUE, GREY, STEPS, house

_ROW = 0.21


@house
def protocols(
    source: ProtocolComparison,
    measures: str | Sequence[str] | None = None,
    *,
    size: str = "page",
) -> Figure:
    """Draw each measure under each bargaining protocol: median, 50 % and 90 % of runs.

    Parameters
    ----------
    source : ProtocolComparison
    measures : str or sequence of str, optional
        By default those that the protocol moves most, as a share of what the draws do, as many as
        the size holds.
    size : {"slide", "page"}

    Returns
    -------
    Figure
    """
    canvas = canvas_of(size)
    documents = {name: item.document for name, item in source.scenarios.items()}
    runs = source.draws[source.draws["status"] == 0]
    stuff = Material(documents=documents, seed=source.seed, runs=runs)
    ranked = source.spreads.sort_values("ratio", ascending=False, kind="stable")
    moved = list(ranked.loc[ranked["spread"] > 0, "measure"]) or list(stuff.measures)
    picked = (
        chosen(measures, stuff.measures, "measure")
        if measures is not None
        else tuple(moved[: 6 if canvas.name == "page" else 3])
    )
    more = len(moved) - len(picked) if measures is None else 0
    rows = list(stuff.scenarios)
    words = Words(
        _finding(stuff, picked[0], rows),
        f"What the bargaining theory changes: {source.scenario}",
        _caption(more),
        footer([Size([source.runs * len(rows)])], source.seed, [source.scenario]),
    )
    columns = min(canvas.columns, len(picked))
    height = -(-len(picked) // columns) * (_ROW * len(rows) + 0.75)
    figure = frame(words, height, canvas=canvas, legend=_legend())
    labels = [name.replace("_", " ") for name in rows]
    for index, axes in enumerate(panels(figure, len(picked), columns)):
        for row, name in enumerate(rows):
            values = stuff.pick(name, [picked[index]])[picked[index]].dropna()
            _draw_spread(axes, row, values, GREY if name in source.written else BLUE)
        _finish(axes, stuff, picked[index], labels, (index, columns), canvas)
    return figure


def _finding(stuff: Material, measure: str, rows: Sequence[str]) -> str:
    """Say under which protocols a measure is least and most."""
    spreads = {name: spread_of(stuff.pick(name, [measure])[measure]) for name in rows}
    known = {name: one for name, one in spreads.items() if one.known}
    label = names.measure(stuff.base, measure).text
    if not known:
        return f"{label}: no run has a value"
    least = min(known, key=lambda name: known[name].median)
    most = max(known, key=lambda name: known[name].median)
    if known[least].median == known[most].median:
        return f"{label}: the same median under every protocol"
    ends = (f"{in_words(known[name])} under {name.replace('_', ' ')}" for name in (least, most))
    return f"{label}: {' to '.join(ends)}"


def _caption(more: int) -> str:
    text = (
        "Dot: median of runs; thick line: the middle 50 % of runs; thin line: the middle 90 %. "
        "All protocols play on the same draws. Grey: what the file itself uses. Each panel has its "
        "own measure and unit."
    )
    return text + (f" {more} more measures differ and are not drawn." if more > 0 else "")


def _legend() -> list[Artist]:
    return [
        Line2D([], [], color=GREY, marker="o", lw=1.2, label="as written"),
        Line2D([], [], color=BLUE, marker="o", lw=1.2, label="another protocol"),
    ]


def _draw_spread(axes: Axes, row: int, values: pd.Series, color: str) -> None:
    if values.empty:
        return
    one = spread_of(values.to_numpy(dtype=np.float64))
    if one.known > 1:
        axes.plot([one.low90, one.high90], [row, row], color=color, lw=1.2, gid="band90")
        axes.plot([one.low50, one.high50], [row, row], color=color, lw=4, gid="band50", alpha=0.65,
                  solid_capstyle="butt")  # fmt: skip
    axes.plot([one.median], [row], "o", color=color, mec="white", mew=0.8, ms=6, gid="median")


def _finish(
    axes: Axes,
    stuff: Material,
    measure: str,
    labels: Sequence[str],
    place: tuple[int, int],
    canvas: Canvas,
) -> None:
    index, columns = place
    label = names.measure(stuff.base, measure)
    width = 0.25 + 0.066 * max(map(len, labels)) / columns
    head(axes, label.text, names.short(label.unit), fitting(canvas, columns, width))
    is_first = index % columns == 0
    axes.set_yticks(range(len(labels)), labels if is_first else [""] * len(labels))
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.margins(x=0.08)
    axes.xaxis.set_major_locator(MaxNLocator(4, steps=list(STEPS)))
