"""Varied numbers that change nothing, found by a probe of a few runs at the ends of each range.

A sensitivity loop that never passes its parameter to the model ranks differences that mean nothing;
this check guards against it, because it goes the way that a sweep's own points go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from minsksim.experiment.running.kernel import Compiled, Engine, Floats, Kernel
from minsksim.experiment.storage.from_manifest import scenarios_of
from minsksim.experiment.storage.manifest import Manifest

RUNS = 8
"""Replications of the probe at each end."""

_MOST = 20_000


def dead_in_probe(
    manifest: Manifest, folder: Path, scenario: str, kernel: Kernel | None = None
) -> tuple[list[str], int]:
    """Return the varied numbers that change no measure, and in how many runs that was tried.

    Every other number keeps its value in the file. A sweep of fewer runs than the probe needs is
    not probed.
    """
    question = manifest["question"]
    axes = question["design"]["axes"]
    needed = 2 * len(axes) * RUNS
    if needed > min(question["design"]["points"] * question["runs"], _MOST):
        return [], 0
    kernel = kernel or Engine()
    scenarios = scenarios_of(manifest, folder / "manifest.json")
    compiled = kernel.compile_scenario(scenarios[scenario])
    measures = _measured(kernel, compiled, _ends(compiled, axes), question["seed"])
    dead = [
        axis["name"]
        for column, axis in enumerate(axes)
        if np.array_equal(measures[2 * column], measures[2 * column + 1], equal_nan=True)
    ]
    return dead, RUNS


def _ends(compiled: Compiled, axes: Sequence[Mapping[str, Any]]) -> Floats:
    """Return two points for each varied number: it alone at its low and at its high end."""
    points = np.tile(compiled.numbers, (2 * len(axes), 1))
    for row, axis in enumerate(axes):
        column = compiled.number_names.index(axis["name"])
        points[2 * row, column], points[2 * row + 1, column] = axis["low"], axis["high"]
    return points


def _measured(kernel: Kernel, compiled: Compiled, points: Floats, seed: int) -> Any:
    rows = np.repeat(np.arange(len(points)), RUNS)
    replications = np.tile(np.arange(RUNS), len(points))
    block = kernel.simulate(compiled, points, rows, replications, seed)
    measures = np.where((block.status == 0)[:, None], block.measures, np.nan)
    return measures.reshape(len(points), RUNS, -1)
