"""The package of two parties in plain Python: frontier of the linked moves, and its Nash point.

The same search as the compiled rules': each lever gives a few positions with both parties' gains,
the levers' own frontiers are sorted into one by what a concession passes on, the Nash product picks
a point of it, and curved levers are searched again around that point.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from plain_parts import Lever

FIRST_CELLS, CELLS, ROUNDS, FINE = 29, 21, 8, 3.3e-3
Point = tuple[float, float]
Gains = Callable[[Lever, float], Point]


@dataclass(eq=False)
class Row:
    """One lever on the table: what it may become, and what that brings both."""

    lever: Lever
    now: float
    low: float
    high: float
    window: Point = (0.0, 0.0)
    cells: int = FIRST_CELLS
    positions: list[float] = field(default_factory=list)
    gains: list[Point] = field(default_factory=list)
    chain: list[int] = field(default_factory=list)
    chosen: float = 0.0

    def look(self, gains_of: Gains) -> None:
        low, high = self.window
        self.positions = [low]
        if self.lever.is_curved:
            self.positions += [low + (high - low) * i / self.cells for i in range(1, self.cells)]
        if high > low:
            self.positions.append(high)
        if low < self.now < high:
            self.positions.append(self.now)
        self.gains = [gains_of(self.lever, value) for value in self.positions]
        self.chain = self.frontier()

    def frontier(self) -> list[int]:
        """Positions on the upper hull, from the first party's best to the second's."""
        gains, chain = self.gains, []
        for c in sorted(range(len(gains)), key=lambda j: gains[j], reverse=True):
            u, v = gains[c]
            if chain and v <= gains[chain[-1]][1]:
                continue
            while len(chain) > 1:
                (u0, v0), (u1, v1) = gains[chain[-2]], gains[chain[-1]]
                if (v1 - v0) * (u0 - u) >= (v - v0) * (u0 - u1):
                    break
                chain.pop()
            chain.append(c)
        return chain

    def narrow(self) -> bool:
        """Search closer around the choice next time; return whether the search is coarse."""
        span = self.high - self.low
        if not self.lever.is_curved or span <= 0.0:
            return False
        low, high = self.window
        half = (high - low) / self.cells
        is_coarse = half > FINE * span
        if (self.chosen <= low and low > self.low) or (self.chosen >= high and high < self.high):
            half = (high - low) / 2.0
        self.cells = CELLS
        self.window = max(self.low, self.chosen - half), min(self.high, self.chosen + half)
        return is_coarse


def find_package(rows: list[Row], gains_of: Gains, alpha: float, least: Point) -> bool:
    """Choose a position for every row on ever finer grids; return whether it suits both parties."""
    is_found = False
    for turn in range(ROUNDS):
        for row in rows:
            if turn == 0:
                row.window, row.cells = (row.low, row.high), FIRST_CELLS
            if turn == 0 or row.lever.is_curved:
                row.look(gains_of)
        is_found = mix(rows, alpha, least)
        is_coarse = False
        for row in rows:
            is_coarse = row.narrow() or is_coarse
        if not is_coarse:
            break
    return is_found


def concede(rows: list[Row]) -> list[tuple[float, Row, int, int]]:
    """All steps from the first party's best to the second's, what passes on most first."""
    concessions = []
    for row in rows:
        for here, there in pairwise(row.chain):
            paid = row.gains[here][0] - row.gains[there][0]
            gained = row.gains[there][1] - row.gains[here][1]
            concessions.append((gained / paid, row, here, there))
    return sorted(concessions, key=lambda concession: -concession[0])


def mix(rows: list[Row], alpha: float, least: Point) -> bool:
    u = v = 0.0
    for row in rows:
        begin = row.chain[0]
        row.chosen = row.positions[begin]
        u, v = u + row.gains[begin][0], v + row.gains[begin][1]
    concessions = concede(rows)
    frontier = [(u, v)]
    for _, row, here, there in concessions:
        u = u + row.gains[there][0] - row.gains[here][0]
        v = v + row.gains[there][1] - row.gains[here][1]
        frontier.append((u, v))
    position = settle(frontier, alpha, least)
    is_found = position >= 0.0
    if not is_found:
        position = balanced(frontier)
    for k, (_, row, here, there) in enumerate(concessions):
        share = min(position - k, 1.0)
        if share <= 0.0:
            break
        row.chosen = row.positions[here] + share * (row.positions[there] - row.positions[here])
    return is_found


def settle(frontier: list[Point], alpha: float, least: Point) -> float:
    """The Nash point, as a position along the frontier, or -1."""
    low = first_reaching(frontier, max(least[1], 0.0))
    high = last_keeping(frontier, max(least[0], 0.0))
    if low < 0.0 or high < low:
        return -1.0
    return min(max(nash(frontier, alpha), low), high)


def first_reaching(frontier: list[Point], level: float) -> float:
    if frontier[0][1] >= level:
        return 0.0
    for k in range(len(frontier) - 1):
        v, v2 = frontier[k][1], frontier[k + 1][1]
        if v2 >= level:
            return k + (level - v) / (v2 - v)
    return -1.0


def last_keeping(frontier: list[Point], level: float) -> float:
    if frontier[0][0] < level:
        return -1.0
    for k in range(len(frontier) - 1):
        u, u2 = frontier[k][0], frontier[k + 1][0]
        if u2 < level:
            return k + (u - level) / (u - u2)
    return float(len(frontier) - 1)


def nash(frontier: list[Point], alpha: float) -> float:
    for k in range(len(frontier) - 1):
        (u, v), (u2, v2) = frontier[k], frontier[k + 1]
        fall, rise = u - u2, v2 - v
        if fall <= 0.0:
            continue
        share = ((1.0 - alpha) * rise * u - alpha * fall * v) / (fall * rise)
        if share < 1.0:
            return k + max(share, 0.0)
    return float(len(frontier) - 1)


def balanced(frontier: list[Point]) -> float:
    for k, (u, v) in enumerate(frontier):
        short = u - v
        if short <= 0.0:
            if k == 0:
                return 0.0
            u0, v0 = frontier[k - 1]
            before = u0 - v0
            return k - 1 + before / (before - short)
    return float(len(frontier) - 1)
