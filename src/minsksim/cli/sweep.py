"""``minsksim sweep``: scenarios many times over, kept on disk, summarised and drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from minsksim.cli.options import (
    Pairs,
    figures_option,
    format_option,
    load,
    results_option,
    scenarios_argument,
    seed_option,
    settings_option,
    threads_option,
)

if TYPE_CHECKING:
    from minsksim import Result


@click.command()
@settings_option
@click.option(
    "--vary",
    multiple=True,
    metavar="NAME[=LO:HI[:N]]",
    help="Vary a number between bounds (default: its range in the file); repeatable.",
)
@click.option(
    "--design",
    type=click.Choice(["point", "grid", "lhs", "sobol"]),
    help="How points are chosen (default: grid if anything varies, else point).",
)
@click.option("--points", type=click.IntRange(1), metavar="N", help="Points of lhs and sobol.")
@click.option(
    "--runs",
    type=click.IntRange(1),
    default=1000,
    show_default=True,
    metavar="N",
    help="Runs of each scenario at each point.",
)
@seed_option
@click.option(
    "--where",
    multiple=True,
    metavar="CONDITION",
    help="Summarise only runs such as 'agreements>3'; repeatable.",
)
@click.option(
    "--series",
    type=click.IntRange(0),
    default=200,
    show_default=True,
    metavar="N",
    help="Runs of each scenario to keep turn by turn.",
)
@threads_option
@results_option
@format_option
@figures_option
@scenarios_argument
def sweep(
    references: tuple[str, ...],
    settings: Pairs,
    vary: tuple[str, ...],
    design: str | None,
    points: int | None,
    runs: int,
    seed: int,
    where: tuple[str, ...],
    series: int,
    threads: int | None,
    folder: str,
    form: str,
    no_figures: bool,
) -> None:
    """Run scenarios many times; end with a summary, figures and a stored result.

    The same question lands in the same folder: a finished sweep is shown again, an interrupted
    one goes on. Several scenarios share their luck, so that their differences are paired.
    """
    from minsksim import Vary
    from minsksim import sweep as sweep_scenarios
    from minsksim.cli.output import say
    from minsksim.cli.progress import progress, warn_of_compiling

    scenarios = [load(reference, settings) for reference in references]
    varied = [Vary.parse(text) for text in vary]
    warn_of_compiling()
    with progress("sweep") as report:
        result = sweep_scenarios(
            scenarios,
            design=design,
            vary=varied,
            runs=runs,
            points=points,
            seed=seed,
            where=where,
            results=folder,
            threads=threads,
            series=series,
            progress=report,
            notify=say,
        )
    finish(result, form, has_figures=not no_figures)


def finish(result: Result, form: str, *, has_figures: bool) -> None:
    """Draw, print the summary, and say where everything is."""
    from minsksim.cli.stored import draw
    from minsksim.cli.summary import check_failures, print_summary

    drawn = draw(result) if has_figures else []
    print_summary(result, form, drawn)
    check_failures(result)
