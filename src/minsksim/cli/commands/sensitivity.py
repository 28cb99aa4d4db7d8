"""``minsksim sensitivity``: which numbers move which measure, of a scenario or a stored sweep."""

from __future__ import annotations

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
    seed_option,
    settings_option,
    supposed_options,
    threads_option,
)
from minsksim.errors import UsageError

if TYPE_CHECKING:
    from minsksim import Scenario, Sensitivity

_OF_SCENARIO = ("settings", "drop", "impose", "forbid", "vary", "seed", "threads")
"""Options that say what to run; a stored sweep was run already."""


@click.command()
@click.option(
    "--measure", "measures", multiple=True, metavar="NAME", help="Only this measure; repeatable."
)
@click.option(
    "--all-measures",
    is_flag=True,
    help="A table for each measure, and not only the order over all of them.",
)
@click.option(
    "--top",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    metavar="N",
    help="Numbers to show in a table, strongest first; csv and json hold all.",
)
@click.option(
    "--vary",
    multiple=True,
    metavar="NAME[=LO:HI]",
    help="Look at this number (default: at every number with a range); repeatable.",
)
@settings_option
@supposed_options
@seed_option
@threads_option
@output_options
@click.argument("reference", metavar="SCENARIO|RESULT", shell_complete=complete_scenario)
def sensitivity(
    reference: str,
    measures: tuple[str, ...],
    all_measures: bool,
    top: int,
    vary: tuple[str, ...],
    settings: Pairs,
    supposed: Supposed,
    seed: int,
    threads: int | None,
    output: Output,
) -> None:
    """Say which numbers matter most, and which of them are assumed.

    With a SCENARIO, all numbers with a range are looked at first (morris), then the strongest
    get shares of the variance (saltelli); that takes minutes, and is found again when it is asked
    for again. With a RESULT, the folder of a sweep that drew its points, it tells what that sweep
    shows. A number is ranked only if it does more than chance makes of numbers that do nothing.
    """
    from minsksim.cli.render.sensitivity_tables import print_sensitivity

    folder = _stored(reference, output.folder)
    if folder is None:
        found = _guided(load(reference, settings, supposed), measures, vary, seed, threads, output)
    else:
        found = _of_stored(folder, measures)
    print_sensitivity(found, output.form, top, all_measures)
    if not output.no_figures and not found.overall.empty:
        _draw(found, measures, Path(output.folder))


def _stored(reference: str, results: str) -> Path | None:
    """Return the folder of a stored sweep, or None if this names a scenario."""
    from minsksim.cli.stored_results import find_result
    from minsksim.scenario.find import shipped_names

    if reference in shipped_names() or Path(reference).is_file():
        return None
    try:
        return find_result(reference, results)
    except UsageError:
        if Path(reference).exists() or not _reads_as_name(reference):
            raise
        return None


def _reads_as_name(reference: str) -> bool:
    """Return whether this cannot be meant as the id of a result, which is hex digits."""
    return not all(letter in "0123456789abcdef" for letter in reference)


def _of_stored(folder: Path, measures: tuple[str, ...]) -> Sensitivity:
    from minsksim import load_result
    from minsksim import sensitivity as measure_sensitivity

    context = click.get_current_context()
    given = [
        name
        for name in _OF_SCENARIO
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    ]
    if given:
        raise UsageError(
            f"--{given[0].replace('settings', 'set')} says what to run, and {folder} was run "
            "already: name a scenario instead of a result."
        )
    return measure_sensitivity(load_result(folder), measures or None)


def _guided(
    scenario: Scenario,
    measures: tuple[str, ...],
    vary: tuple[str, ...],
    seed: int,
    threads: int | None,
    output: Output,
) -> Sensitivity:
    """Look at all numbers, then tell the shares of the strongest, each with its own progress."""
    from minsksim.analysis.guided import Work, first_look, shares
    from minsksim.analysis.summary import chosen
    from minsksim.cli.render.output import say
    from minsksim.cli.render.progress import compile_rules, progress
    from minsksim.experiment import Threads
    from minsksim.experiment.question.vary import take_vary

    asked = chosen(measures, tuple(scenario.document.measures)) if measures else None
    numbers = take_vary(vary)
    compile_rules()
    say(f"sensitivity of {scenario.name}, seed {seed}: a first look at all numbers, then shares")
    parts = (output.folder, Threads(threads))
    with progress("first look") as report:
        screening = first_look(scenario, numbers, asked, Work(seed, *parts, report, say))
    with progress("shares") as report:
        found = shares(scenario, numbers, asked, Work(seed, *parts, report, say), screening)
    for one in (screening, found):
        if one is not None and one.result.failed:
            say(f"{one.result.path}: {one.result.failed:,} runs failed and were left out.")
    return found


def _draw(found: Sensitivity, measures: tuple[str, ...], results: Path) -> None:
    """Draw the order over all measures, or that of each measure asked for."""
    from minsksim import plots
    from minsksim.cli.render.output import say
    from minsksim.experiment.storage.files import check_folder

    folder = results / "sensitivities"
    check_folder(folder)
    name = f"{next(iter(found.result.scenarios)).replace('/', '.')}_{found.result.id}"
    for measure in measures or (None,):
        target = folder / f"{name}{f'_{measure}' if measure else ''}.png"
        say(f"figure   {plots.save(plots.tornado(found, measure), target).as_posix()}")
