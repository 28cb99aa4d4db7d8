"""One writer for each result, by a lock of the operating system on an open file.

The system drops the lock when its holder dies, however it dies, so there is nothing stale to
break and no clock to trust. The text in the file serves the message only.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from pathlib import Path
from types import TracebackType

from minsksim.errors import ResultBusy, ResultDamaged
from minsksim.experiment.storage.files import open_own, read_file, storage_errors

_FAR = 1 << 30
"""Windows locks bytes: one far behind the text leaves the text readable."""

_LOOKS = 30
_HEAD = b'{"pid": '
"""How the text of a lock begins; a kill or a full disk may leave less of it, or nothing."""


def is_lock(data: bytes) -> bool:
    """Whether these are the first bytes of a lock of ours."""
    return data[: len(_HEAD)] == _HEAD[: len(data)]


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """Hold a result for writing.

    Raises
    ------
    ResultBusy
        Another process, or another sweep of this one, holds it; the message names the holder.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = open_own(path, os.O_RDWR | os.O_CREAT)
        try:
            _take(self._descriptor)
        except OSError:
            holder = _holder(path)
            os.close(self._descriptor)
            raise ResultBusy(
                f"{path.parent}: {holder} is writing this result. Wait for it, or stop it and "
                "run the same command again."
            ) from None
        try:
            self._check_is_lock(path)
            self._sign(path)
        except BaseException:
            self.release()
            raise

    def _check_is_lock(self, path: Path) -> None:
        """Refuse to write over a file of that name that is no lock of ours."""
        if not is_lock(os.read(self._descriptor, len(_HEAD))):
            raise ResultDamaged(
                f"{path}: is not a lock of minsksim, and is left as it is. Move it away, and run "
                "the same command again."
            )
        os.lseek(self._descriptor, 0, os.SEEK_SET)

    def _sign(self, path: Path) -> None:
        holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        }
        with storage_errors(path):
            os.ftruncate(self._descriptor, 0)
            os.write(self._descriptor, json.dumps(holder).encode())

    def release(self) -> None:
        """Let others write; the file stays, because removing it would race with them."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Lock:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def _holder(path: Path) -> str:
    """Say who holds the lock; whoever took it this moment is given a moment to sign."""
    for _ in range(_LOOKS):
        try:
            holder = json.loads(read_file(path))
            return f"process {holder['pid']} on {holder['host']} (since {holder['since']})"
        except (ResultDamaged, OSError, ValueError, KeyError, TypeError):
            time.sleep(0.01)
    return "another process"
