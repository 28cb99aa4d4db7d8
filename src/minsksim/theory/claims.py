"""Claims on something too small for all: four ways to divide it."""

from __future__ import annotations

import numpy as np

from minsksim.domains.arguments import NOT_NEGATIVE, not_negative
from minsksim.domains.checked import checked
from minsksim.errors import UsageError


@checked(claims=not_negative("A"), estate=NOT_NEGATIVE)
def proportional(claims: np.ndarray, estate: float) -> np.ndarray:
    """Divide in proportion to the claims.

    Formula: x_a = E c_a / sum_b c_b.

    Parameters
    ----------
    claims : ndarray, shape (A,)
        c >= 0, what each is owed, in any unit.
    estate : float
        E in [0, sum c], what there is.

    Returns
    -------
    ndarray, shape (A,)
        Awards; they add up to the estate.

    Notes
    -----
    Source: aumann_maschler1985.

    Examples
    --------
    >>> proportional(np.array([100.0, 300.0]), 200.0)
    array([ 50., 150.])
    """
    _demand_claims(claims, estate)
    total = claims.sum()
    return np.zeros(len(claims)) if total == 0.0 else np.asarray(estate * claims / total)


@checked(claims=not_negative("A"), estate=NOT_NEGATIVE)
def equal_awards(claims: np.ndarray, estate: float) -> np.ndarray:
    """Give everybody the same, but nobody more than the claim: the Nash solution of the problem.

    Formula: x_a = min(c_a, t), with t such that sum_a x_a = E.

    Parameters
    ----------
    claims : ndarray, shape (A,)
        c >= 0, what each is owed, in any unit.
    estate : float
        E in [0, sum c], what there is.

    Returns
    -------
    ndarray, shape (A,)
        Awards; they add up to the estate.

    Notes
    -----
    Source: aumann_maschler1985; dagan_volij1993, that it is Nash's solution.

    Examples
    --------
    >>> equal_awards(np.array([100.0, 300.0, 300.0]), 400.0)
    array([100., 150., 150.])
    """
    _demand_claims(claims, estate)
    awards = np.zeros(len(claims))
    left = estate
    order = np.argsort(claims, kind="stable")
    for rank, a in enumerate(order):
        awards[a] = min(claims[a], left / (len(order) - rank))
        left -= awards[a]
    return awards


@checked(claims=not_negative("A"), estate=NOT_NEGATIVE)
def equal_losses(claims: np.ndarray, estate: float) -> np.ndarray:
    """Let everybody lose the same, but nobody more than the claim.

    Formula: x_a = c_a - y_a, with y the equal awards of the loss sum_a c_a - E.

    Parameters
    ----------
    claims : ndarray, shape (A,)
        c >= 0, what each is owed, in any unit.
    estate : float
        E in [0, sum c], what there is.

    Returns
    -------
    ndarray, shape (A,)
        Awards; they add up to the estate.

    Notes
    -----
    Source: aumann_maschler1985.

    Examples
    --------
    >>> equal_losses(np.array([100.0, 200.0, 300.0]), 200.0)
    array([  0.,  50., 150.])
    """
    _demand_claims(claims, estate)
    return np.asarray(claims - equal_awards(claims, float(claims.sum()) - estate))


@checked(claims=not_negative("A"), estate=NOT_NEGATIVE)
def talmud(claims: np.ndarray, estate: float) -> np.ndarray:
    """Divide so that every two claimants share what they get as the contested garment demands.

    Formula: equal awards on half the claims while E <= sum c / 2; beyond that, half the claims
    plus the equal losses of the other halves. It is the nucleolus of the game of claims.

    Parameters
    ----------
    claims : ndarray, shape (A,)
        c >= 0, what each is owed, in any unit.
    estate : float
        E in [0, sum c], what there is.

    Returns
    -------
    ndarray, shape (A,)
        Awards; they add up to the estate.

    Notes
    -----
    Source: aumann_maschler1985.

    Examples
    --------
    >>> talmud(np.array([100.0, 200.0, 300.0]), 200.0)
    array([50., 75., 75.])
    """
    _demand_claims(claims, estate)
    half = claims / 2.0
    if estate <= half.sum():
        return equal_awards(half, estate)
    return np.asarray(half + equal_losses(half, estate - float(half.sum())))


def _demand_claims(claims: np.ndarray, estate: float) -> None:
    if estate > claims.sum() * (1.0 + 1e-12):
        raise UsageError(f"There is {estate} to divide; it must be at most the sum of the claims.")
