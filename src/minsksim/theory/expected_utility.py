"""Expected utility of challenging somebody's position: contests, stakes and attitudes to risk.

These are the parts of Bueno de Mesquita's model that are published in full. Not published well
enough to reproduce: the weights Q and T of what happens without a challenge (Q = 1 here, so that
only the present state counts, as in the public code), how an actor chooses among equal offers,
and when bargaining stops. What that model is reported to have given cannot be recomputed from
these parts.
"""

from __future__ import annotations

import numpy as np

from minsksim.domains.arguments import not_negative, numbers, positive, shares
from minsksim.domains.checked import checked
from minsksim.errors import UsageError


@checked(positions=numbers("A"), weights=not_negative("A"), risk=positive("A"))
def contest_chances(positions: np.ndarray, weights: np.ndarray, risk: np.ndarray) -> np.ndarray:
    """Return the chance that one actor's position beats another's when both are voted on.

    Formula: P_ij = sum over k with v_k > 0 of v_k / sum_k |v_k|, with
    v_k = w_k (|x_k - x_j|**r_k - |x_k - x_i|**r_k), distances as shares of the range;
    1/2 between equal positions. P_ij + P_ji = 1.

    Parameters
    ----------
    positions : ndarray, shape (A,)
        x, on the issue's scale.
    weights : ndarray, shape (A,)
        w >= 0, capability times salience.
    risk : ndarray, shape (A,)
        r > 0, risk exponents; 1 is neutral.

    Returns
    -------
    ndarray, shape (A, A)
        Row beats column, in [0, 1].

    Notes
    -----
    Source: bueno_de_mesquita1997; scholz_calbert_smith2011. Public code
    divides by the votes of all pairs instead, after which P_ij + P_ji < 1.

    Examples
    --------
    >>> at, weight = np.array([0.0, 4.0, 10.0]), np.array([2.0, 2.0, 3.0])
    >>> contest_chances(at, weight, np.ones(3)).round(3).tolist()[1]
    [0.714, 0.5, 0.571]
    """
    votes = _votes(positions, weights, risk)
    whole = np.abs(votes).sum(axis=0)
    wins = np.maximum(votes, 0.0).sum(axis=0)
    return np.asarray(np.where(whole > 0.0, wins / np.where(whole > 0.0, whole, 1.0), 0.5))


@checked(positions=numbers("A"), weights=not_negative("A"), risk=positive("A"))
def contest_chances_of_all(
    positions: np.ndarray, weights: np.ndarray, risk: np.ndarray
) -> np.ndarray:
    """Return contest chances as public code has them: divided by the votes of every pair.

    Formula: P_ij = sum_k max(0, v_kij) / sum_k sum_a sum_b |v_kab|.

    Parameters
    ----------
    positions : ndarray, shape (A,)
        x, on the issue's scale; not all equal.
    weights : ndarray, shape (A,)
        w >= 0, capability times salience.
    risk : ndarray, shape (A,)
        r > 0, risk exponents; 1 is neutral.

    Returns
    -------
    ndarray, shape (A, A)
        Row beats column; small, and P_ij + P_ji < 1 with more than two actors.

    Raises
    ------
    UsageError
        If there is nothing to vote on.

    Notes
    -----
    Source: scholz_calbert_smith2011, as coded by its authors; kept for comparison with them.

    Examples
    --------
    >>> two = np.array([0.0, 10.0]), np.array([1.0, 3.0]), np.ones(2)
    >>> contest_chances_of_all(*two).tolist()
    [[0.0, 0.125], [0.375, 0.0]]
    """
    votes = _votes(positions, weights, risk)
    whole = float(np.abs(votes).sum())
    if whole <= 0.0:
        raise UsageError("All actors with weight hold one position: there is nothing to contest.")
    return np.asarray(np.maximum(votes, 0.0).sum(axis=0) / whole)


@checked(
    chance=shares("..."), distance=numbers("..."), resistance=shares("..."), risk=positive("...")
)
def challenge_worth(
    chance: np.ndarray, distance: np.ndarray, resistance: np.ndarray, risk: np.ndarray
) -> np.ndarray:
    """Return what a challenger expects from a challenge, over leaving things as they are.

    Formula: E = s (P U_s + (1 - P) U_f) + (1 - s) U_s - U_q, with U_s = 2 - 4 (1/2 - d/2)**r,
    U_f = 2 - 4 (1/2 + d/2)**r and U_q = 2 - 4 (1/2)**r.

    Parameters
    ----------
    chance : ndarray
        P, that the challenger wins if resisted, in [0, 1].
    distance : ndarray
        d, between the two positions, as a share of the range of positions.
    resistance : ndarray
        s, salience of the challenged: the chance that it resists, in [0, 1].
    risk : ndarray
        r > 0, risk exponent of whoever does the reckoning; below 1 it seeks risk.

    Returns
    -------
    ndarray
        Utils, in [-4, 4]; the arguments' common shape.

    Notes
    -----
    Source: scholz_calbert_smith2011; bueno_de_mesquita1997, with Q = 1.

    Examples
    --------
    >>> half, whole = np.array(0.5), np.array(1.0)
    >>> float(challenge_worth(half, whole, half, whole))
    1.0
    """
    success = 2.0 - 4.0 * (0.5 - 0.5 * distance) ** risk
    failure = 2.0 - 4.0 * (0.5 + 0.5 * distance) ** risk
    present = 2.0 - 4.0 * 0.5**risk
    fought = chance * success + (1.0 - chance) * failure
    return np.asarray(resistance * fought + (1.0 - resistance) * success - present)


@checked(worth=numbers("A", "A"))
def risk_exponents(worth: np.ndarray) -> np.ndarray:
    """Return every actor's risk exponent, from how much others would gain by challenging it.

    Formula: r_i = (1 - R_i / 3) / (1 + R_i / 3), R_i = (2 D_i - max D - min D) / (max D - min D),
    D_i = sum_{j != i} E_ji; 1 for everybody if all D are equal.

    Parameters
    ----------
    worth : ndarray, shape (A, A)
        E, what the row expects from challenging the column, utils, at risk exponent 1.

    Returns
    -------
    ndarray, shape (A,)
        From 1/2, for the actor in most danger, to 2, for the safest.

    Notes
    -----
    Source: bueno_de_mesquita1997; scholz_calbert_smith2011, security compared across actors.

    Examples
    --------
    >>> worth = np.array([[0.0, 3.0, 0.0], [1.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    >>> risk_exponents(worth).round(6).tolist()
    [1.0, 0.5, 2.0]
    """
    danger = worth.sum(axis=0) - np.diag(worth)
    span = float(danger.max() - danger.min())
    if span <= 0.0:
        return np.ones(len(danger))
    lean = (2.0 * danger - danger.max() - danger.min()) / span / 3.0
    return np.asarray((1.0 - lean) / (1.0 + lean))


def _votes(positions: np.ndarray, weights: np.ndarray, risk: np.ndarray) -> np.ndarray:
    """Return the votes of k for the position of i over that of j, shape (k, i, j)."""
    span = float(positions.max() - positions.min())
    distance = np.abs(positions[:, None] - positions[None, :]) / (span if span > 0.0 else 1.0)
    loss = distance ** risk[:, None]
    return np.asarray(weights[:, None, None] * (loss[:, None, :] - loss[:, :, None]))
