"""``minsksim compare``: variants, or protocols, run by run on the same draws."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minsksim.cli.options import (
    Output,
    Pairs,
    collected,
    complete_scenario,
    load,
    output_options,
    scenario_argument,
    seed_option,
    settings_option,
    threads_option,
)

if TYPE_CHECKING:
    from minsksim import Comparison, ProtocolComparison, Scenario


@dataclass(frozen=True)
class PairedRuns:
    """The runs that are compared, each with those on the same draws.

    Attributes
    ----------
    measures : tuple of str
        What is measured of them; without any, everything.
    runs : int
        Replications of each scenario or protocol.
    seed : int
    threads : int or None
        Processors to use; None is all of them.
    """

    measures: tuple[str, ...]
    runs: int
    seed: int
    threads: int | None

    @property
    def said(self) -> str:
        """Say how many there are."""
        return f"{self.runs:,} runs of each, seed {self.seed}"


paired_options = collected(
    "paired",
    PairedRuns,
    (
        click.option(
            "--measure",
            "measures",
            multiple=True,
            metavar="NAME",
            help="Compare only this measure; repeatable.",
        ),
        click.option(
            "--runs",
            type=click.IntRange(2),
            default=1000,
            show_default=True,
            metavar="N",
            help="Runs of each.",
        ),
        seed_option,
        threads_option,
    ),
)


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
@paired_options
@click.option(
    "--plot",
    "folder_of_plot",
    type=click.Path(file_okay=False, path_type=str),
    metavar="DIR",
    help="Where the figure goes (default: below --results).",
)
@output_options
@scenario_argument
@click.argument("variants", nargs=-1, metavar="VARIANT...", shell_complete=complete_scenario)
def compare(
    reference: str,
    variants: tuple[str, ...],
    is_all: bool,
    is_of_protocols: bool,
    channels: tuple[str, ...],
    settings: Pairs,
    paired: PairedRuns,
    folder_of_plot: str | None,
    output: Output,
) -> None:
    """Compare variants with a base SCENARIO, with 95 % intervals.

    Each run of a variant is paired with the base's run on the same draws (the random numbers that
    decide who meets, signs and keeps its word). A variant may be named in full or by its last
    part. With --protocols the scenario stays as it is and only the way in which channels settle
    changes.
    """
    from minsksim import compare as compare_scenarios
    from minsksim.cli.render.comparison_tables import print_comparison
    from minsksim.cli.render.output import say
    from minsksim.cli.render.progress import compile_rules

    if (channels and not is_of_protocols) or (is_of_protocols and (variants or is_all)):
        raise click.UsageError("--protocols takes one SCENARIO; --channel goes with --protocols.")
    base = load(reference, settings)
    target = Path(folder_of_plot) if folder_of_plot else _comparisons(Path(output.folder))
    if is_of_protocols:
        theories = _protocols(base, channels, paired, output.form)
        if not output.no_figures:
            say(f"figure   {_draw_protocols(theories, target).as_posix()}")
        return
    others = [load(name, settings) for name in _names(base, variants, is_all)]
    compile_rules()
    say(f"compare: {1 + len(others)} scenarios, {paired.said}")
    found = compare_scenarios(
        base,
        others,
        runs=paired.runs,
        seed=paired.seed,
        measures=paired.measures or None,
        threads=paired.threads,
    )
    print_comparison(found, [base, *others], output.form)
    if not output.no_figures:
        say(f"figure   {_draw(found, target).as_posix()}")


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


def _names(base: Scenario, variants: tuple[str, ...], is_all: bool) -> list[str]:
    """Return the variants' references; a bare last part is looked for among the base's own."""
    from minsksim.scenario.find import variants_of

    own = [f"{base.name}/{name}" for name in variants_of(base.name)]
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


def _draw_protocols(found: ProtocolComparison, folder: Path) -> Path:
    from minsksim import plots

    named = ".".join(found.channels) if len(found.channels) < 3 else "every_channel"
    name = f"{found.scenario.replace('/', '.')}_protocols_{named}"
    figure = plots.protocols(found)
    return plots.save(figure, folder / f"{name[:120]}_{found.runs}_seed{found.seed}.png")


def _drawn(found: Comparison) -> list[str] | None:
    """Return the measures that were asked for, or None for the figure's own choice."""
    table = found.table
    names = list(dict.fromkeys(table.loc[table["difference"] != 0, "measure"]))
    return names[:15] or None


def _comparisons(results: Path) -> Path:
    """Return where comparisons are drawn, if no link leads elsewhere."""
    from minsksim.experiment.storage.files import check_folder

    folder = results / "comparisons"
    check_folder(folder)
    return folder
