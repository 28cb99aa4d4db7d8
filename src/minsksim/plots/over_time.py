"""Quantities over time, panel by panel: a median and its bands for each group of runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minsksim.plots import names
from minsksim.plots.canvas import Canvas
from minsksim.plots.drawing import band_legend, draw_bands, head, label_dates
from minsksim.plots.events import ROOM, draw_ticks, key, ticks
from minsksim.plots.frame import Words, fitting, frame, panels, wrap
from minsksim.plots.groups import Group, beside
from minsksim.plots.material import Material
from minsksim.plots.style import BLACK
from minsksim.plots.summaries import Bands, Floats, bands_by_turn, by_turn
from minsksim.scenario.schema import Document, Observation

_HEIGHT = 1.3
_BANDS = 3
"""Bands that can be told apart in a panel."""


@dataclass(frozen=True)
class Panel:
    """One quantity, or a sum of several, and the record to lay over it.

    ``change`` shows the change of stocks per turn instead of their level; ``burst`` marks what
    comes and goes from turn to turn, drawn in steps; ``note`` follows the unit.
    """

    title: str
    unit: str
    references: tuple[str, ...]
    change: bool = False
    burst: bool = False
    record: Observation | None = None
    note: str = ""


def panel_of(document: Document, reference: str) -> Panel:
    """Return the panel of a quantity, with the record that observes just it."""
    label = names.quantity(document, reference)
    record = None
    for item in document.observations.values():
        if item.of == (reference,) and item.take == "level":
            record = item
    burst = is_momentary(document, reference)
    return Panel(label.text, label.unit, (reference,), burst=burst, record=record)


def is_momentary(document: Document, reference: str) -> bool:
    """Whether a quantity is a lever that has to be moved again in each turn."""
    section, _, name = reference.partition(".")
    return section == "levers" and document.levers[name].persistence == "momentary"


def values_of(group: Group, panel: Panel) -> tuple[Floats, Floats]:
    """Return the ends of the turns as dates of matplotlib, and the values, runs by turns."""
    dates, values = by_turn(group.series, panel.references)
    if panel.change:
        values = np.diff(values, axis=1, prepend=np.nan)
    return date2num(dates), values


def band_of(group: Group, panel: Panel) -> Bands:
    """Return the quantiles of a group's runs at each turn."""
    return bands_by_turn(*values_of(group, panel))


def draw_over_time(
    stuff: Material,
    shown: Sequence[Panel],
    found: Sequence[Group],
    words: Words,
    canvas: Canvas,
) -> Figure:
    """Return a figure with a panel for each quantity, in a column for each scenario if several."""
    columns_of = beside(stuff, found)
    is_beside = len(columns_of) > 1
    columns = len(columns_of) if is_beside else min(canvas.columns, len(shown))
    count = len(shown) * len(columns_of)
    marks = ticks(stuff.base)
    caption = words.caption + ("\n" + key(marks) if marks else "")
    figure = frame(
        words._replace(caption=caption),
        _HEIGHT * -(-count // columns) + 0.1,
        canvas=canvas,
        legend=_legend(columns_of[0][1], shown),
    )
    cells = panels(figure, count, columns)
    places = [(panel, *column) for panel in shown for column in columns_of]
    for index, (axes, (panel, above, group)) in enumerate(zip(cells, places, strict=True)):
        _draw_panel(axes, panel, group)
        draw_ticks(axes, marks, columns)
        _label(axes, panel, above, index, columns, canvas)
    if is_beside:
        _share_scale(cells, columns)
    return figure


def _draw_panel(axes: Axes, panel: Panel, found: Sequence[Group]) -> None:
    for group in found:
        band = band_of(group, panel)
        draw_bands(
            axes,
            band,
            group.color,
            spread=group.sampled > 1 and has_band(group, found),
            steps=panel.burst,
            is_alone=len(found) == 1,
        )
    if panel.record is not None:
        _draw_record(axes, panel.record)
    axes.set_xlim(band.x[0], band.x[-1])


def reading_ends(value: float | None, low: float | None, high: float | None) -> tuple[float, float]:
    """Return the ends of what a source says; NaN where it says nothing."""
    ends = [value if end is None else end for end in (low, high)]
    first, last = (np.nan if end is None else float(end) for end in ends)
    return first, last


def _draw_record(axes: Axes, record: Observation) -> None:
    """Every reading is drawn, also when several sources dispute the same day."""
    for item in record.records:
        on = date2num(item.on)
        low, high = reading_ends(item.value, item.low, item.high)
        if low < high:
            axes.plot([on, on], [low, high], color=BLACK, lw=1.4, zorder=6, gid="record-range")
        middle = (low + high) / 2 if item.value is None else item.value
        marker = "D" if item.value is not None else "_"
        axes.plot(
            [on],
            [middle],
            marker,
            color=BLACK,
            mec="white" if marker == "D" else BLACK,
            mew=0.6,
            ms=4.6,
            zorder=7,
            gid="record",
        )


def _label(axes: Axes, panel: Panel, above: str, index: int, columns: int, canvas: Canvas) -> None:
    """Title and unit over every panel, or at the head of a row when scenarios stand beside."""
    unit = "; ".join(part for part in (names.short(panel.unit), panel.note) if part)
    is_first = index % columns == 0
    width = fitting(canvas, columns)
    if not above:
        head(axes, panel.title, unit, width, gap=ROOM)
    else:
        title = above if index < columns else ""
        head(axes, title, unit if is_first else "", width, gap=ROOM)
        if is_first:
            axes.set_ylabel(wrap(names.short(panel.title), 18), fontsize=7.2)
    label_dates(axes)
    axes.margins(y=0.08)


def _share_scale(cells: Sequence[Axes], columns: int) -> None:
    for start in range(0, len(cells), columns):
        row = cells[start : start + columns]
        low = min(axes.get_ylim()[0] for axes in row)
        high = max(axes.get_ylim()[1] for axes in row)
        for axes in row:
            axes.set_ylim(low, high)
        for axes in row[1:]:
            axes.tick_params(labelleft=False)


def _legend(found: Sequence[Group], shown: Sequence[Panel]) -> list[Artist]:
    handles: list[Artist] = []
    for group in found:
        label = "one run" if group.sampled == 1 else "median of runs"
        if len(found) > 1:
            # the caption says what lines and bands are
            label = group.label
        handles.append(Line2D([], [], color=group.color, label=label))
        if group.sampled > 1 and len(found) == 1:
            handles += band_legend(group.color)
    if any(panel.record for panel in shown):
        handles.append(Line2D([], [], ls="", marker="D", color=BLACK, ms=4.6, label="observed"))
    return handles


def has_band(group: Group, found: Sequence[Group]) -> bool:
    """Whether a group has its band: of many the first and the last, or none could be seen."""
    return len(found) <= _BANDS or group in (found[0], found[-1])


def bands_in_words(found: Sequence[Group]) -> str:
    """Say for a caption what lines and bands are."""
    if all(group.sampled == 1 for group in found):
        return "One run, one set of draws: the spread over runs is not shown here."
    if len(found) == 1:
        return "Line: median of runs at each turn; bands: the middle 50 and 90 % of runs."
    text = "Lines: median of runs at each turn; bands: the middle 90 % of runs"
    in_a_panel = len(found) // len({group.scenario for group in found})
    return text + (" of the first and the last." if in_a_panel > _BANDS else ".")
