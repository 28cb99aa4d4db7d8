"""How much one actor likes another's positions: distance weighted by its own salience."""

from __future__ import annotations

import numpy as np

from minsksim.domains.arguments import not_negative, shares
from minsksim.domains.checked import checked
from minsksim.errors import UsageError


@checked(positions=shares("A", "I"), salience=not_negative("A", "I"))
def closeness(positions: np.ndarray, salience: np.ndarray) -> np.ndarray:
    """Return what every actor makes of every actor's positions, 1 for its own.

    Formula: u_ab = 1 - sqrt(sum_k (s_ak (x_ak - x_bk))**2) / sqrt(sum_k s_ak**2).

    Parameters
    ----------
    positions : ndarray, shape (A, I)
        x, as shares of each issue's scale, in [0, 1].
    salience : ndarray, shape (A, I)
        s >= 0; no row may be all 0.

    Returns
    -------
    ndarray, shape (A, A)
        In [0, 1]; the row actor values the column actor's positions, so it is not symmetric.

    Raises
    ------
    UsageError
        If an actor cares about nothing.

    Notes
    -----
    Source: wise_lester_efird2015, the utility of a position in the toolkit KTAB.

    Examples
    --------
    >>> at = np.array([[0.0, 0.0], [0.3, 0.4]])
    >>> closeness(at, np.array([[1.0, 1.0], [1.0, 0.0]])).round(3).tolist()
    [[1.0, 0.646], [0.7, 1.0]]
    """
    whole = np.sqrt((salience**2).sum(axis=1))
    if np.any(whole <= 0.0):
        raise UsageError("Every actor needs an issue with salience above 0.")
    apart = salience[:, None, :] * (positions[:, None, :] - positions[None, :, :])
    return np.asarray(1.0 - np.sqrt((apart**2).sum(axis=2)) / whole[:, None])
