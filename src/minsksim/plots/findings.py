"""What a figure finds, in one sentence: its title. Everything in it is computed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from minsksim.analysis.spreads import turned_text
from minsksim.numerals import decimals_for, number, share
from minsksim.plots.footer import WHERE
from minsksim.plots.groups import Group
from minsksim.plots.material import Material
from minsksim.plots.summaries import LEVELS

T = TypeVar("T")
Told: TypeAlias = tuple[Group, T]
"""A group and what is said of it."""

NAMED = 3
"""Groups whose numbers a title tells; a longer one is not read."""


class Spread(NamedTuple):
    """Ends of the middle 90 and 50 % of some runs, their median, and how many have a value."""

    low90: float
    low50: float
    median: float
    high50: float
    high90: float
    known: int


def spread_of(values: pd.Series | npt.NDArray[np.float64]) -> Spread:
    """Return the quantiles of runs; NaN without any value.

    Examples
    --------
    >>> spread_of(np.array([0.0, 5.0, 10.0])).median
    5.0
    """
    found = np.asarray(values, dtype=np.float64)
    found = found[np.isfinite(found)]
    if not found.size:
        return Spread(np.nan, np.nan, np.nan, np.nan, np.nan, 0)
    ends = (float(end) for end in np.quantile(found, LEVELS))
    return Spread(next(ends), next(ends), next(ends), next(ends), next(ends), found.size)


def in_words(spread: Spread) -> str:
    """Return a median with the ends of the middle 90 %.

    Examples
    --------
    >>> in_words(Spread(463.0, 500.0, 657.0, 700.0, 1184.0, 9))
    '657 (463 to 1,184)'
    """
    if not spread.known:
        return "no value"
    places = decimals_for((spread.low90, spread.median, spread.high90))
    low, median, high = (
        number(value, places) for value in (spread.low90, spread.median, spread.high90)
    )
    return median if low == high else f"{median} ({low} to {high})"


def told_of(found: Sequence[Told[T]]) -> tuple[Sequence[Told[T]], str]:
    """Return the groups that a title tells, and where all of them are.

    Of several scenarios those at the base values, of many groups the first and the last.
    """
    where = ""
    if found[0][0].variant and len({id(group.stuff) for group, _ in found}) > 1:
        found = [pair for pair in found if pair[0].stuff is found[0][0].stuff]
        where = f" {WHERE[found[0][0].stuff.over]}"
    return (found if len(found) <= NAMED else (found[0], found[-1])), where


def side_by_side(label: str, found: Sequence[Told[Spread]]) -> str:
    """Say the spread of one quantity in each of some groups."""
    told, where = told_of(found)
    parts = [f"{in_words(spread)} {group.where}".rstrip() for group, spread in told]
    return f"{label}: {', '.join(parts)}{where}"


def of_measures(stuff: Material, picked: Sequence[str], found: Sequence[Group]) -> str:
    """Say what turns over the ranges, or else what the first measure drawn comes to."""
    turned = [one for one in stuff.turned if one.scenario in {each.scenario for each in found}]
    if turned:
        text = turned_text(turned[0], named=len(stuff.scenarios) > 1)
        return text[:1].upper() + text[1:]
    name = picked[0]
    label = stuff.base.measures[name].label
    return side_by_side(label, [(each, spread_of(each.runs([name])[name])) for each in found])


def shares_in_words(label: str, found: Sequence[Told[float]]) -> str:
    """Say in what share of runs something happens in each of some groups.

    ``label`` is the beginning of the sentence with its verb.
    """
    told, where = told_of(found)
    parts = [
        f"in {share(value)}{'' if place else ' of runs'} {group.where}".rstrip()
        for place, (group, value) in enumerate(told)
    ]
    return f"{label} {', '.join(parts)}{where}"
