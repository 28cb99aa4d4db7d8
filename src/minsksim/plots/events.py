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
    """All events of one turn: the letter they share, the first date, and their words."""

    letter: str
    on: dt.date
    text: str


def ticks(document: Document) -> tuple[Tick, ...]:
    """Return the dated events of a scenario, those of one month under one letter."""
    months: dict[tuple[int, int], list[tuple[dt.date, str]]] = {}
    dated = [(item.on, item.label) for item in document.events.values() if item.on is not None]
    for on, label in sorted(dated):
        months.setdefault((on.year, on.month), []).append((on, label))
    return tuple(
        Tick(
            letter,
            happened[0][0],
            "; ".join(f"{label} ({on:%d %b %Y})" for on, label in happened),
        )
        for letter, happened in zip(_letters(len(months)), months.values(), strict=True)
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
    return "Dated events: " + "; ".join(f"{mark.letter} {mark.text}" for mark in marks) + "."
