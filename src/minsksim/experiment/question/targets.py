"""How well ``--until`` is to know a mean: which measure, to within which half-width."""

from __future__ import annotations

import math
from collections.abc import Sequence

from minsksim.errors import UsageError
from minsksim.experiment.question.conditions import nearest_name
from minsksim.experiment.question.design import Design
from minsksim.scenario.scalars import float_of

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
        half = float_of(number)
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
