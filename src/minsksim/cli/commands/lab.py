"""``minsksim lab``: lessons that check themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from minsksim.cli.options import format_option
from minsksim.cli.render.output import echo

if TYPE_CHECKING:
    from minsksim.lessons.lab import Lab

_COLUMNS = ("number", "name", "title", "question", "minutes")


@click.command()
@format_option
@click.option("--teacher", is_flag=True, help="Print the teacher's edition: it holds the answers.")
@click.option("--named", is_flag=True, help="Use the names of the case in place of invented ones.")
@click.option(
    "--seed",
    type=click.IntRange(0, 2**63 - 1),
    default=0,
    show_default=True,
    help="Shuffle the options of the questions; the same seed gives the same order.",
)
@click.argument("name", default="", required=False)
def lab(name: str, named: bool, teacher: bool, seed: int, form: str) -> None:
    """List the labs, or write the notebook of one.

    The notebook is written into this folder. NAME is a lab's name or number: 'minsksim lab 1'
    writes batna_and_zopa.ipynb. A file that is already there is never overwritten. Give each
    student a seed of their own, and neighbours see the options in another order.
    """
    from minsksim.lessons import skins
    from minsksim.lessons.catalog import all_labs, find_lab

    skin = skins.NAMED if named else skins.FICTIONAL
    if not name and teacher:
        from minsksim.lessons.teacher import guide

        echo(guide(all_labs(), skin, seed))
    elif not name:
        _list(all_labs(), form)
    elif teacher:
        from minsksim.lessons.teacher import edition_of

        echo(edition_of(find_lab(name), skin, seed))
    else:
        _write(find_lab(name), skin, seed)


def _list(labs: tuple[Lab, ...], form: str) -> None:
    from rich.text import Text

    from minsksim.cli.render.output import console, new_table, print_csv, print_json, say

    rows = [(one.number, one.name, one.title, one.question, sum(one.minutes)) for one in labs]
    if form == "json":
        print_json({"labs": [dict(zip(_COLUMNS, row, strict=True)) for row in rows]})
        return
    if form == "csv":
        print_csv(_COLUMNS, rows)
        return
    table = new_table("Lab", "Name", "Question", "Minutes", right=("Lab", "Minutes"))
    table.columns[1].no_wrap = True
    for one in labs:
        table.add_row(str(one.number), Text(one.name), Text(one.heading), str(sum(one.minutes)))
    console().print(table)
    say(
        "Minutes are those of a whole class: opening, work at the computer and talk. "
        "'minsksim lab NAME' writes the notebook of one into this folder."
    )


def _write(one: Lab, skin: str, seed: int) -> None:
    from minsksim.cli.render.new_notebook import put_here
    from minsksim.lessons.notebook import write_notebook

    put_here(f"{one.name}.ipynb", write_notebook(one, skin, seed).encode())
