"""``sweep``: a question in, a result on disk out, whatever happens in between."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from minsksim.errors import UsageError
from minsksim.experiment.question.conditions import check_names, parse_where
from minsksim.experiment.question.design import build_design
from minsksim.experiment.question.question import Question
from minsksim.experiment.question.vary import Vary
from minsksim.experiment.result import Result, load_result
from minsksim.experiment.running.executor import Executor, Threads
from minsksim.experiment.running.kernel import Engine, Kernel
from minsksim.experiment.running.plan import Plan
from minsksim.experiment.running.rounds import check_targets, check_until, parse_until
from minsksim.experiment.running.runner import Progress, run_plan
from minsksim.experiment.storage.files import write_file
from minsksim.experiment.storage.manifest import Layout, build_manifest
from minsksim.experiment.storage.own_files import PARTS
from minsksim.experiment.storage.prune import remove_parts
from minsksim.experiment.storage.shared_blocks import Depot
from minsksim.experiment.storage.store import Notify, Store, bad_files, folder_of

if TYPE_CHECKING:
    from minsksim.scenario import Scenario

_MOST_RUNS = 2**31 - 1


def sweep(
    scenarios: Sequence[Scenario],
    *,
    design: str | None = None,
    vary: Sequence[Vary] = (),
    runs: int = 1000,
    points: int | None = None,
    seed: int = 0,
    where: Sequence[str] = (),
    results: str | Path = "results",
    threads: int | None = None,
    executor: Executor | None = None,
    store: str | None = None,
    series: int | None = 200,
    agreements: int | Literal["series"] | None = "series",
    filters: Sequence[str] = (),
    points_file: str | Path | None = None,
    until: Sequence[str] = (),
    most: int | None = None,
    progress: Progress | None = None,
    notify: Notify | None = None,
) -> Result:
    """Run scenarios many times and keep what came out.

    The same question lands in the same folder. If it is finished there, it is checked and
    returned; if it was interrupted, it goes on from what is done, and ends in the same bytes.

    Parameters
    ----------
    scenarios : sequence of Scenario
        The first is the base; all share design and luck, so differences are paired.
    design : str, optional
        One of ``KINDS`` of ``experiment/question/samplers.py``.
        Default: ``list`` with a file of points, ``grid`` if anything varies, else ``point``.
    vary : sequence of Vary
        Numbers to vary; designs that draw points vary every number with a range without any.
    runs : int
        Replications for each design point; with ``until``, those of each round.
    points : int, optional
        Points of ``lhs`` and ``sobol``, base points of ``saltelli``, trajectories of ``morris``.
    seed : int
        0 <= seed < 2**63.
    where : sequence of str
        Conditions such as ``"agreements>3"``: the runs that tables and figures summarise.
    results : path
        Folder of all results.
    threads : int, optional
        Default: one for each processor. Decides no bit of the result.
    executor : Executor, optional
        Who does the work: ``Threads`` (the default), ``Processes`` or a Dask ``Cluster``, all of
        ``minsksim.experiment``. Decides no bit of the result.
    store : str, optional
        Folder or URL where others left blocks of this sweep (``--shard``, Dask workers).
    series : int or None
        Replications of the first design point to keep turn by turn; None keeps every run.
    agreements : int, None or "series"
        The same for agreements; default: as many as ``series``.
    filters : sequence of str
        Conditions on varied numbers such as ``"a.x<b.y"``; other points are not run.
    points_file : path, optional
        CSV file of points: dotted names, then a line of numbers for each.
    until : sequence of str
        Targets such as ``"agreements=0.5"``: rounds of ``runs`` replications are added until
        the 95 % interval of the mean is that narrow to either side at every point.
    most : int, optional
        Replications at which to stop adding; default: 50 rounds.
    progress : callable, optional
        Called with runs done and runs in all.
    notify : callable, optional
        Called with a sentence when something had to be repaired; default: a logged warning.

    Returns
    -------
    Result

    Raises
    ------
    UsageError, ResultBusy, ResultDamaged, StorageError, ProvenanceError, Interrupted
    """
    more = (agreements, filters, points_file, until, most)
    question = ask(scenarios, design, vary, runs, points, seed, where, series, *more)
    folder = folder_of(Path(results), question.scenarios[0].name, question.id)
    return answer(
        question,
        folder,
        threads=threads,
        progress=progress,
        notify=notify,
        executor=executor,
        store=store,
    )


def ask(
    scenarios: Sequence[Scenario],
    design: str | None,
    vary: Sequence[Vary],
    runs: int,
    points: int | None,
    seed: int,
    where: Sequence[str],
    series: int | None,
    agreements: int | Literal["series"] | None = "series",
    filters: Sequence[str] = (),
    points_file: str | Path | None = None,
    until: Sequence[str] = (),
    most: int | None = None,
) -> Question:
    """Check the parts of a question, as ``sweep`` has them, and put them together."""
    if not scenarios:
        raise UsageError("A sweep needs at least one scenario.")
    names = [scenario.name for scenario in scenarios]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"Scenario {name!r} is given twice.")
    if not 0 <= seed < 2**63:
        raise UsageError(f"Seed {seed}: use a whole number from 0 to 2**63 - 1.")
    signed = series if agreements == "series" else agreements
    for word, count in (("series", series), ("agreements", signed)):
        if count is not None and count < 0:
            raise UsageError(f"{count} {word}: use 0 or more.")
    made = build_design(
        design, vary, scenarios, points, seed, filters=filters, points_file=points_file
    )
    targets, limit = check_until([parse_until(text) for text in until], most, runs, made)
    if runs < 1 or limit * made.points > _MOST_RUNS:
        raise UsageError(f"{made.points} points of {limit} runs: use 1 to {_MOST_RUNS} in all.")
    conditions = tuple(str(condition) for condition in map(parse_where, where))
    return Question(tuple(scenarios), made, runs, seed, conditions, series, signed, targets, limit)


def answer(
    question: Question,
    folder: Path,
    *,
    threads: int | None = None,
    progress: Progress | None = None,
    notify: Notify | None = None,
    kernel: Kernel | None = None,
    layout: Layout | None = None,
    executor: Executor | None = None,
    store: str | None = None,
) -> Result:
    """Answer a question in a folder, from the start or from where it was left.

    ``store`` names where others leave blocks (default: the folder's own parts).
    """
    kernel = kernel or Engine()
    compiled = tuple(kernel.compile_scenario(scenario) for scenario in question.scenarios)
    check_targets(question.until, [one.measures for one in compiled])
    check_names(question.where, question.design.names, [one.measures for one in compiled])
    manifest = build_manifest(question, compiled, layout or Layout())
    begun = time.monotonic()
    depot = Depot.of(store or folder / PARTS, manifest)
    with Store(folder, manifest, notify or logging.getLogger("minsksim").warning) as held:
        plan = Plan(question, compiled, kernel, Layout(**held.manifest["layout"]))
        if not _is_complete(plan, held):
            plan = run_plan(plan, held, executor or Threads(threads), progress, depot)
            _write_timings(folder, time.monotonic() - begun, plan.total)
        # what parts left here is in the result now
        remove_parts(folder)
    return load_result(folder)


def _is_complete(plan: Plan, store: Store) -> bool:
    rounds = store.finished.get("rounds") if store.finished else None
    if store.finished is None or not isinstance(rounds, int):
        return False
    plan = replace(plan, rounds=rounds)
    if not all(store.has(task.key) for task in plan.tasks()):
        return False
    bad = bad_files(store.folder, store.finished["files"])
    for sentence in bad:
        store.notify(f"{sentence}; made again from the shards.")
    return not bad


def _write_timings(folder: Path, seconds: float, runs: int) -> None:
    """Keep how long it took, apart from everything that is digested."""
    timings = {
        "seconds": round(seconds, 3),
        "runs": runs,
        "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    write_file(folder / "timings.json", (json.dumps(timings, indent=1) + "\n").encode())
