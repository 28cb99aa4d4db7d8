"""The weighted median: the position that no other position beats, and how close the call is."""

from __future__ import annotations

import numpy as np

from minsksim.domains.arguments import not_negative, numbers
from minsksim.domains.checked import checked
from minsksim.errors import UsageError

_EVEN = 1e-12
"""Shares of the weight that differ by less are equal."""


@checked(positions=numbers("A"), weights=not_negative("A"))
def weighted_median(positions: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """Return the weighted median, and the share of the weight for it in its closest vote.

    Formula: the lowest x_m with sum_{x_a <= x_m} w_a >= sum_a w_a / 2. Against what lies above
    it has the weight at or below, against what lies below the weight at or above; the smaller of
    the two shares, just over one half, says that a little less weight makes the median jump.

    Parameters
    ----------
    positions : ndarray, shape (A,)
        On the issue's scale.
    weights : ndarray, shape (A,)
        w_a >= 0, usually capability times salience; not all 0.

    Returns
    -------
    tuple of float
        A position of some actor, and a share in [0.5, 1].

    Raises
    ------
    UsageError
        If no actor has weight.

    Notes
    -----
    Source: black1948, the median as the winner of every vote.

    Examples
    --------
    >>> weighted_median(np.array([10.0, 0.0, 4.0]), np.array([3.0, 2.0, 2.0]))
    (4.0, 0.5714285714285714)
    """
    total = float(weights.sum())
    if total <= 0.0:
        raise UsageError("The median needs an actor with capability and salience above 0.")
    order = np.argsort(positions, kind="stable")
    shares = np.cumsum(weights[order]) / total
    place = int(np.argmax(shares >= 0.5 - _EVEN))
    middle = positions[order][place]
    sides = (weights[positions <= middle].sum(), weights[positions >= middle].sum())
    return float(middle), float(min(sides) / total)


@checked(positions=numbers("A"), weights=not_negative("A"), options=numbers("O"))
def net_support(positions: np.ndarray, weights: np.ndarray, options: np.ndarray) -> np.ndarray:
    """Return the votes for one option less those for another, for every pair of options.

    Formula: v_jk = sum_a w_a (|x_a - o_k| - |x_a - o_j|) / (max x - min x); 0 if all agree.

    Parameters
    ----------
    positions : ndarray, shape (A,)
        x_a, on the issue's scale.
    weights : ndarray, shape (A,)
        w_a >= 0, usually capability times salience.
    options : ndarray, shape (O,)
        What is voted on, on the same scale.

    Returns
    -------
    ndarray, shape (O, O)
        In units of weight; antisymmetric.

    Notes
    -----
    Source: bueno_de_mesquita1994, votes weighted by what is at stake.

    Examples
    --------
    >>> at, weight = np.array([0.0, 4.0, 10.0]), np.array([2.0, 2.0, 3.0])
    >>> net_support(at, weight, at).round(6).tolist()[1]
    [1.2, 0.0, 0.6]
    """
    span = float(positions.max() - positions.min())
    distance = np.abs(positions[:, None] - options[None, :])
    loss = weights @ distance / (span if span > 0.0 else 1.0)
    return np.asarray(loss[None, :] - loss[:, None])


@checked(positions=numbers("A"), weights=not_negative("A"))
def condorcet_winner(positions: np.ndarray, weights: np.ndarray) -> float:
    """Return the position that loses no pairwise contest; the lowest where several tie.

    Formula: the lowest x_j with v_jk >= 0 for every position x_k. Losses grow with distance, so
    one always exists: it is the weighted median.

    Parameters
    ----------
    positions : ndarray, shape (A,)
        On the issue's scale.
    weights : ndarray, shape (A,)
        >= 0, usually capability times salience; not all 0.

    Returns
    -------
    float
        A position of some actor.

    Raises
    ------
    UsageError
        If no actor has weight.

    Notes
    -----
    Source: black1948; bueno_de_mesquita1994, for the votes.

    Examples
    --------
    >>> condorcet_winner(np.array([10.0, 0.0, 4.0]), np.array([3.0, 2.0, 2.0]))
    4.0
    """
    if weights.sum() <= 0.0:
        raise UsageError("A vote needs an actor with capability and salience above 0.")
    options = np.unique(positions)
    votes = net_support(positions, weights, options)
    unbeaten = np.all(votes >= -_EVEN * weights.sum(), axis=1)
    return float(options[np.argmax(unbeaten)])
