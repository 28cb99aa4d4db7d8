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
            help="How points are chosen (default: list with a file, grid if anything varies, else "
            "point). Without --vary, the others vary every number that has a range.",
        ),
        click.option(
            "--points",
            type=click.IntRange(1),
            metavar="N",
            help="Points of a design that draws them; base points of saltelli; trajectories of "
            "morris.",
        ),
        click.option(
            "--points-file",
            type=click.Path(dir_okay=False, path_type=str),
            metavar="FILE.csv",
            help="Points of a list: dotted names, then a line of numbers for each.",
        ),
        click.option(
            "--filter",
            "filters",
            multiple=True,
            metavar="CONDITION",
            help="Run only points such as 'a.x<b.y'; repeatable.",
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
            help="Add rounds of --runs until the mean's 95 % interval is at most this wide to "
            "either side, at every point.",
        ),
        click.option(
            "--most", type=click.IntRange(1), metavar="N", help="Runs of a point to stop at."
        ),
        click.option(
            "--where",
            multiple=True,
            metavar="CONDITION",
            help="Summarise only runs such as 'agreements>3'; repeatable.",
        ),
        click.option(
            "--series",
            default="200",
            show_default=True,
            metavar="N|all",
            help="Runs of the first point of each scenario to keep turn by turn, or every run.",
        ),
        click.option(
            "--agreements",
            metavar="N|all",
            help="The same for agreements (default: as --series).",
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
            help="Who works: threads, supervised processes, or a Dask cluster; changes no number.",
        ),
        click.option(
            "--scheduler",
            metavar="ADDRESS",
            help="Dask scheduler (loopback or tls://; default: a cluster on this machine).",
        ),
        click.option(
            "--store",
            metavar="URL",
            help="Where workers leave finished blocks, such as s3://bucket/sweeps.",
        ),
        click.option(
            "--shard",
            metavar="I/N",
            help="Do the I-th of N parts and stop; the same command without it makes one result.",
        ),
        click.option(
            "--timeout",
            type=click.FloatRange(min=0, min_open=True),
            metavar="SECONDS",
            help="Give up a run of a silent worker process [default: 300].",
        ),
        click.option(
            "--memory", type=click.IntRange(1), metavar="MIB", help="Most memory of a process."
        ),
        click.option(
            "--dry-run", is_flag=True, help="Say what would run and how long it takes; run nothing."
        ),
    ),
)
