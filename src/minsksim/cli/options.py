"""Arguments and options that several commands share, so that they mean the same everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from minsksim.cli.render.output import echo

if TYPE_CHECKING:
    from minsksim.scenario import Scenario

MOST_SEED = 2**63 - 1
Pairs = tuple[tuple[str, str], ...]
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def collected(name: str, make: Callable[..., object], options: Sequence[Decorator]) -> Decorator:
    """Return one decorator for a group of options, whose values a command gets as one.

    Parameters
    ----------
    name : str
        Parameter of the command that gets the one value.
    make : callable
        Makes it; its parameters are named like those of the options.
    options : sequence of decorators
        In the order in which --help shows them.
    """
    parts = tuple(signature(make).parameters)

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        # click knows the options one by one and hands over their values by keyword
        @wraps(command)
        def call(**values: Any) -> Any:
            values[name] = make(**{part: values.pop(part) for part in parts})
            return command(**values)

        decorated: Callable[..., Any] = call
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


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
    help="Give a number another value, such as actors.minsk.patience=0.9; repeatable.",
)
seed_option = click.option(
    "--seed",
    type=click.IntRange(0, MOST_SEED),
    default=0,
    show_default=True,
    help="Which random numbers are drawn (they decide who meets, signs and keeps its word); the "
    "same seed gives the same results.",
)
threads_option = click.option(
    "--threads",
    type=click.IntRange(1, 4096),
    help="Processors to use (default: all); the results are the same.",
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
    help="Form of the output.",
)


@dataclass(frozen=True)
class Supposed:
    """What is supposed against a scenario, as ``minsksim.suppose`` takes it.

    Attributes
    ----------
    drop, impose, forbid : tuple of str
        Parts to take away, levers that stand at a value, levers that nobody moves.
    """

    drop: tuple[str, ...] = ()
    impose: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.drop or self.impose or self.forbid)


def complete_lever(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the levers of the scenario that is already on the line."""
    return [CompletionItem(name) for name in _levers(ctx) if name.startswith(incomplete)]


def _levers(ctx: click.Context) -> list[str]:
    from minsksim import load_scenario
    from minsksim.errors import MinsksimError

    given = ctx.params.get("reference") or (ctx.params.get("references") or [None])[0]
    try:
        return list(load_scenario(given).document.levers) if given else []
    except MinsksimError:
        return []


supposed_options = collected(
    "supposed",
    Supposed,
    (
        click.option(
            "--drop",
            multiple=True,
            metavar="NAME",
            help="Take an interest, salience, event, answer, channel, counter-offer or lever away; "
            "the weights that are left stay as they are (--set NAME=0 would make them grow); "
            "repeatable.",
        ),
        click.option(
            "--impose",
            multiple=True,
            metavar="LEVER=VALUE[@DATE]",
            shell_complete=complete_lever,
            help="Let a lever stand at a value from a date (2025-09) or turn on: nobody moves it, "
            "nobody pays for it; repeatable.",
        ),
        click.option(
            "--forbid",
            multiple=True,
            metavar="LEVER",
            shell_complete=complete_lever,
            help="Keep a lever at its initial value: on no table, moved by nobody; repeatable.",
        ),
    ),
)
figures_option = click.option("--no-figures", is_flag=True, help="Draw no figures.")


@dataclass(frozen=True)
class Output:
    """Where what was found goes, and in which form.

    Attributes
    ----------
    folder : str
        Folder of all results.
    form : {"table", "csv", "json"}
        How stdout is written.
    no_figures : bool
        Draw none.
    """

    folder: str
    form: str
    no_figures: bool


output_options = collected("output", Output, (results_option, format_option, figures_option))


def load(reference: str, settings: Pairs = (), supposed: Supposed = Supposed()) -> Scenario:
    """Load a scenario and say on stderr what stands out about its settings, and what is supposed.

    ``settings`` and ``supposed`` are what the options of the same names hold.
    """
    from minsksim import load_scenario, suppose

    drop, impose, forbid = supposed.drop, supposed.impose, supposed.forbid
    scenario = load_scenario(reference, settings)
    scenario = suppose(scenario, drop=drop, impose=impose, forbid=forbid)
    tell_notes(scenario)
    return scenario


def tell_notes(scenario: Scenario, after: int = 0) -> None:
    """Say the notes of a scenario on stderr, but for the first ``after``."""
    for sentence in scenario.notes[after:]:
        echo(f"note: {sentence}", err=True)
