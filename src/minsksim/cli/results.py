"""``minsksim results``: the stored results, and whether they are whole."""

from __future__ import annotations

import json
from pathlib import Path

import click

from minsksim.cli.options import format_option, result_argument, results_option


@click.group()
def results() -> None:
    """List stored results, show one again, or verify that it is whole."""


@results.command("list")
@results_option
def list_(folder: str) -> None:
    """List the results in a folder, finished or not."""
    from rich.text import Text

    from minsksim.cli.output import console, new_table, say
    from minsksim.cli.stored import stored_results

    table = new_table("Result", "Scenarios", "Design", "Runs", "State", right=("Runs",))
    for path in stored_results(Path(folder)):
        table.add_row(*map(Text, (path.as_posix(), *_describe(path))))
    if table.rows:
        console().print(table)
    else:
        say(f"{folder}: no results. 'minsksim sweep minsk' makes one.")


def _describe(path: Path) -> tuple[str, str, str, str]:
    """Return scenarios, design, runs and state, read from the manifest without trust in it."""
    try:
        manifest = json.loads((path / "manifest.json").read_bytes())
        question = manifest["question"]
        names = [str(one["name"]) for one in question["scenarios"]]
        design = question["design"]
        runs = f"{len(names) * design['points'] * question['runs']:,}"
        state = "finished" if (path / "digest.json").is_file() else "unfinished"
        return ", ".join(names), str(design["kind"]), runs, state
    except (ValueError, KeyError, TypeError, RecursionError):
        return "", "", "", "damaged"


@results.command()
@format_option
@result_argument
def show(reference: str, form: str) -> None:
    """Print the summary of a RESULT again."""
    from minsksim import load_result
    from minsksim.cli.stored import find_result
    from minsksim.cli.summary import check_failures, print_summary

    result = load_result(find_result(reference))
    figures = sorted((result.path / "figures").glob("*.png"))
    print_summary(result, form, figures)
    check_failures(result)


@results.command()
@result_argument
def verify(reference: str) -> None:
    """Check every stored byte of a RESULT against its journal."""
    from minsksim import load_result
    from minsksim.cli.stored import find_result

    result = load_result(find_result(reference))
    result.verify()
    click.echo(f"{result.path.as_posix()}: whole. Digest {result.digest}")
