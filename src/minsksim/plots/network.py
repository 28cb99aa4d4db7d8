"""The network figure: who attends to whom, with what regard, and who can talk to whom."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyArrowPatch
from matplotlib.text import Text

from minsksim.notice import NOTICE
from minsksim.plots import geometry, names
from minsksim.plots.canvas import canvas_of
from minsksim.plots.frame import Words, frame, wrap
from minsksim.plots.placement import Tag, place
from minsksim.plots.style import BLUE, GREY, INK, VERMILLION, house
from minsksim.scenario import take_scenario
from minsksim.scenario.schema import Channel, Document, Influence

if TYPE_CHECKING:
    from minsksim.scenario import Given

CROWDED = 30
"""Above this many influence edges only the strongest are drawn, unless ``least`` is given."""

LineStyle: TypeAlias = str | tuple[float, tuple[float, float]]
_BAND = "#DCD3BF"
_BAND_INK = "#7A6A45"
_HALF_WIDTH = 1.85
"""Half the width of the drawing, data units: the ellipse and room for names beside it."""

_RADIUS = 0.06
_HEIGHT_ON_SLIDE = 4.6
_DASHES = {"secret": (7.0, 4.0), "closed": (1.6, 3.2)}
"""Dash and gap of bands, points."""


def network(scenario: Given, *, least: float | None = None, size: str = "page") -> Figure:
    """Draw influence edges and channels of a scenario.

    Parameters
    ----------
    scenario : Scenario, str or Path
    least : float, optional
        Draw only influence edges of at least this weight. By default all are drawn, or the
        strongest 30 when there are more; the caption says so.
    size : {"slide", "page"}

    Returns
    -------
    Figure
    """
    scenario = take_scenario(scenario)
    return network_of(scenario.document, scenario.name, least=least, size=size)


@house
def network_of(
    document: Document, name: str, *, least: float | None = None, size: str = "page"
) -> Figure:
    """Draw the network of a document as ``network`` does."""
    canvas = canvas_of(size)
    edges, hidden, limit = _select(list(document.influence.values()), least)
    spots = geometry.circle(list(document.actors), _ties(document))
    high = max(abs(y) for _, y in spots.values()) + 0.2
    words = Words(
        _finding(document),
        f"Who listens to whom, and who can talk: {document.title}",
        _caption(hidden, limit),
        f"Values of the scenario file, no run; scenario {name}. {NOTICE}",
    )
    height = (canvas.width - 0.3) * high / _HALF_WIDTH
    if canvas.ratio:
        height = min(height, _HEIGHT_ON_SLIDE)
    figure = frame(words, height, canvas=canvas, legend=_legend(), columns=3)
    axes = figure.add_subplot()
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set_xlim(-_HALF_WIDTH, _HALF_WIDTH)
    axes.set_ylim(-high, high)
    tags = _draw_channels(axes, document, spots)
    tags += [_draw_influence(axes, edge, spots) for edge in edges]
    labels = _draw_actors(axes, document, spots)
    place(axes, tags, [(x, y, _RADIUS) for x, y in spots.values()], labels)
    return figure


def _finding(document: Document) -> str:
    """Say who has the most channels, and how many pairs of actors have none."""
    pairs = {
        frozenset(pair)
        for channel in document.channels.values()
        for pair in combinations(channel.between, 2)
    }
    every = len(document.actors) * (len(document.actors) - 1) // 2
    if not pairs:
        return "Nobody has a channel to anybody"
    counts = {name: sum(name in pair for pair in pairs) for name in document.actors}
    most = max(counts, key=lambda name: counts[name])
    return (
        f"{names.actor(document, most)} can talk to {counts[most]} of {len(counts) - 1} others; "
        f"{every - len(pairs)} of {every} pairs of actors have no channel"
    )


def _select(edges: list[Influence], least: float | None) -> tuple[list[Influence], int, float]:
    weights = sorted((edge.weight.value for edge in edges), reverse=True)
    limit = least if least is not None else 0.0
    if least is None and len(edges) > CROWDED:
        limit = weights[CROWDED - 1]
    shown = [edge for edge in edges if edge.weight.value >= limit]
    return shown, len(edges) - len(shown), limit


def _caption(hidden: int, limit: float) -> str:
    text = (
        "Arrows run from an actor to one who attends to it; width and the first number are the "
        "weight of that attention. The number in brackets is regard, from −1 to 1: how the "
        "attending actor values the other's utility (no bracket: 0). Bands join actors who can "
        "talk (every pair of a larger table); width and q are the chance per turn that they meet. "
        "These are inputs: ranges and sources are in the scenario file."
    )
    if hidden:
        text += f"\n{hidden} influence edges with a weight under {limit:g} are not drawn."
    return text


def _ties(document: Document) -> dict[tuple[str, str], float]:
    ties: dict[tuple[str, str], float] = {}
    for edge in document.influence.values():
        ties[edge.origin, edge.to] = ties.get((edge.origin, edge.to), 0) + edge.weight.value
    for channel in document.channels.values():
        # A channel's label needs more room than an arrow's, so its ends should sit close.
        for first, second in combinations(channel.between, 2):
            ties[first, second] = ties.get((first, second), 0) + 1.0
    return ties


def _draw_channels(axes: Axes, document: Document, spots: dict[str, geometry.Point]) -> list[Tag]:
    tags = []
    for channel in document.channels.values():
        for one, two in combinations([spots[name] for name in channel.between], 2):
            (band,) = axes.plot(
                [one[0], two[0]],
                [one[1], two[1]],
                color=_BAND,
                lw=_band_width(channel),
                ls=_band_style(channel),
                dash_capstyle="butt",
                zorder=1,
            )
            band.set_gid("channel")
        first, second = (spots[name] for name in channel.between[:2])
        tags.append(
            Tag(
                f"q {channel.quality.value:.2g}",
                _BAND_INK,
                [geometry.between(first, second, t / 40) for t in range(8, 33)],
                tint=_BAND,
            )
        )
    return tags


def _band_width(channel: Channel) -> float:
    return 5 + 11 * channel.quality.value


def _band_style(channel: Channel) -> LineStyle:
    if channel.open and channel.public:
        return "-"
    return _dashes("secret" if channel.open else "closed", _band_width(channel))


def _dashes(kind: str, width: float) -> LineStyle:
    """Matplotlib multiplies dashes by the width of the line; here they keep their length."""
    dash, gap = _DASHES[kind]
    return 0, (dash / width, gap / width)


def _draw_influence(axes: Axes, edge: Influence, spots: dict[str, geometry.Point]) -> Tag:
    color, style = _sign(edge.regard.value)
    start, end = geometry.trimmed(spots[edge.origin], spots[edge.to], _RADIUS + 0.015)
    arrow = FancyArrowPatch(
        start,
        end,
        connectionstyle=f"arc3,rad={geometry.BEND}",
        arrowstyle="-|>,head_length=5,head_width=2.6",
        shrinkA=0,
        shrinkB=0,
        lw=_width(edge.weight.value),
        ls=style,
        color=color,
        zorder=3,
    )
    arrow.set_gid("influence")
    axes.add_patch(arrow)
    regard = edge.regard.value
    text = f"{edge.weight.value:.2g}" + (f" ({regard:+.2g})" if regard else "")
    text = text.replace("-", "\N{MINUS SIGN}")
    spread = [geometry.bend(start, end, t / 40) for t in range(8, 33)]
    return Tag(text, color, spread)


def _width(weight: float) -> float:
    return 0.7 + 3.3 * min(weight, 1.0)


def _sign(regard: float) -> tuple[str, str]:
    if regard > 0:
        return BLUE, "-"
    return (VERMILLION, "--") if regard < 0 else (GREY, "-")


def _draw_actors(axes: Axes, document: Document, spots: dict[str, geometry.Point]) -> list[Text]:
    labels = []
    for name, (x, y) in spots.items():
        disc = Circle((x, y), _RADIUS, facecolor=INK, edgecolor="white", lw=1.0, zorder=5)
        disc.set_gid("actor")
        axes.add_patch(disc)
        away = 1 + (_RADIUS + 0.045) / (x * x + y * y) ** 0.5
        side = "center" if abs(x) < 0.25 else ("left" if x > 0 else "right")
        level = "center" if side != "center" else ("bottom" if y > 0 else "top")
        label = wrap(names.actor(document, name), 16)
        text = axes.text(
            x * away, y * away, label, ha=side, va=level, weight="bold", size=9.5, zorder=7
        )
        text.set_gid("actor-label")
        labels.append(text)
    return labels


def _legend() -> list[Artist]:
    def line(label: str, color: str, width: float, style: LineStyle = "-") -> Line2D:
        return Line2D([], [], label=label, color=color, lw=width, ls=style, solid_capstyle="butt")

    return [
        line("attends, regard > 0", BLUE, 2),
        line("attends, regard < 0", VERMILLION, 2, "--"),
        line("attends, no regard", GREY, 2),
        line("channel, public", _BAND, 7),
        line("channel, secret", _BAND, 7, _dashes("secret", 7)),
        line("channel, closed at the start", _BAND, 7, _dashes("closed", 7)),
        line("weight 0.2", INK, _width(0.2)),
        line("weight 0.8", INK, _width(0.8)),
    ]
