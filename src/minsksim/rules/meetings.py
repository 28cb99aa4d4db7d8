"""Meetings with a cause: dates on which two meet, what a meeting takes, and the wait after it."""

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import FLAG, NOT_NEGATIVE, POSITIVE, SHARE, whole
from minsksim.domains.checked import checked

ENOUGH = 1e-9
"""Share of the amount that may be missing: ten times a tenth is a little less than one."""


@checked(left=NOT_NEGATIVE, amount=NOT_NEGATIVE)
@jit
def has_enough(left: float, amount: float) -> bool:
    """Return whether enough is left for one more meeting.

    Formula: x >= m (1 - 1e-9); what is gained in small parts must not miss the mark by rounding.

    Parameters
    ----------
    left : float
        x, what the stock holds, in its own unit, >= 0.
    amount : float
        m, what a meeting takes, in the same unit, >= 0.

    Returns
    -------
    bool
        Whether the parties can afford to meet.

    Notes
    -----
    Source: ours; time and attention at the top are few, and a meeting uses them up.

    Examples
    --------
    >>> has_enough(0.5, 1.0), has_enough(sum([0.1] * 10), 1.0)
    (False, True)
    """
    return left >= amount * (1.0 - ENOUGH)


@checked(left=NOT_NEGATIVE, amount=POSITIVE)
@jit
def left_after_meeting(left: float, amount: float) -> float:
    """Return what a stock holds after a meeting took its share.

    Formula: max(x - m, 0).

    Parameters
    ----------
    left : float
        x, what the stock held before, in its own unit, >= 0.
    amount : float
        m, what a meeting takes, in the same unit, > 0.

    Returns
    -------
    float
        In the stock's unit, >= 0.

    Notes
    -----
    Source: ours; the bound at 0 only takes up what ``has_enough`` forgave.

    Examples
    --------
    >>> left_after_meeting(2.5, 1.0), left_after_meeting(0.9999999999, 1.0)
    (1.5, 0.0)
    """
    return max(left - amount, 0.0)


@checked(turn=whole(1), last=whole(0), waits=whole(0))
@jit
def has_waited(turn: int, last: int, waits: int) -> bool:
    """Return whether the wait after the last meeting is over.

    Formula: t - t0 > n; always true before the first meeting.

    Parameters
    ----------
    turn : int
        t, the present turn, >= 1.
    last : int
        t0, the turn of the last meeting, or 0 if there was none.
    waits : int
        n, the turns without a meeting that must follow one, >= 0.

    Returns
    -------
    bool
        Whether the parties can meet again.

    Notes
    -----
    Source: ours; who has just met has nothing new to say and much to prepare.

    Examples
    --------
    >>> has_waited(4, 1, 3), has_waited(5, 1, 3), has_waited(1, 0, 3)
    (False, True, True)
    """
    return last == 0 or turn - last > waits


@checked(quality=SHARE, is_date=FLAG, only_on_dates=FLAG, can_meet=FLAG)
@jit
def meeting_chance(quality: float, is_date: bool, only_on_dates: bool, can_meet: bool) -> float:
    """Return how likely the parties of a channel are to meet this turn.

    Formula: 0 where they cannot meet (too little left, or still waiting); else 1 on a date; else 0
    where they meet on dates only; else q.

    Parameters
    ----------
    quality : float
        q in [0, 1], the chance to meet without any date.
    is_date : bool
        Whether this turn holds a date on which they are to meet.
    only_on_dates : bool
        Whether they meet on such dates alone.
    can_meet : bool
        Whether enough is left for a meeting and the wait after the last one is over.

    Returns
    -------
    float
        A probability.

    Notes
    -----
    Source: ours; a summit is set beforehand, and nobody can set one without the time for it.

    Examples
    --------
    >>> meeting_chance(0.3, True, False, True), meeting_chance(0.3, False, False, True)
    (1.0, 0.3)
    >>> meeting_chance(0.3, False, True, True), meeting_chance(0.3, True, True, False)
    (0.0, 0.0)
    """
    if not can_meet:
        return 0.0
    if is_date:
        return 1.0
    return 0.0 if only_on_dates else quality
