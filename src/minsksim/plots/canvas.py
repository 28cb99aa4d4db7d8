"""The two sizes of a figure: a slide for a projector, and a page for a paper."""

from __future__ import annotations

from dataclasses import dataclass

from minsksim.errors import UsageError
from minsksim.scenario.places import nearest


@dataclass(frozen=True)
class Canvas:
    """How wide a figure is, how high it may be, and how many panels are read at ease on it.

    Attributes
    ----------
    name : str
    width : float
        Inches. Text has the size in points that it says at this width.
    ratio : float or None
        Width to height; None is as high as its content.
    pixels : int
        Width of a picture in pixels.
    columns, rows : int
        Panels side by side and one below another that a figure draws if nobody asks for more.
    """

    name: str
    width: float
    ratio: float | None
    pixels: int
    columns: int
    rows: int

    @property
    def room(self) -> int:
        """Panels that a figure draws if nobody asks for more."""
        return self.columns * self.rows


CANVASES: dict[str, Canvas] = {
    # 16:9; shown over the 13.3 inches of a slide, text of 9 points has 12.5
    "slide": Canvas("slide", 9.6, 16 / 9, 1920, 3, 2),
    # the width of a page between its margins; text has its own size in print
    "page": Canvas("page", 7.0, None, 1400, 2, 5),
}


def canvas_of(name: str) -> Canvas:
    """Return the canvas of a name.

    Raises
    ------
    UsageError
        Unknown name.
    """
    if name not in CANVASES:
        raise UsageError(f"No size {name!r} of figures. {nearest(name, CANVASES)}")
    return CANVASES[name]
