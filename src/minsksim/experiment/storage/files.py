"""Writing files so that a kill leaves either the old one or the whole new one.

Temporary file, fsync, rename, fsync of the folder. What the disk refuses becomes a
``StorageError`` that names the path; this does not promise to survive a power cut on a disk
that lies about fsync.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from types import TracebackType

from minsksim.errors import ResultDamaged, StorageError

TEMPORARY = ".writing-"
"""Prefix of unfinished files; only the holder of the lock may remove them."""

BINARY: int = getattr(os, "O_BINARY", 0)
"""Windows translates line ends unless told not to."""

LARGEST = 1 << 30
"""Bytes of a file of a result that is read whole; ours are far smaller, an endless one is not."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EIO}
_NO_LINK: int = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_TRAPS = {errno.ELOOP, getattr(errno, "EMLINK", errno.ELOOP), errno.ENXIO}

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EIO: "the disk reports an input/output error",
    errno.EACCES: "writing here is not permitted",
    errno.EPERM: "writing here is not permitted",
    errno.EFBIG: "the file would be too large for this disk",
    errno.EISDIR: "a folder stands where a file belongs",
    errno.ENOTDIR: "a file stands where a folder belongs",
    errno.EEXIST: "a file stands where a folder belongs",
    errno.ENAMETOOLONG: "the name is too long for this disk",
}


@contextmanager
def storage_errors(path: Path, need: int | None = None) -> Iterator[None]:
    """Turn what a disk refuses into a ``StorageError`` with path and bytes needed."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0)
        if reason is None:
            raise
        size = f" ({need:,} bytes needed)" if need else ""
        cure = "free the disk" if error.errno in _FULL else "put that right"
        raise StorageError(
            f"{path}: {reason}{size}. What is finished is kept: {cure} and run the same command "
            "again."
        ) from error


class AtomicFile:
    """A binary file that appears under its name only when closed without an error.

    It hashes what it writes, so that ``sha256`` is known without reading the file again.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._temporary = path.with_name(TEMPORARY + path.name)
        self._hash = hashlib.sha256()
        self._size = 0
        check_place(path)
        self._descriptor = _create(self._temporary)

    def write(self, data: bytes | memoryview) -> int:
        """Append bytes."""
        view = memoryview(data).cast("B")
        self._hash.update(view)
        with storage_errors(self.path, len(view)):
            write_all(self._descriptor, view)
        self._size += len(view)
        return len(view)

    @property
    def closed(self) -> bool:
        """Whether the file was closed (Parquet writers ask)."""
        return self._descriptor < 0

    def flush(self) -> None:
        """Do nothing: writes are not buffered."""

    def __enter__(self) -> AtomicFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                with storage_errors(self.path, self._size):
                    os.fsync(self._descriptor)
                    self._close()
                    self._temporary.replace(self.path)
                    sync_folder(self.path.parent)
        finally:
            self._close()
            self._temporary.unlink(missing_ok=True)

    def _close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    @property
    def sha256(self) -> str:
        """SHA-256 of what was written so far, 64 hex digits."""
        return self._hash.hexdigest()


def _create(path: Path) -> int:
    """Open a new file; what a killed process left under its name is removed, never written to."""
    with storage_errors(path):
        path.unlink(missing_ok=True)
    return open_own(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)


def check_place(path: Path) -> None:
    """Refuse to write where a link, a pipe or a folder stands.

    Raises
    ------
    ResultDamaged
        A result never holds one in the place of a file.
    """
    try:
        found = path.lstat()
    except OSError:
        return  # nothing there, or what the disk says when the file is made
    if not stat.S_ISREG(found.st_mode):
        raise ResultDamaged(_trap(path))


def _trap(path: Path) -> str:
    return (
        f"{path}: is a link or not a regular file, which minsksim never writes. Nothing was "
        "written there; remove it, and run the same command again."
    )


def open_own(path: Path, flags: int) -> int:
    """Open a regular file of a result: neither a link, which may lead elsewhere, nor a pipe.

    To write, it must also be the file's only name: written in place, another name would show it.

    Raises
    ------
    FileNotFoundError
    ResultDamaged
        Something else is there: a results folder may come from a stranger.
    """
    try:
        with storage_errors(path):
            descriptor = os.open(path, flags | BINARY | _NO_LINK, 0o644)
    except OSError as error:
        if error.errno in _TRAPS:
            raise ResultDamaged(_trap(path)) from None
        raise
    found = os.fstat(descriptor)
    is_shared = found.st_nlink > 1 and bool(flags & (os.O_RDWR | os.O_WRONLY))
    if not stat.S_ISREG(found.st_mode) or is_shared:
        os.close(descriptor)
        raise ResultDamaged(_trap(path))
    return descriptor


def open_file(path: Path) -> BufferedReader:
    """Open a regular file of a result for reading."""
    return os.fdopen(open_own(path, os.O_RDONLY), "rb")


def read_file(path: Path) -> bytes:
    """Return the bytes of a regular file of a result, if it is no larger than any of ours."""
    with open_file(path) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ResultDamaged(f"{path}: larger than any file of a result. Move the folder away.")
    return data


def check_folder(path: Path) -> None:
    """Refuse a link in the place of a folder of a result."""
    if path.is_symlink():
        raise ResultDamaged(
            f"{path}: is a link, and results are written to no place that a link leads to. Remove "
            "it, or name the place itself with --results."
        )


def write_all(descriptor: int, data: bytes | memoryview) -> None:
    """Write every byte; one call may take only some of them."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def write_file(path: Path, data: bytes) -> str:
    """Write a whole file atomically and return its SHA-256."""
    with AtomicFile(path) as file:
        file.write(data)
    return file.sha256


def write_new_file(path: Path, data: bytes) -> None:
    """Write a whole file atomically where nothing stands, not even a link.

    Raises
    ------
    FileExistsError
    """
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    write_file(path, data)


def make_folder(path: Path) -> None:
    """Create a folder and its parents."""
    with storage_errors(path):
        path.mkdir(parents=True, exist_ok=True)


def sync_folder(path: Path) -> None:
    """Make a rename inside ``path`` durable; a folder cannot be synced on Windows."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
