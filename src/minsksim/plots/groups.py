"""Which runs a figure draws as one: a half of an answer, a scenario, or a value of a grid.

Values of a number that were chosen one by one are never pooled: their runs say what a choice does,
not how far an answer spreads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.colors import to_hex, to_rgb

from minsksim.analysis.spreads import BASE, RANGES
from minsksim.plots import names
from minsksim.plots.footer import CHOSEN, RUN, WHERE
from minsksim.plots.material import Material, chosen
from minsksim.plots.style import BLUE, PALETTE, VERMILLION

OVERLAID = 6
"""Up to this many groups share a panel."""

_COLORS = {BASE: BLUE, RANGES: VERMILLION, RUN: BLUE}


@dataclass(frozen=True)
class Group:
    """Runs that are drawn as one.

    Attributes
    ----------
    label : str
        For a legend: what tells the group from the others of the figure.
    scenario : str
    stuff : Material
        The half of the answer that the runs are in.
    color : str
    points : tuple of int or None
        The design points of the group; None is all.
    variant : str
        What tells the scenario, if there are several.
    """

    label: str
    scenario: str
    stuff: Material
    color: str
    points: tuple[int, ...] | None = None
    variant: str = ""

    def runs(self, wanted: Sequence[str]) -> pd.DataFrame:
        """Return some columns of the group's runs."""
        if self.points is None:
            return self.stuff.pick(self.scenario, wanted)
        found = self.stuff.pick(self.scenario, [*dict.fromkeys(["point", *wanted])])
        return found.loc[found["point"].isin(self.points), list(wanted)]

    def of(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the group's rows of a table of its half's sample."""
        keep = table["scenario"] == self.scenario
        if self.points is not None:
            keep &= table["point"].isin(self.points)
        return table if keep.all() else table[keep]

    @property
    def series(self) -> pd.DataFrame:
        """The group's runs turn by turn."""
        return self.of(self.stuff.series)

    @property
    def sampled(self) -> int:
        """How many runs of the group are kept turn by turn."""
        return int(self.series["run"].nunique()) if len(self.stuff.series) else 0

    @property
    def where(self) -> str:
        """Where a number of the group holds, in words that follow it."""
        if self.variant:
            return f"in \u2018{self.variant}\u2019"
        return WHERE[self.stuff.over] if self.points is None else f"with {self.label}"


def groups(stuff: Material, scenarios: str | Sequence[str] | None = None) -> tuple[Group, ...]:
    """Return the groups of a figure, scenario by scenario.

    Parameters
    ----------
    stuff : Material
    scenarios : str or sequence of str, optional
        By default all.
    """
    picked = chosen(scenarios, stuff.scenarios, "scenario")
    found: list[Group] = []
    for name in picked:
        for half in stuff.halves:
            if name not in half.scenarios:
                continue
            by_value = _by_value(half, name) if half.over == CHOSEN else ()
            found += by_value or [Group(WHERE[half.over], name, half, _COLORS.get(half.over, BLUE))]
    return _told_apart(stuff, found, picked)


def _told_apart(
    stuff: Material, found: Sequence[Group], picked: Sequence[str]
) -> tuple[Group, ...]:
    """Name the scenario where there are several, and colour by it; paler over the ranges."""
    if len(picked) == 1:
        return tuple(found)
    is_one_each = len(found) == len(picked)
    named = []
    for group in found:
        told = names.variant(stuff.documents, group.scenario)
        label = told if is_one_each else f"{told}, {group.label}"
        place = list(picked).index(group.scenario)
        color = PALETTE[place % len(PALETTE)]
        if group.points is not None:
            color = group.color
        elif not is_one_each and group.stuff is not stuff:
            color = _paler(color)
        named.append(replace(group, label=label, color=color, variant=told))
    return tuple(named)


def _paler(color: str) -> str:
    """Return a colour half way to white: the same scenario over the ranges."""
    red, green, blue = ((1 + part) / 2 for part in to_rgb(color))
    return to_hex((red, green, blue))


def _by_value(half: Material, scenario: str) -> list[Group]:
    """Return a group for each value of the first number that was varied; of many, some."""
    if not half.varied:
        return []
    axis = half.varied[0]
    table = half.pick(scenario, ["point", axis]).drop_duplicates("point")
    values = np.sort(table[axis].unique())
    if len(values) < 2:
        return []
    if len(values) > OVERLAID:
        values = values[np.linspace(0, len(values) - 1, OVERLAID).round().astype(int)]
    shades = colormaps["cividis"](np.linspace(0.0, 0.82, len(values)))
    label = names.number_label(half.base, axis)
    return [
        Group(
            f"{label} {float(value):g}",
            scenario,
            half,
            to_hex(shade),
            tuple(int(point) for point in table.loc[table[axis] == value, "point"]),
        )
        for value, shade in zip(values, shades, strict=True)
    ]


def left_out(stuff: Material, shown: Sequence[Group]) -> str:
    """Return a sentence for a caption on values of a grid that are pooled or not drawn."""
    if not shown or shown[0].points is None:
        return ""
    half = shown[0].stuff
    drawn = {point for group in shown for point in group.points or ()}
    text = ""
    if len(half.varied) > 1:
        count = len(half.varied) - 1
        text = f" Each pools its runs over the values of {count} other varied number" + (
            "." if count == 1 else "s."
        )
    if len(drawn) < half.points:
        text += f" {half.points - len(drawn)} of {half.points} points are not drawn."
    return text


def beside(stuff: Material, found: Sequence[Group]) -> list[tuple[str, tuple[Group, ...]]]:
    """Return the columns of a figure: all groups in one, or one column for each scenario."""
    scenarios = list(dict.fromkeys(group.scenario for group in found))
    if len(scenarios) == 1 or (len(scenarios) == 2 and len(found) == 2):
        return [("", tuple(found))]
    first = scenarios[0]
    unnamed = {group.label: group for group in groups(stuff, first)}
    labels = list(unnamed)
    columns = []
    for name in scenarios:
        mine = [group for group in found if group.scenario == name]
        if len(mine) == len(labels):
            mine = [
                replace(group, label=label, color=unnamed[label].color)
                for label, group in zip(labels, mine, strict=True)
            ]
        columns.append((names.variant(stuff.documents, name), tuple(mine)))
    return columns
