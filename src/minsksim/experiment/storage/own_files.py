"""What minsksim writes into the folder of a result, by name, and how a file proves that it did.

A results folder may come from a stranger, and other programs keep a ``manifest.json`` too. So a
folder is a result only if its manifest or its journal proves it, and a file in it is ours only
if its name is one of these and its content is what we write under that name.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minsksim.errors import MinsksimError, ResultDamaged
from minsksim.experiment.storage.files import TEMPORARY, check_folder, open_file, read_file
from minsksim.experiment.storage.journal import JOURNAL, Entry, read_journal
from minsksim.experiment.storage.lock import is_lock
from minsksim.experiment.storage.manifest import Manifest, parse_manifest
from minsksim.experiment.storage.pictures import (
    FIGURES,
    HEADS,
    INDEX,
    is_our_picture,
    is_picture_name,
)
from minsksim.notice import NOTICE

MANIFEST, LOCK = "manifest.json", "lock"
DIGEST, FAILED, TIMINGS = "digest.json", "failed.jsonl", "timings.json"
SHARDS, PARTS = "shards", "parts"
TABLES = ("runs", "series", "contributions", "agreements")
_KEY = r"(?:runs|sample)-\d{3,}-\d{10,}"
_SHARD = re.compile(rf"{_KEY}\.(?:{'|'.join(TABLES)})\.parquet")
_RECEIPT = re.compile(rf"{_KEY}\.json")
_HEADS = {".parquet": b"PAR1", ".json": b"{", ".jsonl": b"{", **HEADS}
"""How our files begin, by the end of their names."""

_FAILURE = {"scenario", "point", "replication", "status", "sentence"}


@dataclass(frozen=True)
class Proof:
    """What proves that a folder is a result.

    Attributes
    ----------
    manifest : dict or None
        The manifest, if it can be read and its id is the hash of its question.
    entries : tuple of dict
        What the journal says, if it is one.
    is_damaged : bool
        Whether one of the two is not as it was written.
    """

    manifest: Manifest | None
    entries: tuple[Entry, ...]
    is_damaged: bool

    @property
    def is_finished(self) -> bool:
        """Whether the journal says that the sweep came to its end."""
        return any(entry["kind"] == "end" for entry in self.entries)

    @property
    def hashes(self) -> Mapping[str, str]:
        """SHA-256 of the files that the journal publishes, by name."""
        found: dict[str, str] = {}
        for entry in self.entries:
            found |= entry.get("files") or {}
        return found


def proof_of(folder: Path) -> Proof | None:
    """Return what proves that a folder is a result of minsksim, or None if nothing does."""
    if folder.is_symlink() or folder.parent.is_symlink():
        return None
    manifest, data = _manifest(folder / MANIFEST)
    try:
        entries, is_damaged = read_journal(folder / JOURNAL).entries, False
    except (MinsksimError, OSError):
        entries, is_damaged = (), True
    begun = _begun(entries)
    if manifest is None and begun is None:
        return None
    is_whole = manifest is not None and (
        begun == hashlib.sha256(data).hexdigest() if entries else begun is None
    )
    return Proof(manifest, entries if begun else (), is_damaged or not is_whole)


def _manifest(path: Path) -> tuple[Manifest | None, bytes]:
    try:
        data = read_file(path)
        return parse_manifest(data, path), data
    except (MinsksimError, OSError):
        return None, b""


def _begun(entries: tuple[Entry, ...]) -> str | None:
    """Return the hash of the manifest with which a journal begins."""
    first = entries[0] if entries else {}
    sha256 = first.get("manifest") if first.get("kind") == "begin" else None
    is_hash = isinstance(sha256, str) and re.fullmatch("[0-9a-f]{64}", sha256)
    return sha256 if is_hash else None


def check_links(folder: Path) -> None:
    """Refuse a folder in which a link stands where minsksim writes.

    Raises
    ------
    ResultDamaged
        Naming the link.
    """
    for path in (folder.parent, folder, *(folder / name for name in (SHARDS, FIGURES, PARTS))):
        check_folder(path)
    for part in (folder / PARTS).glob("*"):
        check_folder(part)
    names = [MANIFEST, JOURNAL, LOCK, DIGEST, FAILED, TIMINGS, f"{FIGURES}/{INDEX}"]
    files = [folder / name for name in [*names, *(f"{kind}.parquet" for kind in TABLES)]]
    for pattern in (f"{SHARDS}/*.parquet", f"{FIGURES}/*", f"{PARTS}/*/*"):
        files += folder.glob(pattern)
    for path in files:
        if path.is_symlink():
            raise ResultDamaged(
                f"{path}: is a link, which minsksim never writes. Nothing was written; remove it, "
                "and run the same command again."
            )


def sort_out(folder: Path, proof: Proof, *, trusting: bool) -> tuple[list[Path], list[Path]]:
    """Return the files of a folder that minsksim wrote, and everything else that is there.

    Parameters
    ----------
    folder : Path
    proof : Proof
        Of this folder.
    trusting : bool
        Take a regular file under one of our names for ours, whatever it holds: what a damaged
        result needs, after its owner was asked.
    """
    ours: list[Path] = []
    others: list[Path] = []
    for path, is_known in _named(folder, proof):
        regular = path.is_file() and not path.is_symlink()
        sound = regular and is_known and (trusting or _is_ours(path, proof))
        (ours if sound else others).append(path)
    return ours, others


def _named(folder: Path, proof: Proof) -> Iterator[tuple[Path, bool]]:
    """Yield whatever lies in a folder, and whether its name is one that minsksim gives."""
    rules = {SHARDS: _SHARD.fullmatch, FIGURES: is_picture_name, PARTS: None}
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or not path.is_dir() or path.name not in rules:
            yield path, _plain_name(path) in _TOP
        elif path.name == PARTS:
            for part in sorted(path.iterdir()):
                if part.is_symlink() or not part.is_dir() or not _is_part(part.name, proof):
                    yield part, False
                else:
                    yield from _below(part, lambda n: _SHARD.fullmatch(n) or _RECEIPT.fullmatch(n))
        else:
            yield from _below(path, rules[path.name])


def _below(folder: Path, rule: Callable[[str], object] | None) -> Iterator[tuple[Path, bool]]:
    for path in sorted(folder.iterdir()):
        yield path, bool(rule and rule(_plain_name(path)))


def _plain_name(path: Path) -> str:
    """Return the name that an unfinished file was to have."""
    return path.name.removeprefix(TEMPORARY)


def _is_part(name: str, proof: Proof) -> bool:
    """Whether a folder of parts belongs to this very result."""
    if proof.manifest is None:
        return False
    return re.fullmatch(f"{re.escape(proof.manifest['id'])}-[0-9a-f]{{12}}", name) is not None


def _is_ours(path: Path, proof: Proof) -> bool:
    try:
        if path.name.startswith(TEMPORARY):
            return begins_as_ours(path)
        if path.parent.name == FIGURES:
            return is_our_picture(path)
        if path.suffix == ".parquet":
            return _is_our_table(path, proof)
        return _TOP.get(path.name, _is_receipt)(path, proof)
    except (MinsksimError, OSError, ValueError, RecursionError):
        return False


def begins_as_ours(path: Path) -> bool:
    """Whether an unfinished file begins, as far as it goes, like those that we write."""
    head = _HEADS.get(path.suffix)
    if head is None or path.is_symlink() or not path.is_file():
        return False
    with open_file(path) as file:
        return head.startswith(file.read(len(head)))


def _is_our_table(path: Path, proof: Proof) -> bool:
    """Whether the journal has a table's hash, or a table says what only ours say."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with open_file(path) as file:
        try:
            schema = pq.read_schema(file)
        except (pa.ArrowException, OSError):
            schema = None
    if schema is not None:
        told = (schema.metadata or {}).get(b"minsksim.id", b"").decode("ascii", "replace")
        if proof.manifest is not None and told == proof.manifest["id"]:
            return True
        if {"point", "replication"} <= set(schema.names):
            return bool(_SHARD.fullmatch(path.name))
    sha256 = proof.hashes.get(path.name)
    return sha256 is not None and hashlib.sha256(read_file(path)).hexdigest() == sha256


