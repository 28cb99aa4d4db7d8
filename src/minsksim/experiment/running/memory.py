"""Runs in memory, without a store: for comparisons that are quicker to repeat than to keep."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from minsksim.experiment.question.question import Question
from minsksim.experiment.question.request import SweepRequest
from minsksim.experiment.running.kernel import Block, Kernel
from minsksim.experiment.running.plan import SLICE, Plan, plan_for
from minsksim.experiment.storage.manifest import Layout

if TYPE_CHECKING:
    from minsksim.scenario import Scenario


def simulate_runs(
    scenario: Scenario, runs: int, seed: int, *, threads: int | None, kernel: Kernel
) -> pd.DataFrame:
    """Simulate replications 0 to ``runs`` of a scenario as it is written.

    Returns
    -------
    DataFrame
        scenario, point (0), replication, status and measures; a failed run has no measures.
    """
    question = SweepRequest(runs=runs, seed=seed, series=0).question([scenario])
    return simulate_question(question, threads=threads, kernel=kernel)[scenario.name]


def simulate_question(
    question: Question, *, threads: int | None, kernel: Kernel
) -> Mapping[str, pd.DataFrame]:
    """Simulate every run of a question.

    Returns
    -------
    mapping of str to DataFrame
        For each scenario a row for each run: scenario, point, replication, status and measures; a
        failed run has no measures.
    """
    plan = plan_for(question, kernel, Layout())
    return {
        scenario.name: _runs(plan, index, threads)
        for index, scenario in enumerate(question.scenarios)
    }


def _runs(plan: Plan, scenario: int, threads: int | None) -> pd.DataFrame:
    question, compiled = plan.question, plan.compiled[scenario]
    numbers = np.arange(question.round_size, dtype=np.int64)
    pieces = np.split(numbers, range(SLICE, len(numbers), SLICE))
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        blocks: list[Block] = list(pool.map(partial(plan.simulate, scenario), pieces))
    status = np.concatenate([one.status for one in blocks])
    measures = np.concatenate([one.measures for one in blocks])
    measures = np.where((status == 0)[:, None], measures, np.nan)
    point, replication = question.numbered(numbers)
    keys = {
        "scenario": question.scenarios[scenario].name,
        "point": point,
        "replication": replication,
        "status": status,
    }
    return pd.DataFrame(keys).join(pd.DataFrame(measures, columns=list(compiled.measures)))
