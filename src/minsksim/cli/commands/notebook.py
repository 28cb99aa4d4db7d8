"""``minsksim notebook``: the notebooks that come with minsksim, wherever it is installed."""

from __future__ import annotations

import json
from pathlib import Path

import click

from minsksim.cli.options import format_option

_COLUMNS = ("name", "question")


@click.command()
@format_option
@click.argument("name", default="", required=False)
def notebook(name: str, form: str) -> None:
    """List the notebooks, or write one into this folder.

    NAME is a notebook's name or its number: 'minsksim notebook 01' writes 01_one_run.ipynb. A file
    that is already there is never overwritten. The labs of a course have a command of their own,
    'minsksim lab'.
    """
    from minsksim.scenario.find import shipped_folder

    found = {path.stem: path for path in sorted(shipped_folder("notebooks").glob("*.ipynb"))}
    if name:
        _write(_find(name, found))
    else:
        _list(found, form)


def _find(name: str, found: dict[str, Path]) -> Path:
    """Return the notebook that a name or a number means."""
    from minsksim.errors import UsageError
    from minsksim.scenario.places import nearest

    for stem, path in found.items():
        number = stem.partition("_")[0]
        if name.removesuffix(".ipynb") in (stem, number, number.lstrip("0")):
            return path
    raise UsageError(f"There is no notebook {name!r}. {nearest(name, found)}")


def _list(found: dict[str, Path], form: str) -> None:
    from rich.text import Text

    from minsksim.cli.render.output import console, new_table, print_csv, print_json, say

    rows = [(stem, _question(path)) for stem, path in found.items()]
    if form == "json":
        print_json({"notebooks": [dict(zip(_COLUMNS, row, strict=True)) for row in rows]})
    elif form == "csv":
        print_csv(_COLUMNS, rows)
    else:
        table = new_table("Notebook", "Question")
        for stem, question in rows:
            table.add_row(stem, Text(question))
        console().print(table)
        say("'minsksim notebook NAME' writes one into this folder.")


def _question(path: Path) -> str:
    """Return the heading of a notebook, which is the question that it answers."""
    first = json.loads(path.read_text("utf-8"))["cells"][0]["source"]
    return "".join(first).partition("\n")[0].lstrip("# ")


def _write(source: Path) -> None:
    from minsksim.cli.render.new_notebook import put_here

    put_here(source.name, source.read_bytes())
