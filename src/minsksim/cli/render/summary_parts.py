"""What every summary of a result says: which result it is, what was selected, where it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from minsksim.cli.render.output import say
from minsksim.scenario.suppose import supposed_in_words

if TYPE_CHECKING:
    from minsksim.experiment import Result

SELECTS = (
    "A condition selects among runs that were played anyway and causes nothing: what differs from "
    "all runs goes together with the condition and need not follow from it."
)

MOST_ROWS = 10
"""Rows of a table unless all measures are asked for."""


def head_of(result: Result) -> dict[str, object]:
    """Return what identifies a result, for JSON."""
    return {
        "result": result.path,
        "id": result.id,
        "digest": result.digest,
        "seed": result.seed,
        "scenarios": list(result.scenarios),
        "design": result.manifest["question"]["design"]["kind"],
        "points": result.manifest["question"]["design"]["points"],
        "draws": result.draws,
        "runs_per_point": result.runs_per_point,
        "varied": result.varied,
        "where": result.where,
        "where_means": SELECTS if result.where else None,
        "supposed": supposed_in_words(result.scenarios.values()),
        "runs": result.record["runs"],
        "failed": result.failed,
        "beside": [one.path for one in (result.base, result.ranges) if one is not None],
    }


def supposed_of(result: Result) -> list[str]:
    """Return a sentence for what was supposed, and one for what runs were selected."""
    said = list(supposed_in_words(result.scenarios.values()))
    if result.where:
        said.append(f"Summarised are only the runs where {' and '.join(result.where)}. {SELECTS}")
    return said


def say_where(result: Result, figures: Sequence[Path]) -> None:
    """Say where everything is kept."""
    say()
    say(f"result   {result.path.as_posix()}")
    for word in ("base", "ranges"):
        beside = getattr(result, word)
        if beside is not None:
            say(f"{word:<8} {beside.path.as_posix()}")
    if figures:
        names = ", ".join(path.name for path in figures)
        say(f"figures  {figures[0].parent.as_posix()}/ ({names})")
    say(f"digest   {result.digest}")
    say(f"seed     {result.seed}")
