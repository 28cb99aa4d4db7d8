"""Which runs of a sweep are kept turn by turn: a few of every part of the design.

Figures of a sample from one corner of a design contradict the tables of the whole, so a sample
takes as many points as it can, far apart in the order of the design, and only then more
replications of each.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]

_GOLDEN = (math.sqrt(5) - 1) / 2


def sampled(points: int, runs: int, count: int) -> Numbers:
    """Return the numbers of the runs to keep, in order.

    The k-th point taken is (k * step) mod P, with the step next to P times the golden ratio that
    shares no divisor with P: any first few of them lie evenly over the design, and do not fall on
    one value of a grid's axis. A smaller sample is part of every larger one.

    Parameters
    ----------
    points, runs : int
        P design points of R replications; run number = point * R + replication.
    count : int
        How many runs to keep.

    Returns
    -------
    int64[min(count, P * R)]

    Examples
    --------
    >>> sampled(points=5, runs=4, count=5).tolist()
    [0, 4, 8, 12, 16]
    >>> sampled(points=8, runs=2, count=3).tolist()  # points 0, 5 and 2
    [0, 4, 10]
    >>> sampled(points=1, runs=4, count=3).tolist()
    [0, 1, 2]
    """
    taken = np.arange(min(count, points * runs), dtype=np.int64)
    replication, place = np.divmod(taken, min(points, max(count, 1)))
    found: Numbers = np.sort(place * _step(points) % points * runs + replication)
    return found


def _step(points: int) -> int:
    """Return the step from one point to the next one taken."""
    middle = max(1, round(points * _GOLDEN))
    near = (middle + sign * offset for offset in range(points + 1) for sign in (1, -1))
    return next(step for step in near if step > 0 and math.gcd(step, points) == 1)
