"""What one lever brings two parties at each of its positions.

Most of what a lever does to a utility is linear in its 0-1 value; only curved terms need their
shape again at every position. Gains of different levers add up, so a package is valued lever by
lever.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import NOT_NEGATIVE, NUMBER, SHARE, changed, count, numbers, whole
from minsksim.domains.checked import checked
from minsksim.rules.utility import shape

CODE, ONE, TWO, WEIGHT_A, WEIGHT_B = 0, 1, 2, 3, 4
"""Columns of a curved term: shape, its parameters, and its weight for either party."""


@checked(patience=SHARE, turns=whole())
@jit
def delay_discount(patience: float, turns: int) -> float:
    """Return what is left of a gain that comes some turns later.

    Formula: delta ** n.

    Parameters
    ----------
    patience : float
        delta in [0, 1], discount factor per turn.
    turns : int
        n >= 0, turns between a lever's move and its effect.

    Returns
    -------
    float
        A factor in (0, 1].

    Notes
    -----
    Source: rubinstein1982, a fixed discount factor for each side and period.

    Examples
    --------
    >>> delay_discount(0.5, 0), delay_discount(0.5, 3)
    (1.0, 0.125)
    """
    discount = 1.0
    for _ in range(turns):
        discount *= patience
    return discount


@checked(
    linear=changed(2),
    curved=changed(">J", 5),
    count=count("J"),
    factor=NOT_NEGATIVE,
    side=whole(0, 1),
)
@jit
def scale_payoff(
    linear: np.ndarray, curved: np.ndarray, count: int, factor: float, side: int
) -> None:
    """Let a lever count for one party as far as a factor goes: trust, a discount, turns to come.

    Formula: u(z) becomes m u(z); with trust in whoever promised the move, m u is its expectation,
    since a promise that is broken moves nothing.

    Parameters
    ----------
    linear : ndarray, shape (2,)
        b of either party, utils per full scale; the side's is changed.
    curved : ndarray, shape (>= count, 5)
        Curved terms, columns CODE ... WEIGHT_B; the side's weights are changed.
    count : int
        How many of them.
    factor : float
        m >= 0: a trust or a discount is at most 1, a present value of many turns is above it.
    side : int
        0 or 1, which party.

    Returns
    -------
    None
        The numbers are changed in place.

    Notes
    -----
    Source: ours; josang_ismail2002 for trust as the probability that a promise is kept.

    Examples
    --------
    >>> linear, curved = np.array([1.0, 2.0]), np.array([[1.0, 0.5, 0.0, 0.25, 4.0]])
    >>> scale_payoff(linear, curved, 1, 0.5, 1); linear.tolist(), curved.tolist()
    ([1.0, 1.0], [[1.0, 0.5, 0.0, 0.25, 2.0]])
    """
    linear[side] *= factor
    for row in range(count):
        curved[row, WEIGHT_A + side] *= factor


@checked(linear=numbers(2), curved=numbers(">J", 5), count=count("J"), z=NUMBER)
@jit
def payoff_at(linear: np.ndarray, curved: np.ndarray, count: int, z: float) -> tuple[float, float]:
    """Return the part of both utilities that depends on the lever, with the lever at ``z``.

    Formula: u(z) = b z + sum_n w_n f_n(z).

    Parameters
    ----------
    linear : ndarray, shape (2,)
        b of either party, utils per full scale.
    curved : ndarray, shape (>= count, 5)
        Curved terms, columns CODE ... WEIGHT_B, weights in utils.
    count : int
        How many of them.
    z : float
        The lever on its 0-1 scale.

    Returns
    -------
    tuple of float
        Utils of the first and of the second party.

    Notes
    -----
    Source: raiffa1982, chapter 11 (additive scoring, issue by issue).

    Examples
    --------
    The first party's 0.25 per full scale and 2 for the root, the second's loss of 1:

    >>> curved = np.array([[1.0, 0.5, 0.0, 2.0, 0.0]])
    >>> one, two = payoff_at(np.array([0.25, -1.0]), curved, 1, 0.25)
    >>> round(one, 12), two
    (1.0625, -0.25)
    """
    one, two = linear[0] * z, linear[1] * z
    for row in range(count):
        level = shape(int(curved[row, CODE]), z, curved[row, ONE], curved[row, TWO])
        one += curved[row, WEIGHT_A] * level
        two += curved[row, WEIGHT_B] * level
    return one, two
