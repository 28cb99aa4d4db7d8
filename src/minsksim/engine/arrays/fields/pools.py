"""Pools: stocks that levers draw on, alone or together."""

from __future__ import annotations

from minsksim.engine.arrays.axes import Axes
from minsksim.engine.arrays.fields.common import Fields, Place, ints, starts
from minsksim.engine.arrays.fields.groups import shared_flows
from minsksim.scenario.groups import flows, origins
from minsksim.scenario.schema import Document


def pool_arrays(document: Document, axes: Axes, place: Place) -> Fields:
    """Which stocks momentary levers draw on together, and how often each lever does.

    A pool is the origins of a flow by a lever. Against it counts every flow that can only come
    from the pool and, where the pool is of several groups, every other such flow that may come
    from it. Whoever draws on one group alone is served before those who share it, so a shared
    flow never takes that away. A standing lever flows before anybody bargains, so it is limited
    by what is left then.

    Where nothing is shared, every lever is limited by what it draws on last, and by nothing else:
    scenarios from before there were groups keep their results.
    """
    drawn = [
        (axes.levers.index(flow.by), frozenset(origins(document.stocks, flow)))
        for _, _, flow in flows(document.stocks)
        if flow.by is not None and flow.origin is not None
    ]
    if shared_flows(document):
        momentary = [lever.persistence == "momentary" for lever in document.levers.values()]
        pools = _joint_pools(drawn, momentary)
    else:
        pools = [(pool, {lever: 1}) for lever, pool in dict(drawn).items()]
    order = {name: i for i, name in enumerate(axes.stocks)}
    limits = [
        [p for p, (_, against) in enumerate(pools) if lever in against]
        for lever in range(len(axes.levers))
    ]
    return {
        "pool_start": starts([len(pool) for pool, _ in pools]),
        "pool_stocks": ints([i for pool, _ in pools for i in sorted(order[name] for name in pool)]),
        "claim_start": starts([len(against) for _, against in pools]),
        "claims": ints(
            [claim for _, against in pools for claim in against.items()],
            (sum(len(against) for _, against in pools), 2),
        ),
        "lever_pool_start": starts([len(found) for found in limits]),
        "lever_pools": ints([p for found in limits for p in found]),
    }


Pool = tuple[frozenset[str], dict[int, int]]
"""Stocks, and the levers that count against them with how many times each does."""


def _joint_pools(drawn: list[tuple[int, frozenset[str]]], momentary: list[bool]) -> list[Pool]:
    """Return the pools of a scenario with groups, from each lever and the origins of its flows."""

    def counts(pool: frozenset[str], taken: frozenset[str]) -> bool:
        return taken <= pool or (min(len(pool), len(taken)) > 1 and not taken.isdisjoint(pool))

    pools: dict[tuple[int, frozenset[str]], dict[int, int]] = {}
    for lever, pool in drawn:
        owner = -1 if momentary[lever] else lever
        near = [
            other
            for other, taken in drawn
            if counts(pool, taken) and (momentary[other] if owner < 0 else other == lever)
        ]
        pools[owner, pool] = {other: near.count(other) for other in near}
    return [(pool, against) for (_, pool), against in pools.items()]
