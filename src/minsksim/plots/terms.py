"""Each actor's utility term by term, with the spread of every term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from minsksim.plots import names
from minsksim.plots.canvas import canvas_of
from minsksim.plots.footer import WHERE
from minsksim.plots.frame import Words, frame, panels, wrap
from minsksim.plots.groups import Group
from minsksim.plots.material import Material, Source, chosen, material
from minsksim.plots.style import BLACK, BLUE, VERMILLION, house
from minsksim.plots.utility import When, end_values, who_gains

_MOST = 5
_ROW = 0.25
_REST = "all other terms"
_TOTAL = "total"


@house
def terms(
    source: Source,
    when: When = "change",
    actors: str | Sequence[str] | None = None,
    scenario: str | None = None,
    *,
    size: str = "page",
) -> Figure:
    """Draw the terms of each actor's utility in a panel of its own, the largest first.

    Parameters
    ----------
    source : Result or Run, or the folder of a result
    when : {"change", "end"}
        The change from before turn 1 to the end, or the level at the end.
    actors : str or sequence of str, optional
        By default all.
    scenario : str, optional
        By default the first.
    size : {"slide", "page"}
        A slide holds three actors or so.

    Returns
    -------
    Figure
    """
    # terms are told of one half: two sets of bars in a panel cannot be read
    stuff, canvas = replace(material(source), beside=None), canvas_of(size)
    name = chosen([scenario] if scenario else None, stuff.scenarios, "scenario")[0]
    picked = chosen(actors, list(stuff.base.actors), "actor")
    sample = stuff.contributions[stuff.contributions["scenario"] == name]
    values = end_values(sample, when)
    group = Group(WHERE[stuff.over], name, stuff, BLUE)
    tables = {actor: _table(values[values["actor"] == actor]) for actor in picked}
    columns = min(canvas.columns, len(picked))
    rows = -(-len(picked) // columns)
    word = "Change of utility from start to end" if when == "change" else "Utility at the end"
    spread = group.sampled > 1
    words = Words(
        who_gains(stuff, [(group, values)], when),
        f"{word}, term by term: {stuff.documents[name].title}",
        _caption(spread),
        stuff.notice([name]),
    )
    height = rows * (_ROW * (_MOST + 2) + 0.45) + 0.2
    figure = frame(words, height, canvas=canvas, legend=_legend(spread))
    cells = panels(figure, len(picked), columns)
    for axes, (actor, table) in zip(cells, tables.items(), strict=True):
        _draw(axes, stuff, table)
        axes.set_title(names.actor(stuff.base, actor), fontsize=9)
    for axes in cells[-columns:]:
        axes.set_xlabel("change, utils" if when == "change" else "utils")
    return figure


def _table(values: pd.DataFrame) -> pd.DataFrame:
    """One row per run, one column per drawn term: the largest, the rest, the total."""
    wide = values.pivot(index="run", columns="interest", values="value").fillna(0.0)
    weight = wide.mean().abs()
    order = sorted((n for n in wide.columns if weight[n] > 0), key=lambda n: (-weight[n], n))
    top = order[:_MOST]
    table = wide[top].copy()
    if len(order) > _MOST:
        table[_REST] = wide[order[_MOST:]].sum(axis=1)
    table[_TOTAL] = wide.sum(axis=1)
    return table


def _draw(axes: Axes, stuff: Material, table: pd.DataFrame) -> None:
    for row, name in enumerate(table.columns):
        values = table[name].to_numpy(dtype=np.float64)
        low, median, high = np.quantile(values, [0.05, 0.5, 0.95])
        mean = float(values.mean())
        last = name == _TOTAL
        color = BLACK if last else (BLUE if mean >= 0 else VERMILLION)
        if not last:
            axes.barh(row, mean, height=0.6, color=color, alpha=0.55, lw=0)
        if values.size > 1:
            axes.plot([low, high], [row, row], color=color, lw=1.4, gid="whisker")
        axes.plot([median], [row], "D" if last else "|", color=color, ms=5, gid="median")
    axes.axvline(0, color="#444444", lw=0.8)
    axes.set_yticks(range(len(table.columns)))
    axes.set_yticklabels([_name(stuff, name) for name in table.columns], fontsize=7.4)
    axes.get_yticklabels()[-1].set_fontweight("bold")
    axes.set_ylim(_MOST + 1.6, -0.6)
    axes.grid(axis="y", visible=False)
    axes.locator_params(axis="x", nbins=5)


def _name(stuff: Material, name: str) -> str:
    if name in (_REST, _TOTAL):
        return name
    return wrap(names.interest(stuff.base, name), 26)


def _legend(spread: bool) -> list[Artist]:
    handles: list[Artist] = [
        Patch(color=BLUE, alpha=0.55, lw=0, label="adds"),
        Patch(color=VERMILLION, alpha=0.55, lw=0, label="takes away"),
    ]
    if spread:
        handles.append(Line2D([], [], color=BLACK, lw=1.4, label="middle 90 % of runs"))
    handles.append(Line2D([], [], color=BLACK, ls="", marker="D", ms=5, label="total"))
    return handles


def _caption(spread: bool) -> str:
    text = (
        "Bar: mean over runs of what the term adds or takes away; tick: its median; line: the "
        "middle 90 % of runs. Terms of one run add up to its total. "
        if spread
        else "One run, one set of draws: what each term adds or takes away, and their total. "
    )
    return text + (
        f"The {_MOST} largest terms of each actor are named. Each panel has its own scale; utils "
        "of different actors cannot be compared or added."
    )
