"""Tables with any number of parties: the package, or mixture, best for whoever gains least."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog

from minsksim.domains.arguments import numbers
from minsksim.domains.checked import checked


@checked(points=numbers("N", "A"), disagreement=numbers("A"))
def least_gain(points: np.ndarray, disagreement: np.ndarray) -> np.ndarray:
    """Return what the party that gains least gains from every package.

    Formula: min_a (u_a - d_a); the egalitarian package has the highest.

    Parameters
    ----------
    points : ndarray, shape (N, A)
        Utils of every party in every package.
    disagreement : ndarray, shape (A,)
        d, utils without agreement.

    Returns
    -------
    ndarray, shape (N,)
        Utils; below 0 where a party would lose.

    Notes
    -----
    Source: kalai1977, on a finite set of packages.

    Examples
    --------
    >>> least_gain(np.array([[1.0, 0.2], [0.5, 0.6]]), np.array([0.1, 0.0]))
    array([0.2, 0.4])
    """
    return np.asarray((points - disagreement).min(axis=1))


@checked(points=numbers("N", "A"), disagreement=numbers("A"))
def least_relative_gain(points: np.ndarray, disagreement: np.ndarray) -> np.ndarray:
    """Return the least gain from every package, each party's as a share of its ideal gain.

    Formula: min_a (u_a - d_a) / (b_a - d_a), b_a the most that a gets from a package by which
    nobody loses; the Kalai-Smorodinsky package has the highest.

    Parameters
    ----------
    points : ndarray, shape (N, A)
        Utils of every party in every package.
    disagreement : ndarray, shape (A,)
        d, utils without agreement.

    Returns
    -------
    ndarray, shape (N,)
        Shares, at most 1; minus infinity if no package lets every party gain something.

    Notes
    -----
    Source: kalai_smorodinsky1975, on a finite set of packages.

    Examples
    --------
    >>> least_relative_gain(np.array([[4.0, 0.0], [2.0, 0.6], [0.0, 1.0]]), np.zeros(2))
    array([0. , 0.5, 0. ])
    """
    gains = points - disagreement
    acceptable = gains[(gains >= 0.0).all(axis=1)]
    if not len(acceptable) or np.any(acceptable.max(axis=0) == 0.0):
        return np.full(len(points), -np.inf)
    return np.asarray((gains / acceptable.max(axis=0)).min(axis=1))


@checked(points=numbers("N", "A"), disagreement=numbers("A"))
def max_min_mixture(points: np.ndarray, disagreement: np.ndarray) -> np.ndarray:
    """Return the mixture of packages that is best for whoever gains least.

    Formula: argmax min_a (sum_k p_k u_ka - d_a) over p >= 0, sum_k p_k = 1.

    Parameters
    ----------
    points : ndarray, shape (N, A)
        Utils of every party in every package.
    disagreement : ndarray, shape (A,)
        d, utils without agreement.

    Returns
    -------
    ndarray, shape (N,)
        p, probabilities of the packages.

    Notes
    -----
    Source: kalai1977, the egalitarian solution.

    Examples
    --------
    >>> [round(float(p), 6) for p in max_min_mixture(np.eye(2), np.array([0.1, 0.3]))]
    [0.4, 0.6]
    """
    count, parties = points.shape
    found = linprog(
        np.append(np.zeros(count), -1.0),
        A_ub=np.hstack([-(points - disagreement).T, np.ones((parties, 1))]),
        b_ub=np.zeros(parties),
        A_eq=np.append(np.ones(count), 0.0)[None, :],
        b_eq=[1.0],
        bounds=[(0.0, None)] * count + [(None, None)],
    )
    return np.maximum(np.asarray(found.x[:-1]), 0.0)
