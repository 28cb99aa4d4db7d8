"""The position that maximises the Nash product when failure would suit nobody."""

from __future__ import annotations

import numpy as np

from minsksim.domains.arguments import NUMBER, not_negative, numbers
from minsksim.domains.checked import checked
from minsksim.errors import UsageError

STEPS = 200
"""Steps of the scale over which the product is compared: half a point of 100."""

_LEAST = 1e-9
"""Utility at an actor's far end, so that its logarithm is finite."""


@checked(positions=numbers("A"), weights=not_negative("A"), low=NUMBER, high=NUMBER)
def nash_position(positions: np.ndarray, weights: np.ndarray, low: float, high: float) -> float:
    """Return where on its scale an issue ends if a weighted Nash product decides.

    Formula: argmax_x sum_a w_a ln(1 - |x - x_a| / (high - low)), over 201 points of the scale,
    the lowest where several tie. Failure is worth 0 to everybody, as bad as the far end.

    Parameters
    ----------
    positions : ndarray, shape (A,)
        x_a, in [low, high].
    weights : ndarray, shape (A,)
        w_a >= 0, bargaining weights; not all 0.
    low, high : float
        Ends of the scale, low < high.

    Returns
    -------
    float
        A point of the scale.

    Raises
    ------
    UsageError
        If no actor has weight.

    Notes
    -----
    Source: nash1950; achen2006, of which the compromise is an approximation.

    Examples
    --------
    >>> nash_position(np.array([0.0, 100.0]), np.array([3.0, 1.0]), 0.0, 100.0)
    25.0
    """
    if weights.sum() <= 0.0:
        raise UsageError("A Nash product needs an actor with capability and salience above 0.")
    scale = np.linspace(low, high, STEPS + 1)
    utility = 1.0 - np.abs(scale[:, None] - positions[None, :]) / (high - low)
    product = np.log(np.maximum(utility, 0.0) + _LEAST) @ weights
    return float(scale[np.argmax(product)])
