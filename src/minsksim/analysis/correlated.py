"""Columns of a design that go together, so that the effect of one looks like that of another.

A drawn design of few points in many dimensions has such columns by construction: a Sobol sequence
of 256 points in 411 dimensions has pairs with correlations up to 0.94. And a column may go with a
wave of another (high where that is in the middle of its range, low at both ends) while the two
have no correlation; a measure that answers to such a wave would be credited to the wrong one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from minsksim.analysis.controls import Floats

_EXPECTED = 0.05
"""Pairs that chance alone would put above the limit, in the whole design."""

_WAVES = 8
"""A cosine and a sine with one to four periods over the range."""

_MOST = 0.1
"""Of the columns (or two of them): where more go together, the design gives no order at all."""


@dataclass(frozen=True)
class Correlated:
    """How the columns of a design correlate.

    Attributes
    ----------
    largest : float
        Largest absolute rank correlation of two columns, 0 to 1.
    pair : tuple of str
        The two numbers.
    limit : float
        Where chance ends: independent draws would put 0.05 pairs above it.
    beyond : int
        Pairs above the limit.
    pairs : int
        Pairs in all.
    matrix : float64[D, D]
    aliases : int64[n, 3]
        Columns that go with a wave of another beyond chance: column, other column, wave.
    """

    largest: float
    pair: tuple[str, str]
    limit: float
    beyond: int
    pairs: int
    matrix: Floats = field(repr=False, compare=False)
    aliases: npt.NDArray[np.int64] = field(repr=False, compare=False)

    @property
    def is_too_entangled(self) -> bool:
        """Whether so many columns go together that no order can be told from this design."""
        return self.entangled > max(2.0, _MOST * len(self.matrix))

    @property
    def entangled(self) -> int:
        """How many columns go with another one, or with a wave of it, beyond chance."""
        one, other = np.nonzero(np.triu(np.abs(self.matrix) > self.limit, 1))
        return int(np.unique(np.concatenate([one, other, self.aliases[:, 0]])).size)


def standard_ranks(values: Floats) -> Floats:
    """Return ranks of each column with mean 0 and mean square 1; 0 where a column is constant.

    Parameters
    ----------
    values : float64[P] or float64[P, D]

    Examples
    --------
    >>> standard_ranks(np.array([[1.0, 5.0], [9.0, 5.0]])).tolist()
    [[-1.0, 0.0], [1.0, 0.0]]
    """
    from scipy.stats import rankdata

    centred = rankdata(values, axis=0) - (len(values) + 1) / 2
    size = np.sqrt((centred**2).mean(axis=0))
    found: Floats = centred / np.where(size > 0, size, 1.0)
    return found


def chance_limit(points: int, pairs: int) -> float:
    """Return the correlation above which chance puts 0.05 of so many pairs of columns.

    Examples
    --------
    >>> round(chance_limit(256, 411 * 410 // 2), 2)
    0.31
    """
    from scipy.stats import t

    if points < 4:
        return 1.0
    quantile = float(t.isf(_EXPECTED / (2 * max(1, pairs)), points - 2))
    return quantile / math.sqrt(points - 2 + quantile**2)


def correlated(names: tuple[str, ...], unit: Floats) -> Correlated:
    """Measure how the columns of a design correlate.

    Parameters
    ----------
    names : tuple of str
        D inputs.
    unit : float64[P, D]
    """
    ranks = standard_ranks(unit)
    matrix = ranks.T @ ranks / len(ranks)
    upper = np.abs(np.triu(matrix, 1))
    row, column = np.unravel_index(int(upper.argmax()), upper.shape)
    pairs = len(names) * (len(names) - 1) // 2
    limit = chance_limit(len(ranks), pairs)
    return Correlated(
        float(upper.max()),
        (names[row], names[column]),
        limit,
        int((upper > limit).sum()),
        pairs,
        matrix,
        _aliases(ranks),
    )


def wave(ranks: Floats, number: int) -> Floats:
    """Return a wave over each column's places from its first to its last; float64[P, D]."""
    # ranks of mean square 1 lie evenly between -sqrt(3) and sqrt(3)
    places = (ranks / math.sqrt(3) + 1) / 2
    angle = 2 * math.pi * (number // 2 + 1) * places
    values = np.cos(angle) if number % 2 == 0 else np.sin(angle)
    centred = values - values.mean(axis=0)
    size = np.sqrt((centred**2).mean(axis=0))
    found: Floats = centred / np.where(size > 1e-9, size, np.inf)
    return found


def _aliases(ranks: Floats) -> npt.NDArray[np.int64]:
    points, inputs = ranks.shape
    limit = chance_limit(points, _WAVES * inputs * (inputs - 1))
    found = []
    for number in range(_WAVES):
        along = np.abs(ranks.T @ wave(ranks, number)) / points
        np.fill_diagonal(along, 0.0)
        pair = np.argwhere(along > limit)
        found.append(np.column_stack([pair, np.full(len(pair), number)]))
    return np.concatenate(found)
