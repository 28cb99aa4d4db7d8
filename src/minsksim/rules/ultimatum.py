"""An ultimatum to somebody whose reservation is not known: more for oneself, or more surely."""

from __future__ import annotations

from minsksim.errors import UsageError


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
    if lowest > highest:
        raise UsageError("The lowest reservation must not exceed the highest; exchange them.")
    if lowest == highest:
        return float(offer >= lowest)
    return min(max((offer - lowest) / (highest - lowest), 0.0), 1.0)


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
    if lowest > highest:
        raise UsageError("The lowest reservation must not exceed the highest; exchange them.")
    return min(max((surplus + lowest) / 2.0, lowest), highest)
