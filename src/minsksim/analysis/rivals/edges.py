"""Knife edges: the smallest change of one number that flips what a model gives.

A flip is a jump. Mean, compromise and Nash product move smoothly, so they have no edge. The
median's edges are exact; those of a round of challenges are searched for, so a smaller one may
exist. Sizes compare as points of 100: of salience as such, of a capability in percent of
itself, of a position in percent of the scale.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from minsksim.analysis.rivals.models import expected_utility_at, median_at
from minsksim.scenario.case import Case

NUMBERS = ("salience", "capability", "position")
_SIZES = (0.5, 1.0, 2.0, 3.0, 5.0, 7.5, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0)
_JUMP = 0.01
"""Least jump that counts, as a share of the scale."""
_NARROW = 1e-6
"""Points of 100 within which a jump is pinned down."""
_PAST = 2e-6
"""Points of 100 beyond the edge at which the model is asked again."""
_MOST = 100.0
"""Points of 100: larger changes are no edges."""


@dataclass(frozen=True)
class Edge:
    """One number that flips a model, and how.

    Attributes
    ----------
    model, issue : str
    actor, number : str
        Whose number, and which: salience, capability or position.
    value, edge : float
        The number as it is, and where the flip comes.
    size : float
        The change in points of 100, > 0.
    now, then : float
        What the model gives before and just beyond the edge.
    """

    model: str
    issue: str
    actor: str
    number: str
    value: float
    edge: float
    size: float
    now: float
    then: float


def find_edges(case: Case, *, is_searched: bool = True) -> tuple[Edge, ...]:
    """Return the edges of every issue, smallest first.

    Parameters
    ----------
    case : Case
    is_searched : bool
        Whether to search for those of a round of challenges, about a second for each issue.

    Returns
    -------
    tuple of Edge
        All of the median up to 100 points, and the nearest of the challenges.
    """
    found: list[Edge] = []
    for i in np.flatnonzero(case.weights.sum(axis=0) > 0.0):
        alone = case.only((case.issues[i].name,))
        edges = _of_median(alone)
        if is_searched:
            edges += _of_challenges(alone)
        found += sorted(edges, key=lambda edge: edge.size)
    return tuple(found)


def changed(case: Case, actor: int, i: int, number: str, points: float) -> Case | None:
    """Return the case with one number moved by points of 100, or None if it cannot go there."""
    value = value_of(case, actor, i, number)
    if np.isnan(value) or case.weights[actor, i] <= 0.0:
        return None
    issue = case.issues[i]
    unit = {"salience": 1.0, "capability": value / 100.0, "position": _span(case, i) / 100.0}
    after = value + points * unit[number]
    ends = {
        "salience": (0.0, 100.0),
        "capability": (0.0, np.inf),
        "position": (issue.low, issue.high),
    }
    if not ends[number][0] <= after <= ends[number][1]:
        return None
    if number == "capability":
        capability = case.capability.copy()
        capability[actor] = after
        return replace(case, capability=capability)
    array = (case.positions if number == "position" else case.salience).copy()
    array[actor, i] = after
    if number == "position":
        return replace(case, positions=array)
    return replace(case, salience=array)


def value_of(case: Case, actor: int, i: int, number: str) -> float:
    """Return one number of an actor."""
    if number == "capability":
        return float(case.capability[actor])
    return float((case.positions if number == "position" else case.salience)[actor, i])


def _span(case: Case, i: int) -> float:
    return case.issues[i].high - case.issues[i].low


def _of_median(case: Case) -> list[Edge]:
    """Weigh both sides of the median: the side that lacks least flips it.

    Positions are left out: the median never moves by more than one position does.
    """
    middle, _ = median_at(case, 0)
    weights, found = case.weights[:, 0], []
    at = np.where(weights > 0.0, case.positions[:, 0], np.nan)
    for gains, stands_there in ((at > middle, at <= middle), (at < middle, at >= middle)):
        lack = weights[stands_there].sum() - weights[gains].sum()
        for a in np.flatnonzero(weights > 0.0):
            sign = 1.0 if gains[a] else -1.0
            for number in ("salience", "capability"):
                own = value_of(case, int(a), 0, number) if number == "salience" else 100.0
                which = (int(a), 0, number)
                edge = _edge("median", case, which, sign * lack / weights[a] * own, _median)
                found += [edge] if edge and edge.size <= _MOST else []
    return found


def _median(case: Case, i: int) -> float:
    return median_at(case, i)[0]


def _of_challenges(alone: Case) -> list[Edge]:
    """Search outwards for the first size of change at which some number flips the challenges."""
    now = expected_utility_at(alone, 0)
    tries = [
        (int(a), 0, number) for a in np.flatnonzero(alone.weights[:, 0] > 0.0) for number in NUMBERS
    ]
    for size in _SIZES:
        found = []
        for which in tries:
            for points in (size, -size):
                at = _pin_down(alone, which, points, now)
                if at is not None:
                    edge = _edge("expected_utility", alone, which, at, expected_utility_at)
                    found += [edge] if edge else []
        if found:
            return sorted(found, key=lambda edge: edge.size)
    return []


def _pin_down(case: Case, which: tuple[int, int, str], points: float, now: float) -> float | None:
    """Return where between 0 and ``points`` the first half of a jump is passed, if there is one."""
    after = changed(case, *which, points)
    if after is None:
        return None
    shift = abs(expected_utility_at(after, 0) - now)
    if shift < _JUMP * _span(case, 0):
        return None
    low, high = 0.0, points
    while abs(high - low) > _NARROW:
        middle = (low + high) / 2.0
        between = changed(case, *which, middle)
        if between is not None and abs(expected_utility_at(between, 0) - now) < shift / 2.0:
            low = middle
        else:
            high = middle
    return high


def _edge(
    model: str,
    case: Case,
    which: tuple[int, int, str],
    points: float,
    answer: Callable[[Case, int], float],
) -> Edge | None:
    """Return the edge if the model jumps there, else None."""
    actor, i, number = which
    step = math.copysign(_PAST, points)
    before, after = (changed(case, *which, points + move) for move in (-step, step))
    at = changed(case, *which, points)
    if before is None or after is None or at is None:
        return None
    first, then = answer(before, i), answer(after, i)
    if abs(then - first) < _JUMP * _span(case, i):
        return None
    return Edge(
        model=model,
        issue=case.issues[i].name,
        actor=case.actors[actor],
        number=number,
        value=value_of(case, actor, i, number),
        edge=value_of(at, actor, i, number),
        size=float(abs(points)),
        now=answer(case, i),
        then=then,
    )
