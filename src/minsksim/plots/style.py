"""The house style: one look for every figure, and the frame with title, caption and notice.

Figures are made with matplotlib's objects alone. Nothing here touches pyplot, opens a window
or leaves a changed setting behind, so figures may be drawn in scripts, threads and notebooks.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from matplotlib import style
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from minsksim.notice import NOTICE, NOTICE_KEY

BLACK = "#000000"
BLUE = "#0072B2"
VERMILLION = "#D55E00"
GREEN = "#009E73"
PURPLE = "#CC79A7"
ORANGE = "#E69F00"
SKY = "#56B4E9"
YELLOW = "#F0E442"
PALETTE = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, YELLOW, BLACK)
"""Okabe and Ito's eight colours, told apart under the common colour-vision deficiencies."""

STEPS = (1, 2, 2.5, 5, 10)
"""Steps of axis ticks that a reader can count in."""

GREY = "#8C8C8C"
INK = "#222222"
WIDTH = 9.0
"""Width of every figure, inches."""

DPI = 150
_MARGIN = 0.18
_LINE = {"title": 0.25, "legend": 0.165, "caption": 0.155, "notice": 0.14}
_CHARACTERS = {"caption": 148, "notice": 166}
_SETTINGS: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.parse_math": False,  # a label may speak of $1m to $2m
    "axes.titlesize": 9,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 8.5,
    "axes.edgecolor": "#666666",
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#E3E3E3",
    "grid.linewidth": 0.6,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "xtick.color": "#444444",
    "ytick.color": "#444444",
    "text.color": INK,
    "axes.labelcolor": INK,
    "legend.fontsize": 8,
    "legend.frameon": False,
    "hatch.linewidth": 0.5,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
}
_P = ParamSpec("_P")
_R = TypeVar("_R")


class HouseFigure(Figure):
    """A matplotlib Figure that shows itself in a notebook without pyplot."""

    def _repr_png_(self) -> bytes:
        return png(self)

    def get_tightbbox(
        self,
        renderer: RendererBase | None = None,
        *,
        bbox_extra_artists: Iterable[Artist] | None = None,
    ) -> Bbox:
        """Return the whole figure, inches.

        Once pyplot is loaded, notebooks cut every figure to what takes part in its layout; title,
        caption and notice do not, for they have room of their own.
        """
        return Bbox.from_bounds(0.0, 0.0, *self.get_size_inches())


