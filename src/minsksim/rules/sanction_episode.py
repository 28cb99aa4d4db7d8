"""The sanction threat as the engine plays it: what each side reads, and what a threat is worth."""

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import FLAG, NOT_NEGATIVE, NUMBER, SHARE, UNIFORM
from minsksim.domains.checked import checked


@checked(true=NUMBER, half_width=NOT_NEGATIVE, uniform=UNIFORM)
@jit
def read_cost(true: float, half_width: float, uniform: float) -> float:
    """Return what one side reads of a number that the other side knows.

    Formula: x + w (2 u - 1), uniform on [x - w, x + w].

    Parameters
    ----------
    true : float
        x, the number, utils.
    half_width : float
        w >= 0, utils; 0 means complete information.
    uniform : float
        u, one random number in [0, 1).

    Returns
    -------
    float
        The reading, utils.

    Notes
    -----
    Source: fearon1995, private information of uniform spread.

    Examples
    --------
    >>> read_cost(0.5, 0.2, 0.75)
    0.6
    """
    return true + half_width * (2.0 * uniform - 1.0)


@checked(reading=NUMBER, half_width=NOT_NEGATIVE, level=NUMBER)
@jit
def chance_above(reading: float, half_width: float, level: float) -> float:
    """Return how likely a number that was read with an error lies above a level.

    Formula: (y + w - g) / (2 w), kept in [0, 1]; for w = 0, 1 if y > g, else 0.

    Parameters
    ----------
    reading : float
        y, what was read, utils.
    half_width : float
        w >= 0, of the error, utils.
    level : float
        g, utils.

    Returns
    -------
    float
        A probability.

    Notes
    -----
    Source: fearon1995, uniform private cost; the reader has no other knowledge of it.

    Examples
    --------
    >>> round(chance_above(0.6, 0.2, 0.7), 6)
    0.25
    """
    if half_width <= 0.0:
        return 1.0 if reading > level else 0.0
    return min(max((reading + half_width - level) / (2.0 * half_width), 0.0), 1.0)


@checked(net=NUMBER, audience_cost=NOT_NEGATIVE)
@jit
def is_credible(net: float, audience_cost: float) -> bool:
    """Return whether a sender would rather impose than back down.

    Formula: pi - c_S >= -a.

    Parameters
    ----------
    net : float
        pi - c_S, what imposing brings the sender, utils.
    audience_cost : float
        a >= 0, what backing down costs it, utils.

    Returns
    -------
    bool
        A tie counts as credible.

    Notes
    -----
    Source: lacy_niou2004, the sender's last move; the audience cost as in fearon1994.

    Examples
    --------
    >>> is_credible(-0.3, 0.3), is_credible(-0.3, 0.2)
    (True, False)
    """
    return net >= -audience_cost


@checked(net=NUMBER, audience_cost=NOT_NEGATIVE, doubt=NOT_NEGATIVE)
@jit
def chance_believed(net: float, audience_cost: float, doubt: float) -> float:
    """Return how likely the target takes the threat for credible.

    Formula: P(pi - c_S + e >= -a) with e uniform on [-d, d]: (pi - c_S + a + d) / (2 d), kept in
    [0, 1]; for d = 0, whether it is credible.

    Parameters
    ----------
    net : float
        pi - c_S, what imposing brings the sender, utils.
    audience_cost : float
        a >= 0, utils.
    doubt : float
        d >= 0, half-width of the target's error, utils.

    Returns
    -------
    float
        A probability.

    Notes
    -----
    Source: ours; the target takes its reading at face value. That a misread resolve is what lets
    imposed sanctions succeed is the argument of hovi2005.

    Examples
    --------
    >>> round(chance_believed(-0.3, 0.2, 0.4), 6)
    0.375
    """
    if doubt <= 0.0:
        return 1.0 if is_credible(net, audience_cost) else 0.0
    return min(max((net + audience_cost + doubt) / (2.0 * doubt), 0.0), 1.0)


@checked(value=NUMBER, chance=SHARE, net=NUMBER, audience_cost=NOT_NEGATIVE)
@jit
def threat_payoff(value: float, chance: float, net: float, audience_cost: float) -> float:
    """Return what a threat is worth to the sender before it knows the answer.

    Formula: q v + (1 - q) max(pi - c_S, -a).

    Parameters
    ----------
    value : float
        v, what compliance brings the sender, utils.
    chance : float
        q, how likely the target complies, as the sender believes.
    net : float
        pi - c_S, what imposing brings the sender, utils.
    audience_cost : float
        a >= 0, what backing down costs it, utils.

    Returns
    -------
    float
        Utils; the sender threatens if it is above 0.

    Notes
    -----
    Source: lacy_niou2004, backward induction; q is 0 or 1 there under complete information.

    Examples
    --------
    >>> round(threat_payoff(1.0, 0.5, -0.4, 0.2), 6)
    0.4
    """
    return chance * value + (1.0 - chance) * max(net, -audience_cost)


@checked(is_believed=FLAG, harm=NUMBER, stake=NUMBER)
@jit
def gives_in(is_believed: bool, harm: float, stake: float) -> bool:
    """Return whether a target does what is demanded, at the threat or under the sanction.

    Formula: the threat (or the promise to lift) is believed and c > g.

    Parameters
    ----------
    is_believed : bool
        Whether the target thinks that the sender will do what it said: see ``is_credible``.
    harm : float
        c, what the sanction costs the target, utils.
    stake : float
        g, what compliance costs it, utils.

    Returns
    -------
    bool
        A tie counts as resistance.

    Notes
    -----
    Source: lacy_niou2004, the target's move.

    Examples
    --------
    >>> gives_in(True, 0.5, 0.25), gives_in(True, 0.25, 0.25), gives_in(False, 0.5, 0.25)
    (True, False, False)
    """
    return is_believed and harm > stake
