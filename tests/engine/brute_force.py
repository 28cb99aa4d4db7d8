"""An independent bargainer: it knows a case as plain numbers and never calls the engine.

The gains of a package are recomputed from the definition of utility; the best package is looked
for by enumeration (linear gains: every pair of corners of the set of packages, mixed) or by a grid
polished by a general optimiser (concave gains).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

FAR_BELOW = -1e9


@dataclass(frozen=True)
class Term:
    """effect * f(z), z the lever on its 0-1 scale, felt by the two parties with ``weights``."""

    weights: tuple[float, float]
    effect: float
    rho: float | None = None
    rate: float | None = None

    def level(self, z: np.ndarray) -> np.ndarray:
        if self.rho is not None:
            return self.effect * np.maximum(z, 0.0) ** self.rho
        if self.rate is not None:
            return self.effect * (1.0 - np.exp(-self.rate * z))
        return self.effect * z


@dataclass(frozen=True)
class Lever:
    owner: int
    bounds: tuple[float, float]
    now: float
    step: tuple[float, float]
    cost: tuple[float, float]
    terms: tuple[Term, ...]
    steps: tuple[float, ...] = ()
    """The values that it can take, where it comes in lumps."""
    held_at: float | None = None
    """Where the enumeration of lumps holds it."""

    @property
    def reach(self) -> tuple[float, float]:
        if self.held_at is not None:
            return self.held_at, self.held_at
        low, high = self.bounds
        return max(low, self.now - self.step[1]), min(high, self.now + self.step[0])

    @property
    def corners(self) -> list[float]:
        """Where its gains have kinks and ends."""
        return sorted({*self.reach, *(() if self.held_at is not None else (self.now,))})

    @property
    def lumps(self) -> list[float]:
        """The values it can be moved to this turn, and where it is."""
        low, high = self.reach
        slack = 1e-9 * (self.bounds[1] - self.bounds[0])
        return sorted({self.now, *(x for x in self.steps if low - slack <= x <= high + slack)})

    def gain(self, side: int, value: np.ndarray, trust: float) -> np.ndarray:
        """What moving from ``now`` to ``value`` brings a party that trusts the other so far."""
        low, high = self.bounds
        change = np.zeros_like(np.asarray(value, dtype=float))
        for term in self.terms:
            before = term.level(np.array((self.now - low) / (high - low)))
            change += term.weights[side] * (term.level((value - low) / (high - low)) - before)
        if side != self.owner:
            return trust * change
        share = (value - self.now) / (high - low)
        return change - np.where(share > 0.0, self.cost[0] * share, -self.cost[1] * share)


@dataclass(frozen=True)
class Table:
    """What two parties can settle: levers, mutual trust, weights and least gains."""

    levers: tuple[Lever, ...]
    trust: tuple[float, float]
    patience: tuple[float, float]
    reservation: tuple[float, float]
    protocol: str

    @property
    def alpha(self) -> float:
        first, second = map(math.log, self.patience)
        return second / (first + second)

    def gains(self, values: np.ndarray) -> np.ndarray:
        """Both parties' gains for packages of shape (..., L)."""
        return np.stack(
            [
                sum(
                    lever.gain(side, values[..., i], self.trust[side])
                    for i, lever in enumerate(self.levers)
                )
                for side in range(2)
            ],
            axis=-1,
        )


@dataclass(frozen=True)
class Objective:
    """What a protocol maximises: the least of one or two smooth functions of the gains."""

    parts: tuple[Callable[[np.ndarray], np.ndarray], ...]

    def __call__(self, gains: np.ndarray) -> np.ndarray:
        return np.min([part(gains) for part in self.parts], axis=0)


Best = Callable[[Table, Objective, tuple[float, float]], float]


def nash(alpha: float) -> Objective:
    def product(gains: np.ndarray) -> np.ndarray:
        first, second = np.maximum(gains[..., 0], 0.0), np.maximum(gains[..., 1], 0.0)
        return first**alpha * second ** (1.0 - alpha)

    return Objective((product,))


def evenly(ideal: tuple[float, float]) -> Objective:
    return Objective((lambda g: g[..., 0] / ideal[0], lambda g: g[..., 1] / ideal[1]))


def only(side: int) -> Objective:
    return Objective((lambda g: g[..., side],))


def objective_of(table: Table, best: Best) -> Objective:
    """Return what the table's protocol maximises over acceptable packages."""
    if table.protocol == "nash":
        return nash(table.alpha)
    if table.protocol == "take_it_or_leave_it":
        return only(0)
    if table.protocol == "egalitarian":
        return evenly((1.0, 1.0))
    ideal = tuple(best(table, only(side), (0.0, 0.0)) for side in range(2))
    return evenly((max(ideal[0], 1e-12), max(ideal[1], 1e-12)))


