"""Figures as bytes: PNG, SVG and PDF that depend on nothing but the figure."""

from __future__ import annotations

import io
import warnings
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

from minsksim.errors import UsageError
from minsksim.notice import NOTICE, NOTICE_KEY
from minsksim.plots.fonts import missing_letters, warn_of
from minsksim.plots.style import house
from minsksim.scenario.places import nearest

# None keeps matplotlib from writing its version and the time of day into the file.
_METADATA: dict[str, dict[str, Any]] = {
    "png": {"Software": None, NOTICE_KEY: NOTICE},
    "svg": {"Date": None, "Creator": None, "Description": NOTICE},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None, "Subject": NOTICE},
}
IMAGES = tuple(_METADATA)
"""Kinds of image, which are also the ends of their names."""

_SETTINGS: dict[Any, Any] = {"svg.hashsalt": "minsksim", "pdf.fonttype": 42}


def png(figure: Figure) -> bytes:
    """Return the figure as PNG bytes that depend on nothing but the figure.

    Parameters
    ----------
    figure : Figure

    Returns
    -------
    bytes
    """
    return image(figure, "png")


@house
def image(figure: Figure, kind: str = "png") -> bytes:
    """Return the figure as bytes that depend on nothing but the figure.

    Parameters
    ----------
    figure : Figure
    kind : {"png", "svg", "pdf"}
        The last two can be enlarged without loss.

    Returns
    -------
    bytes

    Raises
    ------
    UsageError
        Unknown kind.

    Warns
    -----
    MissingLetters
        Once for a figure: no installed font has some letters of it.
    """
    if kind not in _METADATA:
        raise UsageError(f"No kind of image {kind!r}. {nearest(kind, IMAGES)}")
    missing = missing_letters(figure)
    if not missing:
        return _saved(figure, kind)
    warn_of(missing)
    with warnings.catch_warnings():
        # matplotlib would say so once for each letter and each time that it looks
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        return _saved(figure, kind)


def _saved(figure: Figure, kind: str) -> bytes:
    engine = figure.get_layout_engine()
    if engine is not None:
        # Once is enough: with an engine set, saving would lay out and draw everything twice.
        engine.execute(figure)
        figure.set_layout_engine("none")
        _snap(figure)
    buffer = io.BytesIO()
    with rc_context(_SETTINGS):
        figure.savefig(buffer, format=kind, dpi=figure.dpi, metadata=_METADATA[kind])
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
