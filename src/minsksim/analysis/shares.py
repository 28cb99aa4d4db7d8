"""Shares of the variance of a measure, by number, without the share of the draws.

Axes: N blocks of D+2 points (A, then A with one column from B for each input, then B), R
replications, which have the same draws at every point of a block.
"""

from __future__ import annotations

import numpy as np

from minsksim.analysis.controls import Floats
from minsksim.analysis.resampling import RESAMPLES, Estimates, halves, interval, weights


def variance_shares(y: Floats, resamples: int = RESAMPLES) -> dict[str, Estimates]:
    """Return first-order and total shares of the variance, each with a 95 % interval.

    With ``a`` and ``b`` the means over each half of the replications::

        V = mean((a_A - a_B) * (b_A - b_B)) / 2
        total = mean((a_A - a_ABi) * (b_A - b_ABi)) / 2 / V
        first = 1 - mean((a_B - a_ABi) * (b_B - b_ABi)) / 2 / V

    Points of a block have the same draws, so what these do to all of them cancels in each
    difference; draws of two halves are independent, so the variance that the rest of them makes
    is in none of the products. The shares are those of the expected measure. They are cut to 0
    to 1, where true ones lie, and V is at least as large as each of its parts.

    Parameters
    ----------
    y : float64[N, D+2, R]
    resamples : int
        For the intervals; 0 gives none.

    Returns
    -------
    dict
        ``first`` and ``total``.

    Notes
    -----
    Source: saltelli2010 for the design, jansen1999 for the estimators; the product of halves is
    ours.
    """
    one, other = halves(y.transpose(0, 2, 1))
    start, mixed, end = slice(0, 1), slice(1, -1), slice(-1, None)

    def product(here: slice, there: slice) -> Floats:
        found: Floats = (one[:, here] - one[:, there]) * (other[:, here] - other[:, there]) / 2
        return found

    whole, by_one, by_others = product(start, end), product(start, mixed), product(end, mixed)

    def at(w: Floats) -> dict[str, Floats]:
        total = np.maximum(w @ by_one, 0.0)
        # no part is larger than the whole, which few noisy blocks put too low
        variance = np.maximum(w @ whole, total.max(axis=1, keepdims=True))
        safe = np.where(variance > 0, variance, np.inf)
        first = np.maximum(variance - w @ by_others, 0.0)
        return {"first": np.minimum(first, variance) / safe, "total": total / safe}

    return interval(at, weights(len(y), resamples))


def changes(y: Floats) -> Floats:
    """Return what each input alone changes in each block; float64[N, R, D]."""
    found: Floats = (y[:, 1:-1] - y[:, :1]).transpose(0, 2, 1)
    return found
