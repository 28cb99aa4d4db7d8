"""Landscapes of alignment: which camps form when everybody has friends and foes."""

from __future__ import annotations

import numpy as np

from minsksim.domains import limits
from minsksim.domains.arguments import not_negative, numbers, wholes
from minsksim.domains.checked import checked


@checked(
    camps=wholes("A", limit=limits.ANY), strength=not_negative("A"), propensity=numbers("A", "A")
)
def landscape_energy(camps: np.ndarray, strength: np.ndarray, propensity: np.ndarray) -> float:
    """Return how much a division into camps leaves unsatisfied; lower is more stable.

    Formula: E = sum over ordered pairs (i, j) in different camps of S_i S_j p_ij.

    Parameters
    ----------
    camps : ndarray of int, shape (A,)
        The camp of each actor.
    strength : ndarray, shape (A,)
        S >= 0.
    propensity : ndarray, shape (A, A)
        p, how much the row would like to be with the column; below 0, apart. The diagonal does
        not count.

    Returns
    -------
    float
        In units of strength squared times propensity.

    Notes
    -----
    Source: axelrod_bennett1993, energy of a configuration.

    Examples
    --------
    >>> friends = np.array([[0.0, 1.0, -2.0], [1.0, 0.0, 0.0], [-2.0, 0.0, 0.0]])
    >>> landscape_energy(np.array([0, 0, 1]), np.array([1.0, 1.0, 3.0]), friends)
    -12.0
    """
    apart = camps[:, None] != camps[None, :]
    pull = strength[:, None] * strength[None, :] * propensity
    return float(pull[apart].sum())


@checked(
    camps=wholes("A", limit=limits.SHARE), strength=not_negative("A"), propensity=numbers("A", "A")
)
def is_local_minimum(camps: np.ndarray, strength: np.ndarray, propensity: np.ndarray) -> bool:
    """Return whether no single actor lowers the energy by crossing to the other of two camps.

    Formula: E(X') >= E(X) for each X' that differs from X by one actor's camp.

    Parameters
    ----------
    camps : ndarray of int, shape (A,)
        Two camps, written 0 and 1.
    strength : ndarray, shape (A,)
        S >= 0.
    propensity : ndarray, shape (A, A)
        p, as in ``landscape_energy``.

    Returns
    -------
    bool
        Whether the division holds against moves by one.

    Notes
    -----
    Source: axelrod_bennett1993, stable configurations.

    Examples
    --------
    >>> friends = np.array([[0.0, 1.0, -2.0], [1.0, 0.0, 0.0], [-2.0, 0.0, 0.0]])
    >>> even = np.ones(3)
    >>> [is_local_minimum(np.array(c), even, friends) for c in ([0, 0, 1], [0, 1, 1])]
    [True, False]
    """
    energy = landscape_energy(camps, strength, propensity)
    for actor in range(len(camps)):
        crossed = camps.copy()
        crossed[actor] = 1 - crossed[actor]
        if landscape_energy(crossed, strength, propensity) < energy:
            return False
    return True
