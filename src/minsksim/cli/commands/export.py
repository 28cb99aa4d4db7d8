"""``minsksim export``: a stored result as a workbook or as CSV files."""

from __future__ import annotations

import click

from minsksim.cli.options import result_argument
from minsksim.cli.render.output import echo, say


@click.command()
@click.option("--xlsx", "form", flag_value="xlsx", help="Write one Excel workbook.")
@click.option("--csv", "form", flag_value="csv", help="Write a folder of CSV files.")
@click.option(
    "--out",
    metavar="PATH",
    type=click.Path(path_type=str),
    help="The workbook or the folder (default: named after the scenario and the result, here).",
)
@click.option("--force", is_flag=True, help="Write over files that are there.")
@result_argument
def export(reference: str, form: str | None, out: str | None, force: bool) -> None:
    """Write a RESULT as an Excel workbook or as CSV files.

    It holds a summary, the runs, the agreements that were kept, and a dictionary that says of every
    column what it is, its unit and its source. A RESULT is a folder that 'minsksim sweep' made, or
    its id. In Python: load_result(folder).export(path).
    """
    from minsksim import load_result
    from minsksim.analysis.export import export as write
    from minsksim.cli.stored_results import find_result
    from minsksim.errors import UsageError

    if form is None:
        raise UsageError("Say in which form: --xlsx for a workbook, --csv for a folder of files.")
    found = load_result(find_result(reference))
    for path in write(found, out, form="xlsx" if form == "xlsx" else "csv", force=force):
        echo(path.as_posix())
    say("The dictionary says of every column what it is, its unit and its source.")
