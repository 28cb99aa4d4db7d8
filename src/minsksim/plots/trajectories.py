"""Levers and stocks over time: medians and bands, the observed record and the dated events."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from minsksim.errors import UsageError
from minsksim.plots.canvas import canvas_of
from minsksim.plots.findings import Spread, side_by_side, spread_of
from minsksim.plots.frame import Words
from minsksim.plots.groups import Group, groups, left_out
from minsksim.plots.material import Material, Source, chosen, material
from minsksim.plots.over_time import Panel, bands_in_words, draw_over_time, panel_of, values_of
from minsksim.plots.style import house


@house
def trajectories(
    source: Source,
    quantities: str | Sequence[str] | None = None,
    scenarios: str | Sequence[str] | None = None,
    *,
    size: str = "slide",
) -> Figure:
    """Draw quantities over time, one small panel each.

    Parameters
    ----------
    source : Result or Run, or the folder of a result
    quantities : str or sequence of str, optional
        Names such as ``levers.x``, ``stocks.x``, ``channels.x``; by default the levers and stocks
        of measures that turn over the ranges, then those whose ends lie farthest apart between the
        groups (at the base values and over the ranges, or by scenario or value), as many as the
        size holds; stocks first in a single group.
    scenarios : str or sequence of str, optional
        By default all, each in a column of its own where there are several.
    size : {"slide", "page"}

    Returns
    -------
    Figure
    """
    stuff, canvas = material(source), canvas_of(size)
    found = groups(stuff, scenarios)
    moved = moving(stuff)
    picked = chosen(quantities, [*moved, *_columns(stuff)], "quantity")
    ends = {name: _ends(stuff, name, found) for name in (moved if quantities is None else picked)}
    note = ""
    if quantities is None:
        rows = canvas.rows if len(stuff.scenarios) > 1 else canvas.room
        turned = {name for one in stuff.turned for name in stuff.base.measures[one.measure].of}
        by_size = sorted(moved, key=lambda name: (name not in turned, -_apart(ends[name])))
        picked = tuple(by_size[:rows])
        more = len(moved) - len(picked)
        note = f" The {len(picked)} that differ most; {more} more move." if more > 0 else ""
    if not picked:
        raise UsageError(
            "no lever and no stock moves in any run: there is nothing to draw over time"
        )
    shown = [panel_of(stuff.base, name) for name in picked]
    words = Words(
        side_by_side(
            f"{shown[0].title.partition(' (')[0]}, at the end",
            list(zip(found, ends[picked[0]], strict=True)),
        ),
        f"Levers and stocks over time: {stuff.base.title}",
        _caption(shown, found) + note + left_out(stuff, found),
        stuff.notice(tuple(dict.fromkeys(each.scenario for each in found))),
    )
    return draw_over_time(stuff, shown, found, words, canvas)


def _columns(stuff: Material) -> list[str]:
    return [name for name in stuff.series.columns if "." in name]


def moving(stuff: Material) -> list[str]:
    """Return levers and stocks whose value differs within any run of the sample, stocks first."""
    found = [name for name in _columns(stuff) if name.startswith(("levers.", "stocks."))]
    moved = {
        name
        for half in stuff.halves
        for name in found
        if name in half.series and _moves(half, name)
    }
    return sorted((n for n in found if n in moved), key=lambda n: not n.startswith("stocks."))


def _moves(half: Material, name: str) -> bool:
    """Whether a quantity changes in any run; a start that differs by point is no movement."""
    values = half.series[name].to_numpy()
    is_same_run = half.series["run"].to_numpy()[1:] == half.series["run"].to_numpy()[:-1]
    return bool(((values[1:] != values[:-1]) & is_same_run).any())


def _ends(stuff: Material, name: str, found: Sequence[Group]) -> list[Spread]:
    panel = panel_of(stuff.base, name)
    return [spread_of(values_of(each, panel)[1][:, -1]) for each in found]


def _apart(ends: Sequence[Spread]) -> float:
    """Return how far medians lie apart, in widths of the narrowest band that has a width."""
    medians = [one.median for one in ends if one.known]
    widths = [one.high90 - one.low90 for one in ends if one.known and one.high90 > one.low90]
    moved = max(medians) - min(medians) if medians else 0.0
    return moved / min(widths) if widths else (np.inf if moved else 0.0)


def _caption(shown: Sequence[Panel], found: Sequence[Group]) -> str:
    text = bands_in_words(found)
    if len({each.scenario for each in found}) > 1:
        text += " Each row has one scale."
    if any(panel.record for panel in shown):
        text += " Diamonds: what was observed; the model never reads it."
    return text
