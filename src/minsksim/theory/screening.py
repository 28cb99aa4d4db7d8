"""Screening: how much to demand from an opponent whose cost of conflict is private."""

from typing import NamedTuple

from minsksim.domains.arguments import NOT_NEGATIVE, POSITIVE, SHARE
from minsksim.domains.checked import checked


class Demand(NamedTuple):
    """A demand beyond the expected result of conflict, and the share of conflicts it brings."""

    surplus: float
    conflict: float


@checked(win_share=SHARE, own_cost=NOT_NEGATIVE, largest_cost=POSITIVE)
def screening_demand(win_share: float, own_cost: float, largest_cost: float) -> Demand:
    """Return the best demand against an opponent whose cost is uniform on [0, C].

    Formula: z* = (C - c) / 2, kept in [0, min(C, 1 - p)]; the opponent accepts iff its cost is
    at least z, so conflict has probability z* / C = (1 - c / C) / 2 inside the bounds.

    Parameters
    ----------
    win_share : float
        p, the demander's expected share of the pie in a conflict, in [0, 1].
    own_cost : float
        c >= 0, the demander's cost of conflict, shares of the pie.
    largest_cost : float
        C > 0, the opponent's largest cost, shares of the pie.

    Returns
    -------
    Demand
        z*, demanded beyond p, and the probability of conflict.

    Raises
    ------
    UsageError
        If C is not positive: then nothing is private.

    Notes
    -----
    Source: fearon1995, the risk-return trade-off, with a uniform cost.

    Examples
    --------
    >>> demand = screening_demand(0.5, 0.1, 0.4)
    >>> round(demand.surplus, 6), round(demand.conflict, 6)
    (0.15, 0.375)
    """
    surplus = min(max((largest_cost - own_cost) / 2.0, 0.0), min(largest_cost, 1.0 - win_share))
    return Demand(surplus, surplus / largest_cost)
