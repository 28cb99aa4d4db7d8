"""Audience costs: a war of attrition in which backing down gets dearer while all look on.

Each side's cost of backing down grows linearly with time; each side knows its own value of war,
which the other thinks uniform on [-1, 0]. Escalation ends at the horizon: who is still there
then would rather fight than back down.
"""

import math
from typing import NamedTuple

from minsksim.domains.arguments import NOT_NEGATIVE, POSITIVE, pair
from minsksim.domains.checked import checked


class Attrition(NamedTuple):
    """How a public crisis unfolds between two sides."""

    horizon: float
    concedes_at_once: tuple[float, float]
    backs_down: tuple[float, float]


@checked(prize=POSITIVE, growth=POSITIVE, turns=NOT_NEGATIVE)
def still_there(prize: float, growth: float, turns: float) -> float:
    """Return the share of a side that has not conceded, if nobody conceded at once.

    Formula: S = v / (v + a t), with the v and a of the *other* side: the hazard a / (v + a t)
    keeps the other side indifferent between backing down now and waiting.

    Parameters
    ----------
    prize : float
        v > 0, what winning is worth to the other side, utils.
    growth : float
        a > 0, growth of the other side's audience cost, utils per turn.
    turns : float
        t >= 0, time since the crisis began.

    Returns
    -------
    float
        Share in (0, 1], falling in time.

    Notes
    -----
    Source: fearon1994; the closed form for linear costs is derived here from its indifference
    condition.

    Examples
    --------
    >>> round(still_there(1.0, 0.5, 4.0), 6)
    0.333333
    """
    return prize / (prize + growth * turns)


@checked(prizes=pair(POSITIVE), growths=pair(POSITIVE))
def attrition(prizes: tuple[float, float], growths: tuple[float, float]) -> Attrition:
    """Return how long a public crisis lasts at most, and who backs down how often.

    Formula: a_j t (v_i + a_i t) = v_i gives each side's own time; the horizon is the earlier
    one. The side whose own time is later concedes at once with the probability that leaves a
    share a_j t of it at the horizon, namely those who prefer war.

    Parameters
    ----------
    prizes : tuple of float
        v_1, v_2 > 0, what winning is worth to each side, utils.
    growths : tuple of float
        a_1, a_2 > 0, growth of each side's audience cost, utils per turn.

    Returns
    -------
    Attrition
        Horizon in turns; for each side the probability that it concedes at once, and that it
        backs down at any time.

    Raises
    ------
    UsageError
        If a prize or a growth is not positive.

    Notes
    -----
    Source: fearon1994, whose finding that the side with the stronger audience is less likely to
    back down comes out; linear costs and uniform war values are derived here.

    Examples
    --------
    >>> crisis = attrition((1.0, 1.0), (0.8, 0.4))
    >>> round(crisis.horizon, 6), [round(c, 6) for c in crisis.concedes_at_once]
    (0.915064, [0.0, 0.366025])
    """
    times = [_own_time(prizes[1 - j], growths[1 - j], growths[j]) for j in (0, 1)]
    horizon = min(times)
    left = [growths[j] * horizon for j in (0, 1)]
    stay = [left[j] / still_there(prizes[1 - j], growths[1 - j], horizon) for j in (0, 1)]
    at_once = [0.0 if times[j] == horizon else 1.0 - stay[j] for j in (0, 1)]
    return Attrition(horizon, (at_once[0], at_once[1]), (1.0 - left[0], 1.0 - left[1]))


def _own_time(prize: float, growth: float, own_growth: float) -> float:
    """Return when the share a_j t that prefers war is all that is left of a side."""
    linear, square = own_growth * prize, own_growth * growth
    return (math.sqrt(linear**2 + 4.0 * square * prize) - linear) / (2.0 * square)
