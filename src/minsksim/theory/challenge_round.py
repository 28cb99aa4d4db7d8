"""One round of challenges: who gives way to whom, and how far.

What follows from the expected utilities of challenges. Which of several offers an actor accepts
is described in words only; here it is the one that moves it least.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from minsksim.domains.arguments import FUNCTION, not_negative, numbers, shares
from minsksim.domains.checked import checked
from minsksim.theory.expected_utility import challenge_worth, contest_chances, risk_exponents

Chances = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
"""Positions, weights and risk exponents to the chance that the row beats the column."""


@checked(
    positions=numbers("A"), salience=shares("A"), capability=not_negative("A"), chances=FUNCTION
)
def expected_utilities(
    positions: np.ndarray,
    salience: np.ndarray,
    capability: np.ndarray,
    chances: Chances = contest_chances,
) -> tuple[np.ndarray, np.ndarray]:
    """Return what every actor expects from challenging, and believes others to expect.

    Formula: own_ij = E(P_ij, d_ij, s_j, r_i) and seen_ij = E(P_ji, d_ij, s_i, r_i): an actor
    reckons for others with its own attitude to risk. The exponents r come from the same
    utilities at r = 1; then P is taken again at those r.

    Parameters
    ----------
    positions : ndarray, shape (A,)
        On the issue's scale; not all equal.
    salience : ndarray, shape (A,)
        s, in [0, 1].
    capability : ndarray, shape (A,)
        c >= 0.
    chances : callable
        ``contest_chances``, or ``contest_chances_of_all`` for comparison with public code.

    Returns
    -------
    tuple of ndarray, shape (A, A)
        Own and seen, utils: the row actor's view of a contest with the column actor.

    Notes
    -----
    Source: scholz_calbert_smith2011; bueno_de_mesquita1997, perceptions.

    Examples
    --------
    >>> at, salience, power = np.array([0.0, 10.0]), np.array([1.0, 0.5]), np.ones(2)
    >>> own, seen = expected_utilities(at, salience, power)
    >>> own.round(3).tolist(), seen.round(3).tolist()
    ([[0.0, 0.333], [0.162, 0.0]], [[0.0, -1.667], [2.162, 0.0]])
    """
    distance = np.abs(positions[:, None] - positions[None, :])
    distance = distance / distance.max()
    weights, neutral = capability * salience, np.ones(len(positions))
    even = chances(positions, weights, neutral)
    risk = risk_exponents(challenge_worth(even, distance, salience[None, :], neutral[:, None]))
    won = chances(positions, weights, risk)
    own = challenge_worth(won, distance, salience[None, :], risk[:, None])
    seen = challenge_worth(won.T, distance, salience[:, None], risk[:, None])
    return own, seen


@checked(positions=numbers("A"), own=numbers("A", "A"), seen=numbers("A", "A"))
def positions_after_round(positions: np.ndarray, own: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """Return everybody's position after one round of challenges.

    Formula: if seen_ij > own_ij > 0, i would move to x_j (it loses the confrontation); if
    seen_ij > 0 > own_ij, by (x_j - x_i) min(1, |own_ij / seen_ij|) (it compromises or
    capitulates). Of several moves an actor makes the smallest.

    Parameters
    ----------
    positions : ndarray, shape (A,)
        On the issue's scale.
    own, seen : ndarray, shape (A, A)
        From ``expected_utilities``, utils.

    Returns
    -------
    ndarray, shape (A,)
        On the issue's scale, between two positions held before.

    Notes
    -----
    Source: bueno_de_mesquita1997; scholz_calbert_smith2011. The public code prefers
    confrontations to compromises and ranks compromises otherwise; the papers ask for the least
    change.

    Examples
    --------
    >>> own = np.array([[0.0, 1.0], [-0.2, 0.0]])
    >>> seen = np.array([[0.0, 0.0], [0.4, 0.0]])
    >>> positions_after_round(np.array([0.0, 10.0]), own, seen).tolist()
    [0.0, 5.0]
    """
    gap = positions[None, :] - positions[:, None]
    loses = (seen > own) & (own > 0.0)
    yields = (seen > 0.0) & (own < 0.0)
    part = np.where(yields, np.minimum(1.0, np.abs(own) / np.where(yields, seen, 1.0)), 1.0)
    is_offer = (loses | yields) & (gap != 0.0)
    move = np.where(is_offer, gap * part, 0.0)
    size = np.where(is_offer, np.abs(move), np.inf)
    chosen = np.argmin(size, axis=1)
    return np.asarray(positions + move[np.arange(len(positions)), chosen])
