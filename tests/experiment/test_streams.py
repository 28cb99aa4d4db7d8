"""R21: no two runs share their draws, and neighbouring runs' draws are not alike."""

from __future__ import annotations

import math

import numpy as np
from scipy.stats import rankdata
from sizes import size

from minsksim.engine.arrays.randomness import ACT, MEET, uniform
from minsksim.experiment import sweep

KEYS = size(10_000, 1_000_000)


def draws(replication: int, count: int, seed: int = 0) -> np.ndarray:
    """Return the first draws of a run: by turn, name and purpose."""
    found = [
        uniform(seed, replication, turn, name, purpose)
        for turn in range(1, math.ceil(count / 20) + 1)
        for name in range(10)
        for purpose in (MEET, ACT)
    ]
    return np.array(found[:count])


def test_r21_no_two_runs_begin_alike(tally) -> None:
    first = np.array([uniform(0, run, 1, 7, MEET) for run in range(KEYS)])
    second = np.array([uniform(0, run, 1, 7, ACT) for run in range(KEYS)])
    pairs = np.stack([first, second], axis=1)
    collisions = len(pairs) - len(np.unique(pairs, axis=0))
    assert collisions == 0
    # and the draws fill the unit interval evenly: Kolmogorov's bound at one in ten thousand
    ordered = np.sort(first)
    gap = np.abs(ordered - (np.arange(KEYS) + 0.5) / KEYS).max()
    assert gap < 2.23 / math.sqrt(KEYS)
    tally("R21", "run keys without a collision of their first draws", keys=KEYS)


def test_r21_neighbours_are_not_alike(tally) -> None:
    count = 1000
    worst = 0.0
    for run in range(size(20, 200)):
        one, other = (rankdata(draws(run + step, count)) for step in (0, 1))
        worst = max(worst, abs(float(np.corrcoef(one, other)[0, 1])))
    bound = 4 / math.sqrt(count - 1)
    assert worst < bound
    tally(
        "R21", "rank correlation of neighbouring runs' first 1,000 draws", worst=worst, bound=bound
    )


def test_dates_over_a_design_do_not_hang_on_a_few_draws(pair, tmp_path) -> None:
    """Points that share their draws agree in the months of a few histories, and in no other."""
    first = {}
    for draws in ("by_point", "shared"):
        result = sweep(
            pair, design="lhs", points=200, runs=1, draws=draws, series=0, agreements=None,
            base_only=True, results=tmp_path / draws,
        )  # fmt: skip
        turns = result.agreements.groupby("turn")["point"].nunique()
        first[draws] = turns.reindex(range(1, pair.document.calendar.turns + 1), fill_value=0)
    assert (first["by_point"] > 0).all()
    assert (first["shared"] == 0).any()
