"""Doing a result again from its manifest alone: one run, what is missing, or all of it."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from minsksim.errors import ProvenanceError, ResultError, RunError, UsageError
from minsksim.experiment.question.question import Question, rules_digest, software
from minsksim.experiment.result import Result, load_result
from minsksim.experiment.running.executor import Threads
from minsksim.experiment.running.kernel import Kernel
from minsksim.experiment.running.plan import Plan
from minsksim.experiment.running.runner import Progress
from minsksim.experiment.running.status import sentence_of
from minsksim.experiment.storage.files import read_file
from minsksim.experiment.storage.from_manifest import question_of
from minsksim.experiment.storage.integrity import read_record
from minsksim.experiment.storage.manifest import Layout, Manifest, parse_manifest
from minsksim.experiment.storage.store import Notify
from minsksim.experiment.sweep import answer
from minsksim.scenario.places import nearest

if TYPE_CHECKING:
    from minsksim.scenario import Scenario


@dataclass(frozen=True)
class Replay:
    """Everything that makes one run again.

    ``run_scenario(r.scenario, seed=r.seed, replication=r.replication, point=r.point)`` tells its
    whole story and ends in ``r.measures``.

    Attributes
    ----------
    scenario : Scenario
    seed, replication : int
        Which draws. Where each point has its own, the replication of the engine is that of the
        sweep plus 2**32 times the number of the point (or block of points).
    point : mapping of str to float
        Values of the varied numbers.
    measures : mapping of str to float
        What the sweep recorded, to compare with.
    """

    scenario: Scenario
    seed: int
    replication: int
    point: Mapping[str, float]
    measures: Mapping[str, float]


@dataclass(frozen=True)
class Repetition:
    """A whole sweep done again."""

    stored: str
    repeated: str

    @property
    def is_same(self) -> bool:
        """Whether both digests agree."""
        return self.stored == self.repeated


def replay(
    path: str | Path, scenario: str | None = None, point: int = 0, replication: int = 0
) -> Replay:
    """Return what makes one run of a result again.

    Parameters
    ----------
    path : path
        Folder of the result.
    scenario : str, optional
        Name of the scenario or variant; default: the first of the sweep.
    point, replication : int
        As in the columns of ``runs.parquet``.

    Returns
    -------
    Replay
    """
    result = load_result(path)
    question = _current(result.manifest, result.path)
    names = list(result.scenarios)
    name = names[0] if scenario is None else scenario
    if name not in names:
        raise UsageError(f"{result.path}: no scenario {name!r}. {nearest(name, names)}")
    values = result.row(name, point, replication)
    if values is None:
        raise UsageError(f"{result.path}: no run with point {point}, replication {replication}.")
    if values["status"]:
        failed = sentence_of(int(values["status"]))
        raise RunError(f"{result.path}: point {point}, replication {replication} failed. {failed}")
    return Replay(
        scenario=result.scenarios[name],
        seed=result.seed,
        replication=int(question.address(np.array([point]), np.array([replication]))[0]),
        point={number: float(values[number]) for number in result.varied},
        measures={
            measure: math.nan if values[measure] is None else float(values[measure])
            for measure in result.scenarios[name].document.measures
        },
    )


def replay_all(
    path: str | Path,
    *,
    threads: int | None = None,
    progress: Progress | None = None,
    kernel: Kernel | None = None,
) -> Repetition:
    """Do a whole sweep again from its manifest and compare the digests."""
    folder = Path(path)
    record = read_record(folder)
    question = _current(record.manifest, folder)
    with tempfile.TemporaryDirectory(prefix="minsksim-replay-") as scratch:
        again = answer(
            question,
            Path(scratch) / question.id,
            executor=Threads(threads),
            progress=progress,
            kernel=kernel,
        )
        return Repetition(str(record.end["results_digest"]), again.digest)


def resume(
    path: str | Path,
    *,
    threads: int | None = None,
    progress: Progress | None = None,
    notify: Notify | None = None,
    kernel: Kernel | None = None,
) -> Result:
    """Go on with an unfinished or damaged result from its manifest, in its own folder.

    Raises
    ------
    ProvenanceError
        This installation's rules or version are not those it was begun with.
    """
    folder = Path(path)
    manifest_path = folder / "manifest.json"
    if not manifest_path.is_file():
        raise ResultError(f"{folder}: no result here (no manifest.json).")
    manifest = parse_manifest(read_file(manifest_path), manifest_path)
    question = _current(manifest, folder)
    return answer(
        question,
        folder,
        executor=Threads(threads),
        progress=progress,
        notify=notify,
        kernel=kernel,
        layout=Layout(**manifest["layout"]),
    )


def plan_of(data: bytes, path: Path, kernel: Kernel) -> Plan:
    """Return the plan that the bytes of a manifest ask for, for a worker without the folder.

    Raises
    ------
    ProvenanceError
        This installation would not do it in the same way, to the last bit.
    """
    manifest = parse_manifest(data, path)
    question = _current(manifest, path.parent)
    ours = software(question.design.kind)
    if ours != manifest["software"]:
        raise ProvenanceError(
            f"{path}: made with {manifest['software']}, and this worker has {ours}. Install the "
            "same versions everywhere."
        )
    compiled = tuple(kernel.compile_scenario(scenario) for scenario in question.scenarios)
    return Plan(question, compiled, kernel, Layout(**manifest["layout"]))


def _current(manifest: Manifest, folder: Path) -> Question:
    """Return the question if this installation would answer it in the same way."""
    # first, because another version may write a question in another form
    _refuse_others(manifest, {"version": version("minsksim"), "rules": rules_digest()}, folder)
    question = question_of(manifest, folder / "manifest.json")
    _refuse_others(manifest, question.inputs, folder)
    if question.id != manifest["id"]:
        raise ProvenanceError(f"{folder}: its scenarios read differently in this version.")
    return question


def _refuse_others(manifest: Manifest, ours: Mapping[str, Any], folder: Path) -> None:
    """Refuse to do again here what another version or other rules made."""
    asked = manifest["question"]
    for part, word in (("version", "version of minsksim"), ("rules", "rules of the model")):
        theirs = asked.get(part) if isinstance(asked, dict) else None
        if isinstance(theirs, str) and theirs != ours[part]:
            raise ProvenanceError(
                f"{folder}: made with another {word} ({theirs[:12]}, here {ours[part][:12]}). "
                "Use that version, or run the sweep anew."
            )
