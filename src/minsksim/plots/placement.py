"""Labels on lines: choose a point of each line so that no label covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from minsksim.plots.geometry import Point
from minsksim.plots.summaries import Floats

_SWEEPS = 12
_GAP = 3.0


@dataclass(frozen=True)
class Tag:
    """A label and the points of its line where it may stand, data coordinates."""

    text: str
    color: str
    points: Sequence[Point]
    tint: str = "white"


def place(
    axes: Axes,
    tags: Sequence[Tag],
    discs: Sequence[tuple[float, float, float]],
    names: Sequence[Text],
) -> None:
    """Write every tag on its line, away from the discs, the other lines and the other tags.

    Starting in the middle of each line, tags take turns to move to the point where they cover
    least, until none can gain. No randomness, so the figure is the same each time.

    Parameters
    ----------
    axes : Axes
    tags : sequence of Tag
    discs : sequence of (x, y, radius)
        Places no tag should cover, data coordinates.
    names : sequence of Text
        Words no tag should cover.
    """
    figure = axes.get_figure(root=True)
    assert figure is not None
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw_without_rendering()
    texts = []
    sizes = []
    for tag in tags:
        text = axes.text(*tag.points[0], tag.text, **_LOOK, color=tag.color)  # type: ignore[arg-type]
        text.set_bbox({"facecolor": tag.tint, "edgecolor": "none", "pad": 0.6, "alpha": 0.9})
        text.set_gid("tag")
        box = text.get_window_extent(renderer)
        texts.append(text)
        sizes.append((box.width + 2 * _GAP, box.height + 2 * _GAP))
    to_pixels = axes.transData.transform
    tracks = [[tuple(to_pixels(point)) for point in tag.points] for tag in tags]
    fixed = [Bbox([to_pixels((x - r, y - r)), to_pixels((x + r, y + r))]) for x, y, r in discs]
    fixed += [name.get_window_extent(renderer) for name in names]
    for text, tag, index in zip(texts, tags, _choose(tracks, sizes, fixed), strict=True):
        text.set_position(tag.points[index])


_LOOK = {"size": 7.4, "ha": "center", "va": "center", "zorder": 6}


def _choose(
    tracks: Sequence[Sequence[Point]], sizes: Sequence[tuple[float, float]], fixed: list[Bbox]
) -> list[int]:
    """Return the place of each tag on its track; covering a tag is far worse than a line."""
    points = [np.array(track) for track in tracks]
    halves = [np.array(size) / 2 for size in sizes]
    choices = [
        np.hstack([track - half, track + half]) for track, half in zip(points, halves, strict=True)
    ]
    still = np.array([box.extents for box in fixed]).reshape(-1, 4)
    costs = []
    for i, boxes in enumerate(choices):
        others = np.vstack([np.empty((0, 2)), *(points[:i] + points[i + 1 :])])
        away = 0.02 * np.abs(np.arange(len(boxes)) - len(boxes) // 2)
        costs.append(away + _crossed(boxes, others) + _covered(boxes, still))
    picks = [len(track) // 2 for track in tracks]
    for _ in range(_SWEEPS):
        before = list(picks)
        for i, boxes in enumerate(choices):
            rest = [choices[j][picks[j]] for j in range(len(choices)) if j != i]
            total = costs[i] + _covered(boxes, np.array(rest).reshape(-1, 4))
            if total.min() < total[picks[i]] - 1e-9:
                picks[i] = int(total.argmin())
        if picks == before:
            break
    return picks


def _crossed(boxes: Floats, points: Floats) -> Floats:
    """Count the points inside each box (rows of x0, y0, x1, y1)."""
    low = (boxes[:, None, :2] <= points).all(axis=2)
    high = (points <= boxes[:, None, 2:]).all(axis=2)
    count: Floats = (low & high).sum(axis=1).astype(np.float64)
    return count


def _covered(boxes: Floats, others: Floats) -> Floats:
    """Return how much each box covers of the others: 10 for each, and the shared area."""
    low = np.maximum(boxes[:, None, :2], others[:, :2])
    high = np.minimum(boxes[:, None, 2:], others[:, 2:])
    shared = np.clip(high - low, 0.0, None).prod(axis=2)
    cost: Floats = (shared + 10.0 * (shared > 0)).sum(axis=1)
    return cost
