"""Rank correlations of drawn points, and what is left of each once correlated columns are counted.

Axes: P points, D inputs. An input is tested only if its rank correlation with the measure is above
that of every control; its test is the partial correlation given whatever could stand in for it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from minsksim.analysis.controls import SEED, Evidence, Floats
from minsksim.analysis.correlated import Correlated, chance_limit, standard_ranks, wave
from minsksim.analysis.resampling import Estimates

_NORMAL = 1.959964
_MOST_GIVEN = 0.5
"""Of the points: with more columns to be counted, what is left says nothing."""

_TINY = 1e-9
"""Of a sum of squares: what rounding leaves of nothing."""


@dataclass(frozen=True)
class RankTest:
    """Rank correlations with their tests.

    Attributes
    ----------
    estimates : dict
        ``rank_correlation`` of every input, and ``partial``, NaN where it was not tested.
    evidence : Evidence
    stand_in : int64[D]
        The column that could have made the input's correlation; -1: none.
    """

    estimates: dict[str, Estimates]
    evidence: Evidence
    stand_in: npt.NDArray[np.int64]


def rank_test(unit: Floats, y: Floats, columns: Correlated) -> RankTest:
    """Return rank correlations, and partial ones where the former are above all controls.

    What is counted against an input: every other input whose own correlation is above all
    controls; every column that goes with it beyond chance, and each wave of a column that does;
    and every square and product of the former that does. Where too many columns of the
    design go together, there is no partial correlation at all.

    Parameters
    ----------
    unit : float64[P, D]
    y : float64[P]
        Finite.
    columns : Correlated
        Of this design.

    Notes
    -----
    Source: marino2008 for the partial rank correlation. The interval of a correlation is
    Fisher's, with variance 1.06 / (n - 3) for ranks, less one point for each column counted.
    """
    ranks, target = standard_ranks(unit), standard_ranks(y)
    points, inputs = ranks.shape
    shuffled = np.random.default_rng(SEED).permuted(ranks, axis=0)
    plain, of_controls = (matrix.T @ target / points for matrix in (ranks, shuffled))
    above = np.abs(plain) > np.abs(of_controls).max(initial=0.0)
    tested = np.flatnonzero(above)
    partial, given = np.full(inputs, math.nan), np.zeros(inputs, dtype=np.int64)
    stand_in = np.full(inputs, -1)
    curved = _squares_and_products(ranks[:, tested])
    for column in tested:
        near = np.abs(columns.matrix[column]) > columns.limit
        near[column] = False
        others = above | near
        others[column] = False
        waves = columns.aliases[columns.aliases[:, 0] == column]
        alike = [wave(ranks[:, [other]], number) for _, other, number in waves]
        more = _going_with(ranks[:, column], curved)
        beside = np.hstack([ranks[:, others], more, *alike])
        partial[column] = _left(ranks[:, [column]], target, beside)[0]
        given[column] = beside.shape[1]
        near[waves[:, 1]] = True
        if near.any():
            pull = np.where(near, np.abs(columns.matrix[column] * plain), -1.0)
            stand_in[column] = int(pull.argmax())
    if columns.is_too_entangled:
        partial[:] = math.nan
    beside = ranks[:, above]
    left = _left(shuffled, target, beside)
    evidence = Evidence(
        _chance(partial, points - 2 - given), _chance(left, points - 2 - len(tested))
    )
    estimates = {
        "rank_correlation": _fisher(plain, np.full(inputs, points)),
        "partial": _fisher(partial, points - given),
    }
    return RankTest(estimates, evidence, stand_in)


def partial_sizes(unit: Floats, y: Floats) -> Floats:
    """Return the absolute partial rank correlation of each input given all others; float64[D]."""
    ranks, target = standard_ranks(unit), standard_ranks(y)
    found = []
    for column in range(ranks.shape[1]):
        others = np.delete(ranks, column, axis=1)
        found.append(abs(_left(ranks[:, [column]], target, others)[0]))
    return np.array(found)


def _squares_and_products(ranks: Floats) -> Floats:
    """Return the ranks of squares and products of columns, which may alias another column."""
    first, second = np.triu_indices(ranks.shape[1])
    return standard_ranks(ranks[:, first] * ranks[:, second])


def _going_with(column: Floats, others: Floats) -> Floats:
    """Return those of the others that go with a column beyond chance, the closest first."""
    if not others.shape[1]:
        return others
    along = np.abs(column @ others) / len(column)
    limit = chance_limit(len(column), others.shape[1])
    order = np.argsort(-along, kind="stable")[: int((along > limit).sum())]
    found: Floats = others[:, order]
    return found


def _left(columns: Floats, target: Floats, beside: Floats) -> Floats:
    """Return the correlation of what is left of each column with what is left of the target.

    NaN where too many columns are to be counted.
    """
    if beside.shape[1] > _MOST_GIVEN * len(target):
        return np.full(columns.shape[1], math.nan)
    base, triangle = np.linalg.qr(beside)
    base = base[:, np.abs(np.diag(triangle)) > _TINY * len(target)]
    columns = columns - base @ (base.T @ columns)
    target = target - base @ (base.T @ target)
    size = np.sqrt((columns**2).sum(axis=0) * float(target @ target))
    known = size > _TINY * len(target)
    found: Floats = np.where(known, columns.T @ target / np.where(known, size, 1.0), 0.0)
    return found


def _chance(correlation: Floats, freedom: npt.ArrayLike) -> Floats:
    """Return the two-sided probability of a correlation at least as large by chance; NaN is 1."""
    from scipy.stats import t

    degrees = np.broadcast_to(np.asarray(freedom, dtype=np.float64), correlation.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.abs(correlation) * np.sqrt(degrees / (1 - correlation**2))
        chance = 2 * t.sf(statistic, degrees)
    found: Floats = np.where(np.isnan(correlation) | (degrees < 1), 1.0, chance)
    return found


def _fisher(middle: Floats, size: npt.ArrayLike) -> Estimates:
    room = np.maximum(np.asarray(size, dtype=np.float64) - 3, 1.0)
    z = np.arctanh(np.clip(middle, -1 + 1e-12, 1 - 1e-12))
    half = _NORMAL * np.sqrt(1.06 / room)
    return Estimates(middle, np.tanh(z - half), np.tanh(z + half))
