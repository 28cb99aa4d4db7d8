"""How functions are compiled: one decorator, and a cache folder that follows the sources.

Numba's disk cache does not notice that a *called* rule in another file changed. The folder is
therefore named by the Python version and a hash of everything that gets compiled, fixed before any
decorator runs.
``fastmath`` stays off and ``nogil`` on: the same bits everywhere, and progress never freezes.
"""

import hashlib
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core import codegen
from numba.core.compiler import CompilerBase, DefaultPassBuilder

from minsksim._cache import writable_folder

Compiled = TypeVar("Compiled", bound=Callable[..., Any])


def source_digest() -> str:
    """Return the SHA-256 of all that is compiled: engine, rules, and the numbers of words."""
    root = Path(__file__).parent
    digest = hashlib.sha256()
    others = [root / name for name in ("_jit.py", "_records.py", "vocabulary.py")]
    for file in sorted([*root.glob("rules/*.py"), *root.glob("engine/**/*.py"), *others]):
        place = file.relative_to(root).as_posix()
        digest.update(place.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


FOLDER = writable_folder(
    f"py{sys.version_info.major}{sys.version_info.minor}-{source_digest()[:16]}"
)


class _Part(codegen.JITCodeLibrary):  # type: ignore[misc]
    """Code that waits to be optimised together with whoever calls it."""

    def _optimize_final_module(self) -> None:
        """Do nothing yet: what is optimised early is inlined late, and worse."""


class _Whole(codegen.JITCodeLibrary):  # type: ignore[misc]
    """Code of a kernel and of all that it calls, which nobody else calls."""

    def _optimize_final_module(self) -> None:
        """Let LLVM know that, so that it may inline and drop arguments as it likes.

        Names change, since the linker would give what is left of them to others who ask.
        """
        for function in list(self._final_module.functions):
            if not function.is_declaration and function.linkage.name == "linkonce_odr":
                function.linkage, function.name = "internal", f"whole.{function.name}"
        super()._optimize_final_module()


class _PartCompiler(CompilerBase):  # type: ignore[misc]
    """Numba's own steps, with another place for the code."""

    library = _Part

    def define_pipelines(self) -> list[Any]:
        """Set that place before numba makes one; there is no falling back to Python objects."""
        state = self.state
        state.library = self.library(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return [DefaultPassBuilder.define_nopython_pipeline(state)]


class _WholeCompiler(_PartCompiler):
    """The same for a kernel."""

    library = _Whole


_SETTINGS = threading.Lock()
"""Numba's settings are global, and records are made in threads: two at once would undo each other,
and leave compiled code in the folder where somebody happens to work."""


def decorate(function: Compiled, **options: Any) -> Compiled:
    """Compile with a cache in our folder, and leave numba's own settings as they are."""
    with _SETTINGS:
        before, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(FOLDER)
        try:
            return cast(Compiled, numba.njit(cache=True, **options)(function))
        finally:
            numba.config.CACHE_DIR = before


STRICT = {"nogil": True, "error_model": "numpy", "fastmath": False, "_nrt": False}


def jit(function: Compiled) -> Compiled:
    """Compile a rule: cached, without the GIL, IEEE arithmetic, no contraction.

    It may not allocate: without numba's run-time memory (``_nrt``) nobody counts the owners of
    the arrays that compiled functions hand each other.
    """
    return decorate(function, pipeline_class=_PartCompiler, **STRICT)


def inlined(function: Compiled) -> Compiled:
    """Compile a rule that is called in inner loops: as ``jit``, and part of whoever calls it."""
    return decorate(function, pipeline_class=_PartCompiler, forceinline=True, **STRICT)


def kernel(function: Compiled) -> Compiled:
    """Compile a function in which sweeps spend their time: as ``jit``, optimised as a whole."""
    return decorate(function, pipeline_class=_WholeCompiler, **STRICT)


def is_cached(function: Callable[..., Any]) -> bool:
    """Return whether a function's compiled code is already on disk, or it needs none."""
    if numba.config.DISABLE_JIT:
        return True
    folder = Path(function.stats.cache_path)  # type: ignore[attr-defined]
    return any(folder.glob(f"*.{function.__name__}-*.nbi"))