def best_of_corners(table: Table, objective: Objective, least: tuple[float, float]) -> float:
    """Return the objective's maximum where every gain is linear on each side of ``now``.

    The set of gains is then the hull of its corners (each lever at its lowest, present or highest
    value), and any Pareto point is a mixture of two of them.
    """
    choices = [lever.corners for lever in table.levers]
    corners = table.gains(np.array(list(itertools.product(*choices))))
    here, there = (corners[list(side)] for side in zip(*_pairs(len(corners)), strict=True))
    low, high = np.zeros(len(here)), np.ones(len(here))
    for side in range(2):
        slope, room = (there - here)[:, side], here[:, side] - least[side]
        with np.errstate(divide="ignore", invalid="ignore"):
            cut = -room / slope
        low = np.where(slope > 0.0, np.maximum(low, cut), low)
        high = np.where(slope < 0.0, np.minimum(high, cut), high)
        high = np.where((slope == 0.0) & (room < 0.0), -1.0, high)
    is_open = low <= high
    if not is_open.any():
        return FAR_BELOW
    here, there, low, high = here[is_open], there[is_open], low[is_open], high[is_open]
    best = FAR_BELOW
    bottom, top = low, high
    for _ in range(8):
        share = np.linspace(bottom, top, 41)
        found = objective(here + share[..., None] * (there - here))
        best = max(best, float(found.max()))
        at = np.take_along_axis(share, found.argmax(axis=0)[None], axis=0)[0]
        width = (top - bottom) / 40.0
        bottom, top = np.maximum(low, at - width), np.minimum(high, at + width)
    return best


def _pairs(count: int) -> list[tuple[int, int]]:
    return list(itertools.combinations_with_replacement(range(count), 2))


def packages_on_grid(table: Table) -> np.ndarray:
    """Return a grid of packages; ``now`` is on it, because costs have a kink there."""
    points = {1: 2001, 2: 121, 3: 31, 4: 13}[len(table.levers)]
    axes = [np.unique([*np.linspace(*lv.reach, points), *lv.corners]) for lv in table.levers]
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(axes))


def best_of_search(table: Table, objective: Objective, least: tuple[float, float]) -> float:
    """Return the objective's maximum over a grid, polished from its best acceptable points."""
    packages = packages_on_grid(table)
    gains = table.gains(packages)
    is_fine = (gains >= np.array(least)).all(axis=1)
    if not is_fine.any():
        return FAR_BELOW
    found = np.where(is_fine, objective(gains), FAR_BELOW)
    starts = packages[np.argsort(found)[-30::14]]
    return max(float(found.max()), *(_polish(table, objective, least, one) for one in starts))


class _Split:
    """Gains and their slopes where each move is split into up and down, so costs have no kink."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.now = np.array(
            [lever.now if lever.held_at is None else lever.held_at for lever in table.levers]
        )
        self.reach = np.array([lever.reach for lever in table.levers])
        self.room = np.concatenate([self.reach[:, 1] - self.now, self.now - self.reach[:, 0]])
        self._known: dict[bytes, tuple[np.ndarray, np.ndarray]] = {}

    def values(self, moves: np.ndarray) -> np.ndarray:
        up, down = np.split(moves, 2, axis=-1)
        return np.clip(self.now + up - down, self.reach[:, 0], self.reach[:, 1])

    def __call__(self, moves: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        key = moves.tobytes()
        if key not in self._known:
            small = 1e-7 * np.maximum(self.room, 1e-12)
            signs = np.where(moves + small > self.room, -1.0, 1.0)
            probes = moves + np.vstack([np.zeros_like(moves), np.diag(signs * small)])
            gains = self.table.gains(self.values(probes))
            self._known = {key: (gains[0], ((gains[1:] - gains[0]).T / (signs * small)))}
        return self._known[key]


def _polish(
    table: Table, objective: Objective, least: tuple[float, float], start: np.ndarray
) -> float:
    """Return a local maximum; an extra variable is the level that every part must reach."""
    split = _Split(table)
    moves = np.concatenate([np.maximum(start - split.now, 0.0), np.maximum(split.now - start, 0.0)])
    first = np.append(moves, float(objective(table.gains(start))))

    def part_slope(part: Callable[[np.ndarray], np.ndarray], x: np.ndarray) -> np.ndarray:
        gains, slopes = split(x[:-1])
        probes = part(gains + np.vstack([np.zeros(2), 1e-8 * np.eye(2)]))
        return np.append((probes[1:] - probes[0]) / 1e-8 @ slopes, -1.0)

    limits = [
        {
            "type": "ineq",
            "fun": lambda x, i=i: split(x[:-1])[0][i] - least[i],
            "jac": lambda x, i=i: np.append(split(x[:-1])[1][i], 0.0),
        }
        for i in range(2)
    ] + [
        {
            "type": "ineq",
            "fun": lambda x, part=part: part(split(x[:-1])[0]) - x[-1],
            "jac": lambda x, part=part: part_slope(part, x),
        }
        for part in objective.parts
    ]
    towards = np.append(np.zeros_like(moves), -1.0)
    with np.errstate(all="ignore"):
        done = minimize(
            lambda x: -x[-1],
            first,
            jac=lambda x: towards,
            method="SLSQP",
            bounds=[(0.0, room) for room in split.room] + [(None, None)],
            constraints=limits,
            options={"maxiter": 100, "ftol": 1e-12},
        )
    end = table.gains(split.values(done.x[:-1]))
    if not np.all(np.isfinite(end)) or (end < np.array(least) - 1e-12).any():
        return FAR_BELOW
    return float(objective(end))
