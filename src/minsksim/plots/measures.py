"""Measures row by row: how far each spreads in every group of runs, and what turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from minsksim.analysis.spreads import effects
from minsksim.numerals import decimals_for, number, share
from minsksim.plots import findings, names
from minsksim.plots.canvas import Canvas, canvas_of
from minsksim.plots.findings import Spread, spread_of
from minsksim.plots.frame import Words, frame, wrap
from minsksim.plots.groups import Group, groups, left_out
from minsksim.plots.material import Material, Source, chosen, material
from minsksim.plots.style import house

MOST = 10
"""Measures that are drawn if nobody asks for more."""

_LANE, _BETWEEN = 0.125, 0.1
_ROOM = {"slide": 3.6, "page": 6.0}
_EDGE = 0.11
"""Room for a number at each end of a row, as a share of its width."""

Spreads = Mapping[str, Sequence[Spread]]


@house
def measures(
    source: Source,
    measures: str | Sequence[str] | None = None,
    scenarios: str | Sequence[str] | None = None,
    *,
    size: str = "slide",
) -> Figure:
    """Draw how far measures spread: at the base values, over the ranges, by scenario or value.

    Each row has its own scale. Dot: median; thick line: the middle 50 % of runs; thin line: the
    middle 90 %.

    Parameters
    ----------
    source : Result, Run or Comparison, or the folder of a result
    measures : str or sequence of str, optional
        By default those that turn over the ranges and those that move most between the groups, at
        most ten.
    scenarios : str or sequence of str, optional
        By default all.
    size : {"slide", "page"}

    Returns
    -------
    Figure
    """
    stuff, canvas = material(source), canvas_of(size)
    found = groups(stuff, scenarios)
    height = max(_LANE * len(found) + _BETWEEN, 0.3)
    known = (
        tuple(stuff.measures) if measures is None else chosen(measures, stuff.measures, "measure")
    )
    spreads = {name: [spread_of(each.runs([name])[name]) for each in found] for name in known}
    picked = known
    if measures is None:
        most = max(1, min(MOST, int(_ROOM[canvas.name] / height + 0.01)))
        picked = tuple(largest(stuff, spreads)[:most])
    words = Words(
        findings.of_measures(stuff, picked, found),
        f"How far runs spread, measure by measure: {stuff.base.title}",
        _caption(stuff, known, picked, found),
        stuff.notice_of_runs(*dict.fromkeys(each.scenario for each in found)),
    )
    figure = frame(words, height * len(picked), canvas=canvas, legend=_legend(found))
    axes = figure.add_subplot()
    for row, name in enumerate(picked):
        _draw_row(axes, row, spreads[name], found)
    _finish(axes, stuff, picked, found, canvas)
    return figure


def largest(stuff: Material, spreads: Spreads) -> list[str]:
    """Return measures in the order of a reader's interest: those that turn, then by effect.

    In the order of the file where there is nothing to compare, those that vary first.
    """
    rows = [
        {"measure": name, "q05": one.low90, "q50": one.median, "q95": one.high90}
        for name, each in spreads.items()
        for one in each
    ]
    sizes = effects(pd.DataFrame(rows))
    turned = {one.measure for one in stuff.turned}
    varies = {name: len({end for one in each for end in one[:5]}) > 1 for name, each in
              spreads.items()}  # fmt: skip
    return sorted(spreads, key=lambda name: (name not in turned, not varies[name], -sizes[name]))


def _draw_row(axes: Axes, row: int, spreads: Sequence[Spread], found: Sequence[Group]) -> None:
    if row % 2:
        axes.axhspan(row - 0.5, row + 0.5, color="#F5F5F5", lw=0, zorder=0)
    ends = [end for one in spreads if one.known for end in (one.low90, one.high90)]
    if not ends:
        axes.text(0.5, row, "no run has a value", ha="center", va="center", size=7.4)
        return
    low, high = min(ends), max(ends)
    places = decimals_for(ends)

    def at(value: float) -> float:
        return _EDGE + (1 - 2 * _EDGE) * (0.5 if high == low else (value - low) / (high - low))

    if low < 0 < high:
        axes.plot([at(0), at(0)], [row - 0.42, row + 0.42], color="#777777", lw=0.8, zorder=1)
        axes.text(at(0), row + 0.5, "0", size=6.2, color="#555555", ha="center", va="bottom")
    step = 0.8 / len(spreads)
    for lane, (one, group) in enumerate(zip(spreads, found, strict=True)):
        if one.known:
            _draw_lane(axes, row - 0.4 + (lane + 0.5) * step, one, [at(v) for v in one[:5]],
                       group.color, places)  # fmt: skip


def _draw_lane(
    axes: Axes, y: float, spread: Spread, x: Sequence[float], color: str, places: int
) -> None:
    is_one = x[0] == x[4]
    if spread.known > 1:
        axes.plot([x[0], x[4]], [y, y], color=color, lw=1.2, gid="band90", zorder=3)
        axes.plot([x[1], x[3]], [y, y], color=color, lw=4.2, alpha=0.6, gid="band50",
                  solid_capstyle="butt", zorder=3)  # fmt: skip
    axes.plot([x[2]], [y], "o", color=color, mec="white", mew=0.7, ms=5.5, gid="median", zorder=4)
    style: dict[str, Any] = {"size": 7.2, "va": "center_baseline", "color": "#333333", "zorder": 5}
    style["path_effects"] = [withStroke(linewidth=2.0, foreground="white")]
    if not is_one:
        axes.annotate(number(spread.low90, places), (x[0], y), (-4, 0),
                      textcoords="offset points", ha="right", **style)  # fmt: skip
    axes.annotate(number(spread.high90, places), (x[4], y), (5, 0),
                  textcoords="offset points", ha="left", **style)  # fmt: skip


def _finish(
    axes: Axes, stuff: Material, picked: Sequence[str], found: Sequence[Group], canvas: Canvas
) -> None:
    axes.set_xlim(0, 1)
    axes.set_ylim(len(picked) - 0.5, -0.5)
    axes.set_xticks([])
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(left=False)
    width = 56 if canvas.name == "slide" else 34
    axes.set_yticks(
        range(len(picked)), [_label(stuff, name, found, width) for name in picked], linespacing=1.1
    )


def _label(stuff: Material, name: str, found: Sequence[Group], width: int) -> str:
    """Return the words of a row: label, unit, and in how many runs a direction holds."""
    label = names.measure(stuff.base, name)
    told = wrap(label.text, width)
    direction = _direction(stuff, name, found)
    unit = names.short(label.unit)
    return f"{told}\n{wrap(f'{unit}; {direction}' if direction else unit, width)}"


def _direction(stuff: Material, name: str, found: Sequence[Group]) -> str:
    """Say in what share of runs a change falls, or a turn is reached, one share a group."""
    take = stuff.base.measures[name].take
    if take not in ("change", "first_above") or len(found) > findings.NAMED:
        return ""
    values = [each.runs([name])[name].to_numpy(dtype=np.float64) for each in found]
    values = [one for one in values if one.size]
    if not values:
        return ""
    if take == "first_above":
        shares = [share(float(np.isfinite(one).mean())) for one in values]
        return f"reached in {' | '.join(shares)} of runs"
    falls = float((values[0] < 0).mean()) >= float((values[0] > 0).mean())
    shares = [share(float((one < 0 if falls else one > 0).mean())) for one in values]
    return f"{'falls' if falls else 'rises'} in {' | '.join(shares)} of runs"


def _legend(found: Sequence[Group]) -> list[Artist]:
    if len(found) == 1 and not found[0].label:
        return []
    return [
        Line2D([], [], color=each.color, marker="o", mec="white", lw=1.6, label=each.label)
        for each in found
    ]


def _caption(
    stuff: Material, known: Sequence[str], picked: Sequence[str], found: Sequence[Group]
) -> str:
    if all(sum(each.stuff.counts.values()) == 1 for each in found):
        text = "Dots: this one run. Each row has its own scale."
    else:
        text = (
            "Dot: median of runs; thick line: the middle 50 %; thin line with its numbers: the "
            "middle 90 %. Each row has its own scale."
        )
    more = len(known) - len(picked)
    if more > 0:
        text += f" The measures that move most; {more} more are not drawn."
    return text + left_out(stuff, found)
