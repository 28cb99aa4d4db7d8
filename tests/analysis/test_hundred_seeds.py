"""None of 400 inputs that do nothing is ranked in a hundred seeds, whatever the design."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from minsksim.analysis.drawn import Drawn
from minsksim.analysis.indices import assess
from minsksim.experiment.question.design import design_of
from minsksim.experiment.question.vary import Axis

INERT, SEEDS = 400, 100


@cache
def drawn(kind: str, count: int, base: int, seed: int) -> Drawn:
    names = tuple(f"x{n}" for n in range(count))
    axes = tuple(Axis(name, 0.0, 1.0) for name in names)
    return Drawn(kind, names, design_of(kind, axes, base, seed).values)


def few_of_many(unit: np.ndarray) -> np.ndarray:
    """Return a function of the first five inputs: three slopes and an interaction."""
    middle = unit - 0.5
    return 4 * unit[:, 0] + 3 * unit[:, 1] + 2 * unit[:, 2] + 6 * middle[:, 3] * middle[:, 4]


def waves(unit: np.ndarray) -> np.ndarray:
    """Return a function that no rank correlation sees whole: it rises and falls."""
    return 3 * np.sin(6 * unit[:, 0]) + 7 * np.sin(2 * np.pi * unit[:, 1]) ** 2


def nothing(unit: np.ndarray) -> np.ndarray:
    return np.zeros(len(unit))


@pytest.mark.parametrize(
    ("kind", "base", "runs"), [("lhs", 128, 2), ("sobol", 128, 2), ("morris", 8, 8)]
)
@pytest.mark.parametrize(("function", "active"), [(few_of_many, 5), (waves, 2), (nothing, 0)])
def test_none_of_400_inert_inputs_is_ranked_in_100_seeds(
    kind: str, base: int, runs: int, function, active: int
) -> None:
    ranked: list[int] = []
    for seed in range(SEEDS):
        # a Morris design of so many inputs takes a second to draw, so its draws differ alone
        design = drawn(kind, active + INERT, base, 0 if kind == "morris" else seed)
        noise = np.random.default_rng(seed).normal(size=(len(design.unit), runs))
        found = assess(design, function(design.unit)[:, None] + 0.5 * noise)
        ranked += found.ranked
    assert [one for one in ranked if one >= active] == []
    if active and kind == "morris":
        assert ranked.count(0) == ranked.count(1) == SEEDS