def house(draw: Callable[_P, _R]) -> Callable[_P, _R]:
    """Let a function draw in the house style, whatever the user's own settings are."""

    @wraps(draw)
    def styled(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        with style.context(["default", _SETTINGS]):
            return draw(*args, **kwargs)

    return styled


@house
def png(figure: Figure) -> bytes:
    """Return the figure as PNG bytes that depend on nothing but the figure.

    Parameters
    ----------
    figure : Figure

    Returns
    -------
    bytes
    """
    engine = figure.get_layout_engine()
    if engine is not None:
        # Once is enough: with an engine set, saving would lay out and draw everything twice.
        engine.execute(figure)
        figure.set_layout_engine("none")
        _snap(figure)
    buffer = io.BytesIO()
    # Software: None keeps matplotlib from writing its own version into the file.
    metadata = {"Software": None, NOTICE_KEY: NOTICE}
    figure.savefig(buffer, format="png", dpi=DPI, metadata=metadata)
    figure.set_layout_engine(engine)
    return buffer.getvalue()


def _snap(figure: Figure) -> None:
    """Put axes on whole pixels, so that the solver's last digits never reach the picture."""
    wide, high = figure.bbox.width, figure.bbox.height
    for axes in figure.axes:
        place = axes.get_position(original=True)
        x0, x1 = (round(x * wide) / wide for x in (place.x0, place.x1))
        y0, y1 = (round(y * high) / high for y in (place.y0, place.y1))
        axes.set_position((x0, y0, x1 - x0, y1 - y0))
        axes.set_in_layout(True)


def frame(
    title: str,
    caption: str,
    notice: str,
    height: float,
    *,
    legend: Sequence[Artist] = (),
    columns: int | None = None,
) -> HouseFigure:
    """Return an empty figure with title and legend above, caption and notice below.

    Parameters
    ----------
    title, caption, notice : str
        The caption says what is shown and how spread is drawn; the notice is norm N3's text.
    height : float
        Height left for the axes, inches.
    legend : sequence of Artist
        Labelled handles, laid out under the title.
    columns : int, optional
        Of the legend; by default as many as fit.

    Returns
    -------
    HouseFigure
        Its layout engine keeps all axes inside the room between legend and caption.
    """
    heads = textwrap.wrap(title, 82)
    lines = [
        line
        for part in caption.splitlines()
        for line in textwrap.wrap(part, _CHARACTERS["caption"])
    ]
    feet = textwrap.wrap(notice, _CHARACTERS["notice"])
    columns = columns or _fitting(legend)
    rows = -(-len(legend) // columns)
    above = 1.5 * _MARGIN + len(heads) * _LINE["title"] + (rows + bool(rows) / 2) * _LINE["legend"]
    below = 2.4 * _MARGIN + len(lines) * _LINE["caption"] + len(feet) * _LINE["notice"]
    total = height + above + below
    figure = HouseFigure(figsize=(WIDTH, total), dpi=DPI, layout="constrained")
    room = (0.01, below / total, 0.98, height / total)
    figure.get_layout_engine().set(rect=room, w_pad=0.06, h_pad=0.06)  # type: ignore[union-attr, call-arg]
    left = _MARGIN / WIDTH
    _text(figure, left, 1 - _MARGIN / total, heads, "title", size=12, weight="bold")
    _text(figure, left, (below - _MARGIN) / total, lines, "caption", size=8.3)
    low = (_MARGIN + len(feet) * _LINE["notice"]) / total
    _text(figure, left, low, feet, "notice", size=7.2, color="#666666")
    if legend:
        top = 1 - (1.1 * _MARGIN + len(heads) * _LINE["title"]) / total
        _legend(figure, legend, left, top, columns)
    return figure


def _legend(
    figure: Figure, legend: Sequence[Artist], left: float, top: float, columns: int
) -> None:
    figure.legend(
        handles=list(legend),
        loc="upper left",
        bbox_to_anchor=(left, top),
        ncols=columns,
        borderaxespad=0,
        borderpad=0,
        labelspacing=0.35,
        columnspacing=1.6,
        handlelength=2.2,
    )


def _fitting(legend: Sequence[Artist]) -> int:
    """Return the largest number of legend columns that fits the figure's width."""
    widths = [0.62 + 0.061 * len(str(handle.get_label())) for handle in legend]
    for columns in range(len(widths), 1, -1):
        rows = -(-len(widths) // columns)
        used = [max(widths[start : start + rows]) for start in range(0, len(widths), rows)]
        if sum(used) < WIDTH - 2 * _MARGIN:
            return len(used)
    return 1


def _text(
    figure: Figure,
    x: float,
    y: float,
    lines: Sequence[str],
    role: str,
    *,
    size: float,
    weight: str = "normal",
    color: str = INK,
) -> None:
    text = figure.text(
        x, y, "\n".join(lines), va="top", size=size, weight=weight, color=color, linespacing=1.25
    )
    text.set_gid(role)
    text.set_in_layout(False)


def wrap(text: str, width: int) -> str:
    """Break each line of a label at spaces into lines of at most ``width`` characters."""
    parts = text.splitlines()
    return "\n".join(
        line for part in parts for line in textwrap.wrap(part, width, break_long_words=False)
    )


def fitting(columns: int, left: float = 0.45) -> int:
    """Return how many characters of a panel's title fit over one of ``columns`` panels.

    ``left`` is the width that the labels of the vertical axes take, inches: those of every
    column when they have numbers, else of the first.
    """
    room = (WIDTH - 0.4) / columns - left
    return max(int(room / 0.079), 12)


def panels(figure: Figure, count: int, columns: int, *, sharex: bool = False) -> list[Axes]:
    """Return ``count`` axes in a grid of ``columns``; unused cells stay empty."""
    rows = -(-count // columns)
    grid = figure.subplots(rows, columns, squeeze=False, sharex=sharex)
    cells = [cell for row in grid for cell in row]
    for spare in cells[count:]:
        spare.remove()
    return cells[:count]
