"""Threats as bargaining power: what each could do to the other moves the split, unused."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog

from minsksim.domains.arguments import numbers
from minsksim.domains.checked import Need, checked

_SOME_ACT = Need(lambda game: game.size > 0, "there must be at least one number")
_SOME_ACTS = Need(lambda first: first.size > 0, "there must be at least one number")


@checked(_SOME_ACT, game=numbers("rows", "columns"))
def minimax(game: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the value of a zero-sum game and the row party's optimal mixture.

    Formula: max v subject to sum_i p_i G_ij >= v for every column j, sum_i p_i = 1, p >= 0.

    Parameters
    ----------
    game : ndarray, shape (rows, columns)
        G_ij, what the column party pays the row party.

    Returns
    -------
    float
        v, the value.
    ndarray, shape (rows,)
        p, probabilities of the rows.

    Notes
    -----
    Source: nash1953, optimal threats of a game with transferable utility.

    Examples
    --------
    >>> value, mixture = minimax(np.array([[4.0, -4.0], [2.0, 3.0]]))
    >>> round(value, 6), [round(float(p), 6) for p in mixture]
    (2.222222, [0.111111, 0.888889])
    """
    rows, columns = game.shape
    found = linprog(
        np.append(np.zeros(rows), -1.0),
        A_ub=np.hstack([-game.T, np.ones((columns, 1))]),
        b_ub=np.zeros(columns),
        A_eq=np.append(np.ones(rows), 0.0)[None, :],
        b_eq=[1.0],
        bounds=[(0.0, None)] * rows + [(None, None)],
    )
    return float(found.x[-1]), np.asarray(found.x[:-1])


@checked(_SOME_ACTS, first=numbers("rows", "columns"), second=numbers("rows", "columns"))
def split_by_threats(first: np.ndarray, second: np.ndarray) -> tuple[float, float]:
    """Return what two parties get who can commit to threats and can pay each other.

    Formula: u = (sigma + v) / 2 and (sigma - v) / 2, with sigma = max_ij (A_ij + B_ij) and v the
    minimax value of A - B.

    Parameters
    ----------
    first, second : ndarray, shape (rows, columns)
        A and B, utils of both for each pair of acts, in a unit in which they can pay each other.

    Returns
    -------
    tuple of float
        Utils of both; they add up to sigma.

    Notes
    -----
    Source: nash1953; kalai_kalai2013, the coco value.

    Examples
    --------
    >>> a, b = np.array([[6.0, 0.0], [2.0, 4.0]]), np.array([[2.0, 4.0], [0.0, 1.0]])
    >>> [round(u, 6) for u in split_by_threats(a, b)]
    [5.111111, 2.888889]
    """
    most = float((first + second).max())
    lead, _ = minimax(first - second)
    return (most + lead) / 2.0, (most - lead) / 2.0
