"""A place where workers leave finished blocks: a folder, or an object store through fsspec.

A block counts once its receipt is there and every shard has the hash in it and holds the runs it
should; anything else is as if absent. Whoever can write to the place can write your results.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from minsksim.errors import MinsksimError, ResultDamaged, StorageError, UsageError
from minsksim.experiment.running.plan import Plan, Task
from minsksim.experiment.storage.files import check_folder, make_folder, read_file, write_file
from minsksim.experiment.storage.manifest import Manifest, manifest_bytes
from minsksim.experiment.storage.parquet import decode

_MOST_RECEIPT = 10_000


class Place(Protocol):
    """Named bytes."""

    def read(self, name: str) -> bytes | None:
        """Return what is there under a name, or None."""

    def write(self, name: str, data: bytes) -> None:
        """Put bytes under a name."""


class _Folder:
    """A folder of this machine, or one that several machines share."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, name: str) -> bytes | None:
        """Return what is there under a name, or None."""
        try:
            check_folder(self._path)
            return read_file(self._path / name)
        except (FileNotFoundError, ResultDamaged):
            return None

    def write(self, name: str, data: bytes) -> None:
        """Put bytes under a name, whole or not at all."""
        check_folder(self._path)
        make_folder(self._path)
        write_file(self._path / name, data)


class _Remote:
    """Whatever fsspec reaches: s3://, gs://, memory://, file://."""

    def __init__(self, url: str) -> None:
        try:
            import fsspec
        except ImportError:
            raise UsageError(
                "A store by URL needs fsspec: pip install '.[distributed]' in minsksim's folder."
            ) from None
        self._url = url
        try:
            self._files, self._root = fsspec.core.url_to_fs(url, use_listings_cache=False)
        except (ImportError, ValueError) as error:
            raise UsageError(f"--store {url}: {error}.") from None

    def read(self, name: str) -> bytes | None:
        """Return what is there under a name, or None."""
        try:
            return bytes(self._files.cat_file(f"{self._root}/{name}"))
        except FileNotFoundError:
            return None
        except Exception as error:
            raise StorageError(f"{self._url}: cannot be read ({error}).") from error

    def write(self, name: str, data: bytes) -> None:
        """Put bytes under a name."""
        try:
            self._files.makedirs(self._root, exist_ok=True)
            self._files.pipe_file(f"{self._root}/{name}", data)
        except Exception as error:
            raise StorageError(f"{self._url}: cannot be written ({error}).") from error


class Depot:
    """The blocks of one manifest in a place."""

    def __init__(self, place: Place) -> None:
        self._place = place

    @classmethod
    def of(cls, place: str | Path, manifest: Manifest) -> Depot:
        """Return the depot of a manifest in a folder or at a URL; other manifests never meet."""
        return cls.named(str(place), manifest["id"], manifest_bytes(manifest))

    @classmethod
    def named(cls, place: str, question_id: str, manifest: bytes) -> Depot:
        """Return the depot of a manifest's bytes."""
        name = f"{question_id}-{hashlib.sha256(manifest).hexdigest()[:12]}"
        if "://" in place:
            return cls(_Remote(f"{place.rstrip('/')}/{name}"))
        return cls(_Folder(Path(place) / name))

    def put(self, key: str, shards: Mapping[str, bytes]) -> None:
        """Leave a block: the shards first, then the receipt that makes them count."""
        for kind, data in shards.items():
            self._place.write(f"{key}.{kind}.parquet", data)
        receipt = {kind: hashlib.sha256(data).hexdigest() for kind, data in shards.items()}
        self._place.write(f"{key}.json", json.dumps(receipt).encode())

    def get(self, plan: Plan, task: Task) -> dict[str, bytes] | None:
        """Return the shards of a block, or None if they are not there whole."""
        receipt = self._receipt(task)
        if receipt is None or not set(receipt) <= set(plan.keeps(task)):
            return None  # before anything is fetched by its name
        shards = {}
        for kind, sha256 in receipt.items():
            data = self._place.read(f"{task.key}.{kind}.parquet")
            if data is None or hashlib.sha256(data).hexdigest() != sha256:
                return None
            shards[kind] = data
        return shards if holds_the_runs(plan, task, shards) else None

    def has(self, task: Task) -> bool:
        """Whether a block was left."""
        return self._receipt(task) is not None

    def _receipt(self, task: Task) -> dict[str, str] | None:
        data = self._place.read(f"{task.key}.json")
        if data is None or len(data) > _MOST_RECEIPT:
            return None
        try:
            receipt: Any = json.loads(data)
        except (ValueError, RecursionError):
            return None
        return receipt if isinstance(receipt, dict) else None


def holds_the_runs(plan: Plan, task: Task, shards: Mapping[str, bytes]) -> bool:
    """Whether shards that came from elsewhere read as tables of the block's own runs."""
    if not set(shards) <= set(plan.keeps(task)):
        return False
    point, replication = plan.question.numbered(plan.numbers(task))
    keys = set(zip(point.tolist(), replication.tolist(), strict=True))
    for kind, data in shards.items():
        try:
            table = decode(data, Path(f"{task.key}.{kind}.parquet"))
            found = [table.column(name).to_pylist() for name in ("point", "replication")]
            rows = list(zip(*found, strict=True))
            if not set(rows) <= keys or (kind == "runs" and rows != sorted(keys)):
                return False
        except (MinsksimError, KeyError, TypeError):
            return False
    return task.kind != "runs" or "runs" in shards
