"""Agreements over time: how often, whether kept, and what was in them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from minsksim.errors import UsageError
from minsksim.plots import names
from minsksim.plots.drawing import (
    SHARE_STYLES,
    band_legend,
    draw_bands,
    draw_share,
    head,
    label_dates,
)
from minsksim.plots.events import ROOM, draw_ticks, key, ticks
from minsksim.plots.material import Material, Source, chosen, material
from minsksim.plots.style import BLUE, PALETTE, STEPS, fitting, frame, house, panels
from minsksim.plots.summaries import bands, wilson

_ROW = 1.55
_COLUMNS = ("runs with an agreement", "of these, kept by all")
_FEWEST = 5
"""Kept shares of a turn rest on at least this many agreements."""


@house
def agreements(source: Source, scenarios: str | Sequence[str] | None = None) -> Figure:
    """Draw, for each channel and turn, the share of runs with an agreement and the share kept.

    Parameters
    ----------
    source : Result or Run, or the folder of a result
    scenarios : str or sequence of str, optional
        Overlaid; by default the first three.

    Returns
    -------
    Figure
    """
    stuff = material(source)
    picked = chosen(scenarios, stuff.scenarios, "scenario")
    picked = picked if scenarios is not None else picked[:3]
    used = set(stuff.agreements["channel"])
    channels = [name for name in stuff.base.channels if name in used]
    if not channels:
        raise UsageError("no agreement in any run of the sample: there is nothing to draw")
    marks = ticks(stuff.base)
    left_out = [names.channel(stuff.base, name) for name in stuff.base.channels if name not in used]
    figure = frame(
        f"Agreements over time, by channel: {stuff.base.title}",
        _caption(left_out) + "\n" + key(marks),
        stuff.notice(stuff.series[stuff.series["scenario"].isin(picked)]),
        _ROW * len(channels) + 0.3,
        legend=[
            Line2D([], [], color=PALETTE[index % len(PALETTE)], label=label, lw=lw, ls=ls)
            for index, label, (lw, ls) in zip(
                range(len(picked)),
                [names.scenario(name, stuff.scenarios[0]) for name in picked],
                SHARE_STYLES,
                strict=False,
            )
        ],
    )
    cells = panels(figure, 2 * len(channels), 2)
    for row, channel in enumerate(channels):
        pair = cells[2 * row], cells[2 * row + 1]
        for index, name in enumerate(picked):
            _draw_channel(pair, stuff, channel, name, index)
        for axes, what in zip(pair, _COLUMNS, strict=True):
            title = f"{names.channel(stuff.base, channel)}: {what}"
            head(axes, title, "", fitting(2), gap=ROOM)
            axes.set_ylabel("% of runs" if axes is pair[0] else "% kept")
            axes.set_ylim(-3, 103)
            _time_axis(axes, stuff)
            draw_ticks(axes, marks, 2)
    return figure


@house
def packages(
    source: Source, levers: str | Sequence[str] | None = None, scenario: str | None = None
) -> Figure:
    """Draw how far agreements move each lever, turn by turn.

    Parameters
    ----------
    source : Result or Run, or the folder of a result
    levers : str or sequence of str, optional
        Names without ``levers.``; by default those in the most agreements, at most nine.
    scenario : str, optional
        By default the first.

    Returns
    -------
    Figure
    """
    stuff = material(source)
    name = chosen([scenario] if scenario else None, stuff.scenarios, "scenario")[0]
    table = stuff.agreements[stuff.agreements["scenario"] == name]
    moved = _moved(table)
    picked = chosen(levers, moved, "lever moved by an agreement")
    picked = picked if levers is not None else picked[:9]
    if not picked:
        raise UsageError("no agreement moved a lever: there is nothing to draw")
    columns = min(3, len(picked))
    spread = stuff.sampled(stuff.series, name) > 1
    figure = frame(
        f"What agreements move, and how far: {stuff.base.title}",
        _packages_caption(spread),
        stuff.notice(stuff.series[stuff.series["scenario"] == name]),
        -(-len(picked) // columns) * 2.0,
        legend=band_legend(BLUE, "agreements") if spread else [],
    )
    cells = panels(figure, len(picked), columns)
    for axes, lever in zip(cells, picked, strict=True):
        _draw_moves(axes, stuff, table, lever, spread)
    return figure


def _moved(table: pd.DataFrame) -> list[str]:
    columns = [name for name in table.columns if name.startswith("move.")]
    counts = {name.removeprefix("move."): int(table[name].count()) for name in columns}
    found = [name for name, count in counts.items() if count]
    return sorted(found, key=lambda name: -counts[name])


def _draw_channel(
    pair: tuple[Axes, Axes], stuff: Material, channel: str, scenario: str, place: int
) -> None:
    color = PALETTE[place % len(PALETTE)]
    series = stuff.series[stuff.series["scenario"] == scenario]
    dates = series.groupby("turn")["date"].first().iloc[1:]
    found = stuff.agreements
    found = found[(found["scenario"] == scenario) & (found["channel"] == channel)]
    by_turn = found.groupby("turn")
    reached = by_turn["run"].nunique().reindex(dates.index, fill_value=0)
    signed = by_turn.size().reindex(dates.index, fill_value=0).to_numpy()
    # a channel of two leaves the columns of a third party empty
    each = [found[name].fillna(True).astype(bool) for name in found.filter(like="kept_")]
    kept_by_all = pd.concat(each, axis=1).all(axis=1).astype(float)
    kept = kept_by_all.groupby(found["turn"]).sum().reindex(dates.index, fill_value=0)
    runs = stuff.sampled(stuff.series, scenario)
    total = np.full(len(dates), runs)
    x = date2num(dates.to_numpy())
    share = wilson(reached.to_numpy(), total)
    enough = signed >= (_FEWEST if runs > 1 else 1)
    quality = wilson(kept.to_numpy()[enough], signed[enough])
    if runs > 1:
        draw_share(pair[0], x, share, color, place)
        draw_share(pair[1], x[enough], quality, color, place)
    else:
        pair[0].plot(x, 100 * share[0], "o", color=color, ms=4)
        pair[1].plot(x[enough], 100 * quality[0], "o", color=color, ms=4)


def _draw_moves(axes: Axes, stuff: Material, table: pd.DataFrame, lever: str, spread: bool) -> None:
    moves = table[["date", f"move.{lever}"]].dropna()
    label = names.quantity(stuff.base, f"levers.{lever}")
    share = 100 * len(moves) / len(table)
    title = f"{label.text} (in {share:.0f}\N{NO-BREAK SPACE}% of agreements)"
    band = bands(moves["date"], moves[f"move.{lever}"])
    if spread:
        draw_bands(axes, band, BLUE, spread=True)
    axes.plot(band.x, band.median, "o", color=BLUE, ms=2.6)
    head(axes, title, f"move, {label.unit}", fitting(3))
    axes.axhline(0, color="#444444", lw=0.7)
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=list(STEPS)))
    _time_axis(axes, stuff)


def _time_axis(axes: Axes, stuff: Material) -> None:
    dates = stuff.series["date"]
    axes.set_xlim(date2num(dates.min()), date2num(dates.max()))
    label_dates(axes)


def _caption(left_out: Sequence[str]) -> str:
    text = (
        "Left: share of runs in which the channel brings an agreement in that turn. Right: share "
        "of the turn's agreements that all parties kept (turns with five or more agreements). "
        "Bands: Wilson's 95 % intervals, which narrow with more runs."
    )
    if left_out:
        text += f" No agreement in any run: {', '.join(left_out)}."
    return text


def _packages_caption(spread: bool) -> str:
    if not spread:
        return "Dots: moves agreed in this run (one set of draws). Turns without one are empty."
    return (
        "Over the agreements of each turn that move the lever. Line and dots: median move; dark "
        "band: the middle 50 % of these agreements; pale band: the middle 90 %. The percentage in "
        "a title counts agreements of all channels and turns."
    )
