"""``minsksim verify``: the numbers of the literature, and what the program makes of them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from minsksim.cli.options import format_option

if TYPE_CHECKING:
    from minsksim import Finding

_COLUMNS = ("model", "case", "source", "expected", "got", "tolerance", "verdict", "reason")
_MOST_NAMED = 20


@click.command()
@format_option
@click.argument("pattern", default="", required=False)
def verify(pattern: str, form: str) -> None:
    """Check that the formulas give the published numbers.

    PATTERN is a part of a model, case or source: 'minsksim
    verify nash'. Ends with exit code 1 if any number is missed.
    """
    from minsksim import VerificationError, examine, find_oracles
    from minsksim.cli.render.output import print_csv, print_json, say

    findings = examine(find_oracles(pattern))
    missed = [finding for finding in findings if not finding.passed]
    summary = f"{len(findings) - len(missed)} of {len(findings)} numbers of the literature hold."
    if form == "json":
        rows = [dict(zip(("name", *_COLUMNS), _row(one), strict=True)) for one in findings]
        print_json({"held": len(findings) - len(missed), "missed": len(missed), "oracles": rows})
    elif form == "csv":
        print_csv(("name", *_COLUMNS), [_row(one) for one in findings])
    else:
        _print(findings)
    say(summary)
    if missed:
        raise VerificationError(_complaint(missed))


def _row(finding: Finding) -> tuple[object, ...]:
    oracle = finding.oracle
    return (
        oracle.name,
        oracle.model,
        oracle.case,
        oracle.source,
        oracle.expected,
        finding.got,
        oracle.tolerance,
        _verdict(finding),
        finding.reason,
    )


def _verdict(finding: Finding) -> str:
    return "holds" if finding.passed else "missed"


def _print(findings: list[Finding]) -> None:
    from rich.text import Text

    from minsksim.cli.render.output import console, new_table, print_notice

    numbers = ("Expected", "Got", "Tolerance")
    table = new_table("Model and case", "Source", *numbers, "Verdict", right=numbers)
    table.columns[0].no_wrap = True
    for model, group in groupby(findings, lambda finding: finding.oracle.model):
        table.add_row(Text(model, style="bold"))
        for finding in group:
            oracle = finding.oracle
            table.add_row(
                Text(f"  {oracle.case}"),
                Text(oracle.source),
                f"{oracle.expected:.7g}",
                "-" if finding.reason else f"{finding.got:.7g}",
                f"{oracle.tolerance:g}",
                Text(_verdict(finding), style="" if finding.passed else "bold red"),
            )
        table.add_section()
    screen = console()
    screen.print(table)
    print_notice(screen)


def _complaint(missed: list[Finding]) -> str:
    """Name what was missed and by how much, and what to do about it."""
    lines = [
        f"  {one.oracle.name}: expected {one.oracle.expected:.9g}, "
        + (one.reason if one.reason else f"got {one.got:.9g}")
        for one in missed[:_MOST_NAMED]
    ]
    if len(missed) > _MOST_NAMED:
        lines.append(f"  and {len(missed) - _MOST_NAMED} more")
    head = f"{len(missed)} missed. A rule or a library under it was changed; restore or report it."
    return "\n".join([head, *lines])
