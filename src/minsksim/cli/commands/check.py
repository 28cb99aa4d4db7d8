"""``minsksim check``: whether a scenario is fit to run, and what does less than it seems to."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from minsksim.cli.options import Pairs, complete_scenario, format_option, load, settings_option
from minsksim.cli.render.output import echo

if TYPE_CHECKING:
    from minsksim.scenario import Scenario
    from minsksim.scenario.remarks import Remark

_SECTIONS = ("actors", "levers", "stocks", "interests", "channels", "events", "measures")
_COLUMNS = ("scenario", "kind", "of", "says", "advice", "can_hold")


@click.command()
@click.option("--all", "is_all", is_flag=True, help="Check every scenario and variant shipped.")
@click.option(
    "--advice",
    "has_advice",
    is_flag=True,
    help="Say what to try for each remark; also plays 30 runs and tells what never happened.",
)
@settings_option
@format_option
@click.argument("references", metavar="[SCENARIO]...", nargs=-1, shell_complete=complete_scenario)
@click.pass_context
def check(
    ctx: click.Context,
    references: tuple[str, ...],
    is_all: bool,
    has_advice: bool,
    settings: Pairs,
    form: str,
) -> None:
    """Check whether scenario files are fit to run.

    Prints OK with counts, or every error with its place. Remarks tell what is no error and does
    less than it seems to: levers that cannot move, quantities that nothing reads, numbers that
    matter only as a product, ranges that nobody thought about.
    """
    from minsksim.errors import ScenarioError
    from minsksim.scenario.find import shipped_names

    names = shipped_names() if is_all else references
    if bool(references) == is_all:
        raise click.UsageError("Name the scenarios to check, or use --all.", ctx)
    faulty: list[str] = []
    found: list[tuple[Scenario, tuple[Remark, ...]]] = []
    for name in names:
        try:
            scenario = load(name, settings)
            found.append((scenario, _remarks(scenario, has_advice)))
            if form == "table":
                _print(*found[-1], has_advice=has_advice, is_alone=len(names) == 1)
        except ScenarioError as error:
            faulty.append(name)
            echo(str(error), err=True)
    _print_for_machines(found, faulty, form)
    if faulty and len(names) > 1:
        echo(f"{len(faulty)} of {len(names)} are faulty: {', '.join(faulty)}", err=True)
    if faulty:
        ctx.exit(ScenarioError.exit_code)


def _remarks(scenario: Scenario, has_advice: bool) -> tuple[Remark, ...]:
    """Return the remarks on a scenario; only advice plays runs, and needs the engine."""
    if has_advice:
        from minsksim.analysis.remarks import ADVICE_RUNS, remarks

        return remarks(scenario, ADVICE_RUNS)
    from minsksim.scenario.remarks import remarks_on

    return remarks_on(scenario)


def _print(
    scenario: Scenario, remarks: tuple[Remark, ...], has_advice: bool, is_alone: bool
) -> None:
    """Print the verdict, and the remarks under it; of several scenarios only how many there are."""
    from minsksim.cli.render.remark_text import remark_lines, verdict

    is_short = not (is_alone or has_advice)
    count = f" {len(remarks)} remark{'s' * (len(remarks) > 1)}." if remarks and is_short else ""
    echo(verdict(scenario, _SECTIONS) + count)
    for line in () if is_short else remark_lines(remarks, has_advice):
        echo(line)


def _print_for_machines(
    found: list[tuple[Scenario, tuple[Remark, ...]]], faulty: list[str], form: str
) -> None:
    from minsksim.cli.render.output import print_csv, print_json
    from minsksim.cli.render.remark_text import number_counts

    if form == "json":
        told: list[dict[str, Any]] = [
            {
                "scenario": scenario.name,
                "numbers": number_counts(scenario),
                "remarks": [asdict(remark) for remark in remarks],
            }
            for scenario, remarks in found
        ]
        print_json({"scenarios": told, "faulty": faulty})
    elif form == "csv":
        rows = [
            (scenario.name, one.kind, " ".join(one.of), one.says, one.advice, one.can_hold)
            for scenario, remarks in found
            for one in remarks
        ]
        print_csv(_COLUMNS, rows)
