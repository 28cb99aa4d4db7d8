"""``minsksim sweep``: scenarios many times over, kept on disk, summarised and drawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from minsksim.cli.options import (
    Output,
    Pairs,
    Supposed,
    load,
    output_options,
    scenarios_argument,
    settings_option,
    supposed_options,
)
from minsksim.cli.sweep_options import Work, request_options, work_options

if TYPE_CHECKING:
    from minsksim import Result
    from minsksim.experiment import Executor, Question, SweepRequest


@click.command()
@settings_option
@click.option(
    "--base-only",
    is_flag=True,
    help="Leave out the second half of the answer: over the ranges of all numbers, or, after a "
    "sweep over all ranges, at the base values.",
)
@click.option(
    "--all-measures", is_flag=True, help="Show every measure, not the ten that move most."
)
@supposed_options
@request_options
@work_options
@output_options
@scenarios_argument
def sweep(
    references: tuple[str, ...],
    settings: Pairs,
    base_only: bool,
    all_measures: bool,
    supposed: Supposed,
    request: SweepRequest,
    work: Work,
    output: Output,
) -> None:
    """Run scenarios many times and store what came out.

    It ends with the answer and figures: at the base values, where runs differ by their draws
    alone, and over the ranges of all numbers, where they differ by draws and assumptions. The same
    question lands in the same folder: a finished sweep
    is shown again, an interrupted one goes on. Several scenarios share their draws (random numbers:
    who meets, signs, keeps its word), so that their differences are paired.
    """
    from minsksim import load_result
    from minsksim.cli.render.output import say
    from minsksim.cli.render.progress import compile_rules, progress
    from minsksim.experiment.storage.store import folder_of
    from minsksim.experiment.sweep import answer, halves

    question = request.question([load(each, settings, supposed) for each in references])
    place = folder_of(Path(output.folder), question.scenarios[0].name, question.id)
    executor = work.executor()
    compile_rules()
    if work.dry_run:
        _print_estimate(question, work.threads, place, output.form, base_only)
        return
    if work.shard is not None:
        _perform_part(question, place, work.shard, work.store, executor)
        return
    for folder, each in halves(question, place, base_only=base_only):
        with progress("sweep" if each is question else folder.name) as report:
            answer(each, folder, progress=report, notify=say, executor=executor, store=work.store)
    _finish(load_result(place), output, all_measures)


def _print_estimate(
    question: Question, threads: int | None, place: Path, form: str, base_only: bool
) -> None:
    from minsksim.cli.render.estimate_text import print_estimate
    from minsksim.experiment import estimate
    from minsksim.experiment.question.ranges import partner_of

    other = None if base_only else partner_of(question)
    beside = None if other is None else (other[0], estimate(other[1], threads=threads))
    print_estimate(question, estimate(question, threads=threads), place, form, beside)


def _perform_part(
    question: Question, place: Path, shard: str, store: str | None, executor: Executor
) -> None:
    """Do one part and say where its blocks are."""
    from minsksim.cli.render.output import say
    from minsksim.cli.render.progress import progress
    from minsksim.experiment.running.shard import parse_part, perform_part

    part = parse_part(shard)
    with progress(f"part {shard}") as report:
        done = perform_part(question, place, part, store=store, executor=executor, progress=report)
    say(
        f"part {shard}: {done.blocks:,} blocks with {done.runs:,} runs, {done.before:,} of them "
        f"done before, in {store or place.as_posix()}. When every part is done, the same command "
        "without --shard gathers them."
    )


def _finish(result: Result, output: Output, all_measures: bool) -> None:
    """Draw, print the summary, and say where everything is."""
    from minsksim.cli.render.summary_tables import check_failures, print_summary
    from minsksim.cli.stored_results import draw

    drawn = [] if output.no_figures else draw(result)
    print_summary(result, output.form, drawn, has_probe=True, all_measures=all_measures)
    check_failures(result)
