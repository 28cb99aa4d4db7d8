"""``minsksim results``: the stored results, whether they are whole, and which may go."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minsksim.cli.options import format_option, result_argument, results_option
from minsksim.cli.render.output import echo
from minsksim.errors import UsageError
from minsksim.text import shown_in_line

if TYPE_CHECKING:
    from minsksim.experiment import Stored


@click.group()
def results() -> None:
    """List, show, verify or remove stored results."""


@results.command("list")
@format_option
@results_option
def list_(folder: str, form: str) -> None:
    """List the results in a folder, finished or not.

    A folder with a manifest.json that minsksim did not write is listed as foreign.
    """
    from minsksim.cli.render.output import say
    from minsksim.experiment import stored_in

    found = list(stored_in(Path(folder)))
    if found or form != "table":
        _print(found, form)
    else:
        say(f"{folder}: no results. 'minsksim sweep minsk' makes one.")


def _print(found: Sequence[Stored], form: str) -> None:
    from rich.text import Text

    from minsksim.cli.render.output import console, new_table, print_csv, print_json

    if form == "json":
        print_json({"results": list(found)})
        return
    if form == "csv":
        columns = ("path", "scenarios", "design", "runs", "state", "size", "age")
        print_csv(columns, [[_text(getattr(one, name)) for name in columns] for one in found])
        return
    heads = ("Result", "Scenarios", "Design", "Runs", "State", "MB", "Days old")
    table = new_table(*heads, right=("Runs", "MB", "Days old"))
    for one in found:
        texts = (one.path.as_posix(), ", ".join(one.scenarios), one.design)
        table.add_row(
            *(Text(shown_in_line(text)) for text in texts),
            f"{one.runs:,}" if one.runs else "",
            one.state,
            f"{one.size / 1e6:,.1f}",
            f"{one.age:,.0f}",
        )
    console().print(table)


def _text(value: object) -> object:
    if isinstance(value, tuple):
        return " ".join(value)
    return value.as_posix() if isinstance(value, Path) else value


@results.command()
@format_option
@result_argument
def show(reference: str, form: str) -> None:
    """Print the summary of a RESULT again."""
    from minsksim import load_result
    from minsksim.cli.render.summary_tables import check_failures, print_summary
    from minsksim.cli.stored_results import find_result

    result = load_result(find_result(reference))
    figures = sorted((result.path / "figures").glob("*.png"))
    print_summary(result, form, figures)
    check_failures(result)


@results.command()
@results_option
@click.argument("references", metavar="[RESULT]...", nargs=-1)
def verify(references: tuple[str, ...], folder: str) -> None:
    """Check that stored results are undamaged, every byte of them.

    Without a RESULT, all finished ones are checked.
    """
    from minsksim import load_result
    from minsksim.cli.render.output import say
    from minsksim.cli.stored_results import find_result
    from minsksim.errors import ResultDamaged, ResultError
    from minsksim.experiment import stored_in

    paths = [find_result(reference, folder) for reference in references]
    if not references:
        found = stored_in(Path(folder))
        paths = [one.path for one in found if one.state in ("finished", "damaged")]
    damaged = []
    for path in paths:
        try:
            result = load_result(path)
            result.verify()
            echo(f"{shown_in_line(path.as_posix())}: whole. Digest {result.digest}")
        except ResultError as error:
            if len(paths) == 1:
                raise
            damaged.append(f"{path.as_posix()}: not whole.")
            say(str(error))
    if damaged:
        raise ResultDamaged("\n".join(damaged))


@results.command()
@click.option("--unfinished", is_flag=True, help="Results that are not finished.")
@click.option(
    "--older-than",
    type=click.FloatRange(0),
    metavar="DAYS",
    help="Results in which nothing was written for so many days.",
)
@click.option("--yes", is_flag=True, help="Remove them; without it they are only listed.")
@click.option(
    "--damaged", is_flag=True, help="With --yes: do not ask before a damaged one is removed."
)
@results_option
@click.argument("references", metavar="[RESULT]...", nargs=-1)
def prune(
    references: tuple[str, ...],
    unfinished: bool,
    older_than: float | None,
    yes: bool,
    damaged: bool,
    folder: str,
) -> None:
    """Remove stored results that you name, or unfinished or old ones.

    With both --unfinished and --older-than, only those that are both. Only files that minsksim
    wrote are removed; anything else in a folder stays, and is named.
    """
    from minsksim.cli.render.output import say
    from minsksim.cli.stored_results import find_result
    from minsksim.experiment import prune as remove
    from minsksim.experiment.storage.prune import look, stored_in

    if not (references or unfinished or older_than is not None):
        raise UsageError("Say which: a RESULT, --unfinished or --older-than DAYS.")
    named = [look(find_result(reference, folder)) for reference in references]
    found = [
        one
        for one in named or stored_in(Path(folder))
        if (not unfinished or one.state != "finished")
        and (older_than is None or one.age >= older_than)
    ]
    if not found:
        say(f"{folder}: no such results.")
        return
    size = sum(one.size for one in found) / 1e6
    if not yes:
        _print(found, "table")
        say(f"{len(found)} results, {size:,.1f} MB, would go. Add --yes to remove them.")
        return
    gone, said = remove([one for one in found if damaged or _may_go(one)])
    for sentence in said:
        say(sentence)
    say(f"removed {len(gone)} results, {sum(one.size for one in gone) / 1e6:,.1f} MB")


def _may_go(one: Stored) -> bool:
    """Ask whether a damaged result may go; where nobody can answer, it stays."""
    from minsksim.cli.render.output import say

    if one.state != "damaged":
        return True
    name = shown_in_line(one.path.as_posix())
    if not sys.stdin.isatty():
        say(f"{name}: is damaged and is kept. Add --damaged to remove it without being asked.")
        return False
    question = f"{name}: is damaged, so its files cannot prove that they are minsksim's. Remove it?"
    return click.confirm(question, err=True)
