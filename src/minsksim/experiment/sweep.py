"""``sweep``: a question in, a result on disk out, whatever happens in between."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from minsksim.alike import several
from minsksim.experiment.question.question import Question
from minsksim.experiment.question.ranges import partner_of
from minsksim.experiment.question.request import SAMPLE, SweepRequest
from minsksim.experiment.question.vary import Vary, take_vary
from minsksim.experiment.result import Result, load_result
from minsksim.experiment.running.executor import Executor, Threads
from minsksim.experiment.running.kernel import Engine, Kernel
from minsksim.experiment.running.plan import Plan, plan_for
from minsksim.experiment.running.runner import Progress, run_plan
from minsksim.experiment.storage.files import write_file
from minsksim.experiment.storage.manifest import Layout, build_manifest
from minsksim.experiment.storage.own_files import PARTS
from minsksim.experiment.storage.prune import remove_parts
from minsksim.experiment.storage.shared_blocks import Depot
from minsksim.experiment.storage.store import Notify, Store, bad_files, folder_of
from minsksim.scenario import suppose_of_all

if TYPE_CHECKING:
    from minsksim.scenario import Given, Texts


def sweep(
    scenarios: Given | Sequence[Given],
    *,
    design: str | None = None,
    vary: Vary | str | Sequence[Vary | str] = (),
    runs: int = 1000,
    points: int | None = None,
    seed: int = 0,
    where: str | Sequence[str] = (),
    results: str | Path = "results",
    threads: int | None = None,
    executor: Executor | None = None,
    store: str | None = None,
    series: int | None = SAMPLE,
    agreements: int | Literal["series"] | None = "series",
    filters: str | Sequence[str] = (),
    points_file: str | Path | None = None,
    until: str | Sequence[str] = (),
    most: int | None = None,
    draws: str | None = None,
    base_only: bool = False,
    drop: Texts = (),
    impose: Texts = (),
    forbid: Texts = (),
    progress: Progress | None = None,
    notify: Notify | None = None,
) -> Result:
    """Run scenarios many times and keep what came out.

    The same question lands in the same folder. If it is finished there, it is checked and
    returned; if it was interrupted, it goes on from what is done, and ends in the same bytes.

    Parameters
    ----------
    scenarios : Scenario, str or Path, or a sequence of them
        The first is the base; all share design and draws, so differences are paired.
    design, vary, runs, points, seed, where, series, agreements, filters, points_file, until, most,\
    draws
        What is asked, as ``minsksim.experiment.SweepRequest`` describes it; a
        single text stands for a list of it, and ``vary`` takes the command line's form, too:
        ``"actors.minsk.patience=0.5:0.9"``.
    base_only : bool
        Leave out the other half of the answer. By default a sweep at the base values is followed
        by one over the ranges of all numbers (``Result.ranges``), and a sweep over every range by
        one at the base values (``Result.base``).
    drop, impose, forbid : str or sequence of str, optional
        What is supposed against every scenario, as ``minsksim.suppose`` describes it.
    results : path
        Folder of all results.
    threads : int, optional
        How many of this process; default: one for each processor. Decides no bit of the result.
    executor : Executor, optional
        Who does the work: ``Threads`` (the default), ``Processes`` or a Dask ``Cluster``, all of
        ``minsksim.experiment``. Decides no bit of the result.
    store : str, optional
        Folder or URL where others left blocks of this sweep (``--shard``, Dask workers).
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
    request = SweepRequest(
        design=design, vary=take_vary(vary), runs=runs, points=points, seed=seed,
        where=several(where), series=series, agreements=agreements, filters=several(filters),
        points_file=points_file, until=several(until), most=most, draws=draws,
    )  # fmt: skip
    supposed = suppose_of_all(scenarios, drop=drop, impose=impose, forbid=forbid)
    question = request.question(supposed)
    place = folder_of(Path(results), question.scenarios[0].name, question.id)
    who = executor or Threads(threads)
    for folder, each in halves(question, place, base_only=base_only):
        answer(each, folder, executor=who, store=store, progress=progress, notify=notify)
    return load_result(place)


def halves(
    question: Question, place: Path, *, base_only: bool = False
) -> tuple[tuple[Path, Question], ...]:
    """Return a question and the other half of its answer, each with its folder."""
    other = None if base_only else partner_of(question)
    own = (place, question)
    return (own,) if other is None else (own, (place / other[0], other[1]))


def answer(
    question: Question,
    folder: Path,
    *,
    executor: Executor | None = None,
    store: str | None = None,
    progress: Progress | None = None,
    notify: Notify | None = None,
    kernel: Kernel | None = None,
    layout: Layout | None = None,
) -> Result:
    """Answer a question in a folder, from the start or from where it was left.

    ``store`` names where others leave blocks (default: the folder's own parts).
    """
    plan = plan_for(question, kernel or Engine(), layout or Layout())
    manifest = build_manifest(question, plan.compiled, plan.layout)
    begun = time.monotonic()
    depot = Depot.of(store or folder / PARTS, manifest)
    with Store(folder, manifest, notify or logging.getLogger("minsksim").warning) as held:
        plan = replace(plan, layout=Layout(**held.manifest["layout"]))
        if not _is_complete(plan, held):
            plan = run_plan(plan, held, executor or Threads(), progress, depot)
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
