"""Offers in turn along any frontier: what waiting would bring decides what is accepted now.

The first party proposes first. Whoever is asked compares the offer with refusing it: the talks
may break down, and then each is left with what it has elsewhere; or it proposes next, a round
later, which counts by its patience. ``theory/alternating_offers.py`` has the closed forms for a
pie.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import NOT_NEGATIVE, NUMBER, SHARE, pair, position, whole
from minsksim.domains.checked import checked
from minsksim.domains.kinds import Domain
from minsksim.domains.needs import CHAIN, FRONTIER, LOW_FIRST
from minsksim.rules.bargaining import first_reaching, last_keeping, value_at

HALVINGS = 80
"""Bisections of the frontier: more than a double number can tell apart."""

_TALKS: dict[str, Domain] = {
    "low": position("K"),
    "high": position("K"),
    "patience": pair(SHARE),
    "breakdown": SHARE,
    "outside": pair(NOT_NEGATIVE),
}
"""Between which positions offers lie, and what waiting for the next one brings each party."""


@checked(following=NUMBER, patience=SHARE, breakdown=SHARE, outside=NUMBER)
@jit
def worth_of_waiting(following: float, patience: float, breakdown: float, outside: float) -> float:
    """Return the least that a party accepts, given what it will get from its own next offer.

    Formula: max(r, q r + (1 - q) d v).

    Parameters
    ----------
    following : float
        v, utils that the next round brings the party.
    patience : float
        d, its discount factor per round, in [0, 1].
    breakdown : float
        q in [0, 1], probability that talks end after a refusal.
    outside : float
        r, utils the party has elsewhere, which it may also take up at once.

    Returns
    -------
    float
        Utils, at least r.

    Notes
    -----
    Source: rubinstein1982; the breakdown and the option to leave as in
    binmore_rubinstein_wolinsky1986.

    Examples
    --------
    >>> worth_of_waiting(0.5, 0.9, 0.0, 0.0), worth_of_waiting(0.5, 0.9, 0.0, 0.6)
    (0.45, 0.6)
    >>> worth_of_waiting(0.5, 1.0, 0.5, 0.3)
    0.4
    """
    return max(outside, breakdown * outside + (1.0 - breakdown) * patience * following)


@checked(
    *FRONTIER,
    **CHAIN,
    end=position("K"),
    position=position("K"),
    patience=pair(SHARE),
    breakdown=SHARE,
    outside=pair(NUMBER),
)
@jit
def asked_of_first(
    first: np.ndarray,
    second: np.ndarray,
    last: int,
    end: float,
    position: float,
    patience: tuple[float, float],
    breakdown: float,
    outside: tuple[float, float],
) -> float:
    """Return what the second party accepts, if the first's offers will always be ``position``.

    Formula: W2(V(y)) with U(y) = W1(U(x)), W the worth of waiting.

    Parameters
    ----------
    first, second : ndarray
        U and V at the vertices of a concave frontier, utils.
    last : int
        Index of the last vertex.
    end : float
        Position of the best offer for the second party that suits both.
    position : float
        x, where the first party's offer lies.
    patience : tuple of float
        Discount factors per round.
    breakdown : float
        Probability in [0, 1] that talks end after a refusal.
    outside : tuple of float
        What each has elsewhere, utils.

    Returns
    -------
    float
        Utils.

    Notes
    -----
    Source: rubinstein1982, the two conditions of a stationary equilibrium.

    Examples
    --------
    >>> u, v = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    >>> round(asked_of_first(u, v, 1, 1.0, 0.5, (0.9, 0.8), 0.0, (0.0, 0.0)), 6)
    0.44
    """
    kept = worth_of_waiting(value_at(first, position), patience[0], breakdown, outside[0])
    counter = min(last_keeping(first, last, kept), end)
    return worth_of_waiting(value_at(second, counter), patience[1], breakdown, outside[1])


@checked(
    *FRONTIER,
    LOW_FIRST,
    **CHAIN,
    **_TALKS,
)
@jit
def lasting_offer(
    first: np.ndarray,
    second: np.ndarray,
    last: int,
    low: float,
    high: float,
    patience: tuple[float, float],
    breakdown: float,
    outside: tuple[float, float],
) -> float:
    """Return the first party's offer when offers may alternate for ever.

    Formula: the x with V(x) = W2(V(y)) and U(y) = W1(U(x)), W the worth of waiting. On a pie
    without outside options this is U = (1 - d2) / (1 - d1 d2).

    Parameters
    ----------
    first, second : ndarray
        U and V at the vertices of a concave frontier, utils over no agreement.
    last : int
        Index of the last vertex.
    low, high : float
        Positions of the best offers of the first and the second party that suit both.
    patience : tuple of float
        Discount factors per round, in [0, 1].
    breakdown : float
        Probability in [0, 1] that talks end after a refusal.
    outside : tuple of float
        What each has elsewhere, utils, >= 0.

    Returns
    -------
    float
        A position.

    Notes
    -----
    Source: rubinstein1982; binmore_rubinstein_wolinsky1986; shaked_sutton1984.

    Examples
    --------
    >>> u, v = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    >>> x = lasting_offer(u, v, 1, 0.0, 1.0, (0.9, 0.8), 0.0, (0.0, 0.0))
    >>> round(value_at(u, x), 6)
    0.714286
    """
    end = high
    asked = asked_of_first(first, second, last, end, low, patience, breakdown, outside)
    if value_at(second, low) >= asked:
        return low
    for _ in range(HALVINGS):
        middle = low + (high - low) / 2.0
        asked = asked_of_first(first, second, last, end, middle, patience, breakdown, outside)
        if value_at(second, middle) >= asked:
            high = middle
        else:
            low = middle
    return high


@checked(
    *FRONTIER,
    LOW_FIRST,
    **CHAIN,
    **_TALKS,
    rounds=whole(1),
)
@jit
def offer_before_deadline(
    first: np.ndarray,
    second: np.ndarray,
    last: int,
    low: float,
    high: float,
    patience: tuple[float, float],
    breakdown: float,
    outside: tuple[float, float],
    rounds: int,
) -> float:
    """Return the first party's offer when talks end after some rounds.

    Formula: backward induction; in the last round the responder accepts r, in each before it
    the worth of waiting for its own next offer.

    Parameters
    ----------
    first, second : ndarray
        U and V at the vertices of a concave frontier, utils over no agreement.
    last : int
        Index of the last vertex.
    low, high : float
        Positions of the best offers of the first and the second party that suit both.
    patience : tuple of float
        Discount factors per round, in [0, 1].
    breakdown : float
        Probability in [0, 1] that talks end after a refusal.
    outside : tuple of float
        What each has elsewhere, utils, >= 0.
    rounds : int
        Offers that can be made, at least 1.

    Returns
    -------
    float
        A position.

    Notes
    -----
    Source: rubinstein1982, cut off after ``rounds`` and solved backwards. An offer is never
    worse for its maker than what it could get the other way round: it stays between the bounds.

    Examples
    --------
    >>> u, v, none = np.array([1.0, 0.0]), np.array([0.0, 1.0]), (0.0, 0.0)
    >>> x = [
    ...     offer_before_deadline(u, v, 1, 0.0, 1.0, (0.9, 0.8), 0.0, none, t)
    ...     for t in (1, 2, 3, 4)
    ... ]
    >>> [round(value_at(u, one), 6) for one in x]
    [1.0, 0.2, 0.92, 0.344]
    """
    position = low
    asked_first, asked_second = outside
    for number in range(rounds, 0, -1):
        if number % 2 == 1:
            position = min(max(first_reaching(second, last, asked_second), low), high)
            asked_first = worth_of_waiting(
                value_at(first, position), patience[0], breakdown, outside[0]
            )
        else:
            position = min(max(last_keeping(first, last, asked_first), low), high)
            asked_second = worth_of_waiting(
                value_at(second, position), patience[1], breakdown, outside[1]
            )
    return position
