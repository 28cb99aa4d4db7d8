"""Compliance: whether a party does what it has signed."""

from minsksim._compiled.marks import inlined, jit
from minsksim.domains.arguments import NOT_NEGATIVE, NUMBER, OPEN_SHARE
from minsksim.domains.checked import checked
from minsksim.rules.arithmetic import logistic


@checked(
    gain=NUMBER,
    temptation=NOT_NEGATIVE,
    exposure=NOT_NEGATIVE,
    patience=OPEN_SHARE,
    rationality=NOT_NEGATIVE,
)
@jit
def keeping_probability(
    gain: float, temptation: float, exposure: float, patience: float, rationality: float
) -> float:
    """Return the probability that a party honours its side of an agreement.

    Formula: 1 / (1 + exp(-lambda (delta/(1-delta) G - T + X))): the gain of all later turns
    against the temptation of this one, plus the audience cost of being seen to break.

    Parameters
    ----------
    gain : float
        G, utils per turn that the agreement brings the party.
    temptation : float
        T >= 0, utils saved now by not delivering the own moves.
    exposure : float
        X >= 0, audience cost in utils if the agreement is public, else 0.
    patience : float
        delta in (0, 1), discount factor per turn.
    rationality : float
        lambda >= 0, per util.

    Returns
    -------
    float
        A probability in [0, 1]; 1/2 exactly where delta/(1-delta) G = T - X.

    Notes
    -----
    Source: friedman1971, the condition for cooperation in the repeated game; fearon1994 for
    the audience cost.

    Examples
    --------
    >>> keeping_probability(0.1, 0.1, 0.0, 0.5, 20.0)
    0.5
    """
    future = patience / (1.0 - patience) * gain
    return logistic(rationality * (future - temptation + exposure))


@checked(own=NUMBER)
@inlined
def temptation(own: float) -> float:
    """Return what a party saves by not delivering its own moves.

    Formula: T = max(0, -g).

    Parameters
    ----------
    own : float
        g, what its own moves would bring it now, their costs included, utils.

    Returns
    -------
    float
        Utils >= 0; moves that the party likes anyhow tempt nobody.

    Notes
    -----
    Source: friedman1971, the gain of a deviation.

    Examples
    --------
    >>> temptation(-0.25), temptation(0.25)
    (0.25, 0.0)
    """
    return max(0.0, -own)


@checked(due=NUMBER, standing=NUMBER, following=NUMBER)
@inlined
def forfeit(due: float, standing: float, following: float) -> float:
    """Return what a party with a horizon loses by breaking its word, audience cost apart.

    Formula: F = t sum_l v_l + sum_m v_m + sum_p (t w_p - c_p).

    Parameters
    ----------
    due : float
        t sum_l v_l, present value of the partners' reversible moves that are due now and that they
        would keep back, times trust, utils.
    standing : float
        sum_m v_m, present value from now of the partners' moves that stand and that they would
        take back, utils.
    following : float
        sum_p (t w_p - c_p), present value of all later parts: the partners' moves times trust
        less what the own moves and their costs come to, utils.

    Returns
    -------
    float
        Utils; what a partner has given for good is not in it.

    Notes
    -----
    Source: friedman1971, what a deviation forfeits, here up to the horizon; williamson1985, that
    what is given for good no longer binds (hold-up).

    Examples
    --------
    >>> forfeit(0.25, 0.5, -0.125)
    0.625
    """
    return due + standing + following


@checked(forfeited=NUMBER, temptation=NOT_NEGATIVE, exposure=NOT_NEGATIVE, rationality=NOT_NEGATIVE)
@jit
def keeping_by_forfeit(
    forfeited: float, temptation: float, exposure: float, rationality: float
) -> float:
    """Return the probability that a party with a horizon honours its side of an agreement.

    Formula: 1 / (1 + exp(-lambda (F - T + X))): all it would lose by stopping now against what it
    saves.

    Parameters
    ----------
    forfeited : float
        F, see ``forfeit``, utils.
    temptation : float
        T >= 0, present value of not delivering the own moves that are due, utils.
    exposure : float
        X >= 0, audience cost in utils if the agreement is public, else 0.
    rationality : float
        lambda >= 0, per util.

    Returns
    -------
    float
        A probability in [0, 1]; 1/2 exactly where F = T - X.

    Notes
    -----
    Source: friedman1971 with a finite horizon; fearon1994 for the audience cost.

    Examples
    --------
    Nothing follows the last of two parts of 0.1, and breaking its word would cost the party 0.05:

    >>> keeping_by_forfeit(0.0, 0.1 / 2, 0.05, 1000.0)
    0.5
    """
    return logistic(rationality * (forfeited - temptation + exposure))
