"""Voting power: how often a vote decides, which is not how heavy it is."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import comb

import numpy as np

from minsksim.domains.arguments import NOT_NEGATIVE, POSITIVE, list_of
from minsksim.domains.checked import checked
from minsksim.errors import UsageError


@checked(weights=list_of(NOT_NEGATIVE), quota=POSITIVE)
def shapley_shubik(weights: Sequence[float], quota: float) -> np.ndarray:
    """Return how often each voter turns a losing coalition into a winning one, by all orders.

    Formula: phi_i = sum over S without i, w(S) < q <= w(S) + w_i, of |S|! (A - |S| - 1)! / A!.

    Parameters
    ----------
    weights : sequence of float, length A
        w >= 0, votes of each.
    quota : float
        q, votes that win; in (0, sum w].

    Returns
    -------
    ndarray, shape (A,)
        Shares; they add up to 1.

    Raises
    ------
    UsageError
        If a weight is negative, or the quota cannot be reached or asks for nothing.

    Notes
    -----
    Source: shapley_shubik1954.

    Examples
    --------
    One vote of a hundred has as much power as forty-nine:

    >>> shapley_shubik([50, 49, 1], 51).round(6).tolist()
    [0.666667, 0.166667, 0.166667]
    """
    count = len(weights)
    swings = _swings_by_size(weights, quota)
    return np.array(
        [
            sum(times / (count * comb(count - 1, size)) for size, times in own.items())
            for own in swings
        ]
    )


@checked(weights=list_of(NOT_NEGATIVE), quota=POSITIVE)
def banzhaf_swings(weights: Sequence[float], quota: float) -> np.ndarray:
    """Return the number of coalitions in which each voter is critical.

    Formula: eta_i = number of S without i with w(S) < q <= w(S) + w_i.

    Parameters
    ----------
    weights : sequence of float, length A
        w >= 0, votes of each.
    quota : float
        q, votes that win; in (0, sum w].

    Returns
    -------
    ndarray of float, shape (A,)
        Counts; over 2^(A-1) they are the Banzhaf measure, over their sum the index.

    Raises
    ------
    UsageError
        If a weight is negative, or the quota cannot be reached or asks for nothing.

    Notes
    -----
    Source: banzhaf1965.

    Examples
    --------
    >>> banzhaf_swings([50, 49, 1], 51)
    array([3., 1., 1.])
    """
    return np.array([float(own.total()) for own in _swings_by_size(weights, quota)])


def _swings_by_size(weights: Sequence[float], quota: float) -> list[Counter[int]]:
    """Return for each voter in how many coalitions of each size it is critical."""
    votes = [_exact(weight) for weight in weights]
    needed = _exact(quota)
    if needed > sum(votes):
        raise UsageError(f"A quota of {quota} must be above 0 and within the sum of the votes.")
    swings = []
    for i, own in enumerate(votes):
        critical: Counter[int] = Counter()
        for (size, total), times in _coalitions(votes[:i] + votes[i + 1 :]).items():
            if total < needed <= total + own:
                critical[size] += times
        swings.append(critical)
    return swings


def _coalitions(votes: Sequence[Fraction]) -> Counter[tuple[int, Fraction]]:
    """Return how many coalitions there are of each size and number of votes."""
    found = Counter({(0, Fraction(0)): 1})
    for vote in votes:
        joined = Counter({(size + 1, total + vote): n for (size, total), n in found.items()})
        found += joined
    return found


def _exact(votes: float) -> Fraction:
    """Return votes as the decimal that was meant, so that 0.1 + 0.2 reaches a quota of 0.3."""
    return Fraction(votes).limit_denominator(10**9)
