"""Runs beside what was observed, and how often the record lies inside the band of the runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from minsksim.errors import UsageError
from minsksim.plots import names
from minsksim.plots.canvas import canvas_of
from minsksim.plots.findings import NAMED, told_of
from minsksim.plots.frame import Words
from minsksim.plots.groups import Group, groups, left_out
from minsksim.plots.material import Source, chosen, material
from minsksim.plots.over_time import (
    Panel,
    band_of,
    bands_in_words,
    draw_over_time,
    is_momentary,
    reading_ends,
)
from minsksim.plots.style import house
from minsksim.scenario.schema import Document, Observation

Counts = tuple[int, int]
"""Readings inside the band, and readings on a day that the runs reach."""


@house
def record(
    source: Source,
    observations: str | Sequence[str] | None = None,
    scenarios: str | Sequence[str] | None = None,
    *,
    size: str = "slide",
) -> Figure:
    """Draw what was observed over the runs, and count the readings inside the 90 % band.

    A reading counts as inside if it, or the range that its source gives, touches the band of the
    turn in which it falls: for a level, from the start of that turn to its end.

    Parameters
    ----------
    source : Result or Run, or the folder of a result
    observations : str or sequence of str, optional
        By default those with the most readings outside the band, then with the most readings, as
        many as the size holds.
    scenarios : str or sequence of str, optional
        By default the first.
    size : {"slide", "page"}

    Returns
    -------
    Figure
    """
    stuff, canvas = material(source), canvas_of(size)
    found = groups(stuff, stuff.scenarios[:1] if scenarios is None else scenarios)
    known = {
        name: panel_of_record(stuff.base, item)
        for name, item in stuff.base.observations.items()
        if set(item.of) <= set(stuff.series.columns)
    }
    if not known:
        raise UsageError("the scenario has no observations to compare with the runs")
    counts = {name: [inside(each, panel) for each in found] for name, panel in known.items()}
    picked = chosen(observations, tuple(known), "observation")
    if observations is None:
        picked = tuple(sorted(known, key=lambda name: _interest(counts[name]))[: canvas.room])
    shown = [replace(known[name], note=_note(counts[name], found)) for name in picked]
    caption = f"{bands_in_words(found)} Diamonds: what was observed, with a bar where a source "
    caption += "gives a range; the model never reads it."
    more = len(known) - len(picked)
    if more:
        caption += f" {more} more series of the record count in the title and are not drawn."
    words = Words(
        _finding(found, counts),
        f"Model runs and the observed record: {stuff.base.title}",
        caption + left_out(stuff, found),
        stuff.notice(tuple(dict.fromkeys(each.scenario for each in found))),
    )
    return draw_over_time(stuff, shown, found, words, canvas)


def _interest(counts: Sequence[Counts]) -> tuple[int, int]:
    return -max(total - within for within, total in counts), -counts[0][1]


def _record(panel: Panel) -> Observation:
    assert panel.record is not None
    return panel.record


def panel_of_record(document: Document, item: Observation) -> Panel:
    """Return the panel of an observation: a level, or what comes in a turn."""
    unit = names.quantity(document, item.of[0]).unit
    stocks = all(name.startswith("stocks.") for name in item.of)
    change = item.take == "per_turn" and stocks
    if change:
        unit = f"{unit} a {document.calendar.step}"
    burst = change or any(is_momentary(document, name) for name in item.of)
    return Panel(item.label, unit, item.of, change, burst, item)


def inside(group: Group, panel: Panel) -> Counts:
    """Return how many readings lie inside the 90 % band, of those on a day that runs reach."""
    band = band_of(group, panel)
    x = np.asarray(band.x, dtype=np.float64)
    slack = 1e-9 * max(1.0, float(np.nanmax(np.abs(band.high90))))
    within = total = 0
    for item in _record(panel).records:
        on = float(date2num(item.on))
        if not x[0] <= on < x[-1]:
            continue
        low, high = reading_ends(item.value, item.low, item.high)
        # a value belongs to the turn that ends at its place
        turn = int(np.searchsorted(x, on, side="right"))
        if panel.burst:
            bottom, top = float(band.low90[turn]), float(band.high90[turn])
        else:
            # nobody knows whether it was read before or after the moves of its turn
            bottom, top = (
                float(band.low90[turn - 1 : turn + 1].min()),
                float(band.high90[turn - 1 : turn + 1].max()),
            )
        total += 1
        within += bool(low <= top + slack and high >= bottom - slack)
    return within, total


def _note(counts: Sequence[Counts], found: Sequence[Group]) -> str:
    """Say beside a panel's unit how many readings are inside, one number a group."""
    if found[0].sampled < 2 or len(found) > NAMED:
        return ""
    total = counts[0][1]
    # the spaces do not break, so that the numbers stay together
    told = f"inside {' | '.join(str(within) for within, _ in counts)} of {total}"
    return told.replace(" ", "\N{NO-BREAK SPACE}")


def _finding(found: Sequence[Group], counts: dict[str, list[Counts]]) -> str:
    sums = [
        (sum(each[place][0] for each in counts.values()),
         sum(each[place][1] for each in counts.values()))
        for place in range(len(found))
    ]  # fmt: skip
    total = sums[0][1]
    if found[0].sampled < 2:
        return f"One run beside {total} readings of the observed record"
    told, where = told_of(list(zip(found, sums, strict=True)))
    if all(within == all_of for _, (within, all_of) in told):
        return f"All {total} readings of the record lie inside the 90 % band of the runs"
    is_same = len({all_of for _, (_, all_of) in told}) == 1
    parts = []
    for place, (group, (within, all_of)) in enumerate(told):
        of = f" of {all_of}" if place == 0 or not is_same else ""
        word = " observations" if place == 0 else ""
        parts.append(f"in {all_of - within}{of}{word} {group.where}".rstrip())
    return f"The record leaves the 90 % band {', '.join(parts)}{where}"
