"""Veto players: what all who can block a change prefer to no change.

Where an agreement needs the assent of some actors, each compares it with what stands without one.
Between two of them who want opposite changes nothing can move, however much others want it.
"""

from __future__ import annotations

import numpy as np

from minsksim.domains.arguments import NUMBER, numbers
from minsksim.domains.checked import checked
from minsksim.errors import UsageError


@checked(positions=numbers("V"), reference=NUMBER)
def win_set(positions: np.ndarray, reference: float) -> tuple[float, float]:
    """Return the range of outcomes that no veto player likes less than no change.

    Formula: the common part of [r, 2 x_v - r] (ends in order) over all v: |x - x_v| <= |r - x_v|.
    It is r alone if some v stand at r, or on both its sides.

    Parameters
    ----------
    positions : ndarray, shape (V,)
        x_v of the veto players, on the issue's scale; at least one.
    reference : float
        r, what stands without an agreement.

    Returns
    -------
    tuple of float
        Lower and upper end; r is one of them.

    Raises
    ------
    UsageError
        If there is no veto player.

    Notes
    -----
    Source: tsebelis2002, the winset of the status quo where all veto players must agree.

    Examples
    --------
    >>> win_set(np.array([7.0, 10.0]), 4.0), win_set(np.array([2.0, 10.0]), 4.0)
    ((4.0, 10.0), (4.0, 4.0))
    """
    if not len(positions):
        raise UsageError("A veto needs a veto player: positions is empty.")
    ends = 2.0 * positions - reference
    low = float(np.minimum(ends, reference).max())
    return low, float(np.maximum(ends, reference).min())


@checked(wanted=NUMBER, positions=numbers("V"), reference=NUMBER)
def within_vetoes(wanted: float, positions: np.ndarray, reference: float) -> float:
    """Return the outcome nearest to what the group wants that no veto player would block.

    Formula: x moved into ``win_set`` by the shortest way; the reference point if that is all of it.

    Parameters
    ----------
    wanted : float
        x, where the issue would end without vetoes, on its scale.
    positions : ndarray, shape (V,)
        Of the veto players; at least one.
    reference : float
        What stands without an agreement.

    Returns
    -------
    float
        On the issue's scale.

    Notes
    -----
    Source: tsebelis2002. That the group comes as near as it may is our reading: the book bounds
    the outcome and leaves the rest to whoever sets the agenda.

    Examples
    --------
    >>> within_vetoes(9.0, np.array([6.0]), 4.0), within_vetoes(9.0, np.array([2.0, 10.0]), 4.0)
    (8.0, 4.0)
    """
    low, high = win_set(positions, reference)
    return min(max(wanted, low), high)
