"""Parts: an agreement that is delivered in equal parts, one a turn."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import FLAG, NUMBER, whole
from minsksim.domains.checked import checked


@checked(total=NUMBER, part=whole(), count=whole(1), is_whole=FLAG)
@jit
def share_by(total: float, part: int, count: int, is_whole: bool) -> float:
    """Return how much of a total has come after some of its parts.

    Formula: V i / n; in whole units floor(V i / n + 1/2), and V itself after the last part.

    Parameters
    ----------
    total : float
        V, in the lever's unit; negative for a move down.
    part : int
        i >= 0, parts delivered.
    count : int
        n >= 1, parts in all.
    is_whole : bool
        Whether only whole units (people) can move.

    Returns
    -------
    float
        In the lever's unit; no unit is lost over all parts.

    Notes
    -----
    Source: schelling1960, a promise broken into steps; that the parts are equal is ours.

    Examples
    --------
    >>> [float(share_by(10.0, part, 4, True)) for part in range(5)]
    [0.0, 3.0, 5.0, 8.0, 10.0]
    """
    if part >= count:
        return total
    amount = total * part / count
    return np.floor(amount + 0.5) if is_whole else amount
