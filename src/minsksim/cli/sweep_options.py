"""The options that say what a sweep asks, and who does the work; one value for each group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from minsksim.errors import UsageError

if TYPE_CHECKING:
    from minsksim.experiment import Executor, Question
    from minsksim.scenario import Scenario

Command = TypeVar("Command", bound=Callable[..., Any])
_PLACE = "minsksim.option."


class _Design(click.Option):
    """An option whose words are looked up when they are needed: their file loads numpy.

    An unknown word is refused by ``build_design``, before anything is run.
    """

    def make_metavar(self, ctx: click.Context | None = None) -> str:
        """Return the kinds of design, as a choice is shown."""
        return f"[{'|'.join(_designs())}]"

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the kinds of design."""
        return [CompletionItem(kind) for kind in _designs() if kind.startswith(incomplete)]


def _designs() -> tuple[str, ...]:
    from minsksim.experiment.question.samplers import KINDS

    return KINDS


def _keep(ctx: click.Context, param: click.Parameter, value: object) -> None:
    ctx.meta[f"{_PLACE}{param.name}"] = value


def _option(*names: str, **more: Any) -> Callable[[Command], Command]:
    return click.option(*names, expose_value=False, callback=_keep, **more)


def _all(options: Sequence[Callable[[Any], Any]]) -> Callable[[Command], Command]:
    """Return one decorator for several, shown by --help in this order."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


design_options = _all(
    (
        _option(
            "--vary",
            multiple=True,
            metavar="NAME[=LO:HI[:N]]",
            help="Vary a number between bounds (default: its range in the file); repeatable.",
        ),
        _option(
            "--design",
            cls=_Design,
            help="How points are chosen (default: list with a file, grid if anything varies, else "
            "point). Without --vary, the others vary every number that has a range.",
        ),
        _option(
            "--points",
            type=click.IntRange(1),
            metavar="N",
            help="Points of a design that draws them; base points of saltelli; trajectories of "
            "morris.",
        ),
        _option(
            "--points-file",
            type=click.Path(dir_okay=False, path_type=str),
            metavar="FILE.csv",
            help="Points of a list: dotted names, then a line of numbers for each.",
        ),
        _option(
            "--filter",
            "filters",
            multiple=True,
            metavar="CONDITION",
            help="Run only points such as 'a.x<b.y'; repeatable.",
        ),
        _option(
            "--runs",
            type=click.IntRange(1),
            default=1000,
            show_default=True,
            metavar="N",
            help="Runs of each scenario at each point; with --until, of each round.",
        ),
        _option(
            "--until",
            multiple=True,
            metavar="MEASURE=HALFWIDTH",
            help="Add rounds until the mean's 95 % interval is this narrow at every point.",
        ),
        _option("--most", type=click.IntRange(1), metavar="N", help="Runs of a point to stop at."),
        _option(
            "--where",
            multiple=True,
            metavar="CONDITION",
            help="Summarise only runs such as 'agreements>3'; repeatable.",
        ),
        _option(
            "--series",
            default="200",
            show_default=True,
            metavar="N|all",
            help="Runs of the first point of each scenario to keep turn by turn, or every run.",
        ),
        _option(
            "--agreements",
            metavar="N|all",
            help="The same for agreements (default: as --series).",
        ),
    )
)

work_options = _all(
    (
        _option(
            "--executor",
            type=click.Choice(("threads", "processes", "dask")),
            default="threads",
            show_default=True,
            help="Who works: threads, supervised processes, or a Dask cluster; changes no number.",
        ),
        _option(
            "--scheduler",
            metavar="ADDRESS",
            help="Dask scheduler (loopback or tls://; default: a cluster on this machine).",
        ),
        _option(
            "--store",
            metavar="URL",
            help="Where workers leave finished blocks, such as s3://bucket/sweeps.",
        ),
        _option(
            "--shard",
            metavar="I/N",
            help="Do the I-th of N parts and stop; the same command without it makes one result.",
        ),
        _option(
            "--timeout",
            type=click.FloatRange(min=0, min_open=True),
            metavar="SECONDS",
            help="Give up a run of a silent worker process [default: 300].",
        ),
        _option(
            "--memory", type=click.IntRange(1), metavar="MIB", help="Most memory of a process."
        ),
        _option(
            "--dry-run", is_flag=True, help="Say what would run and how long it takes; run nothing."
        ),
    )
)


@dataclass(frozen=True)
class Asked:
    """What the two groups of options hold."""

    values: dict[str, Any]

    @classmethod
    def of(cls, ctx: click.Context) -> Asked:
        """Collect what was kept while the command line was read."""
        found = {
            name.removeprefix(_PLACE): value
            for name, value in ctx.meta.items()
            if name.startswith(_PLACE)
        }
        return cls(found)

    def question(self, scenarios: Sequence[Scenario], seed: int) -> Question:
        """Put the question together."""
        from minsksim.experiment import Vary, ask

        asked = self.values
        series, agreements = _count("series", asked["series"]), asked["agreements"]
        return ask(
            scenarios,
            design=asked["design"],
            vary=[Vary.parse(text) for text in asked["vary"]],
            runs=asked["runs"],
            points=asked["points"],
            seed=seed,
            where=asked["where"],
            series=series,
            agreements=series if agreements is None else _count("agreements", agreements),
            filters=asked["filters"],
            points_file=asked["points_file"],
            until=asked["until"],
            most=asked["most"],
        )

    def executor(self, threads: int | None) -> Executor:
        """Return who does the work."""
        from minsksim.experiment import Cluster, Processes, Threads
        from minsksim.experiment.running.processes import TIMEOUT

        asked = self.values
        kind = asked["executor"]
        if asked["scheduler"] is not None and kind != "dask":
            raise UsageError("--scheduler needs --executor dask.")
        for name in ("timeout", "memory"):
            if asked[name] is not None and kind != "processes":
                raise UsageError(f"--{name} needs --executor processes.")
        if kind == "dask":
            return Cluster(asked["scheduler"], threads, asked["store"])
        if kind == "processes":
            return Processes(threads, asked["timeout"] or TIMEOUT, asked["memory"])
        return Threads(threads)


def _count(name: str, text: str) -> int | None:
    """Read a number of runs; None is all of them."""
    if text == "all":
        return None
    if not (text.isdecimal() and len(text) <= 10):
        raise UsageError(f"--{name} {text[:40]!r}: write a number of runs, or 'all'.")
    return int(text)
