"""Present value: what a move is worth that lasts, comes late, or may be taken back.

A move of turn T counts from that turn on: the turn itself is in full, the next one times the
actor's patience, and so on over the turns that it still counts. Costs of moving and audience costs
are paid once and need no rule here.
"""

from minsksim._compiled.marks import inlined, jit
from minsksim.domains.arguments import NUMBER, SHARE, whole
from minsksim.domains.checked import checked


@checked(turn=whole(), turns=whole(), horizon=whole(), until=whole(), delay=whole())
@jit
def turns_counted(turn: int, turns: int, horizon: int, until: int, delay: int) -> int:
    """Return how many turns of a move's effect an actor counts.

    Formula: max(0, min(T - t - k + 1, h)); with a last turn e instead of h,
    max(0, min(T, max(e, t)) - t - k + 1).

    Parameters
    ----------
    turn : int
        t, the present turn.
    turns : int
        T, the last turn of the run.
    horizon : int
        h >= 1, turns that the actor counts from where the effect begins; 0 if it looks to a date.
    until : int
        e >= 1, the last turn that it counts, as that of an election; 0 if it has none. Once that
        is past it counts the present turn alone.
    delay : int
        k >= 0, turns until the effect begins.

    Returns
    -------
    int
        n >= 0; 0 if the effect begins too late.

    Notes
    -----
    Source: ours; the run's end and the actor's horizon, whichever comes first.

    Examples
    --------
    In turn 3 of 24: a year ahead, up to turn 6, and up to turn 6 for what lands two turns later.

    >>> turns_counted(3, 24, 12, 0, 0), turns_counted(3, 24, 0, 6, 0), turns_counted(3, 24, 0, 6, 2)
    (12, 4, 2)
    """
    begins = turn + delay
    if until > 0:
        return max(0, min(turns, max(until, turn)) - begins + 1)
    return max(0, min(turns - begins + 1, horizon))


@checked(discount=SHARE, turns=whole())
@jit
def standing_value(discount: float, turns: int) -> float:
    """Return the present value of one util a turn that begins now.

    Formula: A(d, n) = (1 - d**n) / (1 - d), and n if d = 1; reckoned by doubling,
    A(d, 2 m) = A(d, m) (1 + d**m), which loses no digits near d = 1.

    Parameters
    ----------
    discount : float
        d in [0, 1], patience; times trust where somebody may take the move back; times 1 - w
        where it moves a stock of which a share w flows out in every turn.
    turns : int
        n >= 0, turns that are counted.

    Returns
    -------
    float
        Utils per util a turn, from 0 to n.

    Notes
    -----
    Source: samuelson1937, discounted utility; the sum of a geometric series.

    Examples
    --------
    >>> standing_value(0.5, 3), standing_value(1.0, 4), standing_value(0.9, 0)
    (1.75, 4.0, 0.0)
    """
    total, power = 0.0, 1.0  # A(d, m) and d**m for the leading binary digits m of n
    place = 1
    while place * 2 <= turns:
        place *= 2
    while place > 0:
        total, power = total * (1.0 + power), power * power
        if turns & place:
            total, power = total + power, power * discount
        place //= 2
    return total


@checked(patience=SHARE, trust=SHARE, turns=whole())
@inlined
def reversible_value(patience: float, trust: float, turns: int) -> float:
    """Return what a partner's move is worth, per util a turn, that it can take back any turn.

    Formula: A(d t, n): delivered now, and kept again in each later turn with probability t.

    Parameters
    ----------
    patience : float
        d in [0, 1], discount factor per turn.
    trust : float
        t in [0, 1], trust in whoever made the move; 1 for what cannot be taken back.
    turns : int
        n >= 0, turns that are counted.

    Returns
    -------
    float
        Utils per util a turn. What is only promised is worth t times this.

    Notes
    -----
    Source: samuelson1937 for discounting; that it is kept with probability t each turn is ours,
    with josang_ismail2002 for trust as the probability that a promise is kept.

    Examples
    --------
    >>> reversible_value(0.5, 0.5, 2), reversible_value(0.5, 1.0, 2)
    (1.25, 1.5)
    """
    return standing_value(patience * trust, turns)


@checked(patience=SHARE, outflow=SHARE, turns=whole())
@inlined
def stock_value(patience: float, outflow: float, turns: int) -> float:
    """Return what one unit more in a stock is worth, per util a turn that it brings while there.

    Formula: A(d (1 - w), n).

    Parameters
    ----------
    patience : float
        d in [0, 1], discount factor per turn.
    outflow : float
        w in [0, 1], share of the stock that leaves in a turn.
    turns : int
        n >= 0, turns that are counted.

    Returns
    -------
    float
        Utils per util a turn. Runs use ``before_outflow``, which is the same for one stock and
        also follows what flows on to others.

    Notes
    -----
    Source: samuelson1937 for discounting; ours.

    Examples
    --------
    >>> stock_value(1.0, 0.5, 2)
    1.5
    """
    return standing_value(patience * (1.0 - outflow), turns)


@checked(now=NUMBER, patience=SHARE, later=NUMBER)
@inlined
def with_future(now: float, patience: float, later: float) -> float:
    """Return what something is worth now and in all later turns that are counted.

    Formula: v_n = m + d v_(n-1).

    Parameters
    ----------
    now : float
        m, what it brings in this turn, utils.
    patience : float
        d in [0, 1], discount factor per turn.
    later : float
        v_(n-1), what it is worth seen from the next turn, utils.

    Returns
    -------
    float
        Utils.

    Notes
    -----
    Source: samuelson1937, discounted utility, turn by turn.

    Examples
    --------
    >>> with_future(1.0, 0.5, with_future(1.0, 0.5, 1.0)) == standing_value(0.5, 3)
    True
    """
    return now + patience * later


@checked(worth=NUMBER, share=NUMBER, unit=NUMBER)
@inlined
def before_outflow(worth: float, share: float, unit: float) -> float:
    """Return what one unit in a stock is worth before some of it moves on.

    Formula: v + w u; with everything lost that flows out, u = -v, this is (1 - w) v.

    Parameters
    ----------
    worth : float
        v, what a unit in the stock is worth after the flow, utils.
    share : float
        w, how much more flows for each unit in the stock: an outflow's rate, or what a flow that
        answers to the stock adds.
    unit : float
        u, what one unit of the flow is worth: the stocks that gain it less the one that gives it.

    Returns
    -------
    float
        Utils.

    Notes
    -----
    Source: ours; the chain rule, from the last flow of a turn to the first.

    Examples
    --------
    A stock worth 1 a unit, a quarter of which moves to where a unit is worth 3:

    >>> before_outflow(1.0, 0.25, 3.0 - 1.0)
    1.5
    """
    return worth + share * unit
