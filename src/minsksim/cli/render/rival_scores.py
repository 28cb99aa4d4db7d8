"""How far rival models are from what was decided, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from minsksim.cli.render import numbers
from minsksim.cli.render.output import new_table
from minsksim.cli.render.rival_data import MODELS

if TYPE_CHECKING:
    from rich.console import Console

    from minsksim.analysis.intervals import Interval
    from minsksim.analysis.rivals.bench import Bench

_ERRORS = "Errors in points of a scale from 0 to 100; in brackets 95 % intervals over groups."


def print_scores(screen: Console, found: Bench) -> None:
    """Print errors, and how much more each model errs than the bars that need no theory."""
    heads = ("Mean error", "Median\nerror", "Within\n10", "Over middle", "Over mean")
    most = max(score.issues for score in found.scores)
    title = f"How far each model is from what was decided ({most:,} issues)"
    table = new_table("Model", *heads, title=title, right=heads)
    table.columns[0].no_wrap = True
    for score in found.scores:
        bars = [score.over.get(bar) for bar in ("middle", "mean")]
        table.add_row(
            MODELS[score.model],
            _interval(score.error),
            numbers.number(score.median_error, 1),
            numbers.share(score.share_near),
            *("–" if bar is None else _interval(bar, signed=True) for bar in bars),
        )
    screen.print()
    screen.print(table)
    fewer = [
        f"{MODELS[score.model]} answers {score.issues:,} of them"
        for score in found.scores
        if score.issues < most
    ]
    screen.print(Text(" ".join([_ERRORS, *(f"{text}." for text in fewer)])))


def _interval(found: Interval, *, signed: bool = False) -> str:
    estimate, low, high = (numbers.number(end, 1, signed=signed) for end in found)
    return f"{estimate} [{low}, {high}]"
