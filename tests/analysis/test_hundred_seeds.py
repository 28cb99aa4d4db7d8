"""None of 400 inputs that do nothing is ranked in a hundred seeds, whatever the design."""

from __future__ import annotations

import numpy as np
import pytest
from planted import drawn, few_of_many

from minsksim.analysis.indices import assess

INERT, SEEDS = 400, 100


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
