"""What must hold in every lab, whatever the numbers are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from minsksim.lessons.lab import Invariant

if TYPE_CHECKING:
    from minsksim.lessons.world import World

_EXACT = 1e-9
_INTO = ("arrested",)
_OUT = ("freed_home", "freed_exile", "sentence_served")
"""Whoever is held again leaves the count of those released at home, so balances there."""


def _terms_add_up(world: World) -> bool:
    run = world.run("base")
    total = run.contributions.groupby(["turn", "actor"])["value"].sum().unstack()
    gap = total[run.utilities.columns] - run.utilities
    return bool(np.abs(gap.to_numpy()).max() < _EXACT)


def _zone_is_empty_when_reservations_cross(world: World) -> bool:
    from minsksim.rules.bargaining import settle
    from minsksim.vocabulary import NASH

    first, second = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    levels = np.linspace(0.0, 1.0, 21)
    return all(
        (settle(first, second, 1, NASH, 0.5, (0.0, 0.0), (mine, yours)) < 0.0)
        == (mine + yours > 1.0)
        for mine in levels
        for yours in levels
        if abs(mine + yours - 1.0) > _EXACT
    )


def _linkage_never_lowers_the_frontier(world: World) -> bool:
    from minsksim.theory.linkage import linked_shares, separate_shares, utils_of_shares

    for draw in range(200):
        # a fixed low-discrepancy sequence: no random state, the same cases everywhere
        weights = (np.arange(1, 9) * 0.6180339887 + draw * 0.7548776662) % 1.0
        first, second = weights[:4] + 0.01, weights[4:] + 0.01
        together = utils_of_shares(linked_shares(first, second), first, second)
        apart = utils_of_shares(separate_shares(first, second), first, second)
        if together[0] * together[1] < apart[0] * apart[1] - _EXACT:
            return False
    return True


def _people_balance(world: World) -> bool:
    from minsksim.theory.detention import Custody, count_by_status

    for step in range(1, 20):
        door = Custody(3.0 * step, 0.005 * step, 2.0, 0.02, 0.05 * step, 0.03 * step)
        count = count_by_status(door, 900.0, 0.7, 24.0)
        out = count.released_at_home + count.released_into_exile
        into = count.newly_arrested + count.rearrested
        if abs(out - into + (count.held - 900.0)) > 1e-6:
            return False
    return "base" not in world.cases or _stock_balances(world)


def _stock_balances(world: World) -> bool:
    """Return whether a run's stock of people held changes by its flows, if it has such a stock."""
    series = world.run("base").series
    if "stocks.held" not in series:
        return True
    change = (series - series.iloc[0])[[f"stocks.{name}" for name in (*_INTO, *_OUT, "held")]]
    flows = change[[f"stocks.{name}" for name in _INTO]].sum(axis=1) - change[
        [f"stocks.{name}" for name in _OUT]
    ].sum(axis=1)
    return bool((change["stocks.held"] - flows).abs().max() < _EXACT)


TERMS_ADD_UP = Invariant("the terms of every utility add up to it", _terms_add_up)
ZONE_CLOSES = Invariant(
    "the zone is empty exactly when the reservation values cross",
    _zone_is_empty_when_reservations_cross,
)
LINKAGE_HELPS = Invariant(
    "settling issues together never lowers what is feasible", _linkage_never_lowers_the_frontier
)
PEOPLE_BALANCE = Invariant(
    "released less newly held is the fall of the number held", _people_balance
)
