"""Kidnapping as a game: why a captor's threat works although carrying it out gains nothing.

The model shows how such a threat works so that it can be understood and countered. Its numbers
are the payer's concessions and the payer's loss, never the worth of a person.
"""

from minsksim.domains.arguments import NOT_NEGATIVE, POSITIVE, SHARE
from minsksim.domains.checked import checked


@checked(offer=NOT_NEGATIVE, demand=POSITIVE, rage=SHARE)
def threat_carried_out(offer: float, demand: float, rage: float) -> float:
    """Return the probability that the captor carries out the threat against its own interest.

    Formula: alpha (1 - C / D) for an offer C below the demand D; 0 if the demand is met.

    Parameters
    ----------
    offer : float
        C >= 0, what the payer concedes, utils of the payer.
    demand : float
        D > 0, what the captor asked for, utils of the payer.
    rage : float
        alpha in [0, 1], the probability when nothing is conceded.

    Returns
    -------
    float
        Probability in [0, alpha].

    Raises
    ------
    UsageError
        If the demand is not positive.

    Notes
    -----
    Source: selten1988, the non-rational threat.

    Examples
    --------
    >>> threat_carried_out(0.5, 2.0, 0.4)
    0.30000000000000004
    """
    return rage * max(0.0, 1.0 - offer / demand)


@checked(demand=POSITIVE, loss=NOT_NEGATIVE, rage=SHARE)
def best_offer(demand: float, loss: float, rage: float) -> float:
    """Return what the payer concedes in answer to a demand.

    Formula: C* = w / 2 - D (1 - alpha) / (2 alpha), kept in [0, D]; 0 if alpha is 0.

    Parameters
    ----------
    demand : float
        D > 0, utils of the payer.
    loss : float
        w >= 0, what the payer itself loses if the threat is carried out, utils.
    rage : float
        alpha in [0, 1], probability that the threat is carried out if nothing is conceded.

    Returns
    -------
    float
        C* in [0, D].

    Notes
    -----
    Source: selten1988, without the risk of capture; the closed form is derived here.

    Examples
    --------
    >>> round(best_offer(0.5, 1.0, 0.6), 6)
    0.333333
    """
    if rage <= 0.0:
        return 0.0
    inner = loss / 2.0 - demand * (1.0 - rage) / (2.0 * rage)
    return min(max(inner, 0.0), demand)


@checked(loss=NOT_NEGATIVE, rage=SHARE)
def largest_demand_met(loss: float, rage: float) -> float:
    """Return the demand up to which the payer concedes in full, and above which less and less.

    Formula: alpha w / (1 + alpha). A payer who shows a smaller w, or a captor whose threat is
    less believed, meets a smaller demand.

    Parameters
    ----------
    loss : float
        w >= 0, what the payer itself loses if the threat is carried out, utils.
    rage : float
        alpha in [0, 1], probability that the threat is carried out if nothing is conceded.

    Returns
    -------
    float
        Demand, utils of the payer.

    Notes
    -----
    Source: selten1988, without the risk of capture; the closed form is derived here.

    Examples
    --------
    >>> round(largest_demand_met(1.0, 0.6), 6)
    0.375
    """
    return rage * loss / (1.0 + rage)
