"""``minsksim plot``: the figures of a stored result, drawn again."""

from __future__ import annotations

import click

from minsksim.cli.options import result_argument
from minsksim.cli.render.output import echo


@click.command()
@result_argument
def plot(reference: str) -> None:
    """Draw the figures of a RESULT again, into its own folder."""
    from minsksim import load_result
    from minsksim.cli.stored_results import draw, find_result

    for path in draw(load_result(find_result(reference))):
        echo(path.as_posix())
