"""Varied numbers that change nothing, found by a probe of a few runs at the ends of each range.

A sensitivity loop that never passes its parameter to the model ranks noise; this check guards
against it, because it goes the way that a sweep's own points go.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from minsksim.experiment.kernel import Engine, Floats, Kernel
from minsksim.experiment.manifest import Layout, Manifest
from minsksim.experiment.plan import Plan
from minsksim.experiment.stored import question_of

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
    question = question_of(manifest, folder / "manifest.json")
    needed = 2 * len(question.design.axes) * RUNS
    if needed > min(question.design.points * question.runs, _MOST):
        return [], 0
    kernel = kernel or Engine()
    index = [one.name for one in question.scenarios].index(scenario)
    compiled = kernel.compile_scenario(question.scenarios[index])
    plan = Plan(question, (compiled,), kernel, Layout())
    measures = _measured(plan, _ends(plan))
    dead = [
        name
        for column, name in enumerate(question.design.names)
        if np.array_equal(measures[2 * column], measures[2 * column + 1], equal_nan=True)
    ]
    return dead, RUNS


def _ends(plan: Plan) -> Floats:
    """Return two points for each varied number: it alone at its low and at its high end."""
    compiled, axes = plan.compiled[0], plan.question.design.axes
    points = np.tile(compiled.numbers, (2 * len(axes), 1))
    for row, axis in enumerate(axes):
        column = compiled.number_names.index(axis.name)
        points[2 * row, column], points[2 * row + 1, column] = axis.low, axis.high
    return points


def _measured(plan: Plan, points: Floats) -> Any:
    rows = np.repeat(np.arange(len(points)), RUNS)
    replications = np.tile(np.arange(RUNS), len(points))
    block = plan.kernel.simulate(plan.compiled[0], points, rows, replications, plan.question.seed)
    measures = np.where((block.status == 0)[:, None], block.measures, np.nan)
    return measures.reshape(len(points), RUNS, -1)
