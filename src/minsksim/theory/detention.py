"""Detention as a revolving door: releases and arrests both answer to relief.

People are counted by what happens to them. A release at home, a release into exile, a new arrest
and a re-arrest are different things, and none of them is added to money.
"""

import math
from typing import NamedTuple

from minsksim.domains.arguments import NOT_NEGATIVE, SHARE, record
from minsksim.domains.checked import checked

_HARDLY_ANY = 1e-5


class Custody(NamedTuple):
    """How arrests and releases go, and how they answer to relief.

    Arrests are people per turn, releases a rate per turn, answers are per unit of relief.
    """

    arrests: float
    release_rate: float
    arrests_answer: float = 0.0
    release_answer: float = 0.0
    exile_share: float = 0.0
    rearrest_share: float = 0.0


class Count(NamedTuple):
    """People by status: flows over some turns, and how many are held at the end of them."""

    released_at_home: float
    released_into_exile: float
    rearrested: float
    newly_arrested: float
    held: float


_CUSTODY = record(Custody, NOT_NEGATIVE, NOT_NEGATIVE, NOT_NEGATIVE, NOT_NEGATIVE, SHARE, SHARE)


@checked(custody=_CUSTODY, held=NOT_NEGATIVE, relief=NOT_NEGATIVE, turns=NOT_NEGATIVE)
def count_by_status(custody: Custody, held: float, relief: float, turns: float) -> Count:
    """Return how many people change status over some turns, and how many are still held.

    Formula: N' = a - k N with a = a0 + kappa p, r = r0 + eta p and k = r (1 - rho (1 - x)), so
    N(t) = a / k + (N0 - a / k) exp(-k t); releases are r times the integral of N, a share x of
    them into exile, and a share rho of those released at home is arrested again.

    Parameters
    ----------
    custody : Custody
        a0, r0, kappa, eta, x and rho.
    held : float
        N0 >= 0, people held at the beginning.
    relief : float
        p >= 0, sanctions relief granted for releases, as an index.
    turns : float
        t >= 0, length of the period.

    Returns
    -------
    Count
        Mean counts; they balance: held = N0 + arrests - releases.

    Raises
    ------
    UsageError
        If a number is negative or a share above 1.

    Notes
    -----
    Source: ours, after gilbert_rivard_piche2022: the stock with constant rates is the plainest
    in which concessions can invite more arrests.

    Examples
    --------
    Two arrests a turn and a release rate of 0.1 keep 20 people held; relief that raises both by
    half brings 30 releases instead of 20 in ten turns, and not one person fewer is held:

    >>> door = Custody(2.0, 0.1, arrests_answer=1.0, release_answer=0.05)
    >>> for relief in (0.0, 1.0):
    ...     count = count_by_status(door, 20.0, relief, 10.0)
    ...     print(round(count.released_at_home, 6), round(count.held, 6))
    20.0 20.0
    30.0 20.0
    """
    arrests = custody.arrests + custody.arrests_answer * relief
    rate = custody.release_rate + custody.release_answer * relief
    leaving = rate * (1.0 - custody.rearrest_share * (1.0 - custody.exile_share))
    held_in_the_end, time_held = _stock(held, arrests, leaving, turns)
    released = rate * time_held
    at_home = (1.0 - custody.exile_share) * released
    return Count(
        at_home,
        custody.exile_share * released,
        custody.rearrest_share * at_home,
        arrests * turns,
        held_in_the_end,
    )


def _stock(held: float, arrests: float, leaving: float, turns: float) -> tuple[float, float]:
    """Return the stock after some turns, and its integral over them."""
    gone = leaving * turns
    if gone < _HARDLY_ANY:
        # a / k loses digits as k nears 0: the first terms of the series instead
        time_held = held * turns * (1.0 - gone / 2.0) + arrests * turns**2 * (0.5 - gone / 6.0)
        return held + arrests * turns - leaving * time_held, time_held
    lasting = arrests / leaving
    fading = -math.expm1(-gone)
    after = held + (lasting - held) * fading
    return after, lasting * turns + (held - lasting) * fading / leaving
