"""Utility by actor, opened into the interests it is the sum of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from minsksim.plots import names
from minsksim.plots.canvas import canvas_of
from minsksim.plots.findings import NAMED
from minsksim.plots.frame import Words, fitting, frame, panels, wrap
from minsksim.plots.groups import Group, groups, left_out
from minsksim.plots.material import Material, Source, material
from minsksim.plots.style import BLACK, GREY, PALETTE, house

Look: TypeAlias = tuple[str, str]
When: TypeAlias = Literal["change", "end"]
_LOOKS = (*((color, "") for color in PALETTE[:7]), *((color, "/////") for color in PALETTE[:7]))
"""Colour and hatch of the interests, most weighty first."""

_REST = "all other interests"
_ROW = 0.42
_LISTED = 5
"""Actors that a title names; more are counted."""


@house
def utility(
    source: Source,
    when: When = "change",
    scenarios: str | Sequence[str] | None = None,
    *,
    size: str = "slide",
) -> Figure:
    """Draw each actor's utility as a stack of signed bars, one part for each interest.

    Parameters
    ----------
    source : Result or Run, or the folder of a result
    when : {"change", "end"}
        The change from before turn 1 to the end, or the level at the end.
    scenarios : str or sequence of str, optional
        By default all, side by side in rows.
    size : {"slide", "page"}

    Returns
    -------
    Figure
    """
    stuff, canvas = material(source), canvas_of(size)
    found = [
        each for each in groups(stuff, scenarios) if not each.of(each.stuff.contributions).empty
    ]
    values = [end_values(each.of(each.stuff.contributions), when) for each in found]
    looks = _looks(pd.concat(values, keys=range(len(found)), names=["group"]))
    columns = min(len(found), canvas.columns)
    rows = -(-len(found) // columns)
    word = "Change of utility from start to end" if when == "change" else "Utility at the end"
    words = Words(
        who_gains(stuff, list(zip(found, values, strict=True)), when),
        f"{word}, by actor and interest: {stuff.base.title}",
        _caption(found[0].sampled > 1, _REST in looks) + left_out(stuff, found),
        stuff.notice(tuple(dict.fromkeys(each.scenario for each in found))),
    )
    height = rows * (_ROW * len(stuff.base.actors) + 0.6)
    figure = frame(words, height, canvas=canvas, legend=_legend(stuff, looks))
    cells = panels(figure, len(found), columns)
    for index, (axes, each, table) in enumerate(zip(cells, found, values, strict=True)):
        _draw_scenario(axes, stuff, table, looks)
        if each.label:
            axes.set_title(wrap(each.label, fitting(canvas, columns, 0.3)), fontsize=8.5)
        axes.set_xlabel("utils" if when == "end" else "change, utils")
        if index % columns:
            axes.tick_params(labelleft=False)
    low = min(axes.get_xlim()[0] for axes in cells)
    high = max(axes.get_xlim()[1] for axes in cells)
    for axes in cells:
        axes.set_xlim(low, high)
    return figure


def who_gains(stuff: Material, found: Sequence[tuple[Group, pd.DataFrame]], when: When) -> str:
    """Say whose utility rises in most runs of each group, and whose falls."""
    if when == "end":
        return "What every actor has in the end, and what it is made of"
    told: dict[str, list[str]] = {}
    for each, table in found[:NAMED]:
        totals = table.groupby(["actor", "run"], sort=False)["value"].sum()
        medians = totals.groupby("actor", sort=False).median()
        told.setdefault(_gains(stuff, medians), []).append(each.where)
    text = "; ".join(f"{words} {' and '.join(places)}".rstrip() for words, places in told.items())
    return text[:1].upper() + text[1:]


def _gains(stuff: Material, medians: pd.Series) -> str:
    known = [name for name in stuff.base.actors if name in medians]
    words = []
    for sign, one, more in ((1, "gains", "gain"), (-1, "loses", "lose")):
        who = [names.actor(stuff.base, name) for name in known if sign * medians[name] > 1e-12]
        if who:
            shown = f"{', '.join(who[:-1])} and {who[-1]}" if len(who) > 1 else who[0]
            shown = shown if len(who) <= _LISTED else f"{len(who)} of {len(known)} actors"
            words.append(f"{shown} {one if len(who) == 1 else more}")
    return ", ".join(words) or "nobody gains or loses"


def end_values(table: pd.DataFrame, when: When) -> pd.DataFrame:
    """Return one row per run, actor and interest: the level at the end, or its change."""
    keys = ["scenario", "run", "actor", "interest"]
    last = table[table["turn"] == table["turn"].max()].set_index(keys)["value"]
    if when == "change":
        last = last - table[table["turn"] == table["turn"].min()].set_index(keys)["value"]
    values: pd.DataFrame = last.reset_index()
    return values


def _looks(values: pd.DataFrame) -> dict[str, Look]:
    """The interests that weigh most for some actor get a look, the rest share grey."""
    means = values.groupby(["group", "actor", "interest"])["value"].mean().abs()
    weight = means.groupby("interest").max()
    order = sorted(weight.index, key=lambda name: (-weight[name], name))
    order = [name for name in order if weight[name] > 0]
    room = len(_LOOKS)
    looks = dict(zip(order[:room], _LOOKS, strict=False))
    if len(order) > room:
        looks[_REST] = (GREY, "")
    return looks


def _draw_scenario(
    axes: Axes, stuff: Material, values: pd.DataFrame, looks: Mapping[str, Look]
) -> None:
    actors = list(stuff.base.actors)
    part = values["interest"].where(values["interest"].isin(list(looks)), _REST)
    means = values.groupby(["actor", part])["value"].sum() / values["run"].nunique()
    totals = values.groupby(["actor", "run"])["value"].sum()
    for row, actor in enumerate(actors):
        positive = negative = 0.0
        for name, (color, hatch) in looks.items():
            value = float(means.get((actor, name), 0.0))
            left = positive if value >= 0 else negative
            bar = axes.barh(
                row, value, left=left, height=0.62, color=color, hatch=hatch, ec="white", lw=0.6
            )
            bar[0].set_gid("interest")
            positive += max(value, 0.0)
            negative += min(value, 0.0)
        _draw_total(axes, row, totals.loc[actor].to_numpy(dtype=np.float64))
    axes.axvline(0, color="#444444", lw=0.9, zorder=3)
    axes.set_yticks(range(len(actors)))
    axes.set_yticklabels([wrap(names.actor(stuff.base, name), 20) for name in actors])
    axes.set_ylim(len(actors) - 0.5, -0.5)
    axes.grid(axis="y", visible=False)
    axes.locator_params(axis="x", nbins=6)


def _draw_total(axes: Axes, row: int, totals: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    low, median, high = np.quantile(totals, [0.05, 0.5, 0.95])
    if totals.size > 1:
        axes.plot([low, high], [row, row], color="white", lw=3.2, zorder=4)
        axes.plot([low, high], [row, row], color=BLACK, lw=1.4, zorder=5, gid="whisker")
    axes.plot([median], [row], "D", color=BLACK, mec="white", ms=5.5, zorder=6, gid="total")


def _legend(stuff: Material, looks: Mapping[str, Look]) -> list[Artist]:
    handles: list[Artist] = [
        Patch(fc=color, hatch=hatch, ec="white", label=names.interest(stuff.base, name))
        for name, (color, hatch) in looks.items()
    ]
    handles.append(Line2D([], [], ls="-", marker="D", color=BLACK, ms=5, label="total"))
    return handles


def _caption(spread: bool, rest: bool) -> str:
    if spread:
        text = (
            "Bars: mean over runs of what each interest adds (right) or takes away (left). "
            "Diamond: median of the total over runs; whisker: the middle "
            "90 % of runs."
        )
    else:
        text = (
            "Bars: what each interest adds (right) or takes away (left) in this one run. "
            "Diamond: the total; one run has no spread."
        )
    text += " Utils of different actors cannot be compared or added."
    if rest:
        text += " Grey joins the smallest interests."
    return text
