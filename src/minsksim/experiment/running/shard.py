"""One part of a sweep, for machines that do not know of each other: ``--shard i/n``.

Every n-th block is done and left in a depot, without a lock and without a final table; the same
sweep without a part gathers what was left, does what is missing, and ends in the same bytes.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from minsksim.errors import ResultBusy, UsageError
from minsksim.experiment.question.question import Question
from minsksim.experiment.running.executor import Executor, Threads
from minsksim.experiment.running.kernel import Engine, Kernel
from minsksim.experiment.running.plan import Plan
from minsksim.experiment.running.runner import Progress, performed, stoppable
from minsksim.experiment.storage.files import make_folder, write_file
from minsksim.experiment.storage.lock import Lock
from minsksim.experiment.storage.manifest import Layout, Manifest, build_manifest, manifest_bytes
from minsksim.experiment.storage.own_files import LOCK, MANIFEST, PARTS, check_links
from minsksim.experiment.storage.shared_blocks import Depot


class Part(NamedTuple):
    """Part ``number`` of ``parts``, from 1."""

    number: int
    parts: int


class PartDone(NamedTuple):
    """What a part came to: blocks and runs of its share, and blocks that were there before."""

    blocks: int
    runs: int
    before: int


def parse_part(text: str) -> Part:
    """Read ``i/n``.

    Examples
    --------
    >>> parse_part("3/16")
    Part(number=3, parts=16)
    """
    number, separator, count = text.partition("/")
    if not (separator and number.strip().isdecimal() and count.strip().isdecimal()):
        raise UsageError(f"--shard {text[:40]!r}: write i/n, such as 3/16.")
    part = Part(int(number), int(count))
    if not 1 <= part.number <= part.parts <= 1_000_000:
        raise UsageError(f"--shard {text}: i runs from 1 to n.")
    return part


def _parts_of(folder: Path, manifest: Manifest) -> Path:
    """Return where a result keeps its parts, beside the manifest that says whose they are."""
    check_links(folder)
    make_folder(folder)
    path = folder / MANIFEST
    # who holds the lock writes the same, or has written it
    with suppress(ResultBusy), Lock(folder / LOCK):
        if not path.exists():
            write_file(path, manifest_bytes(manifest))
    return folder / PARTS


def perform_part(
    question: Question,
    folder: Path,
    part: Part,
    *,
    store: str | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
    kernel: Kernel | None = None,
    layout: Layout | None = None,
) -> PartDone:
    """Do every block of a part that is not in the depot yet.

    Parameters
    ----------
    folder : Path
        Where the whole result will lie; without a store its ``parts`` are the depot.
    store : str, optional
        URL or folder of the depot.
    """
    if question.until:
        raise UsageError("--shard: how many runs --until needs is known only to the whole sweep.")
    kernel, layout, executor = kernel or Engine(), layout or Layout(), executor or Threads()
    compiled = tuple(kernel.compile_scenario(scenario) for scenario in question.scenarios)
    manifest = build_manifest(question, compiled, layout)
    plan = Plan(question, compiled, kernel, layout)
    depot = Depot.of(store or _parts_of(folder, manifest), manifest)
    mine = [
        task for index, task in enumerate(plan.tasks()) if index % part.parts == part.number - 1
    ]
    missing = [task for task in mine if not depot.has(task)]
    total = sum(task.size for task in mine)
    done = total - sum(task.size for task in missing)
    report = progress or (lambda done, total: None)
    report(done, total)
    with stoppable(folder) as stop:
        try:
            workers = executor.begin(plan, manifest_bytes(manifest))
            for task, shards in performed(plan, missing, executor, workers, stop):
                depot.put(task.key, shards)
                done += task.size
                report(done, total)
        finally:
            executor.end()
    return PartDone(
        len(mine), sum(t.size for t in mine if t.kind == "runs"), len(mine) - len(missing)
    )
