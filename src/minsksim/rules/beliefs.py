"""Beliefs about what a partner does not show: updated by what it accepts and refuses."""

from minsksim._compiled.marks import inlined, jit
from minsksim.domains.arguments import NUMBER, SHARE
from minsksim.domains.checked import checked


@checked(prior=SHARE, likelihood_high=SHARE, likelihood_low=SHARE)
@jit
def posterior(prior: float, likelihood_high: float, likelihood_low: float) -> float:
    """Return the belief that a partner is of the high type, after seeing what it did.

    Formula: p h / (p h + (1 - p) l); what neither type would do leaves the belief as it was.

    Parameters
    ----------
    prior : float
        p in [0, 1], belief before.
    likelihood_high, likelihood_low : float
        h and l in [0, 1], probability of what was seen if the partner is of the high or the low
        type, e.g. of accepting an offer that is worth more to the high type.

    Returns
    -------
    float
        Belief in [0, 1]; 0 and 1 never change, nor does what both types do equally often.

    Notes
    -----
    Source: kreps_wilson1982, the rule of Bayes on and off the path of play; that a surprise leaves
    the belief alone is ours.

    Examples
    --------
    The high type refuses 3 offers in 4, the low type 1 in 4:

    >>> posterior(0.5, 0.75, 0.25)
    0.75
    """
    seen = prior * likelihood_high + (1.0 - prior) * likelihood_low
    if seen <= 0.0:
        return prior
    return prior * likelihood_high / seen


@checked(high=SHARE, if_low=NUMBER, if_high=NUMBER)
@inlined
def expected_of_types(high: float, if_low: float, if_high: float) -> float:
    """Return what a believer expects of a number that depends on its partner's type.

    Formula: (1 - p) x_l + p x_h.

    Parameters
    ----------
    high : float
        p in [0, 1], belief that the partner is of the high type.
    if_low, if_high : float
        x_l and x_h, the number if it is of either type; in any unit.

    Returns
    -------
    float
        In the same unit.

    Notes
    -----
    Source: kreps_wilson1982, offers made on expected payoffs.

    Examples
    --------
    >>> expected_of_types(0.25, 1.0, 3.0)
    1.5
    """
    return (1.0 - high) * if_low + high * if_high