def _is_receipt(path: Path, proof: Proof) -> bool:
    receipt = _json(path)
    hashes = receipt.values()
    return set(receipt) <= set(TABLES) and all(re.fullmatch("[0-9a-f]{64}", h) for h in hashes)


def _is_digest(path: Path, proof: Proof) -> bool:
    found = _json(path)
    return "results_digest" in found and found.get("notice") == NOTICE


def _is_failed(path: Path, proof: Proof) -> bool:
    lines = read_file(path).splitlines()
    return all(set(json.loads(line)) == _FAILURE for line in lines)


def _is_timings(path: Path, proof: Proof) -> bool:
    return set(_json(path)) == {"seconds", "runs", "finished"}


def _is_a_lock(path: Path, proof: Proof) -> bool:
    with open_file(path) as file:
        return is_lock(file.read(16))


def _is_journal(path: Path, proof: Proof) -> bool:
    return bool(proof.entries) or path.stat().st_size == 0


def _is_manifest(path: Path, proof: Proof) -> bool:
    return proof.manifest is not None


def _json(path: Path) -> dict[str, Any]:
    found = json.loads(read_file(path))
    if not isinstance(found, dict):
        raise ValueError(f"{path}: not a mapping")
    return found


_TOP: dict[str, Callable[[Path, Proof], bool]] = {
    MANIFEST: _is_manifest,
    JOURNAL: _is_journal,
    LOCK: _is_a_lock,
    DIGEST: _is_digest,
    FAILED: _is_failed,
    TIMINGS: _is_timings,
    **{f"{kind}.parquet": _is_our_table for kind in TABLES},
}


def remove_unfinished(folder: Path) -> None:
    """Remove the files that a killed process of ours left unfinished; needs the lock."""
    for path in [*folder.glob(f"{TEMPORARY}*"), *(folder / SHARDS).glob(f"{TEMPORARY}*")]:
        name = path.name.removeprefix(TEMPORARY)
        is_known = name in _TOP if path.parent == folder else _SHARD.fullmatch(name)
        if is_known and begins_as_ours(path):
            path.unlink(missing_ok=True)
