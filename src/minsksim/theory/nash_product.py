"""Tables with any number of parties: the Nash product over packages, or over mixtures of them."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from minsksim.domains.arguments import numbers, positive
from minsksim.domains.checked import checked
from minsksim.theory.max_min import max_min_mixture

_STEPS = 20_000
_GAP = 1e-13
"""Largest first-order improvement of the mean log gain that is left."""


@checked(points=numbers("N", "A"), disagreement=numbers("A"), weights=positive("A"))
def nash_product(points: np.ndarray, disagreement: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weighted Nash product of every package; 0 where a party would lose.

    Formula: prod_a (u_a - d_a)**w_a.

    Parameters
    ----------
    points : ndarray, shape (N, A)
        Utils of every party in every package.
    disagreement : ndarray, shape (A,)
        d, utils without agreement.
    weights : ndarray, shape (A,)
        w > 0, bargaining weights; all 1 is Nash's product.

    Returns
    -------
    ndarray, shape (N,)
        Products, >= 0.

    Notes
    -----
    Source: nash1950; harsanyi1963, for more than two parties.

    Examples
    --------
    >>> nash_product(np.array([[2.0, 3.0, 1.0], [9.0, 9.0, -1.0]]), np.zeros(3), np.ones(3))
    array([6., 0.])
    """
    gains = np.maximum(points - disagreement, 0.0)
    return np.asarray(np.prod(gains**weights, axis=1))


@checked(points=numbers("N", "A"), disagreement=numbers("A"), weights=positive("A"))
def nash_mixture(
    points: np.ndarray, disagreement: np.ndarray, weights: np.ndarray
) -> np.ndarray | None:
    """Return the mixture of packages with the highest Nash product.

    Formula: argmax sum_a w_a ln(sum_k p_k u_ka - d_a) over p >= 0, sum_k p_k = 1. From the
    mixture that is best for whoever gains least, probability moves from the worst package in use
    to the best, by the marginal worth sum_a w_a u_ka / g_a, until no move helps.

    Parameters
    ----------
    points : ndarray, shape (N, A)
        Utils of every party in every package.
    disagreement : ndarray, shape (A,)
        d, utils without agreement.
    weights : ndarray, shape (A,)
        w > 0, bargaining weights; all equal is Nash's product.

    Returns
    -------
    ndarray, shape (N,), or None
        p, probabilities of the packages; None if no mixture is better than no agreement for all.

    Notes
    -----
    Source: nash1950; harsanyi1963, for more than two parties.

    Examples
    --------
    >>> [round(float(p), 6) for p in nash_mixture(np.eye(3), np.array([0.0, 0.0, 0.4]), np.ones(3))]
    [0.2, 0.2, 0.6]
    """
    gains = points - disagreement
    mixture = max_min_mixture(points, disagreement)
    if np.any(mixture @ gains <= 0.0):
        return None
    share = weights / weights.sum()
    for _ in range(_STEPS):
        worth = gains @ (share / (mixture @ gains))
        used = np.flatnonzero(mixture > 0.0)
        worst, best = used[np.argmin(worth[used])], int(np.argmax(worth))
        if worth[best] - worth[worst] <= _GAP:
            break
        step = _step(mixture @ gains, gains[best] - gains[worst], share, mixture[worst])
        mixture[best] += step
        mixture[worst] -= step
    return mixture


def _step(gains: np.ndarray, change: np.ndarray, share: np.ndarray, most: float) -> float:
    """Return how much probability to move: the whole, or where the mean log gain stops rising."""

    def _slope(step: float) -> float:
        return float((share * change / (gains + step * change)).sum())

    falls = change < 0.0
    limit = min(most, float((gains[falls] / -change[falls]).min())) if falls.any() else most
    if limit == most and np.all(gains + most * change > 0.0) and _slope(most) >= 0.0:
        return most
    return float(brentq(_slope, 0.0, limit * (1.0 - 1e-15), xtol=1e-16))
