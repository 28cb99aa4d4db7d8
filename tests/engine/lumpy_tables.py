"""Random small bargains over levers that come in lumps, and an enumeration that settles them.

Every combination of lumps is tried, and for each the continuous levers are settled by
``brute_force.py``: nothing here knows of branch and bound, or calls the engine.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import brute_force as brute
import generators as make
import numpy as np
import random_tables as tables

PROTOCOLS = (
    "nash",
    "kalai_smorodinsky",
    "egalitarian",
    "take_it_or_leave_it",
    "ultimatum",
    "zeuthen",
    "exchange",
    "separate",
)
RATIONALITY = 8.0
"""Of the second party: an ultimatum to it may be refused."""


def draw(rng: np.random.Generator, kind: tables.Kind, levers: int) -> tables.Draw:
    """Return a random case in which one lever or more comes in lumps, some of them with curves."""
    case = tables.draw(rng, kind, levers)
    is_lumpy = rng.random(levers) < 0.6
    is_lumpy[int(rng.integers(levers))] = True
    feelings = list(case.feelings)
    for i in np.flatnonzero(is_lumpy):
        if rng.random() < 0.4:
            like = rng.uniform(-1.0, 1.0, 2)
            rho = float(rng.uniform(0.3, 3.0))
            feelings.append(tables.Feeling(int(i), 1.0, (float(like[0]), float(like[1])), rho))
    made = [
        _in_lumps(rng, lever) if lumpy else lever
        for lever, lumpy in zip(case.levers, is_lumpy, strict=True)
    ]
    return replace(case, levers=tuple(made), feelings=tuple(feelings))


def _in_lumps(rng: np.random.Generator, lever: brute.Lever) -> brute.Lever:
    low, high = lever.bounds
    shares = rng.choice([0.0, 0.2, 0.4, 0.6, 0.8, 1.0], int(rng.integers(1, 4)), replace=False)
    steps = sorted({lever.now, *(low + (high - low) * float(share) for share in shares)})
    if len(steps) == 1:
        steps = [low, high]
    now = lever.now if lever.now in steps else steps[0]
    made = replace(lever, now=now, steps=tuple(steps))
    return made if len(made.lumps) > 1 else replace(made, step=(high - low, high - low))


def document(case: tables.Draw, protocol: str) -> make.Plain:
    """Return the case as a scenario."""
    plain = case.document(protocol)
    for i, lever in enumerate(case.levers):
        if lever.steps:
            plain["levers"][f"lever_{i}"]["steps"] = list(lever.steps)
    plain["actors"]["ben"]["rationality"] = make.number(RATIONALITY)
    return plain


def table_of(case: tables.Draw, protocol: str) -> brute.Table:
    """Return the case as a table for the enumeration."""
    table = case.table(protocol)
    levers = [replace(b, steps=a.steps) for a, b in zip(case.levers, table.levers, strict=True)]
    return replace(table, levers=tuple(levers))


def combinations(table: brute.Table) -> Iterator[brute.Table]:
    """Yield the table once for every combination of lumps, each lumpy lever held."""
    choices = [lever.lumps if lever.steps else [lever.held_at] for lever in table.levers]
    for held in itertools.product(*choices):
        levers = [replace(lv, held_at=at) for lv, at in zip(table.levers, held, strict=True)]
        yield replace(table, levers=tuple(levers))


def best_of_lumps(
    table: brute.Table, objective: brute.Objective, least: tuple[float, float]
) -> float:
    """Return the objective's maximum where the continuous levers are linear."""
    return max(brute.best_of_corners(one, objective, least) for one in combinations(table))


def best_of_curved_lumps(
    table: brute.Table, objective: brute.Objective, least: tuple[float, float]
) -> float:
    """Return the objective's maximum; only what comes near the best on a grid is polished."""
    found = []
    for one in combinations(table):
        gains = one.gains(brute.packages_on_grid(one))
        is_fine = (gains >= np.array(least) - 2e-3).all(axis=1)
        if is_fine.any():
            found.append((float(objective(gains[is_fine]).max()), one))
    most = max((level for level, _ in found), default=brute.FAR_BELOW)
    near = [one for level, one in found if level >= most - 0.03]
    return max(
        (brute.best_of_search(one, objective, least) for one in near), default=brute.FAR_BELOW
    )


def alone(table: brute.Table, *rows: int) -> brute.Table:
    """Return the table with all but some levers held where they are."""
    levers = [
        lever if i in rows else replace(lever, steps=(), held_at=lever.now)
        for i, lever in enumerate(table.levers)
    ]
    return replace(table, levers=tuple(levers))


def objective_of(table: brute.Table, best: brute.Best) -> brute.Objective:
    """Return what the protocol maximises, as the documentation says it."""
    if table.protocol == "zeuthen":
        return brute.nash(0.5)
    if table.protocol == "separate":
        return brute.nash(table.alpha)
    if table.protocol == "ultimatum":
        least = table.reservation[1]
        return brute.Objective(
            (lambda g: g[..., 0] / (1.0 + np.exp(-RATIONALITY * (g[..., 1] - least))),)
        )
    name = "egalitarian" if table.protocol == "exchange" else table.protocol
    return brute.objective_of(replace(table, protocol=name), best)


def best_exchange(table: brute.Table, best: brute.Best) -> float:
    """Return the most that both gain for sure by one lever of each."""
    pairs = [
        (i, j)
        for i, one in enumerate(table.levers)
        for j, other in enumerate(table.levers)
        if one.owner == 0 and other.owner == 1
    ]
    even = brute.evenly((1.0, 1.0))
    return max(
        (best(alone(table, *pair), even, table.reservation) for pair in pairs),
        default=brute.FAR_BELOW,
    )
