"""The frame of every figure: its finding as title, what it shows, legend, caption and notice.

The frame wraps every text to the canvas it stands on, and leaves the room between legend and
caption to the axes.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from minsksim.errors import UsageError
from minsksim.plots.canvas import Canvas
from minsksim.plots.style import INK

MARGIN = 0.18
"""Around everything, inches."""

_WIDEST = 1.7
"""How far a slide may be shrunk to hold what is on it, before its text cannot be read."""


class _Role(NamedTuple):
    """How a text of the frame is set: height of a line, letters an inch, points, colour."""

    line: float
    letters: float
    size: float
    color: str = INK
    weight: str = "normal"


_ROLES = {
    "title": _Role(0.23, 9.9, 12, weight="bold"),
    "subtitle": _Role(0.16, 16.2, 8.8, "#555555"),
    "caption": _Role(0.15, 17.0, 8.2),
    "notice": _Role(0.135, 19.0, 7.2, "#666666"),
}
_LEGEND_LINE = 0.165


class HouseFigure(Figure):
    """A matplotlib Figure that shows itself in a notebook without pyplot."""

    finding: str = ""
    """The title in one line."""

    subject: str = ""
    """What is shown, in one line."""

    def _repr_png_(self) -> bytes:
        from minsksim.plots.render import png

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


class Words(NamedTuple):
    """What a frame says.

    ``finding`` is the title, ``subject`` what is shown; the caption says how spread is drawn, and
    the notice is norm N3's text.
    """

    finding: str
    subject: str
    caption: str
    notice: str


def frame(
    words: Words,
    height: float,
    *,
    canvas: Canvas,
    legend: Sequence[Artist] = (),
    columns: int | None = None,
) -> HouseFigure:
    """Return an empty figure with title and legend above, caption and notice below.

    Parameters
    ----------
    words : Words
    height : float
        Least height for the axes, inches; on a slide they get all that is left.
    canvas : Canvas
        A slide that is too low is made larger in both directions, so that its text gets smaller.
    legend : sequence of Artist
        Labelled handles, laid out under the title.
    columns : int, optional
        Of the legend; by default as many as fit.

    Returns
    -------
    HouseFigure
        Its layout engine keeps all axes inside the room between legend and caption.

    Raises
    ------
    UsageError
        More than a slide can hold.
    """
    width = canvas.width
    while True:
        lines = _wrapped(words, width)
        rows = -(-len(legend) // (columns or _fitting(legend, width)))
        above = 1.2 * MARGIN + sum(_high(lines, role) for role in ("title", "subtitle"))
        above += (rows + bool(rows) / 2) * _LEGEND_LINE
        below = 2.0 * MARGIN + _high(lines, "caption") + _high(lines, "notice")
        total = above + below + height
        if canvas.ratio is None or total <= width / canvas.ratio:
            break
        width *= 1.02
    if width > _WIDEST * canvas.width:
        raise UsageError(
            "This is more than one slide can hold. Name fewer measures or parts, or ask for the "
            "size 'page'."
        )
    total = width / canvas.ratio if canvas.ratio else total
    figure = HouseFigure(figsize=(width, total), dpi=canvas.pixels / width, layout="constrained")
    figure.finding, figure.subject = words.finding, words.subject
    room = (0.008, below / total, 0.984, (total - above - below) / total)
    figure.get_layout_engine().set(rect=room, w_pad=0.06, h_pad=0.05)  # type: ignore[union-attr, call-arg]
    _write(figure, lines, legend, columns or _fitting(legend, width))
    return figure


def _wrapped(words: Words, width: float) -> dict[str, list[str]]:
    # a number and its sign of percent stay in one line
    texts = [text.replace(" %", "\N{NO-BREAK SPACE}%") for text in words]
    room = width - 2 * MARGIN
    return {
        role: [
            line
            for part in text.splitlines()
            for line in textwrap.wrap(part, int(room * _ROLES[role].letters))
        ]
        for role, text in zip(_ROLES, texts, strict=True)
    }


def _high(lines: dict[str, list[str]], role: str) -> float:
    return len(lines[role]) * _ROLES[role].line


def _write(
    figure: Figure, lines: dict[str, list[str]], legend: Sequence[Artist], columns: int
) -> None:
    width, total = figure.get_size_inches()
    left, top = MARGIN / width, total - 0.8 * MARGIN
    for role in ("title", "subtitle"):
        _text(figure, left, top / total, lines[role], role)
        top -= _high(lines, role)
    if legend:
        _legend(figure, legend, (left, (top - 0.04) / total), columns)
    foot = 0.8 * MARGIN + _high(lines, "notice")
    _text(figure, left, foot / total, lines["notice"], "notice")
    foot += 0.3 * MARGIN + _high(lines, "caption")
    _text(figure, left, foot / total, lines["caption"], "caption")


def _legend(
    figure: Figure, legend: Sequence[Artist], place: tuple[float, float], columns: int
) -> None:
    figure.legend(
        handles=list(legend),
        loc="upper left",
        bbox_to_anchor=place,
        ncols=columns,
        borderaxespad=0,
        borderpad=0,
        labelspacing=0.35,
        columnspacing=1.6,
        handlelength=2.2,
    )


def _fitting(legend: Sequence[Artist], width: float) -> int:
    """Return the largest number of legend columns that fits the figure's width."""
    widths = [0.62 + 0.061 * len(str(handle.get_label())) for handle in legend]
    for columns in range(len(widths), 1, -1):
        rows = -(-len(widths) // columns)
        used = [max(widths[start : start + rows]) for start in range(0, len(widths), rows)]
        if sum(used) < width - 2 * MARGIN:
            return len(used)
    return 1


def _text(figure: Figure, x: float, y: float, lines: Sequence[str], role: str) -> None:
    look = _ROLES[role]
    text = figure.text(
        x,
        y,
        "\n".join(lines),
        va="top",
        size=look.size,
        weight=look.weight,
        color=look.color,
        linespacing=1.22,
    )
    text.set_gid(role)
    text.set_in_layout(False)


def wrap(text: str, width: int) -> str:
    """Break each line of a label at spaces into lines of at most ``width`` characters."""
    parts = text.splitlines()
    return "\n".join(
        line for part in parts for line in textwrap.wrap(part, width, break_long_words=False)
    )


def fitting(canvas: Canvas, columns: int, left: float = 0.45) -> int:
    """Return how many characters of a panel's title fit over one of ``columns`` panels.

    ``left`` is the width that the labels of the vertical axes take, inches: those of every
    column when they have numbers, else of the first.
    """
    room = (canvas.width - 0.4) / columns - left
    return max(int(room / 0.079), 12)


def panels(figure: Figure, count: int, columns: int) -> list[Axes]:
    """Return ``count`` axes in a grid of ``columns``; unused cells stay empty."""
    rows = -(-count // columns)
    grid = figure.subplots(rows, columns, squeeze=False)
    cells = [cell for row in grid for cell in row]
    for spare in cells[count:]:
        spare.remove()
    return cells[:count]
