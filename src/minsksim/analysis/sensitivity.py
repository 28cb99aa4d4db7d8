"""``sensitivity``: which numbers move a measure, of a stored sweep or of a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from minsksim.alike import several
from minsksim.analysis.guided import Work, first_look, shares
from minsksim.analysis.stored_sensitivity import Sensitivity, of_result
from minsksim.analysis.summary import chosen
from minsksim.errors import UsageError
from minsksim.experiment.question.vary import Vary, take_vary
from minsksim.experiment.result import Result
from minsksim.experiment.running.executor import Executor, Threads
from minsksim.experiment.running.kernel import Kernel
from minsksim.experiment.running.runner import Progress
from minsksim.scenario import Scenario, take_scenario

if TYPE_CHECKING:
    from minsksim.scenario import Given

__all__ = ["Sensitivity", "sensitivity"]


def sensitivity(
    given: Result | Given,
    measures: str | Sequence[str] | None = None,
    *,
    vary: Vary | str | Sequence[Vary | str] = (),
    seed: int | None = None,
    results: str | Path = "results",
    threads: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
    kernel: Kernel | None = None,
) -> Sensitivity:
    """Return which numbers move the measures, of a stored sweep or of a scenario.

    Of a scenario, all numbers with a range are looked at first, by a Morris design; then
    the strongest of them get variance shares, by a Saltelli design in which the others stand at
    their base values. Both sweeps are stored, and found again when they are asked for again.

    Parameters
    ----------
    given : Result, Scenario, str or Path
        A result or its folder, of a design that draws its points or of a list of points; or a
        scenario, its name or its file.
    measures : str or sequence of str, optional
        Default: all.
    vary : Vary or str, or a sequence of them, optional
        Of a scenario: the numbers to look at; default: every number with a range.
    seed : int, optional
        Of a scenario; default 0.
    results : path
        Of a scenario: folder of all results.
    threads, executor, progress, kernel
        Of a scenario, as ``minsksim.sweep`` takes them; ``kernel`` is for tests.

    Returns
    -------
    Sensitivity
        Its ``verdict`` is the answer in sentences. A number is ranked for a measure only if chance
        explains it worse than the best of as many controls, which do nothing, and no
        correlated column of the design could have made its effect.

    Raises
    ------
    UsageError
        The design has no indices, a measure or number is unknown, or what belongs to a scenario
        is asked of a result.
    """
    if _is_result(given):
        if vary or executor or (seed, threads) != (None, None):
            raise UsageError("A stored result has its numbers and draws: name a scenario instead.")
        return of_result(given, measures)  # type: ignore[arg-type]
    scenario = take_scenario(given)  # type: ignore[arg-type]
    asked = None if measures is None else chosen(measures, tuple(scenario.document.measures))
    numbers = take_vary(several(vary))
    work = Work(seed or 0, results, executor or Threads(threads), progress, kernel=kernel)
    screening = first_look(scenario, numbers, asked, work)
    return shares(scenario, numbers, asked, work, screening)


def _is_result(given: object) -> bool:
    """Return whether this is a result or the folder of one; anything else names a scenario."""
    if isinstance(given, Result):
        return True
    return not isinstance(given, Scenario) and Path(str(given)).is_dir()
