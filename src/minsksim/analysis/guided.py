"""The guided path for hundreds of numbers: a first look at all, then shares of those that matter.

A variance share needs thousands of runs for each number, so it is told of the strongest alone; a
Morris design finds them at a small part of the cost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from minsksim.analysis.stored_sensitivity import Sensitivity, of_result
from minsksim.experiment.question.request import SweepRequest
from minsksim.experiment.question.vary import Vary, every_range, resolve
from minsksim.experiment.running.executor import Executor
from minsksim.experiment.running.kernel import Kernel
from minsksim.experiment.running.runner import Progress
from minsksim.experiment.storage.store import Notify, folder_of
from minsksim.experiment.sweep import answer

if TYPE_CHECKING:
    from minsksim.experiment import Result
    from minsksim.scenario import Scenario

TRAJECTORIES, RUNS = 128, 4
"""Of the first look: trajectories, and runs at each point."""

BLOCKS, RUNS_OF_SHARES = 512, 8
"""Of the shares: base points, and runs at each point."""

MOST = 40
"""Numbers whose shares are told."""


@dataclass(frozen=True)
class Work:
    """Where and how the sweeps of a guided path are run.

    Attributes
    ----------
    seed : int
    results : path
        Folder of all results; a sweep that is finished there is not run again.
    executor : Executor or None
        Who does the work.
    progress : callable or None
    notify : callable or None
    kernel : Kernel or None
        For tests.
    """

    seed: int = 0
    results: str | Path = "results"
    executor: Executor | None = None
    progress: Progress | None = None
    notify: Notify | None = None
    kernel: Kernel | None = None

    def swept(
        self, scenario: Scenario, design: str, vary: tuple[Vary, ...], points: int, runs: int
    ) -> Result:
        """Return the result of one sweep, from its folder if it is there."""
        question = SweepRequest(
            design=design, vary=vary, runs=runs, points=points, seed=self.seed, series=0
        ).question([scenario])
        place = folder_of(Path(self.results), scenario.name, question.id)
        return answer(
            question,
            place,
            executor=self.executor,
            progress=self.progress,
            notify=self.notify,
            kernel=self.kernel,
        )


def first_look(
    scenario: Scenario, vary: tuple[Vary, ...], measures: tuple[str, ...] | None, work: Work
) -> Sensitivity | None:
    """Return what a Morris design tells of all numbers; None if they are few enough for shares."""
    axes = resolve(vary, [scenario]) if vary else every_range([scenario])
    if len(axes) <= MOST:
        return None
    return of_result(work.swept(scenario, "morris", vary, TRAJECTORIES, RUNS), measures)


def shares(
    scenario: Scenario,
    vary: tuple[Vary, ...],
    measures: tuple[str, ...] | None,
    work: Work,
    screening: Sensitivity | None,
) -> Sensitivity:
    """Return the variance shares of the strongest numbers of a first look, or of all there are.

    Every other number stands at its base value. If the first look ranks nobody, it is the answer.
    """
    if screening is not None:
        strongest = chosen_numbers(screening)
        if not strongest:
            return screening
        asked = {one.name: one for one in vary}
        vary = tuple(asked.get(name, Vary(name)) for name in strongest)
    found = of_result(work.swept(scenario, "saltelli", vary, BLOCKS, RUNS_OF_SHARES), measures)
    return replace(found, screening=screening)


def chosen_numbers(screening: Sensitivity) -> list[str]:
    """Return the numbers whose shares are worth telling, those ranked first for any measure first.

    Numbers that are ranked alike are taken in the overall order.
    """
    ranks = screening.table.groupby("name")["rank"].min()
    order = screening.overall["name"].tolist()
    return sorted(order, key=lambda name: (ranks[name], order.index(name)))[:MOST]
