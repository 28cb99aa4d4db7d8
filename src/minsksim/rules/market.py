"""Markets: a price that answers to levers."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import NUMBER, numbers
from minsksim.domains.checked import checked


@checked(base=NUMBER, slopes=numbers("L"), scaled=numbers(">L"))
@jit
def linear_price(base: float, slopes: np.ndarray, scaled: np.ndarray) -> float:
    """Return a price that answers linearly to levers.

    Formula: p = p0 + sum_l slope_l z_l.

    Parameters
    ----------
    base : float
        p0, the price with every lever at the low end of its scale, in the market's unit.
    slopes : ndarray, shape (L,)
        Change of the price for a full-scale move of each lever.
    scaled : ndarray, shape (>= L,)
        Lever values on their 0-1 scale.

    Returns
    -------
    float
        The price, in the market's unit.

    Notes
    -----
    Source: ours; the first-order form of a market, a slope for each instrument.

    Examples
    --------
    >>> linear_price(485.0, np.array([-20.0, 10.0]), np.array([1.0, 0.5]))
    470.0
    """
    price = base
    for lever in range(slopes.shape[0]):
        price += slopes[lever] * scaled[lever]
    return price
