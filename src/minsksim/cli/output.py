"""Putting tables, CSV and JSON on stdout, each with the notice of norm N3.

Notes and progress go to stderr, so that what is piped or redirected is the answer alone.
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

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_WIDTH = 100
"""Columns of a table that does not go to a terminal, unless COLUMNS says otherwise."""


def console(*, stderr: bool = False) -> Console:
    """Return a rich console that prints text as it is: no markup, no guessed colours."""
    from rich.console import Console

    plain = Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=False)
    if not plain.is_terminal and "COLUMNS" not in os.environ:
        plain.width = _WIDTH
    return plain


def new_table(*columns: str, title: str = "", right: Iterable[str] = ()) -> Table:
    """Return a table in the house style: one rule under the head, numbers to the right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
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


def say(text: str = "") -> None:
    """Write a note to stderr."""
    click.echo(text, err=True)


def print_json(content: Mapping[str, Any]) -> None:
    """Print a JSON object that opens with the notice; what is not a number is null."""
    document = {"notice": NOTICE, **content}
    click.echo(json.dumps(_plain(document), ensure_ascii=False, indent=1, allow_nan=False))


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a comment line with the notice, a head, and rows."""
    click.echo(f"# {NOTICE}")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if _is_missing(value) else value for value in row])


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
