"""Agreements over time, channel by channel: how often, and whether they are kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minsksim.errors import UsageError
from minsksim.numerals import share
from minsksim.plots import names
from minsksim.plots.canvas import canvas_of
from minsksim.plots.drawing import SHARE_STYLES, draw_share, head, label_dates
from minsksim.plots.events import ROOM, draw_ticks, key, ticks
from minsksim.plots.findings import NAMED, shares_in_words
from minsksim.plots.frame import Words, fitting, frame, panels
from minsksim.plots.groups import Group, groups, left_out
from minsksim.plots.material import Material, Source, chosen, material
from minsksim.plots.style import house
from minsksim.plots.summaries import wilson
from minsksim.scenario.meetings import meets_by_quality_alone
from minsksim.scenario.schema import Document

_HEIGHT = 1.25


@house
def agreements(
    source: Source,
    channels: str | Sequence[str] | None = None,
    scenarios: str | Sequence[str] | None = None,
    *,
    size: str = "slide",
) -> Figure:
    """Draw, for each channel and turn, the share of runs with an agreement.

    Parameters
    ----------
    source : Result or Run, or the folder of a result
    channels : str or sequence of str, optional
        By default those with an agreement in any run; all if there is none.
    scenarios : str or sequence of str, optional
        By default the first three.
    size : {"slide", "page"}

    Returns
    -------
    Figure
    """
    stuff, canvas = material(source), canvas_of(size)
    found = groups(stuff, stuff.scenarios[:3] if scenarios is None else scenarios)
    used = {name for each in found for name in each.of(each.stuff.agreements)["channel"].unique()}
    known = tuple(stuff.base.channels)
    if not known:
        raise UsageError("the scenario has no channel: there is nothing to draw")
    picked = chosen(channels, known, "channel")
    if channels is None:
        picked = tuple(name for name in known if name in used) or known
    marks = ticks(stuff.base)
    idle = [names.channel(stuff.base, name) for name in known if name not in used]
    caption = _caption(stuff, idle, found) + ("\n" + key(marks) if marks else "")
    words = Words(
        _finding(stuff, found, picked if used else ()),
        f"Agreements over time, by channel: {stuff.base.title}",
        caption,
        stuff.notice(tuple(dict.fromkeys(each.scenario for each in found))),
    )
    columns = min(canvas.columns, len(picked))
    height = _HEIGHT * -(-len(picked) // columns)
    figure = frame(words, height, canvas=canvas, legend=_legend(found))
    cells = panels(figure, len(picked), columns)
    for index, (axes, name) in enumerate(zip(cells, picked, strict=True)):
        for place, group in enumerate(found):
            _draw_channel(axes, name, group, place)
        title = names.channel(stuff.base, name)
        head(axes, title, _kept(name, found), fitting(canvas, columns), gap=ROOM)
        axes.set_ylabel("" if index % columns else "% of runs")
        _finish(axes, stuff)
        draw_ticks(axes, marks, columns)
    return figure


def _finish(axes: Axes, stuff: Material) -> None:
    axes.set_ylim(-3, 103)
    axes.set_yticks([0, 50, 100])
    set_time_axis(axes, stuff)


def _mine(group: Group, channel: str) -> pd.DataFrame:
    found = group.of(group.stuff.agreements)
    return found[found["channel"] == channel]


def _draw_channel(axes: Axes, channel: str, group: Group, place: int) -> None:
    dates = group.series.groupby("turn")["date"].first().iloc[1:]
    reached = _mine(group, channel).groupby("turn")["run"].nunique()
    runs = group.sampled
    found = wilson(reached.reindex(dates.index, fill_value=0).to_numpy(), np.full(len(dates), runs))
    x = date2num(dates.to_numpy())
    if runs > 1:
        draw_share(axes, x, found, group.color, place)
    else:
        axes.plot(x, 100 * found[0], "o", color=group.color, ms=4)


def _kept(channel: str, found: Sequence[Group]) -> str:
    """Say how many of a channel's agreements all parties kept, one share a group."""
    if len(found) > NAMED:
        return ""
    shares = []
    for group in found:
        mine = _mine(group, channel)
        # a channel of two leaves the columns of a third party empty
        each = [mine[name].fillna(True).astype(bool) for name in mine.filter(like="kept_")]
        kept = pd.concat(each, axis=1).all(axis=1) if each else pd.Series(dtype=bool)
        shares.append(share(float(kept.mean())) if len(kept) else "none made")
    if set(shares) == {"none made"}:
        return "no agreement in any run"
    return f"kept by all: {' | '.join(shares)}"


def _reached(group: Group, channel: str) -> float:
    """Return the share of runs with at least one agreement."""
    return float(_mine(group, channel)["run"].nunique() / max(group.sampled, 1))


def _finding(stuff: Material, found: Sequence[Group], picked: Sequence[str]) -> str:
    if not picked:
        runs = sum(group.sampled for group in found)
        varied = {name for half in stuff.halves for name in half.varied}
        if nobody_can_meet(stuff.base, varied):
            return f"Nobody ever met in any of {runs:,} runs: every channel has quality 0"
        return f"Nobody ever agreed in any of {runs:,} runs"
    shares = {name: [_reached(group, name) for group in found] for name in picked}
    name = max(picked, key=lambda one: (max(shares[one]) - min(shares[one]), max(shares[one])))
    label = f"\u2018{names.channel(stuff.base, name)}\u2019 brings at least one agreement"
    return shares_in_words(label, list(zip(found, shares[name], strict=True)))


def nobody_can_meet(document: Document, varied: Collection[str]) -> bool:
    """Whether no channel has a chance of a meeting at any point, and no event gives it one."""
    is_open = any(
        effect.of.startswith("channels.")
        for event in document.events.values()
        for effect in event.effects.values()
    )
    return not is_open and all(
        channel.quality.value == 0
        and f"channels.{name}.quality" not in varied
        and meets_by_quality_alone(document, name)
        for name, channel in document.channels.items()
    )


def set_time_axis(axes: Axes, stuff: Material) -> None:
    """Give a panel the dates of the scenario."""
    dates = stuff.series["date"]
    axes.set_xlim(date2num(dates.min()), date2num(dates.max()))
    label_dates(axes)


def _legend(found: Sequence[Group]) -> list[Line2D]:
    return [
        Line2D([], [], color=group.color, label=group.label, lw=width, ls=style)
        for group, (width, style) in zip(found, SHARE_STYLES * len(found), strict=False)
        if group.label
    ]


def _caption(stuff: Material, idle: Sequence[str], found: Sequence[Group]) -> str:
    text = (
        "Line: share of runs with an agreement of the channel in that turn; band: Wilson's 95 % "
        "interval, which narrows with more runs."
    )
    if idle:
        text += f" No agreement in any run: {', '.join(idle)}."
    return text + left_out(stuff, found)
