"""``minsksim bench``: rival models of collective decisions on one case, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from minsksim.cli.options import (
    Pairs,
    complete_scenario,
    format_option,
    seed_option,
    settings_option,
)
from minsksim.vocabulary import DISAGREEMENTS, REACHES, Disagreement, Reach

if TYPE_CHECKING:
    from minsksim import Scenario


def _complete_case(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer shipped cases, then what every command offers."""
    from minsksim.scenario.find import shipped_cases

    cases = [CompletionItem(name) for name in shipped_cases() if name.startswith(incomplete)]
    return cases + complete_scenario(ctx, param, incomplete)


@click.command()
@click.option(
    "--issue",
    "issues",
    multiple=True,
    metavar="NAME",
    help="Ask only about this issue; repeatable.",
)
@click.option(
    "--levers",
    metavar="A,B,...",
    help="For a scenario: two to five levers; which combinations of them are stable? "
    "(Default: in the channel with the largest stakes, the two of each party that matter most.)",
)
@click.option(
    "--reach",
    type=click.Choice(REACHES),
    help="How far those levers move: the largest move of one turn (default), or the whole scale.",
)
@click.option(
    "--veto",
    "vetoes",
    multiple=True,
    metavar="ACTOR",
    help="This actor can keep every issue at its reference point; repeatable.",
)
@click.option(
    "--salience-scale",
    type=float,
    metavar="TOP",
    help="For a table that does not say it: the upper end of the scale of salience, 1 or 100.",
)
@click.option(
    "--disagreement",
    type=click.Choice(DISAGREEMENTS),
    help="For a negotiation domain, what no deal is worth: the reservation values of the file "
    "(default), zero, or the lowest utility of each party.",
)
@settings_option
@seed_option
@format_option
@click.argument("reference", metavar="CASE", shell_complete=_complete_case)
def bench(
    reference: str,
    issues: tuple[str, ...],
    levers: str | None,
    reach: Reach | None,
    vetoes: tuple[str, ...],
    salience_scale: float | None,
    disagreement: Disagreement | None,
    settings: Pairs,
    seed: int,
    form: str,
) -> None:
    """Ask rival models about one CASE, side by side.

    The answer comes first, in a sentence or two. Then: where each model says the decision ends,
    and the smallest change of one number that would give another answer. CASE is a shipped case
    ('car_emissions'), a CSV table of positions, a folder of such tables, a scenario ('minsk'),
    whose levers are then read as issues, or a JSON file with a graph of states or a negotiation
    domain. Where the end of a decision is known, the models are scored; --seed draws the
    intervals of the scores.
    """
    from minsksim import Scenario
    from minsksim import bench as ask_rivals
    from minsksim.analysis.rivals.opening import open_case
    from minsksim.cli.render.rival_tables import print_bench

    subject = open_case(reference, settings, salience_scale)
    if isinstance(subject, Scenario):
        _prepare(subject)
    found = ask_rivals(
        subject,
        issues or None,
        None if levers is None else [name.strip() for name in levers.split(",")],
        reach=reach,
        seed=seed,
        veto=vetoes,
        disagreement=disagreement,
    )
    print_bench(found, form)


def _prepare(scenario: Scenario) -> None:
    """Say what stands out about a scenario's settings, and compile the rules if need be."""
    from minsksim.cli.render.output import say
    from minsksim.cli.render.progress import compile_rules

    for sentence in scenario.notes:
        say(f"note: {sentence}")
    compile_rules()
