"""The bargaining frontier of a package: which lever moves first as one party concedes to the other.

Each lever is a row of points: positions the owner could move it to, with the gain that each
brings the first and the second party. A package takes one position (or a mixture of two
neighbours) from every lever, so gains add over levers, and the frontier of all packages is made
of the levers' own frontiers, sorted by how cheaply they pass utility from one party to the other.
That sorting is issue linkage: each party concedes first where it costs it least for what the
other gets.
"""

import numpy as np

from minsksim._jit import jit


@jit
def lever_frontier(first: np.ndarray, second: np.ndarray, count: int, chain: np.ndarray) -> int:
    """Write the points on one lever's frontier, from the first party's best to the second's.

    Formula: upper concave hull of the points (g1, g2), from the largest g1 to the largest g2;
    the next vertex maximises (g2' - g2) / (g1 - g1').

    Parameters
    ----------
    first, second : ndarray, shape (>= count,)
        Gain of each position for the two parties, utils.
    count : int
        Number of positions.
    chain : ndarray of int, shape (>= count,)
        Receives the indices of the frontier points.

    Returns
    -------
    int
        How many points the frontier has, at least 1.

    Notes
    -----
    Source: tollison_willett1979, linkage along relative saliences; the hull is standard.

    Examples
    --------
    >>> chain = np.zeros(3, np.int64)
    >>> lever_frontier(np.array([0.0, -0.2, -1.0]), np.array([0.0, 0.5, 0.6]), 3, chain)
    3
    >>> chain
    array([0, 1, 2])
    """
    here = 0
    for j in range(1, count):
        if first[j] > first[here] or (first[j] == first[here] and second[j] > second[here]):
            here = j
    chain[0] = here
    length = 1
    while True:
        best, best_gain, best_paid = -1, 0.0, 1.0
        for j in range(count):
            gain, paid = second[j] - second[here], first[here] - first[j]
            if gain <= 0.0:
                continue
            lead = gain * best_paid - best_gain * paid
            if best < 0 or lead > 0.0 or (lead == 0.0 and gain < best_gain):
                best, best_gain, best_paid = j, gain, paid
        if best < 0:
            return length
        chain[length] = best
        length += 1
        here = best


@jit
def sort_concessions(rates: np.ndarray, count: int, order: np.ndarray) -> None:
    """Write the order in which concessions are made: most utility passed per util paid first.

    Formula: decreasing rate dG2 / (-dG1); ties keep their order.

    Parameters
    ----------
    rates : ndarray, shape (>= count,)
        Utils the second party gains for each util the first pays.
    count : int
        Number of concessions.
    order : ndarray of int, shape (>= count,)
        Receives the sorted indices.

    Returns
    -------
    None
        The order is written into ``order``.

    Notes
    -----
    Source: sebenius1983, trading on differences in value; the sort is standard.

    Examples
    --------
    >>> order = np.zeros(3, np.int64); sort_concessions(np.array([1.0, 3.0, 2.0]), 3, order); order
    array([1, 2, 0])
    """
    for k in range(count):
        rate = rates[k]
        j = k
        while j > 0 and rates[order[j - 1]] < rate:
            order[j] = order[j - 1]
            j -= 1
        order[j] = k
