"""Dated events as lettered ticks above a panel, with their key for the caption."""

from __future__ import annotations

import datetime as dt
import string
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.dates import date2num

from minsksim.plots.style import GREY
from minsksim.scenario.schema import Document


class Tick(NamedTuple):
    """A dated event: its letter, its date, and its words."""

    letter: str
    on: dt.date
    text: str


def ticks(document: Document) -> tuple[Tick, ...]:
    """Return the dated events of a scenario in order, each under a letter of its own."""
    dated = [(item.on, item.label) for item in document.events.values() if item.on is not None]
    return tuple(
        Tick(letter, on, label)
        for letter, (on, label) in zip(_letters(len(dated)), sorted(dated), strict=True)
    )


def _letters(count: int) -> list[str]:
    letters = list(string.ascii_lowercase)
    return [*letters, *(f"{a}{b}" for a in letters for b in letters)][:count]


ROOM = 11.0
"""Room the letters need above a panel, points."""


def draw_ticks(axes: Axes, marks: tuple[Tick, ...], columns: int) -> None:
    """Draw the ticks inside the panel's dates; letters are kept apart by the panel's width."""
    first, last = axes.get_xlim()
    apart = 0.011 * columns * (last - first)
    free = first
    for mark in marks:
        at = float(date2num(mark.on))
        if not first <= at <= last:
            continue
        line = axes.axvline(at, color=GREY, lw=0.7, ls=(0, (1, 2)), zorder=1)
        line.set_gid("event")
        free = max(at, free)
        axes.text(
            free,
            1.015,
            mark.letter,
            transform=axes.get_xaxis_transform(),
            ha="center",
            va="bottom",
            size=6.8,
            color="#555555",
        )
        free += apart


def key(marks: tuple[Tick, ...]) -> str:
    """Return the key of the letters, for a caption."""
    if not marks:
        return ""
    told = [f"{mark.letter}\u00a0{mark.text}" for mark in marks]
    return f"Dated events: {'; '.join(told)}."
