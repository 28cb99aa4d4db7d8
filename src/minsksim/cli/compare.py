"""``minsksim compare``: variants against a base, run by run on the same luck."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from minsksim.cli.options import (
    Pairs,
    complete_scenario,
    figures_option,
    format_option,
    load,
    results_option,
    scenario_argument,
    seed_option,
    settings_option,
    threads_option,
)

if TYPE_CHECKING:
    from minsksim import Comparison, Scenario


@click.command()
@click.option("--all", "is_all", is_flag=True, help="Compare every shipped variant of the base.")
@settings_option
@click.option(
    "--measure", "measures", multiple=True, metavar="NAME", help="Only this one; repeatable."
)
@click.option("--runs", type=click.IntRange(2), default=1000, show_default=True, metavar="N")
@seed_option
@threads_option
@click.option(
    "--plot",
    "folder_of_plot",
    type=click.Path(file_okay=False, path_type=str),
    metavar="DIR",
    help="Where the figure goes (default: below --results).",
)
@results_option
@format_option
@figures_option
@scenario_argument
@click.argument("variants", nargs=-1, metavar="VARIANT...", shell_complete=complete_scenario)
def compare(
    reference: str,
    variants: tuple[str, ...],
    is_all: bool,
    settings: Pairs,
    measures: tuple[str, ...],
    runs: int,
    seed: int,
    threads: int | None,
    folder_of_plot: str | None,
    folder: str,
    form: str,
    no_figures: bool,
) -> None:
    """Compare variants with a base SCENARIO: differences with 95 % intervals.

    Runs are paired on the same luck. A variant may be named in full or by its last part.
    """
    from minsksim import compare as compare_scenarios
    from minsksim.cli.differences import print_comparison
    from minsksim.cli.output import say
    from minsksim.cli.progress import warn_of_compiling

    base = load(reference, settings)
    others = [load(name, settings) for name in _names(base, variants, is_all)]
    warn_of_compiling()
    say(f"compare: {1 + len(others)} scenarios, {runs:,} runs of each, seed {seed}")
    found = compare_scenarios(
        base, others, runs=runs, seed=seed, measures=measures or None, threads=threads
    )
    print_comparison(found, [base, *others], form)
    if not no_figures:
        target = Path(folder_of_plot) if folder_of_plot else Path(folder) / "comparisons"
        say(f"figure   {_draw(found, target).as_posix()}")


def _names(base: Scenario, variants: tuple[str, ...], is_all: bool) -> list[str]:
    """Return the variants' references; a bare last part is looked for among the base's own."""
    from minsksim.scenario.find import shipped_names

    own = [name for name in shipped_names() if name.startswith(f"{base.name}/")]
    if is_all == bool(variants):
        known = f" Its variants: {', '.join(own)}." if own else ""
        raise click.UsageError(f"Name the variants of {base.name}, or use --all.{known}")
    if is_all:
        return own
    return [f"{base.name}/{name}" if f"{base.name}/{name}" in own else name for name in variants]


def _draw(found: Comparison, folder: Path) -> Path:
    from minsksim import plots

    figure = plots.differences(found, measures=_drawn(found))
    names = "_".join(name.replace("/", ".") for name in found.scenarios)
    return plots.save(figure, folder / f"{names[:120]}_{found.runs}_seed{found.seed}.png")


def _drawn(found: Comparison) -> list[str] | None:
    """Return the measures that were asked for, or None for the figure's own choice."""
    table = found.table
    names = list(dict.fromkeys(table.loc[table["difference"] != 0, "measure"]))
    return names[:15] or None
