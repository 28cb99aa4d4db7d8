"""The numbers that move a measure, or all measures, as bars: the longest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from minsksim.analysis.indices import RANKED_BY
from minsksim.errors import UsageError
from minsksim.plots.canvas import canvas_of
from minsksim.plots.footer import Size, footer
from minsksim.plots.frame import Words, frame, wrap
from minsksim.plots.material import chosen
from minsksim.plots.style import BLUE, INK, VERMILLION, house

if TYPE_CHECKING:
    from minsksim.analysis.stored_sensitivity import Sensitivity

MOST_BARS = 10
_ROW = 0.3
_LABEL = 46
"""Characters of a number's label in a line."""

_AXIS = {
    "total": "share of the variance, with what the number does together with others",
    "mean_effect": "mean absolute change of the measure over the range of the number, {unit}",
    "partial": "partial rank correlation of number and measure",
}
_OVER_ALL = {
    "saltelli": "share of the variance, mean over the measures that move",
    "morris": "part of the summed mean effects, mean over the measures that move",
}
_OTHER = "absolute partial rank correlation, mean over the measures that move"


@house
def tornado(
    found: Sensitivity,
    measure: str | None = None,
    scenario: str | None = None,
    *,
    size: str = "slide",
) -> Figure:
    """Draw the numbers that are ranked, the strongest on top.

    Parameters
    ----------
    found : Sensitivity
    measure : str, optional
        By default the order over all measures; if there is one measure only, that one.
    scenario : str, optional
        By default the first.
    size : {"slide", "page"}

    Returns
    -------
    Figure
        At most ten bars; with a measure, each with its 95 % interval. Assumed numbers have a colour
        of their own.

    Raises
    ------
    UsageError
        No number is ranked, or the measure or scenario is unknown.
    """
    measures = list(dict.fromkeys(found.agreement["measure"]))
    given = chosen([measure] if measure else None, measures, "measure")
    known = list(found.result.scenarios)
    name = chosen([scenario] if scenario else None, known, "scenario")[0]
    one = given[0] if len(given) == 1 else None
    bars = _of_measure(found, name, one) if one else _over_all(found, name)
    if bars.empty:
        raise UsageError("no number is ranked here: there is nothing to draw")
    document = found.result.scenarios[name].document
    of = f"'{document.measures[one].label}'" if one else "the measures"
    shown = bars.head(MOST_BARS)
    caption = (
        f"The {len(shown)} strongest of {len(bars)} numbers ranked, of {len(found.numbers)} "
        "varied; a number is ranked only if chance explains it worse than the best of the "
        f"controls, which do nothing.{_held(found)}"
    )
    words = Words(
        f"What moves {of} most: '{shown['label'].iloc[0]}'",
        f"Varied numbers by what they move: {document.title}",
        caption,
        footer([_size(found)], found.result.seed, [name]),
    )
    height = _ROW * len(shown) + 0.4
    figure = frame(words, height, canvas=canvas_of(size), legend=_legend(one is not None))
    axes = figure.subplots()
    _draw(axes, shown, is_signed=found.kind not in _OVER_ALL and one is not None)
    unit = document.measures[one].unit if one else ""
    axis = _AXIS[RANKED_BY[found.kind]] if one else _OVER_ALL.get(found.kind, _OTHER)
    axes.set_xlabel(axis.format(unit=unit))
    return figure


def _size(found: Sensitivity) -> Size:
    points = int(found.result.manifest["question"]["design"]["points"])
    runs = int(found.result.record["runs"]) // len(found.result.scenarios)
    return Size([runs], points, found.result.draws)


def _of_measure(found: Sensitivity, scenario: str, measure: str) -> pd.DataFrame:
    return found.ranked(scenario, measure)[["label", "source", "estimate", "low", "high"]]


def _over_all(found: Sensitivity, scenario: str) -> pd.DataFrame:
    mine = found.overall[found.overall["scenario"] == scenario]
    return mine[["label", "source"]].assign(estimate=mine["size"])


def _draw(axes: Axes, bars: pd.DataFrame, *, is_signed: bool) -> None:
    for row, bar in enumerate(bars.to_dict("records")):
        color = VERMILLION if bar["source"] == "assumed" else BLUE
        axes.barh(row, bar["estimate"], height=0.62, color=color, alpha=0.85)
        if "low" in bar:
            axes.plot([bar["low"], bar["high"]], [row, row], color=INK, lw=1.2, gid="interval95")
    axes.set_yticks(range(len(bars)), [wrap(label, _LABEL) for label in bars["label"]])
    axes.set_ylim(len(bars) - 0.4, -0.6)
    axes.grid(axis="y", visible=False)
    if is_signed:
        axes.axvline(0, color=INK, lw=0.8)
    else:
        axes.set_xlim(left=0)


def _legend(has_interval: bool) -> list[Artist]:
    handles: list[Artist] = [
        Patch(color=VERMILLION, alpha=0.85, label="assumed number"),
        Patch(color=BLUE, alpha=0.85, label="number with another source"),
    ]
    if has_interval:
        handles.append(Line2D([], [], color=INK, lw=1.2, label="95 % interval"))
    return handles


def _held(found: Sensitivity) -> str:
    if found.screening is None:
        return ""
    held = len(found.numbers) - len(found.result.varied)
    return f" {held} numbers are held at their base values."
