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

        V = cov(a, b) over the points A and B
        total = mean((a_A - a_ABi) * (b_A - b_ABi)) / 2 / V
        first = mean(a_B * (b_ABi - b_A) + b_B * (a_ABi - a_A)) / 2 / V

    Draws of two halves are independent, so the variance that they alone make is in none of the
    products: the shares are those of the expected measure. Without draws ``a = b``, and these
    are the estimators of the literature. Shares are cut to 0 to 1, where true ones lie.

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
    Source: saltelli2010, the estimators as SALib has them; the product of halves is ours.
    """
    one, other = halves(y.transpose(0, 2, 1))
    ends = [0, -1]
    one, other = one - one[:, ends].mean(), other - other[:, ends].mean()
    changed = [half[:, 1:-1] - half[:, :1] for half in (one, other)]
    total = changed[0] * changed[1] / 2
    first = (one[:, -1:] * changed[1] + other[:, -1:] * changed[0]) / 2
    product = (one[:, ends] * other[:, ends]).mean(axis=1)
    means = one[:, ends].mean(axis=1), other[:, ends].mean(axis=1)

    def at(w: Floats) -> dict[str, Floats]:
        variance = (w @ product - (w @ means[0]) * (w @ means[1]))[:, None]
        safe = np.where(variance > 0, variance, np.inf)
        return {
            "first": np.clip((w @ first) / safe, 0.0, 1.0),
            "total": np.clip((w @ total) / safe, 0.0, 1.0),
        }

    return interval(at, weights(len(y), resamples))


def changes(y: Floats) -> Floats:
    """Return what each input alone changes in each block; float64[N, R, D]."""
    found: Floats = (y[:, 1:-1] - y[:, :1]).transpose(0, 2, 1)
    return found
