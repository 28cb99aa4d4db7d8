"""The footer of a figure: how many runs, over what, whose draws, which scenarios, the notice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from minsksim.analysis.spreads import BASE
from minsksim.analysis.spreads import WHERE as SPREADS
from minsksim.experiment.question.question import SHARED
from minsksim.notice import NOTICE

CHOSEN, RUN = "chosen", "run"
WHERE = {**SPREADS, CHOSEN: "", RUN: "in this run"}
"""What the runs of a figure are spread over, in words."""


class Size(NamedTuple):
    """What a figure rests on: runs of each scenario, the design points, and whose the draws are."""

    counts: Sequence[int]
    points: int = 1
    draws: str = SHARED
    over: str = BASE


def footer(
    sizes: Sequence[Size], seed: int, scenarios: Sequence[str], where: Sequence[str] = ()
) -> str:
    """Return the footer that norm N3 asks for.

    Examples
    --------
    >>> footer([Size([1])], 0, ["minsk"])[:62]
    '1 run: one set of draws, no spread; seed 0; scenario minsk. No'
    >>> both = [Size([20]), Size([90], points=30, draws="by_point", over="ranges")]
    >>> footer(both, 0, ["minsk"])[:90]
    '20 runs at the base values; 90 runs over the ranges, at 30 points, each with its own draws'
    """
    word = "scenario" if len(scenarios) == 1 else "scenarios"
    parts = [_runs_in_words(size, len(sizes) > 1) for size in sizes]
    if where:
        parts[-1] += f", where {' and '.join(where)}"
    return f"{'; '.join(parts)}; seed {seed}; {word} {', '.join(scenarios)}. {NOTICE}"


def _runs_in_words(size: Size, is_half: bool) -> str:
    counts = size.counts
    distinct = sorted(set(counts))
    if distinct == [1]:
        runs = "1 run: one set of draws, no spread"
    elif len(distinct) == 1:
        runs = f"{distinct[0]:,} runs" + (" of each scenario" if len(counts) > 1 else "")
    else:
        runs = " and ".join(f"{count:,}" for count in distinct) + " runs"
    if is_half:
        runs += f" {WHERE[size.over]}"
    if size.points > 1:
        whose = "which share their draws" if size.draws == SHARED else "each with its own draws"
        runs += f"{',' if is_half else ''} at {size.points:,} points, {whose}"
    return runs
