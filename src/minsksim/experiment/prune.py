"""Stored results in a folder: what there is, and removing what is not wanted any more.

A manifest is read without trust in it, and a result that somebody writes is left alone.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from minsksim.errors import ResultBusy, ResultDamaged
from minsksim.experiment.files import read_file, storage_errors
from minsksim.experiment.lock import Lock

MANIFEST = "manifest.json"
_DAY = 86_400.0


@dataclass(frozen=True)
class Stored:
    """A result's folder as the list shows it.

    Attributes
    ----------
    state : str
        ``finished``, ``unfinished`` or ``damaged`` (its manifest cannot be read).
    size : int
        Bytes of all its files.
    age : float
        Days since anything in it was written.
    """

    path: Path
    scenarios: tuple[str, ...]
    design: str
    runs: int
    state: str
    size: int
    age: float


def stored_in(folder: Path) -> Iterator[Stored]:
    """Yield the results below a folder, finished or not, by name."""
    for manifest in sorted(folder.glob(f"*/*/{MANIFEST}")):
        yield look(manifest.parent)


def look(path: Path) -> Stored:
    """Return what can be seen of a result from outside."""
    files = [one.stat() for one in path.rglob("*") if one.is_file() and not one.is_symlink()]
    size = sum(one.st_size for one in files)
    age = max(0.0, time.time() - max(one.st_mtime for one in files)) / _DAY
    try:
        question = json.loads(read_file(path / MANIFEST))["question"]
        names = tuple(str(one["name"]) for one in question["scenarios"])
        design = question["design"]
        runs, kind = len(names) * int(design["points"]) * int(question["runs"]), str(design["kind"])
        runs *= _rounds(path)
    except (ResultDamaged, OSError, ValueError, KeyError, TypeError, RecursionError):
        return Stored(path, (), "", 0, "damaged", size, age)
    state = "finished" if (path / "digest.json").is_file() else "unfinished"
    return Stored(path, names, kind, runs, state, size, age)


def _rounds(path: Path) -> int:
    try:
        return int(json.loads(read_file(path / "digest.json"))["rounds"])
    except (ResultDamaged, OSError, ValueError, KeyError, TypeError, RecursionError):
        return 1


def prune(results: Iterable[Stored]) -> tuple[list[Stored], list[str]]:
    """Remove results; return those that are gone, and a sentence for each that is kept."""
    gone, kept = [], []
    for one in results:
        try:
            with Lock(one.path / "lock"):
                _remove(one.path)
        except ResultBusy as error:
            kept.append(str(error))
        else:
            gone.append(one)
    return gone, kept


def _remove(path: Path) -> None:
    """Remove a result so that what a kill leaves is unfinished, never finished and not whole."""
    with storage_errors(path):
        for name in ("digest.json", "journal.jsonl"):
            (path / name).unlink(missing_ok=True)
        # Windows does not remove the lock file while it is open
        shutil.rmtree(path, ignore_errors=os.name == "nt")
