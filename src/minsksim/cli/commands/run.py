"""``minsksim run``: one run, told turn by turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from minsksim.cli.options import (
    MOST_SEED,
    Pairs,
    Supposed,
    format_option,
    load,
    scenario_argument,
    seed_option,
    settings_option,
    supposed_options,
)

if TYPE_CHECKING:
    from minsksim import Run


@click.command()
@settings_option
@supposed_options
@seed_option
@click.option(
    "--replication",
    type=click.IntRange(0, MOST_SEED),
    default=0,
    show_default=True,
    help="Which run of this seed.",
)
@format_option
@scenario_argument
def run(
    reference: str, settings: Pairs, supposed: Supposed, seed: int, replication: int, form: str
) -> None:
    """Play one run and tell it turn by turn.

    It says who agreed on what, who gained and who lost, what was kept and what outsiders saw. One
    run is one set of draws (the random numbers that decide who meets, signs and keeps its word), so
    it is one possible course; 'minsksim sweep' shows how far runs differ. With --format csv it
    prints every quantity and utility, turn by turn.
    """
    from minsksim.cli.render.progress import compile_rules
    from minsksim.engine.single_run import run_scenario, takes_kernel

    scenario = load(reference, settings, supposed)
    if takes_kernel(scenario):
        compile_rules()
    print_run(run_scenario(scenario, seed=seed, replication=replication), form)


UTILS = (
    "Getting all that it wants, from nothing, brings an actor about 1 util. Utils compare an actor "
    "with itself, not actors with each other."
)


def print_run(run: Run, form: str) -> None:
    """Print a run as a story, as JSON of the same content, or as CSV by turn."""
    from minsksim.analysis.story import LABEL, tell
    from minsksim.cli.render.output import print_json, say

    if form == "csv":
        _print_csv(run)
    elif form == "json":
        print_json(vars(tell(run)))
    else:
        _print_story(run)
    if form != "table":
        say(f"{LABEL}; seed {run.seed}, replication {run.replication}")


def _print_story(run: Run) -> None:
    from rich.text import Text

    from minsksim.analysis.story import tell
    from minsksim.cli.render.output import console, print_notice
    from minsksim.cli.render.run_tables import belief_table, measure_table, utility_table
    from minsksim.cli.render.run_text import print_turns

    story, document, screen = tell(run), run.scenario.document, console()
    screen.print(Text(f"{story.scenario}: {story.title}", style="bold"))
    screen.print(Text(story.question))
    screen.print(f"Seed {story.seed}, replication {story.replication}: {story.label}.")
    screen.print()
    print_turns(screen, story, document)
    screen.print(utility_table(story, document))
    screen.print(UTILS)
    screen.print()
    screen.print(measure_table(story, document))
    if story.beliefs:
        screen.print()
        screen.print(belief_table(story))
    print_notice(screen)


def _print_csv(run: Run) -> None:
    from minsksim.cli.render.output import print_csv

    record = run.record
    utilities = [f"utility.{actor}" for actor in record.axes.actors]
    columns = ["turn", "date", *record.axes.quantities, *utilities]
    rows = [
        (turn, date, *map(float, record.series[turn]), *map(float, record.utilities[turn]))
        for turn, date in enumerate(run.dates)
    ]
    print_csv(columns, rows)
