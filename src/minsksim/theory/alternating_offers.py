"""Alternating offers: parties propose in turn how to share a pie of one, and waiting costs.

All shares are of whoever proposes first. In every one of these games the first offer is accepted,
because it leaves the other exactly what waiting would bring.
"""

from __future__ import annotations

from math import expm1

from minsksim.domains.arguments import NOT_NEGATIVE, POSITIVE, SHARE, SHARE_ABOVE_0, whole
from minsksim.domains.checked import checked
from minsksim.errors import UsageError


@checked(patience_first=SHARE, patience_second=SHARE)
def first_share(patience_first: float, patience_second: float) -> float:
    """Return the first proposer's share when offers may alternate for ever.

    Formula: x = (1 - d2) / (1 - d1 d2).

    Parameters
    ----------
    patience_first, patience_second : float
        Discount factors per round, in [0, 1]; not both 1.

    Returns
    -------
    float
        Share of the pie in [0, 1].

    Notes
    -----
    Source: rubinstein1982, the unique subgame-perfect equilibrium.

    Examples
    --------
    >>> round(first_share(0.9, 0.8), 6)
    0.714286
    """
    if patience_first * patience_second == 1.0:
        raise UsageError("Two parties that wait for nothing never settle; lower one patience.")
    return (1.0 - patience_second) / (1.0 - patience_first * patience_second)


@checked(patience_first=SHARE, patience_second=SHARE, rounds=whole(1))
def first_share_by_deadline(patience_first: float, patience_second: float, rounds: int) -> float:
    """Return the first proposer's share when talks end after a number of rounds.

    Formula: y_1 = 1, y_t = 1 - d y_{t-1} with t rounds left and d the responder's factor; after
    the last round both get nothing, so the last proposer takes all.

    Parameters
    ----------
    patience_first, patience_second : float
        Discount factors per round, in [0, 1].
    rounds : int
        Offers that can be made, at least 1.

    Returns
    -------
    float
        Share of the pie in [0, 1].

    Notes
    -----
    Source: rubinstein1982, cut off after ``rounds`` and solved backwards.

    Examples
    --------
    >>> [round(first_share_by_deadline(0.9, 0.8, rounds), 4) for rounds in (1, 2, 3, 4, 5)]
    [1.0, 0.2, 0.92, 0.344, 0.8624]
    """
    share = 1.0
    for number in range(rounds - 1, 0, -1):
        responder = patience_second if number % 2 == 1 else patience_first
        share = 1.0 - responder * share
    return share


@checked(rate_first=POSITIVE, rate_second=POSITIVE, pause=NOT_NEGATIVE)
def first_share_at_pause(rate_first: float, rate_second: float, pause: float) -> float:
    """Return the first proposer's share when a pause lies between two offers.

    Formula: x = (1 - exp(-r2 D)) / (1 - exp(-(r1 + r2) D)); r2 / (r1 + r2) as D -> 0.

    Parameters
    ----------
    rate_first, rate_second : float
        Discount rates per unit of time, > 0.
    pause : float
        D >= 0, time between an offer and the counter-offer.

    Returns
    -------
    float
        Share of the pie in (0, 1).

    Notes
    -----
    Source: binmore_rubinstein_wolinsky1986, the limit of quick offers.

    Examples
    --------
    >>> [round(first_share_at_pause(0.1, 0.05, pause), 6) for pause in (1.0, 0.1, 0.0)]
    [0.350132, 0.335001, 0.333333]
    """
    if pause == 0.0:
        return rate_second / (rate_first + rate_second)
    return expm1(-rate_second * pause) / expm1(-(rate_first + rate_second) * pause)


@checked(cost_first=SHARE_ABOVE_0, cost_second=SHARE_ABOVE_0)
def first_share_at_fixed_costs(cost_first: float, cost_second: float) -> float:
    """Return the first proposer's share when each round costs a fixed amount.

    Formula: x = 1 if c1 < c2; c2 if c1 > c2. Equal costs leave every share from c to 1 in
    equilibrium; the least of them is returned.

    Parameters
    ----------
    cost_first, cost_second : float
        Cost of a round, in pies, in (0, 1].

    Returns
    -------
    float
        Share of the pie in (0, 1].

    Notes
    -----
    Source: rubinstein1982, fixed bargaining costs.

    Examples
    --------
    >>> first_share_at_fixed_costs(0.1, 0.2), first_share_at_fixed_costs(0.2, 0.1)
    (1.0, 0.1)
    """
    return 1.0 if cost_first < cost_second else cost_second


@checked(patience_first=SHARE, patience_second=SHARE, option=SHARE)
def first_share_with_outside_option(
    patience_first: float, patience_second: float, option: float
) -> float:
    """Return the first proposer's share when the responder can leave for something else.

    Formula: x = 1 - max(d2 (1 - d1) / (1 - d1 d2), s2). An option that is worth less than what
    the talks bring changes nothing.

    Parameters
    ----------
    patience_first, patience_second : float
        Discount factors per round, in [0, 1]; not both 1.
    option : float
        s2 in [0, 1], what the responder gets by refusing and leaving at once.

    Returns
    -------
    float
        Share of the pie in [0, 1].

    Notes
    -----
    Source: shaked_sutton1984; binmore_rubinstein_wolinsky1986.

    Examples
    --------
    >>> [round(first_share_with_outside_option(0.9, 0.9, s), 6) for s in (0.0, 0.4, 0.6)]
    [0.526316, 0.526316, 0.4]
    """
    return min(first_share(patience_first, patience_second), 1.0 - option)


@checked(chance=SHARE, fallback_first=NOT_NEGATIVE, fallback_second=NOT_NEGATIVE)
def first_share_under_breakdown(
    chance: float, fallback_first: float, fallback_second: float
) -> float:
    """Return the first proposer's share when each refusal may end the talks.

    Formula: x = (q (1 - b2) + (1 - q) q b1) / (1 - (1 - q)**2); the even Nash split of the
    surplus over (b1, b2) as q -> 0.

    Parameters
    ----------
    chance : float
        q in [0, 1], probability that talks break down after a refusal.
    fallback_first, fallback_second : float
        (b1, b2) >= 0, what each has after a breakdown, in pies; at most 1 together.

    Returns
    -------
    float
        Share of the pie in [b1, 1 - b2].

    Notes
    -----
    Source: binmore_rubinstein_wolinsky1986, exogenous risk of breakdown.

    Examples
    --------
    >>> [round(first_share_under_breakdown(q, 0.1, 0.3), 6) for q in (0.5, 0.1, 0.01, 0.0)]
    [0.5, 0.415789, 0.401508, 0.4]
    """
    if fallback_first + fallback_second > 1.0:
        raise UsageError("What both have after a breakdown must be at most the pie.")
    # numerator and denominator share a factor q, left out so that q = 0 is the limit
    return (1.0 - fallback_second + (1.0 - chance) * fallback_first) / (2.0 - chance)
