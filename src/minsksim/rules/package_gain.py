"""A package's gain: what a party expects from it, over no agreement.

G_a = t U_a(both deliver) + (1 - t) U_a(only I deliver) - U_a(no agreement) - costs of moving, with
t the trust in the partner. Gains add up over levers, so this is the sum over levers of the gains
below: own moves count in full, a partner's with trust, and whoever moves a lever pays.
"""

import numpy as np

from minsksim._compiled.marks import inlined, jit
from minsksim.domains import limits
from minsksim.domains.arguments import (
    NOT_NEGATIVE,
    NUMBER,
    POSITIVE,
    SHARE,
    changed,
    count,
    not_negative,
)
from minsksim.domains.checked import checked
from minsksim.domains.kinds import Number


@checked(share=Number(limits.SIGNED_SHARE), cost_up=NOT_NEGATIVE, cost_down=NOT_NEGATIVE)
@inlined
def move_cost(share: float, cost_up: float, cost_down: float) -> float:
    """Return what a move of a lever costs its owner, once.

    Formula: c+ d for d >= 0, c- (-d) for d < 0.

    Parameters
    ----------
    share : float
        d, how far the lever moves, as a share of its scale; negative downwards.
    cost_up, cost_down : float
        c+ and c-, utils >= 0 for the whole scale.

    Returns
    -------
    float
        Utils >= 0.

    Notes
    -----
    Source: ours; a fee in proportion to the way, which may be dearer in one direction.

    Examples
    --------
    >>> move_cost(0.5, 0.25, 1.0), move_cost(-0.5, 0.25, 1.0)
    (0.125, 0.5)
    """
    if share >= 0.0:
        return cost_up * share
    return cost_down * -share


@checked(payoff=NUMBER, before=NUMBER, cost=NOT_NEGATIVE)
@inlined
def gain_from_move(payoff: float, before: float, cost: float) -> float:
    """Return what one lever's move brings a party.

    Formula: u(z) - u(z now) - c.

    Parameters
    ----------
    payoff, before : float
        u at the lever's new and present position, utils; of a partner's lever times trust.
    cost : float
        c >= 0, what moving it costs this party, utils; 0 for a partner's lever.

    Returns
    -------
    float
        Utils.

    Notes
    -----
    Source: raiffa1982, chapter 11, gains over the best alternative, issue by issue.

    Examples
    --------
    >>> gain_from_move(0.75, 0.25, 0.125)
    0.375
    """
    return payoff - before - cost


@checked(gain=NUMBER, trust=SHARE)
@inlined
def expected_gain(gain: float, trust: float) -> float:
    """Return what a partner's promised move is counted for.

    Formula: t g + (1 - t) 0.

    Parameters
    ----------
    gain : float
        g, what the move would bring, utils.
    trust : float
        t in [0, 1], trust in whoever promised it.

    Returns
    -------
    float
        Utils.

    Notes
    -----
    Source: ours; josang_ismail2002 for trust as the probability that a promise is kept.

    Examples
    --------
    >>> expected_gain(-0.5, 0.5)
    -0.25
    """
    return gain * trust


@checked(gains=changed(">n"), least=not_negative(">n"), parties=count("n"), slack=POSITIVE)
@jit
def suits_all(gains: np.ndarray, least: np.ndarray, parties: int, slack: float) -> bool:
    """Return whether a package is worth signing; lift what falls short of a reservation by a hair.

    Formula: sum_a G_a > e and G_a >= r_a - e for every a; then G_a becomes max(G_a, r_a).

    Parameters
    ----------
    gains : ndarray, shape (>= parties,)
        G_a, utils; those of parties that suit are lifted.
    least : ndarray, shape (>= parties,)
        r_a >= 0, reservations, utils.
    parties : int
        How many sit at the table.
    slack : float
        e > 0, utils, below which a gain is none: what rounding in a search may miss.

    Returns
    -------
    bool
        False at the first party whose reservation is missed.

    Notes
    -----
    Source: nash1950, individual rationality; the slack is ours, because searches round.

    Examples
    --------
    >>> least = np.array([0.0, 0.25])
    >>> suits_all(np.array([0.5, 0.25]), least, 2, 1e-9)
    True
    >>> suits_all(np.array([0.5, 0.125]), least, 2, 1e-9)
    False
    >>> suits_all(np.array([0.0, 0.0]), np.zeros(2), 2, 1e-9)
    False
    """
    total = 0.0
    for side in range(parties):
        total += gains[side]
    if total <= slack:
        return False
    for side in range(parties):
        if gains[side] < least[side] - slack:
            return False
        gains[side] = max(gains[side], least[side])
    return True
