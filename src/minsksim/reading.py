"""Reading a file that a user named: a regular one, of a size that was expected."""

from __future__ import annotations

import os
import stat
from pathlib import Path


class Unreadable(Exception):
    """Why a file is not read; the text completes a sentence that begins with its name."""


def read_regular(path: Path, limit: int, kind: str) -> bytes:
    """Return the bytes of a regular file; a device, a pipe or an endless file is refused.

    Parameters
    ----------
    path : Path
    limit : int
        Most bytes.
    kind : str
        What to name instead, such as ``".yaml file"``.

    Raises
    ------
    Unreadable
        ``"is not a regular file. Name a .yaml file."`` and the like.
    """
    try:
        # O_NONBLOCK: opening a named pipe must not wait for a writer
        handle = os.open(
            path,
            os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0),
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not usable"
        raise Unreadable(f"cannot be read: {reason}. Check the name.") from None
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise Unreadable(f"is not a regular file. Name a {kind}.")
        try:
            content = file.read(limit + 1)
        except OSError as error:
            raise Unreadable(f"cannot be read: {error.strerror}. Check the name.") from None
    if content is None or len(content) > limit:
        size = f"{limit >> 20} MiB" if limit >> 20 else f"{limit:,} bytes"
        raise Unreadable(f"is larger than {size}. Split it or shorten it.")
    return content
