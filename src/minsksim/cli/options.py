"""Arguments and options that several commands share, so that they mean the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from minsksim.cli.render.output import echo

if TYPE_CHECKING:
    from minsksim.scenario import Scenario

MOST_SEED = 2**63 - 1
Pairs = tuple[tuple[str, str], ...]


def complete_scenario(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer shipped names, and files once the text looks like one."""
    from minsksim.scenario.find import shipped_names

    names = [CompletionItem(name) for name in shipped_names() if name.startswith(incomplete)]
    return names or [CompletionItem(incomplete, type="file")]


def _pairs(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> Pairs:
    """Read every ``name=value``."""
    pairs = []
    for text in values:
        name, separator, value = text.partition("=")
        if not name.strip() or not separator or not value.strip():
            raise click.BadParameter(f"{text[:80]!r} is not NAME=VALUE.", ctx, param)
        pairs.append((name.strip(), value.strip()))
    return tuple(pairs)


scenario_argument = click.argument(
    "reference", metavar="SCENARIO", shell_complete=complete_scenario
)
scenarios_argument = click.argument(
    "references",
    metavar="SCENARIO...",
    nargs=-1,
    required=True,
    shell_complete=complete_scenario,
)
result_argument = click.argument(
    "reference", metavar="RESULT", type=click.Path(file_okay=False, path_type=str)
)
settings_option = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_pairs,
    help="Give a number another value, by its dotted name; repeatable.",
)
seed_option = click.option(
    "--seed",
    type=click.IntRange(0, MOST_SEED),
    default=0,
    show_default=True,
    help="Which set of draws (random numbers: who meets, signs, keeps its word); equal seeds give "
    "equal bytes.",
)
threads_option = click.option(
    "--threads",
    type=click.IntRange(1, 4096),
    help="Processors to use (default: all); changes no number.",
)
results_option = click.option(
    "--results",
    "folder",
    type=click.Path(file_okay=False, path_type=str),
    default="results",
    show_default=True,
    metavar="DIR",
    help="Folder of all results.",
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How stdout is written.",
)
figures_option = click.option("--no-figures", is_flag=True, help="Draw no figures.")


def load(reference: str, settings: Pairs = ()) -> Scenario:
    """Load a scenario and say on stderr whatever stands out about its settings."""
    from minsksim import load_scenario

    scenario = load_scenario(reference, settings)
    for sentence in scenario.notes:
        echo(f"note: {sentence}", err=True)
    return scenario
