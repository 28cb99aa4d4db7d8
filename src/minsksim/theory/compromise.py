"""The compromise: a group ends where its positions balance, weighted by power and by concern.

The simplest of the models of collective decisions, and among those that err least on decisions
of the European Union. It has no bargaining in it, so it is the bar for models that do.
"""

from __future__ import annotations

import numpy as np

from minsksim.domains.arguments import not_negative, numbers
from minsksim.domains.checked import checked
from minsksim.errors import UsageError


@checked(positions=numbers("A", "M"), salience=not_negative("A", "M"), capability=not_negative("A"))
def compromise(positions: np.ndarray, salience: np.ndarray, capability: np.ndarray) -> np.ndarray:
    """Return where each issue ends: the mean position, weighted by capability and salience.

    Formula: O_m = sum_a c_a s_am x_am / sum_a c_a s_am.

    Parameters
    ----------
    positions : ndarray, shape (A, M)
        x_am, position of each actor on each issue, on the issue's scale.
    salience : ndarray, shape (A, M)
        s_am >= 0, how much the issue matters to the actor.
    capability : ndarray, shape (A,)
        c_a >= 0.

    Returns
    -------
    ndarray, shape (M,)
        The compromise on each issue, inside the range of the positions.

    Notes
    -----
    Source: stokman_van_oosten1994; achen2006, as an approximation of Nash bargaining.

    Examples
    --------
    >>> compromise(np.array([[0.0], [100.0]]), np.array([[1.0], [0.5]]), np.array([1.0, 2.0]))
    array([50.])
    """
    weight = capability[:, None] * salience
    total = weight.sum(axis=0)
    if np.any(total <= 0.0):
        raise UsageError("Every issue needs an actor with capability and salience above 0.")
    return np.asarray((weight * positions).sum(axis=0) / total)
