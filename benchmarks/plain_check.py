"""Are they the same model? Runs of the plain model against runs of the batch kernel."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from mesa_plain import PlainModel

from minsksim.engine.arrays.compile import compile_scenario
from minsksim.engine.batch import simulate
from minsksim.scenario import Scenario

FROZEN = Path(__file__).with_name("frozen_minsk.yaml")
"""The only scenario that the plain model plays."""
TOLERANCE = 1e-9


def plain_measures(case: Scenario, seed: int, replication: int) -> list[float]:
    """Measures of one plain run that draws the kernel's random numbers."""
    model = PlainModel(case, replication, shared_seed=seed)
    while model.running:
        model.step()
    return list(model.measured.values())


def kernel_measures(case: Scenario, seed: int, replications: range) -> np.ndarray:
    """Measures of the batch kernel, one row a replication."""
    compiled = compile_scenario(case)
    runs = np.array(replications, dtype=np.int64)
    points, rows = compiled.numbers[None], np.zeros(len(runs), dtype=np.int64)
    return simulate(compiled, points, rows, runs, seed).measures


def unequal(case: Scenario, seed: int, replications: range) -> dict[int, list[str]]:
    """The replications that differ, and in which measures."""
    names = list(case.document.measures)
    differing = {}
    expected = kernel_measures(case, seed, replications)
    for replication, row in zip(replications, expected, strict=True):
        plain = np.array(plain_measures(case, seed, replication))
        gaps = np.abs(plain - row) > TOLERANCE * np.maximum(1.0, np.abs(row))
        if gaps.any():
            differing[replication] = [names[q] for q in np.flatnonzero(gaps)]
    return differing
