"""Levers and stocks over time: medians, bands, the observed record and the dated events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minsksim.errors import UsageError
from minsksim.plots import names
from minsksim.plots.drawing import band_legend, draw_bands, head, label_dates
from minsksim.plots.events import ROOM, draw_ticks, key, ticks
from minsksim.plots.material import Material, Source, chosen, material
from minsksim.plots.style import BLACK, PALETTE, fitting, frame, house, panels, wrap
from minsksim.plots.summaries import bands
from minsksim.scenario.schema import Document, Observation

OVERLAID = 2
"""Up to this many scenarios share a panel; more stand side by side."""

_MOST_PANELS = 12
_PANEL_HEIGHT = 1.85


@dataclass(frozen=True)
class Panel:
    """One quantity, or a sum of several, and the record to lay over it.

    ``change`` shows the change of stocks per turn instead of their level; ``burst`` marks what
    comes and goes from turn to turn, drawn in steps and with its mean.
    """

    title: str
    unit: str
    references: tuple[str, ...]
    change: bool = False
    burst: bool = False
    record: Observation | None = None


@house
def trajectories(
    source: Source,
    quantities: str | Sequence[str] | None = None,
    scenarios: str | Sequence[str] | None = None,
) -> Figure:
    """Draw quantities over time, one small panel each.

    Parameters
    ----------
    source : Result or Run, or the folder of a result
    quantities : str or sequence of str, optional
        Names such as ``levers.x``, ``stocks.x``, ``channels.x``; by default every lever and
        stock that moves, at most twelve.
    scenarios : str or sequence of str, optional
        By default all; up to two share a panel, more stand side by side.

    Returns
    -------
    Figure
    """
    stuff = material(source)
    found = moving(stuff)
    picked = chosen(quantities, [*found, *_columns(stuff)], "quantity")
    if quantities is None:
        picked = tuple(found[:_MOST_PANELS])
    shown = [_panel_of(stuff.base, name) for name in picked]
    still = len(found) - len(picked) if quantities is None else 0
    note = f" {still} more quantities move and are not drawn." if still > 0 else ""
    return _draw(stuff, shown, scenarios, f"Levers and stocks over time: {stuff.base.title}", note)


@house
def record(source: Source, scenarios: str | Sequence[str] | None = None) -> Figure:
    """Draw every observed series of the scenario with the model runs under it.

    Parameters
    ----------
    source : Result or Run, or the folder of a result
    scenarios : str or sequence of str, optional

    Returns
    -------
    Figure
    """
    stuff = material(source)
    shown = [
        _panel_of_record(stuff.base, item)
        for item in stuff.base.observations.values()
        if set(item.of) <= set(stuff.series.columns)
    ]
    if not shown:
        raise UsageError("the scenario has no observations to compare with the runs")
    title = f"Model runs and the observed record: {stuff.base.title}"
    return _draw(stuff, shown, scenarios, title, "")


def _columns(stuff: Material) -> list[str]:
    return [name for name in stuff.series.columns if "." in name]


def moving(stuff: Material) -> list[str]:
    """Return levers and stocks whose value differs anywhere in the sample, stocks first."""
    found = [name for name in _columns(stuff) if name.startswith(("levers.", "stocks."))]
    found = [name for name in found if stuff.series[name].nunique() > 1]
    return sorted(found, key=lambda name: not name.startswith("stocks."))


def _panel_of(document: Document, reference: str) -> Panel:
    label = names.quantity(document, reference)
    record = None
    for item in document.observations.values():
        if item.of == (reference,) and item.take == "level":
            record = item
    burst = _momentary(document, reference)
    return Panel(label.text, label.unit, (reference,), burst=burst, record=record)


def _panel_of_record(document: Document, item: Observation) -> Panel:
    unit = names.quantity(document, item.of[0]).unit
    stocks = all(name.startswith("stocks.") for name in item.of)
    change = item.take == "per_turn" and stocks
    if change:
        unit = f"{unit} a {document.calendar.step}"
    burst = change or any(_momentary(document, name) for name in item.of)
    return Panel(item.label, unit, item.of, change, burst, item)


def _momentary(document: Document, reference: str) -> bool:
    section, _, key = reference.partition(".")
    return section == "levers" and document.levers[key].persistence == "momentary"


def _values(series: pd.DataFrame, panel: Panel) -> pd.Series:
    total = series[list(panel.references)].sum(axis=1)
    if panel.change:
        return total.groupby(series["run"].to_numpy()).diff()
    return total


def _draw(
    stuff: Material,
    shown: list[Panel],
    scenarios: str | Sequence[str] | None,
    title: str,
    note: str,
) -> Figure:
    picked = chosen(scenarios, stuff.scenarios, "scenario")
    beside = len(picked) > OVERLAID
    groups = [(name,) for name in picked] if beside else [picked]
    columns = len(groups) if beside else min(3, len(shown))
    count = len(shown) * len(groups)
    rows = -(-count // columns)
    marks = ticks(stuff.base)
    figure = frame(
        title,
        _caption(stuff, picked, shown, beside, note) + "\n" + key(marks),
        stuff.notice(stuff.series[stuff.series["scenario"].isin(picked)]),
        _PANEL_HEIGHT * rows + 0.2,
        legend=_legend(picked if not beside else picked[:1], shown, stuff),
    )
    cells = panels(figure, count, columns)
    places = [(panel, group) for panel in shown for group in groups]
    for index, (axes, (panel, group)) in enumerate(zip(cells, places, strict=True)):
        colors = [PALETTE[picked.index(name) % len(PALETTE)] for name in group]
        if beside:
            colors = [PALETTE[0]]
        _draw_panel(axes, stuff, panel, group, colors)
        draw_ticks(axes, marks, columns)
        above = names.scenario(group[0], stuff.scenarios[0]) if beside else ""
        _label(axes, panel, above, index, columns)
    if beside:
        _share_scale(cells, columns)
    return figure


def _draw_panel(
    axes: Axes, stuff: Material, panel: Panel, group: Sequence[str], colors: Sequence[str]
) -> None:
    for name, color in zip(group, colors, strict=True):
        series = stuff.series[stuff.series["scenario"] == name]
        value = _values(series, panel)
        spread = stuff.sampled(stuff.series, name) > 1
        draw_bands(axes, bands(series["date"], value), color, spread=spread, steps=panel.burst)
        if spread and panel.burst:
            mean = value.groupby(series["date"].to_numpy()).mean()
            axes.step(mean.index.to_numpy(), mean, where="mid", color=color, lw=1.1, ls=(0, (3, 1)))
    if panel.record is not None:
        _draw_record(axes, panel.record)
    dates = stuff.series["date"]
    axes.set_xlim(date2num(dates.min()), date2num(dates.max()))


def _draw_record(axes: Axes, record: Observation) -> None:
    """Every reading is drawn, also when several sources dispute the same day."""
    for item in record.records:
        on = date2num(item.on)
        low = item.value if item.low is None else item.low
        high = item.value if item.high is None else item.high
        if low is not None and high is not None and low < high:
            axes.plot([on, on], [low, high], color=BLACK, lw=1.4, zorder=6, gid="record-range")
        middle = item.value
        if middle is None and low is not None and high is not None:
            middle = (low + high) / 2
        marker = "D" if item.value is not None else "_"
        axes.plot(
            [on],
            [middle if middle is not None else np.nan],
            marker,
            color=BLACK,
            mec="white" if marker == "D" else BLACK,
            mew=0.6,
            ms=4.6,
            zorder=7,
            gid="record",
        )


def _label(axes: Axes, panel: Panel, above: str, index: int, columns: int) -> None:
    """Title and unit over every panel, or at the head of a row when scenarios stand beside."""
    if not above:
        head(axes, panel.title, panel.unit, fitting(columns), gap=ROOM)
    elif index < columns:
        head(axes, above, "", fitting(columns), gap=ROOM)
    if above and index % columns == 0:
        axes.set_ylabel(wrap(f"{panel.title}, {panel.unit}", 24), fontsize=7.8)
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


def _legend(picked: Sequence[str], shown: Sequence[Panel], stuff: Material) -> list[Artist]:
    handles: list[Artist] = []
    for index, name in enumerate(picked):
        color = PALETTE[index % len(PALETTE)]
        one = stuff.sampled(stuff.series, name) == 1
        label = "one run" if one else "median of runs"
        if len(picked) > 1:
            label = f"{names.scenario(name, stuff.scenarios[0])}: {label}"
        handles.append(Line2D([], [], color=color, label=label))
        if not one and index == len(picked) - 1:
            handles += band_legend(color)
            if any(panel.burst for panel in shown):
                handles.append(Line2D([], [], color=color, lw=1.1, ls=(0, (3, 1)), label="mean"))
    if any(panel.record for panel in shown):
        handles.append(
            Line2D([], [], ls="", marker="D", color=BLACK, ms=4.6, label="observed record")
        )
    return handles


def _caption(
    stuff: Material, picked: Sequence[str], shown: Sequence[Panel], beside: bool, note: str
) -> str:
    if stuff.sampled(stuff.series, picked[0]) == 1:
        text = "One run, one set of draws: the spread over runs is not shown here."
    else:
        text = (
            "Line: median of runs at each turn. Dark band: the middle 50 % of runs; "
            "pale band: the middle 90 %."
        )
        if any(panel.burst for panel in shown):
            text += " Dashed: mean of runs, for what comes and goes from turn to turn."
    if beside:
        text += " One column for each scenario; each row has one scale."
    if any(panel.record for panel in shown):
        text += (
            " Diamonds: what was observed, with a bar where a source gives a range; readings "
            "that dispute each other are all drawn. The model never reads them."
        )
    return text + note
