"""Cheap talk: how much a message is worth when the messenger wants something else."""

import math

from minsksim._jit import jit

NEGLIGIBLE = 1e-12
"""A bias below it is none: the number of shades of meaning would not fit a float."""


@jit
def informativeness(bias: float) -> float:
    """Return the part of what could be learned that a biased messenger can pass on.

    Formula: 1 - 12 (1 / (12 N^2) + b^2 (N^2 - 1) / 3) with N = ceil(-1/2 + 1/2 sqrt(1 + 2 / b)),
    the receiver's residual variance in the most informative equilibrium, as a share of the
    variance 1/12 without any message.

    Parameters
    ----------
    bias : float
        b >= 0, distance between what messenger and receiver would want done; the state of the
        world is uniform on [0, 1].

    Returns
    -------
    float
        1 without bias, 0 from b = 1/4 on.

    Notes
    -----
    Source: crawford_sobel1982, section 4, the uniform-quadratic case.

    Examples
    --------
    With b = 0.1 there are two shades of meaning, and the receiver's loss is 0.030833:

    >>> round(informativeness(0.1), 6)
    0.63
    >>> informativeness(0.0), round(informativeness(0.25), 6)
    (1.0, 0.0)
    """
    if bias <= NEGLIGIBLE:
        return 1.0
    shades = math.ceil(-0.5 + 0.5 * math.sqrt(1.0 + 2.0 / bias))
    squared = float(shades) * float(shades)
    left = 1.0 / (12.0 * squared) + bias * bias * (squared - 1.0) / 3.0
    return 1.0 - 12.0 * left
