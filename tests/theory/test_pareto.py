"""Efficient outcomes against the definition, for two parties and more, with ties."""

from __future__ import annotations

import numpy as np
import pytest

from minsksim.theory.pareto import is_efficient


@pytest.mark.parametrize("parties", [1, 2, 3, 4])
def test_nothing_is_better_for_somebody_at_nobodys_cost(parties: int) -> None:
    rng = np.random.default_rng(parties)
    for _ in range(40):
        points = rng.integers(0, 5, (rng.integers(1, 30), parties)) / 4.0
        by_hand = [not any((v >= u).all() and (v > u).any() for v in points) for u in points]
        assert is_efficient(points).tolist() == by_hand
