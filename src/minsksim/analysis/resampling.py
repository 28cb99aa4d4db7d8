"""Intervals by resampling whole blocks of a design, and halves of its replications."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from minsksim.analysis.controls import SEED, Floats

RESAMPLES = 200


class Estimates(NamedTuple):
    """An index of D inputs with the ends of its 95 % intervals; each float64[D]."""

    middle: Floats
    low: Floats
    high: Floats


def halves(values: Floats) -> tuple[Floats, Floats]:
    """Return the means over every other replication, and over the rest.

    Parameters
    ----------
    values : float64[M, R, ...]
        With R = 1 there are no draws, and both halves are the values.

    Returns
    -------
    tuple of float64[M, ...]
        NaN where no replication of a half is known.
    """
    if values.shape[1] == 1:
        return values[:, 0], values[:, 0]
    with warnings.catch_warnings(action="ignore", category=RuntimeWarning):
        return np.nanmean(values[:, 0::2], axis=1), np.nanmean(values[:, 1::2], axis=1)


def weights(blocks: int, resamples: int) -> Floats:
    """Return the weights of each block: equal in the first row, then drawn with replacement.

    Returns
    -------
    float64[1 + resamples, blocks]
        Each row sums to 1.
    """
    equal = np.full(blocks, 1.0 / blocks)
    drawn = np.random.default_rng(SEED).multinomial(blocks, equal, size=resamples) / blocks
    found: Floats = np.vstack([equal, drawn])
    return found


def interval(at: Callable[[Floats], dict[str, Floats]], weight: Floats) -> dict[str, Estimates]:
    """Return each index with the middle 95 % of its values over the resamples.

    The interval is stretched to hold the estimate: with few blocks a percentile may miss it.
    """
    found = {}
    for name, values in at(weight).items():
        middle, others = values[0], values[1:] if len(values) > 1 else values
        low, high = np.quantile(others, (0.025, 0.975), axis=0)
        found[name] = Estimates(middle, np.minimum(low, middle), np.maximum(high, middle))
    return found
