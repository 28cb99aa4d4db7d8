"""``minsksim sweep``: scenarios many times over, kept on disk, summarised and drawn."""

from __future__ import annotations

from pathlib import Path
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
from minsksim.cli.sweep_options import Asked, design_options, work_options

if TYPE_CHECKING:
    from minsksim import Result
    from minsksim.experiment import Question


@click.command()
@settings_option
@design_options
@seed_option
@threads_option
@work_options
@results_option
@format_option
@figures_option
@scenarios_argument
@click.pass_context
def sweep(
    ctx: click.Context,
    references: tuple[str, ...],
    settings: Pairs,
    seed: int,
    threads: int | None,
    folder: str,
    form: str,
    no_figures: bool,
) -> None:
    """Run scenarios many times; end with a summary, figures and a stored result.

    The same question lands in the same folder: a finished sweep is shown again, an interrupted
    one goes on. Several scenarios share their draws (random numbers: who meets, signs, keeps its
    word), so that their differences are paired.
    """
    from minsksim.cli.render.output import say
    from minsksim.cli.render.progress import compile_rules, progress
    from minsksim.experiment.storage.store import folder_of
    from minsksim.experiment.sweep import answer

    asked = Asked.of(ctx)
    scenarios = [load(reference, settings) for reference in references]
    question = asked.question(scenarios, seed)
    place = folder_of(Path(folder), question.scenarios[0].name, question.id)
    executor = asked.executor(threads)
    compile_rules()
    if asked.values["dry_run"]:
        _print_estimate(question, threads, place, form)
        return
    if asked.values["shard"] is not None:
        _perform_part(asked, question, place, threads)
        return
    with progress("sweep") as report:
        result = answer(
            question,
            place,
            progress=report,
            notify=say,
            executor=executor,
            store=asked.values["store"],
        )
    finish(result, form, has_figures=not no_figures)


def _print_estimate(question: Question, threads: int | None, place: Path, form: str) -> None:
    from minsksim.cli.render.estimate_text import print_estimate
    from minsksim.experiment import estimate

    print_estimate(question, estimate(question, threads=threads), place, form)


def _perform_part(asked: Asked, question: Question, place: Path, threads: int | None) -> None:
    """Do one part and say where its blocks are."""
    from minsksim.cli.render.output import say
    from minsksim.cli.render.progress import progress
    from minsksim.experiment.running.shard import parse_part, perform_part

    shard, store = asked.values["shard"], asked.values["store"]
    part = parse_part(shard)
    with progress(f"part {shard}") as report:
        done = perform_part(
            question,
            place,
            part,
            store=store,
            executor=asked.executor(threads),
            progress=report,
        )
    say(
        f"part {shard}: {done.blocks:,} blocks with {done.runs:,} runs, {done.before:,} of them "
        f"done before, in {store or place.as_posix()}. When every part is done, the same command "
        "without --shard gathers them."
    )


def finish(result: Result, form: str, *, has_figures: bool) -> None:
    """Draw, print the summary, and say where everything is."""
    from minsksim.cli.render.summary_tables import check_failures, print_summary
    from minsksim.cli.stored_results import draw

    drawn = draw(result) if has_figures else []
    print_summary(result, form, drawn, has_probe=True)
    check_failures(result)
