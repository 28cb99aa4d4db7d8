"""What a figure finds, in one sentence: its title. Everything in it is computed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from minsksim.analysis.spreads import turned_text
from minsksim.numerals import decimals_for, number, share
from minsksim.plots.groups import Group
from minsksim.plots.material import Material
from minsksim.plots.summaries import LEVELS

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


def side_by_side(label: str, found: Sequence[tuple[Group, Spread]]) -> str:
    """Say the spread of one quantity in each of some groups; of many, in the first and last."""
    told = found if len(found) <= NAMED else (found[0], found[-1])
    parts = [f"{in_words(spread)} {place_of(group)}".rstrip() for group, spread in told]
    return f"{label}: {', '.join(parts)}"


def place_of(group: Group) -> str:
    """Return where a number holds, in words that follow it."""
    where = group.where
    if where == group.label:
        return where if not group.points else f"at {where}"
    return f"in \u2018{group.label}\u2019" if where not in group.label else f"in {group.label}"


def of_measures(stuff: Material, picked: Sequence[str], found: Sequence[Group]) -> str:
    """Say what turns over the ranges, or else what the first measure drawn comes to."""
    turned = [one for one in stuff.turned if one.scenario in {each.scenario for each in found}]
    if turned:
        text = turned_text(turned[0], named=len(stuff.scenarios) > 1)
        return text[:1].upper() + text[1:]
    name = picked[0]
    label = stuff.base.measures[name].label
    return side_by_side(label, [(each, spread_of(each.runs([name])[name])) for each in found])


def shares_in_words(label: str, found: Sequence[tuple[Group, float]]) -> str:
    """Say in what share of runs something happens in each of some groups.

    ``label`` is the beginning of the sentence with its verb.
    """
    told = found if len(found) <= NAMED else (found[0], found[-1])
    (first, value), *rest = told
    parts = [f"in {share(value)} of runs {place_of(first)}".rstrip()]
    parts += [f"in {share(other)} {place_of(group)}" for group, other in rest]
    return f"{label} {', '.join(parts)}"
