"""Stocks and flows: people who are held, released or arrested are counted one by one."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains import limits
from minsksim.domains.arguments import FLAG, NUMBER, UNIFORM
from minsksim.domains.checked import checked
from minsksim.domains.kinds import Number

_AVAILABLE = Number(limits.NOT_NEGATIVE, may_be_infinite=True)


@checked(amount=NUMBER, available=_AVAILABLE, is_whole=FLAG, uniform=UNIFORM)
@jit
def flow(amount: float, available: float, is_whole: bool, uniform: float) -> float:
    """Return how much moves from one stock to another in a turn.

    Formula: min(amount, available); in whole units floor(amount + uniform), so that the mean
    over many turns is the amount.

    Parameters
    ----------
    amount : float
        Intended flow per turn, in the stock's unit; below 0 nothing flows.
    available : float
        What the giving stock holds; infinite for a flow from outside.
    is_whole : bool
        Whether only whole units (people) can move.
    uniform : float
        One random number in [0, 1).

    Returns
    -------
    float
        The flow, between 0 and ``available``.

    Notes
    -----
    Source: ours; randomised rounding keeps the mean and never splits a person.

    Examples
    --------
    >>> flow(2.5, 100.0, True, 0.4)
    2.0
    >>> flow(2.5, 100.0, True, 0.6)
    3.0
    >>> flow(5.0, 3.0, True, 0.0)
    3.0
    """
    wanted = max(amount, 0.0)
    if is_whole:
        wanted = float(np.floor(wanted + uniform))
    return min(wanted, available)


@checked(base=NUMBER, response=NUMBER, z=NUMBER)
@jit
def answering_flow(base: float, response: float, z: float) -> float:
    """Return the flow that is intended where it answers to a quantity.

    Formula: a0 + kappa z.

    Parameters
    ----------
    base : float
        a0, flow per turn with the quantity at the low end of its scale, in the stock's unit.
    response : float
        kappa, change of the flow over the quantity's scale, in the stock's unit.
    z : float
        The quantity on its 0-1 scale.

    Returns
    -------
    float
        Per turn, in the stock's unit; ``flow`` lets none below 0 happen.

    Notes
    -----
    Source: ours; the first-order form of an answer, as for markets.

    Examples
    --------
    >>> answering_flow(10.0, -4.0, 0.5)
    8.0
    """
    return base + response * z
