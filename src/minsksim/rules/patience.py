"""Patience as bargaining power: who can wait gets more."""

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import OPEN_SHARE
from minsksim.domains.checked import checked
from minsksim.rules.arithmetic import log


@checked(patience=OPEN_SHARE)
@jit
def staying_power(patience: float) -> float:
    """Return a party's weight in the Nash product of a table, up to a common factor.

    Formula: -1 / ln(delta); for two parties the shares are those of ``bargaining_weight``.

    Parameters
    ----------
    patience : float
        Discount factor per turn, strictly between 0 and 1.

    Returns
    -------
    float
        A weight above 0.

    Notes
    -----
    Source: binmore_rubinstein_wolinsky1986, section on the limit, for two parties; for more than
    two ours, by the same rule.

    Examples
    --------
    >>> one, two = staying_power(0.99), staying_power(0.9)
    >>> round(one / (one + two), 6)
    0.912917
    """
    return -1.0 / log(patience)


@checked(patience_first=OPEN_SHARE, patience_second=OPEN_SHARE)
@jit
def bargaining_weight(patience_first: float, patience_second: float) -> float:
    """Return the first party's weight in the Nash product from the two discount factors.

    Formula: alpha = ln(delta_2) / (ln(delta_1) + ln(delta_2)), the limit of alternating offers
    with a vanishing pause between them.

    Parameters
    ----------
    patience_first, patience_second : float
        Discount factors per turn, strictly between 0 and 1.

    Returns
    -------
    float
        Weight in (0, 1); the more patient party has more than 1/2.

    Notes
    -----
    Source: binmore_rubinstein_wolinsky1986, section on the limit; rubinstein1982.

    Examples
    --------
    >>> bargaining_weight(0.9, 0.9)
    0.5
    >>> round(bargaining_weight(0.99, 0.9), 6)
    0.912917
    """
    first, second = log(patience_first), log(patience_second)
    return second / (first + second)
