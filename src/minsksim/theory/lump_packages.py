"""Packages over levers that come in lumps, by looking at every combination of lumps.

What a run finds by branch and bound (``engine/bargaining/indivisible.py``) is found here the long
way: for each combination the other levers are conceded from the first party to the second, the
cheapest first, and the best position of that chain is compared with the best of all others.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from minsksim.domains.arguments import NUMBER, OPEN_SHARE, SHARE, list_of, pair
from minsksim.domains.checked import Need, checked

Pair = tuple[float, float]
_ROUNDING = 1e-12
_NONE = (0.0, 0.0)
_LISTED = Need(
    lambda payoffs, steps: len(payoffs) == len(steps),
    "there must be steps, or none, for each lever",
)


@checked(
    _LISTED,
    payoffs=list_of(pair(NUMBER)),
    steps=list_of(list_of(SHARE)),
    alpha=OPEN_SHARE,
    reservation=pair(NUMBER),
)
def nash_by_enumeration(
    payoffs: Sequence[Pair],
    steps: Sequence[Sequence[float]],
    alpha: float = 0.5,
    reservation: Pair = _NONE,
) -> tuple[tuple[float, ...], Pair]:
    """Return the lumps and the gains of the weighted Nash bargain over lumps and divisible levers.

    Formula: max alpha ln U + (1 - alpha) ln V, U = sum u z, V = sum v z, over z in the steps of a
    lever, or in [0, 1] where it has none, with U >= r1 and V >= r2.

    Parameters
    ----------
    payoffs : sequence of (float, float)
        (u, v) of each lever, utils over its whole scale.
    steps : sequence of sequence of float
        Values each can take, on its 0-1 scale; empty for any.
    alpha : float
        Weight of the first party.
    reservation : tuple of float
        (r1, r2), utils.

    Returns
    -------
    tuple
        The values of the levers with steps, in order, and (U, V). Zeros if nothing suits both.

    Notes
    -----
    Source: zhou1997; every combination is looked at.

    Examples
    --------
    A visit costs the first 0.3 and brings the second 0.5, a border opened brings and costs .6, .4.

    >>> lumps, gains = nash_by_enumeration([(-0.3, 0.5), (0.6, -0.4)], [(0.0, 1.0), ()])
    >>> lumps, tuple(round(gain, 6) for gain in gains)
    ((1.0,), (0.225, 0.15))
    """
    lumpy = [i for i, values in enumerate(steps) if len(values) > 0]
    divisible = [payoffs[i] for i, values in enumerate(steps) if len(values) == 0]
    best, gains, lumps = -math.inf, (0.0, 0.0), tuple(0.0 for _ in lumpy)
    for values in product(*(steps[i] for i in lumpy)):
        chosen = [(payoffs[i], z) for i, z in zip(lumpy, values, strict=True)]
        begin = sum(p[0] * z for p, z in chosen), sum(p[1] * z for p, z in chosen)
        for here, there in pairwise(_chain(begin, divisible)):
            u, v = _best_between(here, there, alpha, reservation)
            if min(u, v, u - reservation[0] + _ROUNDING, v - reservation[1] + _ROUNDING) <= 0.0:
                continue
            product_of_gains = alpha * math.log(u) + (1.0 - alpha) * math.log(v)
            if product_of_gains > best + _ROUNDING:
                best, gains, lumps = product_of_gains, (u, v), tuple(values)
    return lumps, gains


def _chain(begin: Pair, divisible: Sequence[Pair]) -> Iterator[Pair]:
    """Yield the frontier from the best for the first party to the best for the second.

    The first point comes twice, so that a frontier of one point has an edge, too.
    """
    u, v = begin
    concessions = []
    for first, second in divisible:
        if first > 0.0 or (first == 0.0 and second > 0.0):
            u, v = u + first, v + second
        if first * second < 0.0:
            concessions.append((abs(first), abs(second)))
    yield u, v
    yield u, v
    for fall, rise in sorted(concessions, key=lambda one: one[0] / one[1]):
        u, v = u - fall, v + rise
        yield u, v


def _best_between(here: Pair, there: Pair, alpha: float, reservation: Pair) -> Pair:
    """Return the gains with the highest weighted product on an edge that suit both, if any do."""
    fall, rise = here[0] - there[0], there[1] - here[1]
    if fall <= 0.0 or rise <= 0.0:
        return here
    low = min(max((reservation[1] - here[1]) / rise, 0.0), 1.0)
    high = min(max((here[0] - reservation[0]) / fall, 0.0), 1.0)
    share = (1.0 - alpha) * here[0] / fall - alpha * here[1] / rise
    share = max(min(share, high), low)
    return here[0] - share * fall, here[1] + share * rise
