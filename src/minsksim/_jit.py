"""The only import of numba: one decorator, and a cache folder that follows the sources.

Numba's disk cache does not notice that a *called* rule in another file changed. The folder is
therefore named by a hash of everything that gets compiled, fixed before any decorator runs.
``fastmath`` stays off and ``nogil`` on: the same bits everywhere, and progress never freezes.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

Compiled = TypeVar("Compiled", bound=Callable[..., Any])


def source_digest() -> str:
    """Return the SHA-256 of every source file that is compiled: the engine, and its rules.

    A rule that is plain Python, because no run calls it, does not import this module and does
    not count.
    """
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for file in sorted([*root.glob("rules/*.py"), *root.glob("engine/*.py")]):
        source = file.read_bytes()
        if file.parent.name == "engine" or b"minsksim._jit import" in source:
            digest.update(file.name.encode() + b"\0" + source + b"\0")
    return digest.hexdigest()


def cache_folder() -> Path:
    """Return a writable folder for compiled code, keyed by sources and Python version."""
    version = f"py{sys.version_info.major}{sys.version_info.minor}"
    names = ("MINSKSIM_CACHE", "XDG_CACHE_HOME")
    home = next((os.environ[name] for name in names if os.environ.get(name)), None)
    base = Path(home) if home else Path.home() / ".cache"
    for candidate in (base / "minsksim", Path(tempfile.gettempdir()) / "minsksim"):
        folder = candidate / f"{version}-{source_digest()[:16]}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return Path(tempfile.mkdtemp(prefix="minsksim-"))


FOLDER = cache_folder()
os.environ["NUMBA_CACHE_DIR"] = str(FOLDER)

import numba  # noqa: E402  (the cache folder must be known first)
from numba.experimental import structref  # noqa: E402


def jit(function: Compiled) -> Compiled:
    """Compile a rule: cached, without the GIL, IEEE arithmetic, no contraction."""
    decorate = numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=False)
    return cast(Compiled, decorate(function))


@structref.register
class _ReferenceType(numba.types.StructRef):  # type: ignore[misc]
    """A struct of arrays that compiled code passes as one pointer."""

    def preprocess_fields(self, fields: Any) -> Any:
        return tuple((name, numba.types.unliteral(kind)) for name, kind in fields)


class _Reference(structref.StructRefProxy):  # type: ignore[misc]
    """What Python holds of such a struct: nothing but the pointer."""


structref.define_boxing(_ReferenceType, _Reference)
_packers: dict[type, Any] = {}


def by_reference(record: Any) -> Any:
    """Return a NamedTuple of arrays as one pointer to the same arrays.

    Compiled functions read its fields by name as they would a NamedTuple's, but calls stay
    cheap however many fields there are. Without compilation the record itself serves.
    """
    if numba.config.DISABLE_JIT:
        return record
    kind = type(record)
    if kind not in _packers:
        layout = _ReferenceType(
            [(name, numba.typeof(getattr(record, name))) for name in kind._fields]
        )
        lines = [f"    box.{name} = {name}" for name in kind._fields]
        head = f"def pack_{kind.__name__}({', '.join(kind._fields)}):"
        source = "\n".join([head, "    box = new(layout)", *lines, "    return box"])
        scope: dict[str, Any] = {"__name__": __name__, "new": structref.new, "layout": layout}
        # compiled under this file's name, so that numba can cache what it makes of it
        exec(compile(source, __file__, "exec"), scope)  # noqa: S102
        _packers[kind] = numba.njit(cache=True)(scope[f"pack_{kind.__name__}"])
    return _packers[kind](*record)


def is_cached() -> bool:
    """Return whether compiled code for these sources is already on disk."""
    return any(FOLDER.rglob("*run_block*.nbi"))
