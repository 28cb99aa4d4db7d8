"""What agreements move, and how far."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from minsksim.errors import UsageError
from minsksim.numerals import share
from minsksim.plots import names
from minsksim.plots.agreements import set_time_axis
from minsksim.plots.canvas import Canvas, canvas_of
from minsksim.plots.drawing import band_legend, draw_bands, head
from minsksim.plots.findings import shares_in_words
from minsksim.plots.frame import Words, fitting, frame, panels
from minsksim.plots.groups import Group, groups, left_out
from minsksim.plots.material import Material, Source, chosen, material
from minsksim.plots.style import STEPS, house
from minsksim.plots.summaries import bands


@house
def packages(
    source: Source,
    levers: str | Sequence[str] | None = None,
    scenario: str | None = None,
    *,
    size: str = "slide",
) -> Figure:
    """Draw how far agreements move each lever, turn by turn.

    Parameters
    ----------
    source : Result or Run, or the folder of a result
    levers : str or sequence of str, optional
        Names without ``levers.``; by default those in the most agreements, as many as the size
        holds.
    scenario : str, optional
        By default the first.
    size : {"slide", "page"}

    Returns
    -------
    Figure
    """
    stuff, canvas = material(source), canvas_of(size)
    found = groups(stuff, [scenario or stuff.scenarios[0]])
    tables = [each.of(each.stuff.agreements) for each in found]
    moved = _moved(tables)
    picked = chosen(levers, moved, "lever moved by an agreement")
    picked = picked if levers is not None else picked[: canvas.room]
    if not picked:
        raise UsageError("no agreement moved a lever: there is nothing to draw")
    columns = min(canvas.columns, len(picked))
    label = names.quantity(stuff.base, f"levers.{picked[0]}").text
    counted = [(each, _share_of(table, picked[0])) for each, table in
               zip(found, tables, strict=True)]  # fmt: skip
    finding = shares_in_words(f"\u2018{label}\u2019 is moved", counted)
    words = Words(
        finding.replace("of runs", "of agreements", 1),
        f"What agreements move, and how far: {stuff.base.title}",
        _caption(found) + left_out(stuff, found),
        stuff.notice([found[0].scenario]),
    )
    rows = -(-len(picked) // columns)
    figure = frame(words, 1.45 * rows, canvas=canvas, legend=_legend(found))
    for axes, lever in zip(panels(figure, len(picked), columns), picked, strict=True):
        _draw_moves(axes, stuff, list(zip(found, tables, strict=True)), lever, canvas)
    return figure


def _moved(tables: Sequence[pd.DataFrame]) -> list[str]:
    counts: dict[str, int] = {}
    for table in tables:
        for name in table.columns:
            if name.startswith("move.") and (count := int(table[name].count())):
                lever = name.removeprefix("move.")
                counts[lever] = counts.get(lever, 0) + count
    return sorted(counts, key=lambda name: -counts[name])


def _share_of(table: pd.DataFrame, lever: str) -> float:
    column = f"move.{lever}"
    return float(table[column].count() / len(table)) if column in table and len(table) else 0.0


def _draw_moves(
    axes: Axes,
    stuff: Material,
    tables: Sequence[tuple[Group, pd.DataFrame]],
    lever: str,
    canvas: Canvas,
) -> None:
    label = names.quantity(stuff.base, f"levers.{lever}")
    for group, table in tables:
        if f"move.{lever}" not in table:
            continue
        moves = table[["date", f"move.{lever}"]].dropna()
        if moves.empty:
            continue
        band = bands(moves["date"], moves[f"move.{lever}"])
        if group.sampled > 1:
            draw_bands(axes, band, group.color, spread=True, is_alone=len(tables) == 1)
        axes.plot(band.x, band.median, "o", color=group.color, ms=2.6)
    counted = " | ".join(share(_share_of(table, lever)) for _, table in tables)
    counted = counted.replace(" ", "\N{NO-BREAK SPACE}")
    unit = names.short(label.unit)
    head(axes, label.text, f"move, {unit}; in\u00a0{counted}", fitting(canvas, canvas.columns))
    axes.axhline(0, color="#444444", lw=0.7)
    axes.yaxis.set_major_locator(MaxNLocator(4, steps=list(STEPS)))
    set_time_axis(axes, stuff)


def _legend(found: Sequence[Group]) -> list[Artist]:
    handles: list[Artist] = []
    for group in found:
        if group.sampled > 1:
            label = f"median move {group.label}".strip()
            handles.append(Line2D([], [], color=group.color, marker="o", ms=3, label=label))
            if len(found) == 1:
                handles += band_legend(group.color, "agreements")
    return handles


def _caption(found: Sequence[Group]) -> str:
    if all(group.sampled < 2 for group in found):
        return "Dots: moves agreed in this run (one set of draws). Turns without one are empty."
    return (
        "Over the agreements of each turn that move the lever, of all channels. The percentage "
        "over a panel says in how many of all agreements the lever moves; band: the middle 90 %."
    )
