"""Commitment: there is always something to share, but not always a promise to be trusted."""

from typing import NamedTuple

from minsksim.domains.arguments import NOT_NEGATIVE, SHARE
from minsksim.domains.checked import checked
from minsksim.errors import UsageError


class Shift(NamedTuple):
    """The declining side's comparison in the first period; shares of one period's pie."""

    is_war: bool
    war_value: float
    best_peace: float


@checked(win_share=SHARE, first_cost=NOT_NEGATIVE, second_cost=NOT_NEGATIVE)
def bargaining_range(
    win_share: float, first_cost: float, second_cost: float
) -> tuple[float, float]:
    """Return the shares of the first side that both prefer to conflict.

    Formula: [p - c_A, p + c_B], cut to [0, 1]; uncut it is c_A + c_B wide.

    Parameters
    ----------
    win_share : float
        p, the first side's expected share in a conflict, in [0, 1].
    first_cost, second_cost : float
        c_A, c_B >= 0, costs of conflict, shares of the pie.

    Returns
    -------
    tuple of float
        Low and high end; low < high whenever conflict costs anything.

    Notes
    -----
    Source: fearon1995, the bargaining range.

    Examples
    --------
    >>> low, high = bargaining_range(0.5, 0.1, 0.2)
    >>> round(low, 6), round(high, 6)
    (0.4, 0.7)
    """
    return max(0.0, win_share - first_cost), min(1.0, win_share + second_cost)


@checked(
    share_now=SHARE,
    share_later=SHARE,
    patience=SHARE,
    declining_cost=NOT_NEGATIVE,
    rising_cost=NOT_NEGATIVE,
)
def shift_of_power(
    share_now: float,
    share_later: float,
    patience: float,
    declining_cost: float,
    rising_cost: float,
) -> Shift:
    """Return whether a side that will be weaker fights now, by backward induction.

    Formula: later the rising side gives at most p2 + c_R; now it can give at most the whole pie,
    so the declining side fights iff p1 (1 + delta) - c_D > 1 + delta min(p2 + c_R, 1).

    Parameters
    ----------
    share_now, share_later : float
        p1 >= p2, the declining side's share if it fights in the first or second period.
    patience : float
        delta in [0, 1], weight of the second period.
    declining_cost, rising_cost : float
        c_D, c_R >= 0, costs of conflict, shares of one period's pie.

    Returns
    -------
    Shift
        Whether it fights, the value of fighting now, and the most that peace can bring.

    Raises
    ------
    UsageError
        If the first side is not the declining one.

    Notes
    -----
    Source: fearon1995, preventive war; powell2006, the condition on the size of the shift.

    Examples
    --------
    0.9 * 1.9 - 0.1 = 1.61 against 1 + 0.9 * 0.2 = 1.18:

    >>> shift = shift_of_power(0.9, 0.1, 0.9, 0.1, 0.1)
    >>> shift.is_war, round(shift.war_value, 6), round(shift.best_peace, 6)
    (True, 1.61, 1.18)
    """
    if share_later > share_now:
        raise UsageError(
            f"The first side's share rises from {share_now} to {share_later}; "
            "give the numbers of the side that declines."
        )
    war_value = share_now * (1.0 + patience) - declining_cost
    _, most_later = bargaining_range(share_later, declining_cost, rising_cost)
    best_peace = 1.0 + patience * most_later
    return Shift(war_value > best_peace, war_value, best_peace)
