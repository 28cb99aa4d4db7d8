"""``minsksim compare``: variants, or protocols, run by run on the same draws."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from minsksim.cli.options import (
    Output,
    Pairs,
    Supposed,
    complete_scenario,
    load,
    output_options,
    settings_option,
    supposed_options,
    tell_notes,
)
from minsksim.cli.paired_options import PairedRuns, paired_options
from minsksim.cli.stored_results import results_named

if TYPE_CHECKING:
    from minsksim import Comparison, ProtocolComparison, Scenario


_FOR_SCENARIOS = frozenset(
    ("is_all", "is_of_protocols", "channels", "settings", "drop", "impose", "forbid")
) | {"runs", "seed", "threads"}
"""Options that say what is run."""


@click.command()
@click.option("--all", "is_all", is_flag=True, help="Compare every shipped variant of the base.")
@click.option(
    "--protocols",
    "is_of_protocols",
    is_flag=True,
    help="Compare every bargaining protocol on SCENARIO instead of variants.",
)
@click.option(
    "--channel",
    "channels",
    multiple=True,
    metavar="NAME",
    help="With --protocols: change only this channel (default: all of two parties); repeatable.",
)
@settings_option
@supposed_options
@paired_options
@click.option(
    "--plot",
    "folder_of_plot",
    type=click.Path(file_okay=False, path_type=str),
    metavar="DIR",
    help="Where the figure goes (default: below --results).",
)
@output_options
@click.argument("reference", metavar="SCENARIO|RESULT", shell_complete=complete_scenario)
@click.argument("variants", nargs=-1, metavar="VARIANT|RESULT", shell_complete=complete_scenario)
def compare(
    reference: str,
    variants: tuple[str, ...],
    is_all: bool,
    is_of_protocols: bool,
    channels: tuple[str, ...],
    settings: Pairs,
    supposed: Supposed,
    paired: PairedRuns,
    folder_of_plot: str | None,
    output: Output,
) -> None:
    """Compare variants with a base SCENARIO, with 95 % intervals.

    Each run of a variant is paired with the base's run on the same draws (the random numbers that
    decide who meets, signs and keeps its word). A variant may be named in full or by its last
    part. --drop, --impose and --forbid apply to the variants, and without a variant to SCENARIO
    itself: with them against without. Two stored results are compared by folder or id. With
    --protocols the scenario stays as it is and only the way in which channels settle changes.
    """
    from minsksim.cli.render.output import say

    target = Path(folder_of_plot) if folder_of_plot else _comparisons(Path(output.folder))
    stored = results_named((reference, *variants), output.folder)
    if stored:
        _check_alone()
        found = _of_results(stored, paired, output.form)
        if not output.no_figures:
            say(f"figure   {_draw(found, paired.measures, target).as_posix()}")
        return
    if (channels and not is_of_protocols) or (is_of_protocols and (variants or is_all)):
        raise click.UsageError("--protocols takes one SCENARIO; --channel goes with --protocols.")
    if is_of_protocols:
        base = load(reference, settings, supposed)
        theories = _protocols(base, channels, paired, output.form)
        if not output.no_figures:
            say(f"figure   {_draw_protocols(theories, target).as_posix()}")
        return
    base = load(reference, settings)
    found = _of_scenarios(base, _second_sides(base, variants, is_all, settings, supposed), paired)
    _print(found, paired, output.form)
    if not output.no_figures:
        say(f"figure   {_draw(found, paired.measures, target).as_posix()}")


def _protocols(
    base: Scenario, channels: tuple[str, ...], paired: PairedRuns, form: str
) -> ProtocolComparison:
    """Play and print a scenario under every protocol."""
    from minsksim import compare_protocols
    from minsksim.cli.render.output import say
    from minsksim.cli.render.progress import compile_rules
    from minsksim.cli.render.protocol_tables import print_protocols

    compile_rules()
    say(f"compare: {base.name} under every protocol, {paired.said}")
    found = compare_protocols(
        base,
        channels=channels or None,
        runs=paired.runs,
        seed=paired.seed,
        measures=paired.measures or None,
        threads=paired.threads,
    )
    print_protocols(found, base, form)
    return found


def _second_sides(
    base: Scenario,
    variants: tuple[str, ...],
    is_all: bool,
    settings: Pairs,
    supposed: Supposed,
) -> tuple[Scenario, ...]:
    """Return what the base is compared with, each with what is supposed of it."""
    from minsksim.scenario import suppose_of_variants

    others = [load(name, settings) for name in _names(base, variants, is_all, bool(supposed))]
    sides = suppose_of_variants(
        base, others, drop=supposed.drop, impose=supposed.impose, forbid=supposed.forbid
    )
    for before, side in zip(others or [base], sides, strict=True):
        tell_notes(side, len(before.notes))
    return sides


def _names(base: Scenario, variants: tuple[str, ...], is_all: bool, is_supposed: bool) -> list[str]:
    """Return the variants' references; a short name is looked for among the base's own."""
    from minsksim.scenario.find import variants_beside
    from minsksim.scenario.load import variant_named

    own = variants_beside(base.path)
    if is_all == bool(variants) and not (is_supposed and not is_all):
        known = f" Its variants: {', '.join(own)}." if own else ""
        raise click.UsageError(
            f"Name the variants of {base.name}, use --all, or suppose something by --drop, "
            f"--impose or --forbid.{known}"
        )
    return list(own.values()) if is_all else [variant_named(base, name) for name in variants]


def _of_scenarios(base: Scenario, others: tuple[Scenario, ...], paired: PairedRuns) -> Comparison:
    """Play a base and what it is compared with."""
    from minsksim import compare as compare_scenarios
    from minsksim.cli.render.output import say
    from minsksim.cli.render.progress import compile_rules

    compile_rules()
    say(f"compare: {1 + len(others)} scenarios, {paired.said}")
    return compare_scenarios(
        base,
        others,
        runs=paired.runs,
        seed=paired.seed,
        measures=paired.measures or None,
        base_only=paired.base_only,
        threads=paired.threads,
    )


def _of_results(stored: tuple[Path, ...], paired: PairedRuns, form: str) -> Comparison:
    """Compare and print two stored results."""
    from minsksim import compare_results

    if len(stored) != 2:
        raise click.UsageError("Results are compared two at a time: name a base and one other.")
    found = compare_results(*stored, paired.measures or None)
    _print(found, paired, form)
    return found


def _print(found: Comparison, paired: PairedRuns, form: str) -> None:
    from minsksim.cli.render.comparison_tables import print_comparison

    scenarios = list(found.scenarios.values())
    print_comparison(found, scenarios, form, all_measures=paired.all_measures)


def _check_alone() -> None:
    """Refuse options that only make sense where something is still to be run."""
    context = click.get_current_context()
    given = [
        str(param.opts[0])
        for param in context.command.params
        if param.name in _FOR_SCENARIOS
        and context.get_parameter_source(param.name) is ParameterSource.COMMANDLINE
    ]
    if given:
        told = " and ".join(given)
        raise click.UsageError(f"Stored results are compared as they are, without {told}.")


def _draw(found: Comparison, measures: tuple[str, ...], folder: Path) -> Path:
    from minsksim import plots

    figure = plots.differences(found, measures=measures or None)
    names = "_".join(name.replace("/", ".") for name in found.scenarios)
    names = re.sub(r"[^\w.-]+", "_", names)  # what is supposed stands in a name as it was written
    return plots.save(figure, folder / f"{names[:120]}_{found.runs}_seed{found.seed}.png")


def _draw_protocols(found: ProtocolComparison, folder: Path) -> Path:
    from minsksim import plots

    named = ".".join(found.channels) if len(found.channels) < 3 else "every_channel"
    name = f"{found.scenario.replace('/', '.')}_protocols_{named}"
    figure = plots.protocols(found)
    return plots.save(figure, folder / f"{name[:120]}_{found.runs}_seed{found.seed}.png")


def _comparisons(results: Path) -> Path:
    """Return where comparisons are drawn, if no link leads elsewhere."""
    from minsksim.experiment.storage.files import check_folder

    folder = results / "comparisons"
    check_folder(folder)
    return folder
