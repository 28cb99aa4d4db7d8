"""Where minsksim keeps on disk what it can make again: compiled code, and scenarios as parsed."""

import os
from pathlib import Path


def cache_home() -> Path | None:
    """Return the folder, or None for a user without one.

    It is ``minsksim`` in ``MINSKSIM_CACHE``, ``XDG_CACHE_HOME`` or ``~/.cache``.
    """
    for name in ("MINSKSIM_CACHE", "XDG_CACHE_HOME"):
        if os.environ.get(name):
            return Path(os.environ[name]) / "minsksim"
    try:
        return Path.home() / ".cache" / "minsksim"
    except RuntimeError:
        return None
