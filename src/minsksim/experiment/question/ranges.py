"""The two questions behind every answer: at the base values, and over the ranges of the numbers.

A sweep at the base values shows what the draws alone can change; its conclusion may turn over
the scenario's own ranges. So either question leads to the other one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from minsksim.errors import ScenarioError, UsageError
from minsksim.experiment.question.design import Design, build_design
from minsksim.experiment.question.question import BY_POINT, SHARED, Question
from minsksim.experiment.question.samplers import ALONE
from minsksim.experiment.question.vary import every_range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from minsksim.scenario import Scenario

RANGES, BASE = "ranges", "base"
PARTNERS = (RANGES, BASE)
"""Where the other half of an answer lies inside a result, as a result itself."""

POINTS, FEWEST = 1000, 8
"""The most and the fewest points of a Latin hypercube over the ranges. Of 1,000 independent
points, the share that lies below the value shown as their 5 or 95 % quantile is within 1.4
percentage points of 5 or 95 %, and for the median within 3.1 of 50 % (95 % interval,
1.96 * sqrt(q * (1 - q) / POINTS))."""

RUNS = 4
"""Replications of each of them: enough to tell a point's own spread from that between points."""

BASE_RUNS = 1000
"""Replications at the base values beside a sweep over the ranges."""


def over_ranges(question: Question) -> Question | None:
    """Return the question over the ranges that belongs to one at the base values.

    None if there is no range to vary, if numbers do not go together everywhere in their ranges, or
    if the question is not asked at the base values.
    """
    if question.design.kind != "point" or not ranged(question.scenarios):
        return None
    try:
        design = _hypercube(question.scenarios, question.runs, question.seed)
    except ScenarioError:  # each number may have these values, and not all of them at once
        return None
    return replace(question, design=design, runs=RUNS, until=(), most=RUNS, draws=BY_POINT)


def _hypercube(scenarios: Sequence[Scenario], runs: int, seed: int) -> Design:
    return build_design("lhs", (), scenarios, points_for(runs), seed)


def never_together(scenarios: Sequence[Scenario], runs: int, seed: int) -> str | None:
    """Say why a question at the base values has none over the ranges, if numbers forbid it."""
    try:
        _hypercube(scenarios, runs, seed)
    except ScenarioError as error:
        return str(error)
    return None


def points_for(runs: int) -> int:
    """Return how many points go with a number of runs at the base values.

    As many as runs, up to 1,000: who asks for a quick look gets one over the ranges, too.

    Examples
    --------
    >>> points_for(2000), points_for(200), points_for(1)
    (1000, 200, 8)
    """
    return min(POINTS, max(FEWEST, runs))


def at_base(question: Question) -> Question | None:
    """Return the question at the base values that belongs to one over every range.

    None if the question varies only some of the ranges, or chooses its points in another way.
    """
    design = question.design
    if design.kind not in ALONE or design.filters or not ranged(question.scenarios):
        return None
    if design.axes != every_range(question.scenarios):
        return None
    point = build_design("point", (), question.scenarios)
    return replace(question, design=point, runs=BASE_RUNS, until=(), most=BASE_RUNS, draws=SHARED)


def partner_of(question: Question) -> tuple[str, Question] | None:
    """Return the other half of the answer, with the name of its folder inside this one's."""
    for word, other in ((RANGES, over_ranges(question)), (BASE, at_base(question))):
        if other is not None:
            return word, other
    return None


def ranged(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """Return the numbers that have a range and are alike in all scenarios."""
    try:
        return tuple(axis.name for axis in every_range(scenarios))
    except UsageError:
        return ()


def held(scenarios: Sequence[Scenario], varied: Sequence[str]) -> tuple[str, ...]:
    """Return the numbers with a range, alike in all scenarios, that are not among those varied."""
    return tuple(name for name in ranged(scenarios) if name not in set(varied))
