"""Adding rounds of replications until intervals are narrow enough, or a limit is reached.

Whether a round is added follows from the runs so far, which are the same on every machine: a
sweep that is interrupted decides again and decides alike.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from minsksim.experiment.question.conditions import parse_where, select
from minsksim.experiment.running.plan import Plan
from minsksim.experiment.storage.assemble import ordered
from minsksim.experiment.storage.store import Store


def wants_more(plan: Plan, store: Store) -> bool:
    """Whether another round is to be added to the complete rounds of a plan."""
    question = plan.question
    if not question.until or plan.rounds * question.runs >= question.most:
        return False
    widths = widest(plan, store)
    return any(widths[name] > half for name, half in question.until)


def widest(plan: Plan, store: Store) -> dict[str, float]:
    """Return, for each target, the widest 95 % half-width over scenarios and points."""
    found = dict.fromkeys((name for name, _ in plan.question.until), 0.0)
    for scenario, compiled in enumerate(plan.compiled):
        names = [name for name in found if name in compiled.measures]
        runs = select(_columns(plan, store, scenario, names), plan.question.where)
        for name in names:
            values = runs[["point", name]].dropna()
            halves = [half_width(one.to_numpy()) for _, one in values.groupby("point")[name]]
            missing = len(halves) < plan.question.design.points
            found[name] = max(found[name], math.inf if missing else max(halves))
    return found


def half_width(values: npt.NDArray[np.float64]) -> float:
    """Return the half-width of the 95 % t interval of a mean; infinite below two values.

    Examples
    --------
    >>> round(half_width(np.array([1.0, 2.0, 3.0])), 3)
    2.484
    """
    from scipy.special import stdtrit

    n = len(values)
    if n < 2:
        return math.inf
    return float(stdtrit(n - 1, 0.975)) * float(np.std(values, ddof=1)) / math.sqrt(n)


def _columns(plan: Plan, store: Store, scenario: int, names: Sequence[str]) -> pd.DataFrame:
    """Return point, status, what conditions ask for and some measures of a scenario's runs."""
    design = plan.question.design
    asked = {parse_where(text).name for text in plan.question.where}
    wanted = ["point", "status", *dict.fromkeys([*names, *(asked - set(design.names))])]
    shards = ordered(plan, store, list(plan.blocks(scenario)), "runs")
    frame: pd.DataFrame = pd.concat(
        [shard.select(wanted).to_pandas() for shard in shards], ignore_index=True
    )
    for name in asked & set(design.names):
        frame[name] = design.values[frame["point"].to_numpy(), design.names.index(name)]
    return frame
