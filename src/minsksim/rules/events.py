"""Events: what happens to a quantity from outside the model, for good or for a while."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import EXTENDED, NUMBER, SHARE, numbers, one_of, room, whole
from minsksim.domains.checked import Need, checked
from minsksim.rules.influence import normalise
from minsksim.vocabulary import SET, SHIFT

_BOUNDED = Need(lambda low, high: low <= high, "low must not be above high")
_HOW = {SET: "set", SHIFT: "shift"}


@checked(_BOUNDED, now=NUMBER, amount=NUMBER, how=one_of(_HOW), low=EXTENDED, high=EXTENDED)
@jit
def after_event(now: float, amount: float, how: int, low: float, high: float) -> float:
    """Return a quantity after an event.

    Formula: min(max(v, low), high) with v = amount if the event sets it, else now + amount.

    Parameters
    ----------
    now : float
        The quantity before, in its own unit.
    amount : float
        What the event sets it to, or adds to it.
    how : int
        SET or SHIFT.
    low, high : float
        The quantity's bounds; infinite for none.

    Returns
    -------
    float
        In the quantity's unit.

    Notes
    -----
    Source: ours; an exogenous change, kept within what the quantity can be.

    Examples
    --------
    >>> from minsksim.vocabulary import SHIFT
    >>> after_event(5.0, 2.0, SET, 0.0, 10.0), after_event(5.0, 2.0, SHIFT, 0.0, 10.0)
    (2.0, 7.0)
    >>> after_event(5.0, -8.0, SHIFT, 0.0, 10.0)
    0.0
    """
    value = amount if how == SET else now + amount
    return min(max(value, low), high)


@checked(turn=whole(1), since=whole(1), lasts=whole(0))
@jit
def is_over(turn: int, since: int, lasts: int) -> bool:
    """Return whether what an event did has come to its end.

    Formula: n > 0 and t - t0 >= n, so that it holds in the turns t0 to t0 + n - 1.

    Parameters
    ----------
    turn : int
        t, the present turn, >= 1.
    since : int
        t0, the turn in which the event struck, from 1 to t.
    lasts : int
        n, for how many turns it holds; 0 for ever.

    Returns
    -------
    bool
        Whether it is taken back now.

    Notes
    -----
    Source: ours; news holds attention for a time, and then attention goes back.

    Examples
    --------
    >>> is_over(6, 4, 3), is_over(7, 4, 3), is_over(7, 4, 0)
    (False, True, False)
    """
    return lasts > 0 and turn - since >= lasts


@checked(shift=NUMBER, fades=SHARE)
@jit
def faded(shift: float, fades: float) -> float:
    """Return what is left of a passing shift one turn later.

    Formula: x (1 - f), so x (1 - f)^n after n turns.

    Parameters
    ----------
    shift : float
        x, the shift so far.
    fades : float
        f in [0, 1], the share that is lost in a turn.

    Returns
    -------
    float
        In the unit of the shift, never of the other sign.

    Notes
    -----
    Source: ours; the first-order form in which attention to an event dies away.

    Examples
    --------
    >>> faded(0.4, 0.25), faded(0.4, 1.0)
    (0.30000000000000004, 0.0)
    """
    return shift * (1.0 - fades)


@checked(lasting=SHARE, passing=NUMBER)
@jit
def quality_for_now(lasting: float, passing: float) -> float:
    """Return the quality that a channel has while something has shifted it for a while.

    Formula: min(max(l + x, 0), 1); exactly l where x is 0.

    Parameters
    ----------
    lasting : float
        l in [0, 1], the quality without passing shifts.
    passing : float
        x, the sum of all shifts that last for a while and are not over.

    Returns
    -------
    float
        In [0, 1].

    Notes
    -----
    Source: ours; the lasting quality is kept apart, so that it grows, fades and is set for good as
    it would be without the shifts, and is back to the last bit when they are over. The sum is cut
    once, at the end: cut one by one, shifts that overlap would leave a rest behind.

    Examples
    --------
    >>> quality_for_now(0.5, 0.25), quality_for_now(0.5, -0.75), quality_for_now(0.5, 0.0)
    (0.75, 0.0, 0.5)
    """
    return min(max(lasting + passing, 0.0), 1.0)


@checked(lasting=numbers("K"), passing=numbers("K"), salience=room("K"))
@jit
def salience_for_now(lasting: np.ndarray, passing: np.ndarray, salience: np.ndarray) -> None:
    """Write the salience that an actor has while something has shifted it for a while.

    Formula: s_k = (l_k + x_k) / sum_j |l_j + x_j|; exactly l where every x is 0.

    Parameters
    ----------
    lasting : ndarray, shape (K,)
        l, the salience without passing shifts, whose sizes add up to 1.
    passing : ndarray, shape (K,)
        x, the sum of all shifts that last for a while and are not over.
    salience : ndarray, shape (K,)
        Receives s.

    Returns
    -------
    None
        The salience is written into ``salience``.

    Notes
    -----
    Source: ours; the lasting salience is kept apart, so that what returns does so to the last bit
    and in whatever order several shifts end.

    Examples
    --------
    >>> salience = np.zeros(2)
    >>> salience_for_now(np.array([0.5, 0.5]), np.array([1.0, 0.0]), salience); salience
    array([0.75, 0.25])
    >>> salience_for_now(np.array([0.5, 0.5]), np.zeros(2), salience); salience
    array([0.5, 0.5])
    """
    is_shifted = False
    for k in range(lasting.shape[0]):
        salience[k] = lasting[k]
        if passing[k] != 0.0:
            salience[k] += passing[k]
            is_shifted = True
    if is_shifted:
        normalise(salience)
