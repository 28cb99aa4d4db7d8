"""Contest: two sides spend on lobbying or pressure, and the larger effort wins more often."""

from typing import NamedTuple

from minsksim.domains.arguments import POSITIVE, SHARE_ABOVE_0
from minsksim.domains.checked import checked


class Contest(NamedTuple):
    """Efforts of both sides, the first side's chance to win, and what each keeps on average."""

    efforts: tuple[float, float]
    win_probability: float
    payoffs: tuple[float, float]


@checked(first=POSITIVE, second=POSITIVE, decisiveness=SHARE_ABOVE_0)
def contest(first: float, second: float, decisiveness: float = 1.0) -> Contest:
    """Return the equilibrium of a contest in which effort is spent whether it wins or not.

    Formula: P = x^r / (x^r + y^r); in equilibrium P = v^r / (v^r + w^r), x = r v P (1 - P),
    y = r w P (1 - P).

    Parameters
    ----------
    first, second : float
        v and w > 0, what winning is worth to each side, utils.
    decisiveness : float
        r in (0, 1]: near 0 chance decides, at 1 shares of effort do.

    Returns
    -------
    Contest
        Efforts in utils; payoffs v P - x and w (1 - P) - y, never below 0.

    Raises
    ------
    UsageError
        If a value is not above 0, or the decisiveness not in (0, 1].

    Notes
    -----
    Source: tullock1980; the closed form for unequal values is derived here.

    Examples
    --------
    >>> found = contest(2.0, 1.0)
    >>> [round(x, 6) for x in (*found.efforts, found.win_probability, *found.payoffs)]
    [0.444444, 0.222222, 0.666667, 0.888889, 0.111111]
    """
    odds = (second / first) ** decisiveness
    wins = 1.0 / (1.0 + odds)
    spent = decisiveness * wins * (1.0 - wins)
    efforts = first * spent, second * spent
    payoffs = first * wins - efforts[0], second * (1.0 - wins) - efforts[1]
    return Contest(efforts, wins, payoffs)
