"""Marks that several figures share: bands around a median, interval rows, date axes."""

from __future__ import annotations

from typing import Literal

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, num2date
from matplotlib.patches import Patch

from minsksim.plots.frame import wrap
from minsksim.plots.summaries import Bands, Floats

SHARE_STYLES: tuple[tuple[float, str], ...] = ((2.4, "-"), (1.8, "--"), (1.4, ":"))
"""Width and dashes of overlaid shares."""

WIDE, NARROW = 0.15, 0.32
"""Opacity of the 90 % and of the 50 % band."""


def draw_bands(
    axes: Axes,
    band: Bands,
    color: str,
    *,
    spread: bool,
    steps: bool = False,
    is_alone: bool = True,
) -> None:
    """Draw a median with its bands; without spread (one run) the line alone.

    ``steps`` holds each value for the turn that ends at its place, for quantities that come and
    go. Beside others, a group has the wide band alone: two pairs of bands cannot be told apart.
    """
    place: Literal["pre"] | None = "pre" if steps else None
    if spread:
        outer = axes.fill_between(
            band.x, band.low90, band.high90, step=place, color=color, alpha=WIDE, lw=0
        )
        outer.set_gid("band90")
        if is_alone:
            inner = axes.fill_between(
                band.x, band.low50, band.high50, step=place, color=color, alpha=NARROW, lw=0
            )
            inner.set_gid("band50")
        else:
            for end in (band.low90, band.high90):
                style = "steps-pre" if steps else "default"
                axes.plot(band.x, end, color=color, lw=0.6, alpha=0.7, drawstyle=style)
    style = "steps-pre" if steps else "default"
    axes.plot(band.x, band.median, color=color, lw=1.6, drawstyle=style)


def band_legend(color: str, of: str = "runs") -> list[Artist]:
    """Return legend handles of the two bands."""
    return [
        Patch(color=color, alpha=WIDE + NARROW, lw=0, label=f"middle 50 % of {of}"),
        Patch(color=color, alpha=WIDE, lw=0, label=f"middle 90 % of {of}"),
    ]


def draw_share(
    axes: Axes, x: Floats, share: tuple[Floats, Floats, Floats], color: str, place: int
) -> None:
    """Draw shares of runs with their Wilson intervals as a line in a band, 0 to 100 %.

    Lines of a later ``place`` are thinner and broken, so that equal lines all stay visible.
    """
    style = SHARE_STYLES[place % len(SHARE_STYLES)]
    middle, low, high = (100 * part for part in share)
    band = axes.fill_between(x, low, high, color=color, alpha=0.25, lw=0)
    band.set_gid("wilson")
    axes.plot(x, middle, color=color, lw=style[0], ls=style[1])


def label_dates(axes: Axes) -> None:
    """Give the horizontal axis a few short date labels, once its limits are set."""
    first, last = axes.get_xlim()
    locator = AutoDateLocator(minticks=3, maxticks=5)
    places = locator.tick_values(num2date(first), num2date(last))
    places = [place for place in places if first <= place <= last]
    labels = ConciseDateFormatter(locator, show_offset=False).format_ticks(places)
    # Fixed ticks: a date locator at work is asked again for every panel at every pass.
    axes.set_xticks(places, labels)


def head(axes: Axes, title: str, unit: str, width: int, *, gap: float = 3.0) -> None:
    """Write title and unit above a panel, where long units have room.

    ``gap`` is the room left free above the axes, in points.
    """
    lines = wrap(unit, round(width * 1.25)) if unit else ""
    rows = lines.count("\n") + 1 if lines else 0
    axes.set_title(wrap(title, width), fontsize=8.5, pad=gap + 10.5 * rows)
    text = axes.annotate(
        lines, (0, 1), (0, gap), "axes fraction", "offset points",
        va="bottom", size=7.6, color="#555555",
    )  # fmt: skip
    text.set_gid("unit")
