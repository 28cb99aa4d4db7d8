"""What ``sweep --dry-run`` prints: what would run, how large, how long."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from rich.text import Text

from minsksim.cli.render.output import console, new_table, print_csv, print_json, print_notice
from minsksim.cli.render.progress import clock
from minsksim.experiment.question.ranges import RANGES

Beside: TypeAlias = "tuple[str, Estimate]"
"""``ranges`` or ``base``, and what that half of an answer will take."""

if TYPE_CHECKING:
    from minsksim.experiment import Estimate, Question


_MOST = 10
"""Numbers that are listed; the answer is above them."""


def print_estimate(
    question: Question, found: Estimate, place: Path, form: str, beside: Beside | None = None
) -> None:
    """Print an estimate on stdout; ``beside`` is the other half of the answer, with its own."""
    facts = _facts(question, found, place) + ([] if beside is None else [_other_half(*beside)])
    axes = [(axis.name, axis.low, axis.high, axis.count or "") for axis in question.design.axes]
    if form == "json":
        names = ("name", "low", "high", "count")
        varied = [dict(zip(names, axis, strict=True)) for axis in axes]
        other = None if beside is None else {"kind": beside[0], "estimate": beside[1]}
        head = {"id": question.id, "folder": place, "estimate": found, "beside": other}
        print_json({**head, "varied": varied})
        return
    if form == "csv":
        print_csv(("name", "low", "high", "count"), axes)
        return
    screen = console()
    table = new_table("Would run", "")
    for label, text in facts:
        table.add_row(label, Text(text))
    screen.print(table)
    if axes:
        numbers = new_table("Varied number", "From", "To", right=("From", "To"))
        for name, low, high, _ in axes[:_MOST]:
            numbers.add_row(Text(name), f"{low:g}", f"{high:g}")
        screen.print()
        screen.print(numbers)
        if len(axes) > _MOST:
            more = f"and {len(axes) - _MOST:,} more; --format csv lists them all"
            screen.print(Text(more))
    print_notice(screen)


def _other_half(word: str, found: Estimate) -> tuple[str, str]:
    label = "Over the ranges" if word == RANGES else "At the base values"
    points = f"{found.points:,} points of " if found.points > 1 else ""
    return label, (
        f"{found.runs:,} runs beside them ({points}{found.runs_per_point:,}), about "
        f"{clock(found.seconds)} and {found.megabytes:,.1f} MB; --base-only leaves them out"
    )


def _facts(question: Question, found: Estimate, place: Path) -> list[tuple[str, str]]:
    design = question.design
    names = [scenario.name for scenario in question.scenarios]
    per_point = f"{found.points:,} points of {found.runs_per_point:,}"
    scenarios = "1 scenario" if len(names) == 1 else f"{len(names)} scenarios"
    runs = f"{found.runs:,} ({scenarios}, {per_point})"
    length = f"about {clock(found.seconds)}"
    if found.most_runs > found.runs:
        targets = ", ".join(f"{name} ±{half:g}" for name, half in question.until)
        runs += f", and up to {found.most_runs:,} to reach {targets}"
        length += f", up to {clock(found.seconds * found.most_runs / found.runs)}"
    filters = f", only where {' and '.join(design.filters)}" if design.filters else ""
    return [
        ("Scenarios", ", ".join(names)),
        ("Design", design.kind + filters),
        ("Points", f"{found.points:,}, varying {len(design.axes)} numbers"),
        ("Runs", runs),
        ("Turn by turn", _kept(question)),
        ("Files of blocks", f"{found.shards:,}"),
        ("Disk", f"about {found.megabytes:,.1f} MB"),
        ("Time", f"{length} with {found.workers} workers"),
        ("Measured now", f"{found.runs_per_second:,.0f} runs a second of one worker"),
        ("Folder", place.as_posix()),
    ]


def _kept(question: Question) -> str:
    words = [
        f"{'every run' if count is None else f'{min(count, question.runs):,} runs'} ({word})"
        for word, count in (("series", question.series), ("agreements", question.agreements))
    ]
    return ", ".join(words)
