"""Adding rounds of replications until intervals are narrow enough, or a limit is reached.

Whether a round is added follows from the runs so far, which are the same on every machine: a
sweep that is interrupted decides again and decides alike.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from minsksim.errors import UsageError
from minsksim.experiment.question.conditions import nearest_name, parse_where, select
from minsksim.experiment.running.plan import Plan
from minsksim.experiment.storage.assemble import ordered
from minsksim.experiment.storage.store import Store

if TYPE_CHECKING:
    from minsksim.experiment.question.design import Design

ROUNDS = 50
"""Rounds at most when no limit is given."""

Target = tuple[str, float]


def parse_until(text: str) -> Target:
    """Read ``measure=halfwidth``.

    Examples
    --------
    >>> parse_until("agreements=0.5")
    ('agreements', 0.5)
    """
    name, separator, number = (part.strip() for part in text.partition("="))
    try:
        half = float(number)
    except ValueError:
        half = math.nan
    if not name or not separator or not (math.isfinite(half) and half > 0):
        raise UsageError(f"--until {text[:80]!r}: write MEASURE=HALFWIDTH, a number above 0.")
    return name, half


def check_until(
    until: Sequence[Target], most: int | None, runs: int, design: Design
) -> tuple[tuple[Target, ...], int]:
    """Check a request to add rounds; return targets and the limit of replications."""
    if not until:
        if most is not None:
            raise UsageError("--most limits what --until adds; give --until MEASURE=HALFWIDTH.")
        return (), runs
    if design.sampled:
        raise UsageError(
            f"--until adds replications, and more of them do not narrow what {design.points} drawn "
            "points leave open. Use --points, or a design of chosen points (point, grid, list)."
        )
    limit = ROUNDS * runs if most is None else most
    if limit < runs or limit % runs:
        raise UsageError(
            f"--most {limit}: use a multiple of the {runs} runs of a round (--runs), so that no "
            "round is cut."
        )
    return tuple(until), limit


def check_targets(until: Sequence[Target], measures: Sequence[Sequence[str]]) -> None:
    """Refuse a target that is no measure of any scenario."""
    known = list(dict.fromkeys(name for names in measures for name in names))
    for name, _ in until:
        if name not in known:
            raise UsageError(f"--until {name}: no such measure. {nearest_name(name, known)}")


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
