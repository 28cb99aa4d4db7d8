"""``minsksim plot``: the figures of a stored result, drawn again or by name."""

from __future__ import annotations

import click

from minsksim.cli.options import result_argument
from minsksim.cli.render.output import echo


@click.command()
@click.option(
    "--figure",
    "figures",
    multiple=True,
    metavar="NAME",
    help="Draw this figure; repeatable: measures, differences, record, trajectories, agreements, "
    "parameters, packages, utility, terms, network.",
)
@click.option(
    "--measure",
    "measures",
    multiple=True,
    metavar="NAME",
    help="Draw this measure; repeatable. In trajectories also a quantity, in record an "
    "observation, in agreements a channel, in packages a lever, in terms an actor.",
)
@click.option(
    "--size",
    metavar="SIZE",
    default="slide",
    show_default=True,
    help="slide (16:9, for a projector) or page (for a paper).",
)
@click.option(
    "--image",
    "kind",
    metavar="KIND",
    default="png",
    show_default=True,
    help="png, svg or pdf.",
)
@result_argument
def plot(
    reference: str, figures: tuple[str, ...], measures: tuple[str, ...], size: str, kind: str
) -> None:
    """Draw the figures of a RESULT into its own folder.

    Without options these are the figures that fit the result, at most five; figures/index.html
    shows them. A title says what a figure finds.
    """
    from minsksim import load_result
    from minsksim.cli.stored_results import draw, find_result

    result = load_result(find_result(reference))
    is_by_name = figures or measures or (size, kind) != ("slide", "png")
    for path in draw(result, (figures, measures, size, kind) if is_by_name else None):
        echo(path.as_posix())
