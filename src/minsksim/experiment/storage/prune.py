"""Stored results in a folder: what there is, and removing what is not wanted any more.

A manifest is read without trust in it; a result that somebody writes is left alone; and only what
minsksim wrote is ever removed, file by file.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from minsksim.errors import ResultDamaged, ResultError
from minsksim.experiment.question.ranges import PARTNERS
from minsksim.experiment.storage.files import read_file, storage_errors, write_file
from minsksim.experiment.storage.journal import JOURNAL, line_of
from minsksim.experiment.storage.lock import Lock
from minsksim.experiment.storage.own_files import (
    DIGEST,
    LOCK,
    MANIFEST,
    PARTS,
    SHARDS,
    Proof,
    proof_of,
    sort_out,
)
from minsksim.experiment.storage.pictures import FIGURES

_DAY = 86_400.0
_SHOWN = 12
"""Files that were left and are named one by one."""

_LAST = (JOURNAL, MANIFEST, LOCK)
"""Removed last, in this order: they prove that the rest is ours, if a kill comes in between."""


@dataclass(frozen=True)
class Stored:
    """A result's folder as the list shows it.

    Attributes
    ----------
    state : str
        ``finished``, ``unfinished``, ``damaged`` (its manifest or its journal is not as it was
        written) or ``foreign`` (nothing proves that minsksim wrote it).
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
    files = list(_files(path))
    size = sum(one.st_size for one in files)
    newest = max((one.st_mtime for one in files), default=time.time())
    age = max(0.0, time.time() - newest) / _DAY
    proof = proof_of(path)
    if proof is None:
        return Stored(path, (), "", 0, "foreign", size, age)
    try:
        question = (proof.manifest or {})["question"]
        names = tuple(str(one["name"]) for one in question["scenarios"])
        design = question["design"]
        runs, kind = len(names) * int(design["points"]) * int(question["runs"]), str(design["kind"])
        runs *= _rounds(path)
    except (ValueError, KeyError, TypeError):
        return Stored(path, (), "", 0, "damaged", size, age)
    has_ended = proof.is_finished and (path / DIGEST).is_file()
    state = "finished" if has_ended else "unfinished"
    return Stored(path, names, kind, runs, "damaged" if proof.is_damaged else state, size, age)


def _files(path: Path) -> Iterator[os.stat_result]:
    """Yield what the system says of each file in a folder; no link is followed."""
    for place, _, names in os.walk(path):
        for name in names:
            yield os.lstat(Path(place) / name)


def _rounds(path: Path) -> int:
    try:
        return int(json.loads(read_file(path / DIGEST))["rounds"])
    except (ResultDamaged, OSError, ValueError, KeyError, TypeError, RecursionError):
        return 1


def prune(results: Iterable[Stored]) -> tuple[list[Stored], list[str]]:
    """Remove what minsksim wrote of some results.

    Returns
    -------
    gone : list of Stored
        The results of which nothing that counts is left.
    said : list of str
        A sentence for each result that is kept, and for what else lay in a folder and is left.
    """
    gone, said = [], []
    for one in results:
        proof = proof_of(one.path)
        if proof is None:
            said.append(
                f"{one.path}: nothing proves that minsksim wrote this, so it is left as it is."
            )
            continue
        try:
            with Lock(one.path / LOCK):
                left = _remove(one.path, proof)
        except ResultError as error:
            said.append(str(error))
            continue
        gone.append(one)
        if left:
            shown = ", ".join(path.relative_to(one.path).as_posix() for path in left[:_SHOWN])
            more = f" and {len(left) - _SHOWN} more" if len(left) > _SHOWN else ""
            said.append(f"{one.path}: left what minsksim did not write: {shown}{more}.")
    return gone, said


def remove_parts(folder: Path) -> None:
    """Remove the parts that were gathered into a result, and nothing else that lies there."""
    proof = proof_of(folder)
    if proof is not None and (folder / PARTS).is_dir():
        ours, _ = sort_out(folder, proof, trusting=False)
        _remove_files([path for path in ours if path.parent.parent == folder / PARTS])
        _remove_empty([folder / PARTS])


def _remove(folder: Path, proof: Proof) -> list[Path]:
    """Remove our files so that a kill leaves an unfinished result; return what else is there."""
    for name in PARTNERS:
        if (inner := proof_of(folder / name)) is not None:
            with Lock(folder / name / LOCK):
                _remove(folder / name, inner)
    ours, left = sort_out(folder, proof, trusting=proof.is_damaged)
    with storage_errors(folder):
        if proof.is_finished:
            _take_back_the_end(folder / JOURNAL, proof)
        last = [folder / name for name in _LAST if folder / name in ours]
        _remove_files([folder / DIGEST] if folder / DIGEST in ours else [])
        _remove_files([path for path in ours if path not in last])
        _remove_empty([folder / name for name in (SHARDS, FIGURES, PARTS)])
        _remove_files(last)
        _remove_empty([folder])
    return left


def _take_back_the_end(journal: Path, proof: Proof) -> None:
    """Write the journal of an unfinished result, which still proves its shards."""
    kept = [entry for entry in proof.entries if entry["kind"] != "end"]
    write_file(journal, b"".join(line_of({**one, "n": n}) for n, one in enumerate(kept)))


def _remove_files(paths: Sequence[Path]) -> None:
    """Remove files, and the folders of parts that are empty then."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except PermissionError:
            # Windows does not remove the lock file while it is open
            if os.name != "nt" or path.name != LOCK:
                raise
    _remove_empty({path.parent for path in paths if path.parent.parent.name == PARTS})


def _remove_empty(folders: Iterable[Path]) -> None:
    """Remove folders of ours if nothing is in them; a link is no folder."""
    for folder in folders:
        if folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
            folder.rmdir()
