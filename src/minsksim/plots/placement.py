"""Labels on lines: choose a point of each line so that no label covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Bbox

from minsksim.plots.geometry import Point

_SWEEPS = 12
_GAP = 3.0


@dataclass(frozen=True)
class Tag:
    """A label and the points of its line where it may stand, data coordinates."""

    text: str
    color: str
    points: Sequence[Point]
    tint: str = "white"


def place(axes: Axes, tags: Sequence[Tag], discs: Sequence[tuple[float, float, float]]) -> None:
    """Write every tag on its line, away from the discs, the other lines and the other tags.

    Starting in the middle of each line, tags take turns to move to the point where they cover
    least, until none can gain. No randomness, so the figure is the same each time.

    Parameters
    ----------
    axes : Axes
    tags : sequence of Tag
    discs : sequence of (x, y, radius)
        Places no tag should cover, data coordinates.
    """
    figure = axes.get_figure(root=True)
    assert figure is not None
    canvas = FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    texts = []
    sizes = []
    for tag in tags:
        text = axes.text(*tag.points[0], tag.text, **_LOOK, color=tag.color)  # type: ignore[arg-type]
        text.set_bbox({"facecolor": tag.tint, "edgecolor": "none", "pad": 0.6, "alpha": 0.9})
        text.set_gid("tag")
        box = text.get_window_extent(canvas.get_renderer())
        texts.append(text)
        sizes.append((box.width + 2 * _GAP, box.height + 2 * _GAP))
    to_pixels = axes.transData.transform
    tracks = [[tuple(to_pixels(point)) for point in tag.points] for tag in tags]
    fixed = [Bbox([to_pixels((x - r, y - r)), to_pixels((x + r, y + r))]) for x, y, r in discs]
    for text, tag, index in zip(texts, tags, _choose(tracks, sizes, fixed), strict=True):
        text.set_position(tag.points[index])


_LOOK = {"size": 7.4, "ha": "center", "va": "center", "zorder": 6}


def _choose(
    tracks: Sequence[Sequence[Point]], sizes: Sequence[tuple[float, float]], fixed: list[Bbox]
) -> list[int]:
    order = sorted(range(len(tracks)), key=lambda i: len(tracks[i]))
    picks = [len(track) // 2 for track in tracks]
    for _ in range(_SWEEPS):
        moved = False
        for i in order:
            others = [_box(tracks[j][picks[j]], sizes[j]) for j in range(len(tracks)) if j != i]
            lines = [track for j, track in enumerate(tracks) if j != i]
            costs = [
                _cost(_box(point, sizes[i]), others + fixed, lines)
                + 0.02 * abs(k - len(tracks[i]) // 2)
                for k, point in enumerate(tracks[i])
            ]
            best = min(range(len(costs)), key=costs.__getitem__)
            if costs[best] < costs[picks[i]] - 1e-9:
                picks[i], moved = best, True
        if not moved:
            break
    return picks


def _box(point: Point, size: tuple[float, float]) -> Bbox:
    return Bbox.from_bounds(point[0] - size[0] / 2, point[1] - size[1] / 2, *size)


def _cost(box: Bbox, boxes: Sequence[Bbox], lines: Sequence[Sequence[Point]]) -> float:
    """Covering a label is far worse than covering a piece of another line."""
    covered = 0.0
    for other in boxes:
        wide = min(box.x1, other.x1) - max(box.x0, other.x0)
        high = min(box.y1, other.y1) - max(box.y0, other.y0)
        if wide > 0 and high > 0:
            covered += 10 + float(wide * high)
    crossed = sum(
        bool(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1) for line in lines for x, y in line
    )
    return covered + crossed
