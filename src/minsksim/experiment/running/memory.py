"""Runs in memory, without a store: for comparisons that are quicker to repeat than to keep."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from minsksim.errors import UsageError
from minsksim.experiment.running.kernel import Block, Kernel

if TYPE_CHECKING:
    from minsksim.scenario import Scenario

_BLOCK = 512


def simulate_runs(
    scenario: Scenario, runs: int, seed: int, *, threads: int | None, kernel: Kernel
) -> pd.DataFrame:
    """Simulate replications 0 to ``runs`` of a scenario as it is written.

    Returns
    -------
    DataFrame
        scenario, point (0), replication, status and measures; a failed run has no measures.
    """
    if runs < 1:
        raise UsageError(f"{runs} runs: use at least 1.")
    compiled = kernel.compile_scenario(scenario)
    points = compiled.numbers[None, :]

    def block(start: int) -> Block:
        replications = np.arange(start, min(start + _BLOCK, runs), dtype=np.int64)
        return kernel.simulate(compiled, points, np.zeros_like(replications), replications, seed)

    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        blocks = list(pool.map(block, range(0, runs, _BLOCK)))
    status = np.concatenate([one.status for one in blocks])
    measures = np.concatenate([one.measures for one in blocks])
    measures = np.where((status == 0)[:, None], measures, np.nan)
    keys = pd.DataFrame(
        {
            "scenario": scenario.name,
            "point": 0,
            "replication": np.arange(runs),
            "status": status,
        }
    )
    return keys.join(pd.DataFrame(measures, columns=list(compiled.measures)))
