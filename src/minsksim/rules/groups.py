"""Groups: a flow that several groups of people share is divided among them, nobody twice."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import FLAG, NOT_NEGATIVE, UNIFORM, count, not_negative, room
from minsksim.domains.checked import Need, checked
from minsksim.domains.kinds import Domain

_GROUPS: dict[str, Domain] = {
    "weights": not_negative(">G"),
    "held": not_negative(">G"),
    "count": count("G"),
}
_OPEN = -1.0
"""Stands for the part of a group that has not been settled yet."""

_ENOUGH = Need(
    lambda flow, held, count: bool(flow <= held[:count].sum()),
    "the flow must not be above what the groups hold together",
)
_WEIGHED = Need(
    lambda weights, held, count: bool((weights[:count][held[:count] > 0.0] > 0.0).all()),
    "the weight of every group that holds anybody must be above 0",
)


@checked(_WEIGHED, _ENOUGH, flow=NOT_NEGATIVE, **_GROUPS, parts=room(">G"))
@jit
def expected_parts(
    flow: float, weights: np.ndarray, held: np.ndarray, count: int, parts: np.ndarray
) -> None:
    """Write how a flow is divided among groups on average.

    Formula: f_g = min(h_g, x w_g), x such that sum_g f_g = F. Weights in proportion to what each
    group holds give F h_g / sum h.

    Parameters
    ----------
    flow : float
        F >= 0, in the stocks' unit, at most what the groups hold together.
    weights : ndarray, shape (>= count,)
        w_g, above 0 for every group that holds anybody; only their ratios matter.
    held : ndarray, shape (>= count,)
        h_g >= 0, what each group holds, in the stocks' unit.
    count : int
        Number of groups; what lies behind in the arrays is left alone.
    parts : ndarray, shape (>= count,)
        Receives the f_g.

    Returns
    -------
    None
        The parts are written into ``parts``.

    Notes
    -----
    Source: ours; a group that runs out gives all it has, and the others give the rest.

    Examples
    --------
    Three groups of 10, 30 and 60 give 20 in proportion: 2, 6 and 12.

    >>> parts = np.zeros(3)
    >>> held = np.array([10.0, 30.0, 60.0])
    >>> expected_parts(20.0, held, held, 3, parts)
    >>> parts.tolist()
    [2.0, 6.0, 12.0]

    By weights of 3, 1 and 1 the first would give 12 of its 10, so the others give 5 each.

    >>> expected_parts(20.0, np.array([3.0, 1.0, 1.0]), held, 3, parts)
    >>> parts.tolist()
    [10.0, 5.0, 5.0]
    """
    for g in range(count):
        parts[g] = _OPEN if held[g] > 0.0 else 0.0
    left, is_settled = flow, False
    while not is_settled:
        weight = 0.0
        for g in range(count):
            if parts[g] == _OPEN:
                weight += weights[g]
        rate = left / weight if weight > 0.0 else 0.0
        is_settled = True
        for g in range(count):
            if parts[g] == _OPEN and rate * weights[g] > held[g]:
                parts[g] = held[g]
                left -= held[g]
                is_settled = False
    left = max(left, 0.0)
    for g in range(count):
        if parts[g] == _OPEN:
            parts[g] = left / weight * weights[g]


@checked(
    _WEIGHED,
    _ENOUGH,
    flow=NOT_NEGATIVE,
    **_GROUPS,
    is_whole=FLAG,
    uniform=UNIFORM,
    parts=room(">G"),
)
@jit
def apportion(
    flow: float,
    weights: np.ndarray,
    held: np.ndarray,
    count: int,
    is_whole: bool,
    uniform: float,
    parts: np.ndarray,
) -> None:
    """Divide a flow among groups: whole people, the right mean, never more than a group holds.

    Formula: with E_g = f_1 + ... + f_g the running sum of the expected parts, group g gives
    floor(E_g + u) - floor(E_(g-1) + u), which is f_g rounded down or up, and f_g on average.

    Parameters
    ----------
    flow : float
        F >= 0, at most what the groups hold together; a whole number where people flow.
    weights : ndarray, shape (>= count,)
        w_g, above 0 for every group that holds anybody; only their ratios matter.
    held : ndarray, shape (>= count,)
        h_g >= 0, what each group holds.
    count : int
        Number of groups.
    is_whole : bool
        Whether only whole units (people) can move.
    uniform : float
        u, one random number in [0, 1) for all groups.
    parts : ndarray, shape (>= count,)
        Receives what each group gives; the sum is F.

    Returns
    -------
    None
        The parts are written into ``parts``.

    Notes
    -----
    Source: madow1949, systematic sampling with unequal probabilities; grimmett2004 apportions
    so. One random number keeps the sum, the mean and the bounds at once, which rounding each
    group by itself cannot.

    Examples
    --------
    Of 5 people released from groups of 10, 30 and 60 half a person, one and a half and three are
    expected.

    >>> parts, held = np.zeros(3), np.array([10.0, 30.0, 60.0])
    >>> apportion(5.0, held, held, 3, True, 0.2, parts)
    >>> parts.tolist()
    [0.0, 2.0, 3.0]
    >>> apportion(5.0, held, held, 3, True, 0.7, parts)
    >>> parts.tolist()
    [1.0, 1.0, 3.0]
    """
    expected_parts(flow, weights, held, count, parts)
    if not is_whole:
        return
    behind = 0.0
    for g in range(count):
        behind += held[g]
    edge, given = 0.0, 0.0
    for g in range(count):
        edge += parts[g]
        behind -= held[g]
        # the bounds hold also where a sum of fractions misses a whole number by a hair
        least = max(flow - given - behind, 0.0)
        most = min(held[g], flow - given)
        parts[g] = min(max(np.floor(edge + uniform) - given, least), most)
        given += parts[g]


@checked(**_GROUPS, which=count("G"))
@jit
def next_share(weights: np.ndarray, held: np.ndarray, count: int, which: int) -> float:
    """Return which part of a little more of a shared flow one group gives.

    Formula: w_g / sum of w over the groups that hold anybody; 0 for a group that holds nobody.

    Parameters
    ----------
    weights : ndarray, shape (>= count,)
        w_g >= 0; what each group holds, where they give in proportion.
    held : ndarray, shape (>= count,)
        h_g >= 0, what each group holds.
    count : int
        Number of groups.
    which : int
        g, the group that is asked for.

    Returns
    -------
    float
        In [0, 1]. In proportion to what is held this holds for a flow of any size; by weights as
        long as no group runs out.

    Notes
    -----
    Source: ours; the slope of ``expected_parts`` where nothing flows.

    Examples
    --------
    >>> held = np.array([10.0, 30.0, 60.0])
    >>> next_share(held, held, 3, 1)
    0.3
    >>> next_share(np.array([3.0, 1.0, 1.0]), np.array([0.0, 30.0, 60.0]), 3, 2)
    0.5
    """
    total = 0.0
    for g in range(count):
        if held[g] > 0.0:
            total += weights[g]
    if held[which] <= 0.0 or total <= 0.0:
        return 0.0
    return weights[which] / total
