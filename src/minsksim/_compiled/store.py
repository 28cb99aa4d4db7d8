"""Where compiled kernels are kept, under a name that changes with their sources.

Numba's disk cache does not notice that a *called* rule in another file changed. The folder is
therefore named by the Python version and a hash of everything that gets compiled.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

from minsksim._cache import writable_folder

PACKAGE = Path(__file__).parent.parent


def source_digest() -> str:
    """Return the SHA-256 of all that is compiled: engine, rules, and the numbers of words."""
    digest = hashlib.sha256()
    folders = ("_compiled", "rules", "engine")
    files = [file for folder in folders for file in PACKAGE.glob(f"{folder}/**/*.py")]
    for file in sorted([*files, PACKAGE / "vocabulary.py"]):
        place = file.relative_to(PACKAGE).as_posix()
        digest.update(place.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


@cache
def folder() -> Path:
    """Return the folder of this installation's kernels; it is made if need be.

    Numba tells installations apart by their place, so the same sources elsewhere have their own.
    """
    place = hashlib.sha256(str(PACKAGE).encode()).hexdigest()[:8]
    python = f"py{sys.version_info.major}{sys.version_info.minor}"
    return writable_folder(f"{python}-{source_digest()[:16]}-{place}")
