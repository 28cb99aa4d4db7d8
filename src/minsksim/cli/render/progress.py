"""How far a long command has come: a bar with the time left, or plain lines in a log."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from minsksim.cli.render.output import console, say

Report = Callable[[int, int], None]
_EVERY = 10.0
"""Seconds between two lines in a log."""


@contextmanager
def progress(label: str) -> Iterator[Report]:
    """Show runs done of runs in all on stderr while the block lasts."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield _Lines(label)
        return
    from rich import progress as bars

    columns = (
        bars.TextColumn("{task.description}", markup=False),
        bars.BarColumn(bar_width=None),
        bars.TextColumn("{task.completed:,} of {task.total:,} runs", markup=False),
        bars.TimeRemainingColumn(),
        bars.TextColumn("left", markup=False),
    )
    with bars.Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task(label, total=1, start=False)

        def report(done: int, total: int) -> None:
            if done < total and not bar.tasks[0].started:
                bar.start_task(task)
            bar.update(task, completed=done, total=total)

        yield report


class _Lines:
    """A line now and then, for a log or a pipe."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._begun = self._last = time.monotonic()
        self._first: int | None = None

    def __call__(self, done: int, total: int) -> None:
        """Say how far it is, unless that was said a moment ago."""
        now = time.monotonic()
        if self._first is None:
            self._first = done
            if done:
                say(f"{self._label}: {done:,} of {total:,} runs were done before.")
        fresh = done - self._first
        if now - self._last < _EVERY or not fresh or done >= total:
            return
        self._last = now
        left = (now - self._begun) / fresh * (total - done)
        say(f"{self._label}: {done:,} of {total:,} runs, about {clock(left)} left")


def clock(seconds: float) -> str:
    """Return a length of time in the unit that suits it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def compile_rules() -> None:
    """Compile what sweeps need, unless that was done before, and show that it takes time.

    It is kept on disk, for this and every later command.
    """
    from minsksim._compiled.clock import COMPILING
    from minsksim._compiled.loading import is_stored, requested
    from minsksim.engine.batch import run_block

    if requested() == "0" or is_stored(run_block):
        return
    from minsksim.cli.stopping import cut_off_by_signals
    from minsksim.engine.batch import load_kernel

    with cut_off_by_signals(), _clock_running(COMPILING):
        load_kernel()


@contextmanager
def _clock_running(label: str) -> Iterator[None]:
    """Show a label on stderr while the block lasts; on a terminal also for how long it has."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        say(label)
        yield
        return
    from rich import progress as bars

    columns = (
        bars.SpinnerColumn(),
        bars.TextColumn("{task.description}", markup=False),
        bars.TimeElapsedColumn(),
    )
    with bars.Progress(*columns, console=screen, transient=True) as bar:
        bar.add_task(label, total=None)
        yield
