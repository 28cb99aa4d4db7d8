"""The house style: one look for every figure.

Figures are made with matplotlib's objects alone. Nothing here touches pyplot, opens a window
or leaves a changed setting behind, so figures may be drawn in scripts, threads and notebooks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from matplotlib import style

from minsksim.plots.fonts import families

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

_SETTINGS: dict[str, Any] = {
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


def house(draw: Callable[_P, _R]) -> Callable[_P, _R]:
    """Let a function draw in the house style, whatever the user's own settings are.

    The user's font is kept: it may have the letters of a script that ours does not have.
    """

    @wraps(draw)
    def styled(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        # read before the style is set, which forgets what the user chose
        with style.context(["default", {**_SETTINGS, "font.family": families()}]):
            return draw(*args, **kwargs)

    return styled
