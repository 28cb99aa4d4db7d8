"""Where things stand in the network figure: places on a circle, points on bent arrows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]

BEND = 0.16
"""Bend of an arrow, as a share of its length; the opposite arrow bends the other way."""


def circle(actors: Sequence[str], ties: Mapping[tuple[str, str], float]) -> dict[str, Point]:
    """Place actors on an ellipse so that strong ties are short; the same input, same places.

    Pairs are exchanged, in file order, until no exchange shortens the weighted ties.

    Examples
    --------
    The places go round, so the last actor stands beside the first:

    >>> places = circle(["a", "b", "c", "d"], {("a", "c"): 1.0})
    >>> list(places)
    ['a', 'd', 'b', 'c']
    """
    order = list(actors)
    best = _length(order, ties)
    improved = True
    while improved:
        improved = False
        for i in range(1, len(order)):
            for j in range(i + 1, len(order)):
                order[i], order[j] = order[j], order[i]
                length = _length(order, ties)
                if length < best - 1e-9:
                    best, improved = length, True
                else:
                    order[i], order[j] = order[j], order[i]
    return {name: _spot(place, len(order)) for place, name in enumerate(order)}


def _spot(place: int, count: int) -> Point:
    angle = math.pi / 2 - 2 * math.pi * place / count + math.pi / count
    return 1.2 * math.cos(angle), math.sin(angle)


def _length(order: Sequence[str], ties: Mapping[tuple[str, str], float]) -> float:
    spots = {name: _spot(place, len(order)) for place, name in enumerate(order)}
    return sum(
        weight * math.dist(spots[a], spots[b])
        for (a, b), weight in ties.items()
        if a in spots and b in spots
    )


def between(start: Point, end: Point, share: float) -> Point:
    """Return the point at ``share`` of the straight way from start to end."""
    return (
        start[0] + share * (end[0] - start[0]),
        start[1] + share * (end[1] - start[1]),
    )


def trimmed(start: Point, end: Point, gap: float) -> tuple[Point, Point]:
    """Return the ends of a bent arrow that stops ``gap`` short of both centres."""
    control = _control(start, end)
    first = between(start, control, gap / math.dist(start, control))
    last = between(end, control, gap / math.dist(end, control))
    return first, last


def bend(start: Point, end: Point, share: float) -> Point:
    """Return a point of the arrow that matplotlib draws with ``arc3,rad=BEND``."""
    control = _control(start, end)
    return between(between(start, control, share), between(control, end, share), share)


def _control(start: Point, end: Point) -> Point:
    x, y = between(start, end, 0.5)
    return x + BEND * (end[1] - start[1]), y - BEND * (end[0] - start[0])
