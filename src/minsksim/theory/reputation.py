"""Reputation: a few rounds to go, and a small chance that somebody really never yields."""

from typing import NamedTuple

from minsksim.domains.arguments import OPEN_SHARE, SHARE, whole
from minsksim.domains.checked import checked


class Stand(NamedTuple):
    """One round: is a challenge deterred, how often the weak fight one, what a fight proves."""

    is_deterred: bool
    weak_fights: float
    belief_after_fight: float


@checked(belief=SHARE, gain=OPEN_SHARE, rounds=whole(1))
def stand(belief: float, gain: float, rounds: int) -> Stand:
    """Return what happens with some rounds left between challengers and one who may be tough.

    Formula: a challenge is deterred iff p >= b^n. With more than one round left the weak fight
    with probability min(1, (1 - b^(n-1)) p / ((1 - p) b^(n-1))), which lifts the belief to
    max(p, b^(n-1)); in the last round the weak yield.

    Parameters
    ----------
    belief : float
        p in [0, 1], belief that the challenged always fights.
    gain : float
        b in (0, 1), what a challenger gains if the other yields, where a fight costs it 1 - b.
    rounds : int
        n >= 1, rounds left including this one.

    Returns
    -------
    Stand
        A fight proves the tough type in the last round; yielding proves the weak type in any.

    Raises
    ------
    UsageError
        If a number is out of its range.

    Notes
    -----
    Source: kreps_wilson1982, section 2, the equilibrium of the finite chain-store game.

    Examples
    --------
    >>> stand(0.25, 0.5, 2)
    Stand(is_deterred=True, weak_fights=0.3333333333333333, belief_after_fight=0.5)
    """
    is_deterred = belief >= gain**rounds
    needed = gain ** (rounds - 1)
    if belief >= needed:
        return Stand(is_deterred, float(rounds > 1), belief)
    weak_fights = (1.0 - needed) * belief / ((1.0 - belief) * needed)
    return Stand(is_deterred, weak_fights, needed if belief > 0.0 else 0.0)
