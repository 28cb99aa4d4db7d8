"""The folder of one sweep while it is written: lock, manifest, journal and shards.

A run counts only if a journal line publishes its shard and the shard has the hash in that
line. Everything else in the folder can be made again from these.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from minsksim.errors import ResultDamaged
from minsksim.experiment.storage.files import make_folder, read_file, write_file
from minsksim.experiment.storage.journal import JOURNAL, Entry, Journal, check_entries
from minsksim.experiment.storage.lock import Lock
from minsksim.experiment.storage.manifest import (
    Manifest,
    check_same_question,
    manifest_bytes,
    parse_manifest,
)
from minsksim.experiment.storage.own_files import SHARDS, check_links, remove_unfinished

Notify = Callable[[str], None]
_SAFE = re.compile(r"[^A-Za-z0-9_-]+")
_PLAIN = re.compile(r"[a-z][a-z0-9_.-]{0,99}")
"""A name in a journal; it comes with the folder, and must not lead out of it."""


def folder_of(results: Path, scenario: str, question_id: str) -> Path:
    """Return where a question's result lies; the name cannot lead out of ``results``.

    Examples
    --------
    >>> folder_of(Path("results"), "minsk/direct_line", "0123456789ab").as_posix()
    'results/minsk.direct_line/0123456789ab'
    """
    parts = [_SAFE.sub("_", part)[:80] for part in scenario.split("/") if part.strip(".")]
    return results / (".".join(parts) or "scenario") / question_id


class Store:
    """An open result, held by its lock.

    Raises
    ------
    ResultBusy
        Another process writes it.
    ProvenanceError
        The folder holds the result of other inputs.
    ResultDamaged
        The journal or the manifest is damaged beyond what this sweep can repair.
    """

    def __init__(self, folder: Path, manifest: Manifest, notify: Notify) -> None:
        self.folder = folder
        self.notify = notify
        check_links(folder)
        make_folder(folder / SHARDS)
        self._lock = Lock(folder / "lock")
        try:
            remove_unfinished(folder)
            self._journal = Journal(folder / JOURNAL)
            try:
                check_entries(self._journal.entries, self._journal.path)
                if self._journal.torn:
                    notify(
                        f"{folder / JOURNAL}: dropped {self._journal.torn} bytes of a "
                        "line that was never finished."
                    )
                self.manifest = self._begin(manifest)
                self.finished = self._last("end")
                self._blocks = self._whole_blocks()
            except BaseException:
                self._journal.close()
                raise
        except BaseException:
            self._lock.release()
            raise

    def has(self, key: str) -> bool:
        """Whether a block is published and whole."""
        return key in self._blocks

    def holds(self, key: str, kind: str) -> bool:
        """Whether a published block has a shard of a kind; one without a sound run has none."""
        return f"{key}.{kind}.parquet" in self._blocks[key]["files"]

    def shard(self, key: str, kind: str) -> tuple[Path, str]:
        """Return path and SHA-256 of a published shard."""
        name = f"{key}.{kind}.parquet"
        return self.folder / SHARDS / name, self._blocks[key]["files"][name]

    def publish(self, key: str, shards: Mapping[str, bytes]) -> None:
        """Store the shards of a block by kind; when this returns, the block counts."""
        files = {}
        for kind, data in shards.items():
            name = f"{key}.{kind}.parquet"
            files[name] = write_file(self.folder / SHARDS / name, data)
        entry = {"kind": "block", "key": key, "files": files}
        self._journal.append(entry)
        self._blocks[key] = entry

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Record that the result is complete, with the hashes of its files."""
        self._journal.append({"kind": "end", **facts})
        self.finished = self._last("end")

    def close(self) -> None:
        """Release the result."""
        self._journal.close()
        self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _begin(self, ours: Manifest) -> Manifest:
        """Write the manifest, or check the one that is there; return the one that holds."""
        path = self.folder / "manifest.json"
        begun = self._last("begin")
        if begun is None and self._journal.entries:
            raise ResultDamaged(f"{self._journal.path}: does not begin with a manifest.")
        data = read_file(path) if path.exists() or path.is_symlink() else b""
        held = ours
        if begun is None and not data:
            data = manifest_bytes(ours)
            write_file(path, data)
        elif begun is not None and _sha256(data) != begun["manifest"]:
            data = manifest_bytes(ours)
            if _sha256(data) != begun["manifest"]:
                raise ResultDamaged(f"{path}: changed since the sweep began. Move the folder away.")
            write_file(path, data)
            self.notify(f"{path}: was damaged and is restored.")
        else:
            held = parse_manifest(data, path)
            check_same_question(held, ours, path)
        if begun is None:
            self._journal.append({"kind": "begin", "manifest": _sha256(data)})
        return held

    def _last(self, kind: str) -> Entry | None:
        return next((one for one in reversed(self._journal.entries) if one["kind"] == kind), None)

    def _whole_blocks(self) -> dict[str, Entry]:
        blocks = {one["key"]: one for one in self._journal.entries if one["kind"] == "block"}
        whole = {}
        for key, entry in blocks.items():
            bad = bad_files(self.folder / SHARDS, entry["files"])
            if bad:
                self.notify(f"{bad[0]}; its runs are done again.")
            else:
                whole[key] = entry
        return whole


def bad_files(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Return a sentence for every file that is missing or does not have its SHA-256."""
    found = []
    for name, sha256 in files.items():
        path = folder / name
        if not _PLAIN.fullmatch(name) or path.is_symlink():
            found.append(f"{path}: not a file of this result")
        elif not path.is_file():
            found.append(f"{path}: missing")
        elif _sha256(read_file(path)) != sha256:
            found.append(f"{path}: damaged, its bytes are not those that were written")
    return found


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
