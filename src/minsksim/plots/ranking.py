"""Which varied numbers move a measure beyond chance: rank correlations, with a control.

The control asks how strong a correlation gets when nothing moves anything: the measure is shuffled
over the points twenty times, and the strongest correlation with any number is what chance reaches.
A number at or below it is not named; without any effect, one is in about one of twenty measures.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.stats import rankdata

from minsksim.plots.material import Material
from minsksim.plots.summaries import Floats

_SHUFFLES = 20


class Moved(NamedTuple):
    """Rank correlations between numbers (columns) and measures (rows), and what chance reaches."""

    measures: tuple[str, ...]
    numbers: tuple[str, ...]
    correlations: Floats
    limit: Floats

    def strongest(self) -> list[tuple[str, str, float]]:
        """Return measure, number and correlation of all pairs beyond chance, strongest first."""
        size = np.abs(self.correlations)
        rows, columns = np.nonzero(size > self.limit[:, None])
        order = np.argsort(-size[rows, columns], kind="stable")
        return [
            (
                self.measures[rows[i]],
                self.numbers[columns[i]],
                float(self.correlations[rows[i], columns[i]]),
            )
            for i in order
        ]


def moved_by(stuff: Material, scenario: str, measures: tuple[str, ...]) -> Moved:
    """Return how measures, as means over the runs of a point, go with the varied numbers."""
    numbers = stuff.varied
    runs = stuff.pick(scenario, ["point", *numbers, *measures])
    points = runs.groupby("point")
    x = _ranks(points[list(numbers)].first().to_numpy(dtype=np.float64))
    rows, limits = [], []
    for name in measures:
        mean = points[name].mean().to_numpy(dtype=np.float64)
        known = np.isfinite(mean)
        if known.sum() < 3 or np.ptp(mean[known]) == 0:
            rows.append(np.zeros(len(numbers)))
            limits.append(np.inf)
            continue
        mine = x if known.all() else _ranks(x[known])
        y = _ranks(mean[known, None])
        rows.append((mine.T @ y)[:, 0])
        limits.append(_by_chance(mine, y[:, 0]))
    return Moved(measures, tuple(numbers), np.array(rows), np.array(limits))


def _ranks(values: Floats) -> Floats:
    """Return the ranks of each column, centred and of length 1, so that products correlate."""
    ranks = rankdata(values, axis=0)
    ranks = ranks - ranks.mean(axis=0)
    length = np.sqrt((ranks**2).sum(axis=0))
    found: Floats = ranks / np.where(length > 0, length, 1.0)
    return found


def _by_chance(x: Floats, y: Floats) -> float:
    # a generator of its own with a fixed seed: the same result names the same numbers
    generator = np.random.default_rng(0)
    shuffled = np.stack([generator.permutation(y) for _ in range(_SHUFFLES)], axis=1)
    return float(np.abs(x.T @ shuffled).max())
