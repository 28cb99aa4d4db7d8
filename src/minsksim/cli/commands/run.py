"""``minsksim run``: one run, in brief or told turn by turn."""

from __future__ import annotations

import shlex
from dataclasses import asdict
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
    from collections.abc import Mapping

    from minsksim import Run
    from minsksim.analysis.story import Story


@click.command()
@click.option("--full", is_flag=True, help="Tell every turn, and why channels made no agreement.")
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
    reference: str,
    full: bool,
    settings: Pairs,
    supposed: Supposed,
    seed: int,
    replication: int,
    form: str,
) -> None:
    """Play one run: who traded what with whom, and who paid.

    It says in fifteen lines, or eighteen at most, who gained, who outside paid, what the public saw
    and what became of people; --full tells every turn. One run is one set of draws (the random
    numbers that decide who meets, signs and keeps its word), so it is one possible course;
    'minsksim sweep' shows how far runs differ. With --format csv it prints every quantity and
    utility as each turn left it; the date is the day on which the turn began. Turn 0 is before the
    first turn.
    """
    from minsksim.cli.render.progress import compile_rules
    from minsksim.engine.single_run import run_scenario, takes_kernel

    scenario = load(reference, settings, supposed)
    if takes_kernel(scenario):
        compile_rules()
    found = run_scenario(scenario, seed=seed, replication=replication)
    if full or form != "table":
        print_run(found, form)
    else:
        _print_brief(found, _sweep(reference, settings, supposed, seed))


UTILS = (
    "Getting all that it wants, from nothing, brings an actor about 1 util. Utils compare an actor "
    "with itself, not actors with each other."
)


def print_run(run: Run, form: str, point: Mapping[str, float] | None = None) -> None:
    """Print a run, at a design point if one is given: as a story, as JSON or as CSV by turn."""
    from minsksim.analysis.flows import flows_of_people
    from minsksim.analysis.story import LABEL, tell
    from minsksim.cli.render.output import print_json, say

    if form == "csv":
        _print_csv(run)
    elif form == "json":
        print_json(vars(tell(run, flows_of_people(run, point))))
    else:
        _print_story(run, tell(run, flows_of_people(run, point)))
    if form != "table":
        say(f"{LABEL}; seed {run.seed}, replication {run.replication}")


def _sweep(reference: str, settings: Pairs, supposed: Supposed, seed: int) -> str:
    """Return the command that plays many runs of what was typed."""
    words = ["minsksim", "sweep", reference]
    for name, value in settings:
        words += ["--set", f"{name}={value}"]
    for option, values in asdict(supposed).items():
        for value in values:
            words += [f"--{option}", value]
    return shlex.join([*words, "--seed", str(seed)] if seed else words)


def _print_brief(run: Run, again: str) -> None:
    from minsksim.analysis.story import tell
    from minsksim.cli.render.brief_text import print_brief
    from minsksim.cli.render.output import console

    print_brief(console(), tell(run), run.scenario.document, again)


def _print_story(run: Run, story: Story) -> None:
    from rich.text import Text

    from minsksim.cli.render.output import console, print_notice
    from minsksim.cli.render.run_tables import (
        belief_table,
        flow_table,
        measure_table,
        utility_table,
    )
    from minsksim.cli.render.run_text import print_turns

    document, screen = run.scenario.document, console()
    screen.print(Text(f"{story.scenario}: {story.title}", style="bold"))
    screen.print(Text(story.question))
    screen.print(f"Seed {story.seed}, replication {story.replication}: {story.label}.")
    screen.print()
    print_turns(screen, story, document)
    screen.print(utility_table(story, document))
    screen.print(UTILS)
    screen.print()
    screen.print(measure_table(story, document))
    if story.flows:
        screen.print()
        screen.print(flow_table(story))
    if story.beliefs:
        screen.print()
        screen.print(belief_table(story))
    print_notice(screen)


def _print_csv(run: Run) -> None:
    from minsksim.cli.render.output import print_csv
    from minsksim.scenario.dates import turn_dates

    record = run.record
    utilities = [f"utility.{actor}" for actor in record.axes.actors]
    columns = ["turn", "date", *record.axes.quantities, *utilities]
    rows = [
        (turn, date, *map(float, record.series[turn]), *map(float, record.utilities[turn]))
        for turn, date in enumerate(turn_dates(run.scenario.document.calendar))
    ]
    print_csv(columns, rows)
