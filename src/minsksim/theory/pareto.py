"""Efficient outcomes: those that nobody can be given more without taking from somebody."""

from __future__ import annotations

import numpy as np

from minsksim.domains.arguments import numbers
from minsksim.domains.checked import checked


@checked(points=numbers("N", "A"))
def is_efficient(points: np.ndarray) -> np.ndarray:
    """Return which outcomes are Pareto efficient.

    Formula: u is efficient if there is no v with v_a >= u_a for all a and v_a > u_a for some a.
    Equal outcomes are efficient together.

    Parameters
    ----------
    points : ndarray, shape (N, A)
        Utils, or any numbers in the order of each party's preference.

    Returns
    -------
    ndarray of bool, shape (N,)

    Notes
    -----
    Source: nash1950, the axiom of efficiency, on a finite set.

    Examples
    --------
    >>> is_efficient(np.array([[1.0, 0.0], [0.4, 0.4], [0.3, 0.4], [0.0, 1.0]])).tolist()
    [True, True, False, True]
    """
    different, place = np.unique(points, axis=0, return_inverse=True)
    if points.shape[1] == 2:
        # by rising first utility: efficient where the second tops all that come later
        later = np.maximum.accumulate(different[::-1, 1])[::-1]
        keeps = different[:, 1] > np.append(later[1:], -np.inf)
        return np.asarray(keeps[place.ravel()])
    left = np.arange(len(different))[np.argsort(-different.sum(axis=1), kind="stable")]
    keeps = np.zeros(len(different), dtype=bool)
    while len(left):
        best, left = left[0], left[1:]
        keeps[best] = True
        left = left[(different[left] > different[best]).any(axis=1)]
    return np.asarray(keeps[place.ravel()])
