"""The bargaining frontier of a package: which lever moves first as one party concedes to the other.

Each lever is a row of points: positions the owner could move it to, with the gain that each
brings the first and the second party. A package takes one position (or a mixture of two
neighbours) from every lever, so gains add over levers, and the frontier of all packages is made
of the levers' own frontiers, sorted by how cheaply they pass utility from one party to the other.
That sorting is issue linkage: each party concedes first where it costs it least for what the
other gets.
"""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains import limits
from minsksim.domains.arguments import count, numbers, room, whole, wholes
from minsksim.domains.checked import Need, checked

_SORTED_ROWS = Need(
    lambda rates, base, start, count, order: (
        start <= count
        and base + count <= len(rates)
        and bool(((order[:start] >= 0) & (order[:start] < len(rates))).all())
    ),
    "start must not be above count, and rates must have a row for each concession",
)
_OTHER_ROWS = Need(
    lambda rates, others, number, order, count: (
        count + number <= len(order)
        and bool(((others[:number] >= 0) & (others[:number] < len(rates))).all())
        and bool(((order[:count] >= 0) & (order[:count] < len(rates))).all())
    ),
    "order must have room for all, and rates a row for each concession",
)


@checked(
    first=numbers(">J"), second=numbers(">J"), count=count("J", 1), order=room(">J", kind=np.int64)
)
@jit
def rank_positions(first: np.ndarray, second: np.ndarray, count: int, order: np.ndarray) -> None:
    """Write the positions of a lever from the first party's best to its worst.

    Formula: decreasing g1; among equals decreasing g2.

    Parameters
    ----------
    first, second : ndarray, shape (>= count,)
        Gain of each position for the two parties, utils.
    count : int
        Number of positions.
    order : ndarray of int, shape (>= count,)
        Receives the indices.

    Returns
    -------
    None
        The order is written into ``order``.

    Notes
    -----
    Source: ours; an insertion sort that starts from the end where g1 is larger.

    Examples
    --------
    >>> order = np.zeros(3, np.int64)
    >>> rank_positions(np.array([0.1, 0.3, 0.3]), np.array([0.0, 0.0, 0.2]), 3, order); order
    array([2, 1, 0])
    """
    is_rising = first[count - 1] > first[0] or (count > 2 and first[count - 2] > first[0])
    for k in range(count):
        i = count - 1 - k if is_rising else k
        j = k
        while j > 0:
            before = order[j - 1]
            if first[before] > first[i]:
                break
            if first[before] == first[i] and second[before] >= second[i]:
                break
            order[j] = before
            j -= 1
        order[j] = i


@checked(
    first=numbers(">J"), second=numbers(">J"), count=count("J", 1), chain=room(">J", kind=np.int64)
)
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
    rank_positions(first, second, count, chain)
    length = 1
    for k in range(1, count):
        c = chain[k]
        if second[c] <= second[chain[length - 1]]:
            continue
        while length > 1:
            a, b = chain[length - 2], chain[length - 1]
            below = (second[b] - second[a]) * (first[a] - first[c])
            if below >= (second[c] - second[a]) * (first[a] - first[b]):
                break
            length -= 1
        chain[length] = c
        length += 1
    return length


@checked(
    _SORTED_ROWS,
    rates=numbers("R", may_be_infinite=True),
    base=whole(),
    start=whole(),
    count=count("N"),
    order=room("N", kind=np.int64),
)
@jit
def merge_concessions(
    rates: np.ndarray, base: int, start: int, count: int, order: np.ndarray
) -> None:
    """Sort one lever's concessions in among others: most utility passed per util paid first.

    Formula: decreasing rate dG2 / (-dG1); ties keep their order.

    Parameters
    ----------
    rates : ndarray
        Utils the second party gains for each util the first pays, by row. The lever's own fall
        already, its frontier being concave.
    base : int
        Row of the first concession that is sorted.
    start, count : int
        Number of concessions sorted before, and with the lever's.
    order : ndarray of int, shape (>= count,)
        Rows of the first ``start`` concessions, sorted; receives all ``count``.

    Returns
    -------
    None
        The order is written into ``order``.

    Notes
    -----
    Source: sebenius1983, trading on differences in value; the merge is standard.

    Examples
    --------
    >>> order = np.zeros(3, np.int64)
    >>> merge_concessions(np.array([1.0, 3.0, 0.5]), 0, 0, 1, order)
    >>> merge_concessions(np.array([1.0, 3.0, 0.5]), 0, 1, 3, order); order
    array([1, 0, 2])
    """
    before = start - 1
    for own in range(count - 1, start - 1, -1):
        rate = rates[base + own]
        while before >= 0 and rates[order[before]] < rate:
            order[before + own - start + 1] = order[before]
            before -= 1
        order[before + own - start + 1] = base + own


@checked(
    _OTHER_ROWS,
    rates=numbers("R", may_be_infinite=True),
    others=wholes(">M", limit=limits.ANY),
    number=count("M"),
    order=room("N", kind=np.int64),
    count=count("N"),
)
@jit
def merge_orders(
    rates: np.ndarray, others: np.ndarray, number: int, order: np.ndarray, count: int
) -> None:
    """Sort the concessions of several levers, which are sorted, in among those of levers before.

    Formula: decreasing rate dG2 / (-dG1); ties keep their order.

    Parameters
    ----------
    rates : ndarray
        Utils the second party gains for each util the first pays, by row.
    others : ndarray of int, shape (>= number,)
        Rows of the concessions to sort in.
    number : int
        How many.
    order : ndarray of int, shape (>= count + number,)
        Rows of the first ``count`` concessions, sorted; receives all of them.
    count : int
        Number of concessions sorted before.

    Returns
    -------
    None
        The order is written into ``order``.

    Notes
    -----
    Source: sebenius1983, trading on differences in value; the merge is standard.

    Examples
    --------
    >>> order = np.array([1, 0, -1, -1])
    >>> merge_orders(np.array([1.0, 3.0, 2.0, 1.0]), np.array([2, 3]), 2, order, 2); order
    array([1, 2, 0, 3])
    """
    before = count - 1
    for k in range(number - 1, -1, -1):
        rate = rates[others[k]]
        while before >= 0 and rates[order[before]] < rate:
            order[before + k + 1] = order[before]
            before -= 1
        order[before + k + 1] = others[k]
