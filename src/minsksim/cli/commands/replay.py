"""``minsksim replay``: a stored run told again, or a whole sweep done again and compared."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minsksim.cli.options import format_option, result_argument, threads_option
from minsksim.cli.render.output import echo

if TYPE_CHECKING:
    from minsksim import Run
    from minsksim.experiment import Replay


@click.command()
@click.option("--all", "is_all", is_flag=True, help="Do the whole sweep again, and compare.")
@click.option("--scenario", metavar="NAME", help="Scenario of the sweep (default: its first).")
@click.option(
    "--point", type=click.IntRange(0), default=0, show_default=True, help="Design point of the run."
)
@click.option(
    "--replication", type=click.IntRange(0), default=0, show_default=True, help="Which run there."
)
@threads_option
@format_option
@result_argument
def replay(
    reference: str,
    is_all: bool,
    scenario: str | None,
    point: int,
    replication: int,
    threads: int | None,
    form: str,
) -> None:
    """Tell one run of a RESULT as a story, or repeat all of it.

    A RESULT is a folder that 'minsksim sweep' made, or its id.
    """
    from minsksim.cli.stored_results import find_result

    folder = find_result(reference)
    if is_all:
        _replay_all(folder, threads)
    else:
        _replay_one(folder, scenario, point, replication, form)


def _replay_all(folder: Path, threads: int | None) -> None:
    from minsksim.cli.render.progress import compile_rules, progress
    from minsksim.errors import ResultDamaged
    from minsksim.experiment import replay_all

    compile_rules()
    with progress("replay") as report:
        repetition = replay_all(folder, threads=threads, progress=report)
    if not repetition.is_same:
        raise ResultDamaged(
            f"{folder}: done again it differs.\n  stored   {repetition.stored}\n"
            f"  repeated {repetition.repeated}"
        )
    echo(f"{folder.as_posix()}: same bytes. Digest {repetition.stored}")


def _replay_one(
    folder: Path, scenario: str | None, point: int, replication: int, form: str
) -> None:
    from minsksim import run_scenario
    from minsksim.cli.commands.run import print_run
    from minsksim.cli.render.output import say
    from minsksim.cli.render.progress import compile_rules
    from minsksim.engine.single_run import takes_kernel
    from minsksim.experiment import replay as find_run

    found = find_run(folder, scenario, point, replication)
    if takes_kernel(found.scenario):
        compile_rules()
    told = run_scenario(
        found.scenario, seed=found.seed, replication=found.replication, point=found.point
    )
    for name, value in found.point.items():
        say(f"point {point}: {name} = {value:g}")
    _check_same(folder, found, told)
    print_run(told, form, found.point)


def _check_same(folder: Path, found: Replay, told: Run) -> None:
    """Demand that a run of its own measures what the sweep stored, to the last bit."""
    from minsksim.cli.render.output import say
    from minsksim.errors import ResultDamaged

    for name, stored in found.measures.items():
        again = told.measures[name]
        if again != stored and not (math.isnan(again) and math.isnan(stored)):
            raise ResultDamaged(f"{folder}: {name} was {stored!r} and is {again!r} on replay.")
    say(f"replayed: all {len(found.measures)} measures as stored, to the last bit")
