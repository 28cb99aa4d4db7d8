"""Putting tables, CSV and JSON on stdout, each with the notice of norm N3.

Notes and progress go to stderr, so that what is piped or redirected is the answer alone. Whatever
is printed passes through here, where text that may come from a stranger is shown as text.
"""

from __future__ import annotations

import csv
import json
import math
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

import click

from minsksim.notice import NOTICE
from minsksim.text import shown, shown_in_cell, shown_in_json

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_WIDTH = 100
"""Columns of a table that does not go to a terminal, unless COLUMNS says otherwise."""


def console(*, stderr: bool = False) -> Console:
    """Return a rich console that prints text as it is: no markup, no guessed colours."""
    from rich.console import Console

    from minsksim.cli.render.screen import TextAlone

    plain = Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=False)
    if not plain.is_terminal and "COLUMNS" not in os.environ:
        plain.width = _WIDTH
    plain.push_render_hook(TextAlone(plain))
    return plain


def new_table(*columns: str, title: str = "", right: Iterable[str] = ()) -> Table:
    """Return a table in the house style: one rule under the head, numbers to the right."""
    from rich import box
    from rich.text import Text

    from minsksim.cli.render.screen import TextTable

    table = TextTable(
        title=Text(title) if title else None,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1),
        show_edge=False,
    )
    numbers = set(right)
    for name in columns:
        if name in numbers:
            table.add_column(Text(name), justify="right", no_wrap=True)
        else:
            table.add_column(Text(name), overflow="fold")
    return table


def echo(text: str, *, err: bool = False) -> None:
    """Write lines of text to stdout or stderr; nothing in them is obeyed by a terminal."""
    click.echo(shown(text), err=err)


def say(text: str = "") -> None:
    """Write a note to stderr."""
    echo(text, err=True)


def print_json(content: Mapping[str, Any]) -> None:
    """Print a JSON object that opens with the notice; what is not a number is null."""
    document = {"notice": NOTICE, **content}
    text = json.dumps(_plain(document), ensure_ascii=False, indent=1, allow_nan=False)
    click.echo(shown_in_json(text))


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a head and rows; the last column, ``notice``, holds the notice in the first row.

    A line of comment before the head would be the head for whoever reads the file as it is, and
    no cell begins like a formula.
    """
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([*columns, "notice"])
    notice = NOTICE
    for row in rows:
        writer.writerow([*map(_cell, row), notice])
        notice = ""
    if notice:
        writer.writerow([*[""] * len(columns), notice])


def _cell(value: object) -> object:
    if _is_missing(value):
        return ""
    return shown_in_cell(value) if isinstance(value, str) else value


def print_notice(target: Console) -> None:
    """Print the notice under a table."""
    from rich.text import Text

    target.print()
    target.print(Text(NOTICE, style="dim"))


def _plain(value: Any) -> Any:
    """Return what JSON can hold."""
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    return str(value)


def _is_missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))
