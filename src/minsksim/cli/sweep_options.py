"""The options that say what a sweep asks, and who does the work; one value for each group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from minsksim.cli.options import collected, seed_option, threads_option
from minsksim.errors import UsageError

if TYPE_CHECKING:
    from minsksim.experiment import Executor, SweepRequest


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


@dataclass(frozen=True)
class Work:
    """Who does the work of a sweep, and how much of it is to be done now.

    Attributes
    ----------
    threads : int or None
        Processors to use; None is all of them.
    kind : {"threads", "processes", "dask"}
        Who works.
    scheduler : str or None
        Address of a Dask scheduler; None is a cluster on this machine.
    store : str or None
        Folder or URL where workers leave finished blocks; None is the result's own folder.
    shard : str or None
        Part to be done, such as ``"3/16"``; None is the whole sweep.
    timeout : float or None
        Seconds after which the run of a silent worker process is given up.
    memory : int or None
        Most memory of a worker process, MiB.
    dry_run : bool
        Say what would run, and run nothing.
    """

    threads: int | None
    kind: str
    scheduler: str | None
    store: str | None
    shard: str | None
    timeout: float | None
    memory: int | None
    dry_run: bool

    def executor(self) -> Executor:
        """Return who does the work; refuse what the one chosen does not take."""
        from minsksim.experiment import Cluster, Processes, Threads
        from minsksim.experiment.running.processes import TIMEOUT

        if self.scheduler is not None and self.kind != "dask":
            raise UsageError("--scheduler needs --executor dask.")
        for name, value in (("timeout", self.timeout), ("memory", self.memory)):
            if value is not None and self.kind != "processes":
                raise UsageError(f"--{name} needs --executor processes.")
        if self.kind == "dask":
            return Cluster(self.scheduler, self.threads, self.store)
        if self.kind == "processes":
            return Processes(self.threads, self.timeout or TIMEOUT, self.memory)
        return Threads(self.threads)


def _request(
    design: str | None,
    vary: tuple[str, ...],
    runs: int,
    points: int | None,
    seed: int,
    where: tuple[str, ...],
    series: str,
    agreements: str | None,
    filters: tuple[str, ...],
    points_file: str | None,
    until: tuple[str, ...],
    most: int | None,
    draws: str | None,
) -> SweepRequest:
    """Read what is asked from the options of the same names."""
    from minsksim.experiment import SweepRequest, Vary

    return SweepRequest(
        design=design,
        vary=tuple(Vary.parse(text) for text in vary),
        runs=runs,
        points=points,
        seed=seed,
        where=where,
        series=_count("series", series),
        agreements="series" if agreements is None else _count("agreements", agreements),
        filters=filters,
        points_file=points_file,
        until=until,
        most=most,
        draws=draws.replace("-", "_") if draws else None,
    )


def _count(name: str, text: str) -> int | None:
    """Read a number of runs; None is all of them."""
    if text == "all":
        return None
    if not (text.isdecimal() and len(text) <= 10):
        raise UsageError(f"--{name} {text[:40]!r}: write a number of runs, or 'all'.")
    return int(text)


request_options = collected(
    "request",
    _request,
    (
        click.option(
            "--vary",
            multiple=True,
            metavar="NAME[=LO:HI[:N]]",
            help="Vary a number between bounds (default: its range in the file); repeatable.",
        ),
        click.option(
            "--design",
            cls=_Design,
            help="How the points (sets of numbers) are chosen. Default: list with --points-file, "
            "grid with --vary, else point. Without --vary, the other designs vary every number "
            "that has a range.",
        ),
        click.option(
            "--points",
            type=click.IntRange(1),
            metavar="N",
            help="How many points a design draws (saltelli: base points; morris: trajectories). "
            "Default: lhs and sobol 256; morris 20; saltelli 128, and down to 8 where many numbers "
            "vary, to end in minutes.",
        ),
        click.option(
            "--points-file",
            type=click.Path(dir_okay=False, path_type=str),
            metavar="FILE.csv",
            help="Points of your own: a first line of dotted names, then a line of numbers for "
            "each point.",
        ),
        click.option(
            "--filter",
            "filters",
            multiple=True,
            metavar="CONDITION",
            help="Run only points that meet a condition such as 'a.x<b.y'; repeatable.",
        ),
        click.option(
            "--runs",
            type=click.IntRange(1),
            default=1000,
            show_default=True,
            metavar="N",
            help="Runs of each scenario at each point; with --until, of each round.",
        ),
        click.option(
            "--until",
            multiple=True,
            metavar="MEASURE=HALFWIDTH",
            help="Go on, --runs at a time, until the mean of a measure is known to within "
            "HALFWIDTH (95 % interval) at every point; repeatable.",
        ),
        click.option(
            "--most",
            type=click.IntRange(1),
            metavar="N",
            help="With --until: the most runs of a point.",
        ),
        click.option(
            "--where",
            multiple=True,
            metavar="CONDITION",
            help="Summarise only runs that meet a condition such as 'agreements>3'; repeatable.",
        ),
        click.option(
            "--series",
            default="1000",
            show_default=True,
            metavar="N|all",
            help="How many runs of each scenario, spread over the points, are kept turn by turn.",
        ),
        click.option(
            "--agreements",
            metavar="N|all",
            help="How many of them have their agreements kept (default: as --series).",
        ),
        click.option(
            "--draws",
            type=click.Choice(("shared", "by-point")),
            help="Whether the points share their draws (random numbers), for differences between "
            "them, or have their own, for a spread (default: by-point where a design draws its "
            "points from ranges).",
        ),
        seed_option,
    ),
)

work_options = collected(
    "work",
    Work,
    (
        threads_option,
        click.option(
            "--executor",
            "kind",
            type=click.Choice(("threads", "processes", "dask")),
            default="threads",
            show_default=True,
            help="What does the work; the results are the same.",
        ),
        click.option(
            "--scheduler",
            metavar="ADDRESS",
            help="With --executor dask: the scheduler, on this machine or behind tls:// (default: "
            "start a cluster here).",
        ),
        click.option(
            "--store",
            metavar="URL",
            help="Where workers leave finished blocks, such as s3://bucket/sweeps.",
        ),
        click.option(
            "--shard",
            metavar="I/N",
            help="Do only part I of N, such as 3/16. When all parts are done, the same command "
            "without --shard puts them together.",
        ),
        click.option(
            "--timeout",
            type=click.FloatRange(min=0, min_open=True),
            metavar="SECONDS",
            help="With --executor processes: give up a run that is silent for so long "
            "[default: 300].",
        ),
        click.option(
            "--memory",
            type=click.IntRange(1),
            metavar="MIB",
            help="With --executor processes: the most memory of a process.",
        ),
        click.option(
            "--dry-run",
            is_flag=True,
            help="Say what would run and how long it would take; run nothing.",
        ),
    ),
)
