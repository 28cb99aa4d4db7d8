"""How many meetings there are where each takes something scarce, or is followed by a wait."""

import math

from minsksim.domains.arguments import NOT_NEGATIVE, POSITIVE, SHARE_ABOVE_0, whole
from minsksim.domains.checked import Need, checked

ROUNDING = 1e-9
"""Share of a meeting that sums of small inflows may lack."""

_SCARCE = Need(lambda inflow, amount: inflow <= amount, "a meeting must take a turn's inflow")


@checked(_SCARCE, turns=whole(0), start=NOT_NEGATIVE, inflow=NOT_NEGATIVE, amount=POSITIVE)
def most_meetings(turns: int, start: float, inflow: float, amount: float) -> int:
    """Return how many meetings there are if the parties meet whenever they can afford to.

    Formula: min(T, floor((x0 + r T) / m)) for r <= m: each meeting takes m of what there was and
    came in, and at most one is held in a turn.

    Parameters
    ----------
    turns : int
        T, >= 0.
    start : float
        x0, what the stock holds before the first turn, >= 0.
    inflow : float
        r, what comes in each turn before anybody meets, from 0 to m.
    amount : float
        m, what a meeting takes, > 0.

    Returns
    -------
    int
        From 0 to T.

    Raises
    ------
    UsageError
        If a number is out of its range, or more comes in each turn than a meeting takes.

    Notes
    -----
    Source: ours; the counting argument in the formula, with what rounding loses forgiven.

    Examples
    --------
    One visit is gained in four turns; with one at the start there are 4 meetings in 12 turns:

    >>> most_meetings(12, 1.0, 0.25, 1.0), most_meetings(12, 0.0, 0.25, 1.0)
    (4, 3)
    """
    return min(turns, math.floor((start + inflow * turns) / amount * (1.0 + ROUNDING)))


@checked(quality=SHARE_ABOVE_0, waits=whole(0))
def mean_interval(quality: float, waits: int) -> float:
    """Return the mean number of turns from one meeting to the next.

    Formula: n + 1/q: n turns of waiting, then on average 1/q turns until chance brings a meeting.

    Parameters
    ----------
    quality : float
        q in (0, 1], the chance to meet in a turn.
    waits : int
        n, turns of waiting after a meeting, >= 0.

    Returns
    -------
    float
        Turns, >= 1.

    Raises
    ------
    UsageError
        If a number is out of its range.

    Notes
    -----
    Source: feller1968, chapter XIII: in the long run there is one recurrent event in as many
    trials as its mean recurrence time.

    Examples
    --------
    >>> mean_interval(0.5, 3), mean_interval(1.0, 0)
    (5.0, 1.0)
    """
    return waits + 1.0 / quality
