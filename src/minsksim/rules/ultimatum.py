"""An ultimatum to somebody whose reservation is not known: more for oneself, or more surely."""

from __future__ import annotations

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import NOT_NEGATIVE, NUMBER, numbers, position
from minsksim.domains.checked import Need, checked
from minsksim.domains.needs import LOW_FIRST
from minsksim.rules.arithmetic import logistic
from minsksim.rules.bargaining import value_at

HALVINGS = 60
"""Bisections inside an edge of the frontier."""


_ORDERED = Need(
    lambda lowest, highest: lowest <= highest,
    "the lowest reservation must not exceed the highest; exchange them",
)


@checked(_ORDERED, offer=NUMBER, lowest=NUMBER, highest=NUMBER)
def chance_of_acceptance(offer: float, lowest: float, highest: float) -> float:
    """Return the probability that an offer reaches the responder's reservation.

    Formula: F(y) = (y - l) / (h - l), cut to [0, 1]; a reservation known to be l = h is reached
    from y = l on.

    Parameters
    ----------
    offer : float
        y, what the responder is given, utils.
    lowest, highest : float
        The reservation lies evenly between l and h, utils, l <= h.

    Returns
    -------
    float
        A probability.

    Notes
    -----
    Source: fearon1995, private information about the costs of conflict, drawn evenly.

    Examples
    --------
    >>> chance_of_acceptance(0.25, 0.0, 1.0)
    0.25
    """
    if lowest == highest:
        return float(offer >= lowest)
    return min(max((offer - lowest) / (highest - lowest), 0.0), 1.0)


@checked(_ORDERED, surplus=NUMBER, lowest=NUMBER, highest=NUMBER)
def best_offer(surplus: float, lowest: float, highest: float) -> float:
    """Return the offer that is best for a proposer who does not know the reservation.

    Formula: argmax (S - y) F(y) = (S + l) / 2, cut to [l, h]: a buyer's price against an even
    supply. If S <= l nothing can be gained and l is returned.

    Parameters
    ----------
    surplus : float
        S, what both share beyond what the proposer has after a refusal, utils.
    lowest, highest : float
        The reservation lies evenly between l and h, utils, l <= h.

    Returns
    -------
    float
        What the responder is given, utils.

    Notes
    -----
    Source: fearon1995, risk-return trade-off of a take-it-or-leave-it offer.

    Examples
    --------
    Half of the pie, minus half of what is uncertain beyond the proposer's cost: with p = 0.5, own
    cost 0.1 and the opponent's cost even on [0, 0.4] the demand is p + 0.15.

    >>> offer = best_offer(1.0 - (0.5 - 0.1), 0.5 - 0.4, 0.5)
    >>> round(1.0 - offer - 0.5, 6), round(1.0 - chance_of_acceptance(offer, 0.1, 0.5), 6)
    (0.15, 0.375)
    """
    return min(max((surplus + lowest) / 2.0, lowest), highest)


@checked(
    LOW_FIRST,
    first=numbers(">K"),
    second=numbers(">K"),
    low=position("K"),
    high=position("K"),
    reservation=NUMBER,
    rationality=NOT_NEGATIVE,
)
@jit
def uncertain_offer(
    first: np.ndarray,
    second: np.ndarray,
    low: float,
    high: float,
    reservation: float,
    rationality: float,
) -> float:
    """Return the position that a proposer offers who knows the responder only up to a logit.

    Formula: argmax U / (1 + exp(-lambda (V - r))) between two positions; inside an edge
    U' / U + lambda V' exp(-x) / (1 + exp(-x)) = 0 with x = lambda (V - r).

    Parameters
    ----------
    first, second : ndarray
        U and V at the vertices of a concave frontier, utils over no agreement.
    low, high : float
        Positions of the best and the worst offer for the first party that suit both.
    reservation : float
        r, least gain for which the responder may sign, utils.
    rationality : float
        lambda >= 0, the responder's, per util; 0 is a coin toss whatever is offered.

    Returns
    -------
    float
        A position.

    Notes
    -----
    Source: mckelvey_palfrey1995, logit acceptance; fearon1995, the risk-return trade-off. The
    product is log-concave along a concave frontier, so its slope changes sign once.

    Examples
    --------
    More is left to a responder whose choices answer to it:

    >>> u, v = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    >>> [round(uncertain_offer(u, v, 0.0, 1.0, 0.0, x), 4) for x in (0.0, 4.0, 1000.0)]
    [0.0, 0.198, 0.0069]
    """
    k = int(low)
    while k < high:
        start, end = max(low, float(k)), min(high, k + 1.0)
        fall, rise = first[k] - first[k + 1], second[k + 1] - second[k]
        for half in range(HALVINGS + 1):
            middle = end if half == 0 else start + (end - start) / 2.0
            own = value_at(first, middle)
            doubt = logistic(-rationality * (value_at(second, middle) - reservation))
            is_rising = own > 0.0 and rationality * rise * doubt * own >= fall
            if half == 0 and is_rising:
                break
            if is_rising:
                start = middle
            elif half > 0:
                end = middle
        if not is_rising or half > 0:
            return start
        k += 1
    return high
