"""Which form of a kernel runs: the fastest that works here.

There are three, each with the same bits: compiled with numba's insides (``tricks.py``), compiled
with what numba promises (``public.py``), and plain Python. Where one fails, the next is taken, and
a note says so. ``MINSKSIM_COMPILED=0`` asks for plain Python, ``MINSKSIM_COMPILED=1`` for a
compiled kernel even where a single run would do without.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from minsksim._compiled.clock import notebook_clock
from minsksim._compiled.store import folder
from minsksim._compiled.twins import Twins, bare
from minsksim.errors import UsageError

VARIABLE = "MINSKSIM_COMPILED"
LEVELS = ("tricks", "public")
"""The compiled forms, the fastest first: modules of this package."""

_LOADED: dict[int, _Kernel | None] = {}
_LOADING = threading.RLock()
"""Runs go in threads, and numba's settings are global."""


def _forget_the_lock() -> None:
    """Make a new lock in a forked process: whoever held the old one is not there."""
    global _LOADING
    _LOADING = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_the_lock)


@dataclass(frozen=True)
class _Kernel:
    """A compiled kernel and how its records are handed over."""

    level: str
    call: Callable[..., None]
    by_reference: Callable[[Any], Any]

    def __call__(self, *arguments: Any) -> None:
        self.call(*(_handed(self.by_reference, each) for each in arguments))


def requested() -> str:
    """Return what the environment asks for: "0", "1", or nothing."""
    asked = os.environ.get(VARIABLE, "")
    if asked not in ("", "0", "1"):
        raise UsageError(
            f"{VARIABLE} is {asked!r}; set it to 0 for plain Python, to 1 for compiled code, "
            "or not at all"
        )
    return asked


def plays_single_runs(function: Callable[..., None]) -> bool:
    """Return whether compiled code is to be used even for a single run: loaded, or demanded."""
    return requested() == "1" or (requested() == "" and _LOADED.get(id(function)) is not None)


def is_stored(function: Callable[..., None]) -> bool:
    """Return whether compiled code of a kernel lies in the cache."""
    return any(_stored(function, level) for level in LEVELS)


def _stored(function: Callable[..., None], level: str) -> list[Path]:
    """Return the files of a kernel: nothing, or an index and the code."""
    place, name = folder() / level, function.__name__
    index, code = (list(place.rglob(f"*.{name}-*.{kind}")) for kind in ("nbi", "nbc"))
    return [*index, *code] if index and code else []


def form_of(function: Callable[..., None]) -> str | None:
    """Return the compiled form that is loaded of a kernel, or None for plain Python."""
    loaded = _LOADED.get(id(function))
    return None if loaded is None else loaded.level


def fastest(function: Callable[..., None], *arguments: Any) -> Callable[..., None]:
    """Return the fastest form of a marked kernel, for arguments like those given."""
    if requested() == "0":
        return plainly(function)
    with _LOADING:
        if id(function) not in _LOADED:
            with nullcontext() if is_stored(function) else notebook_clock():
                _LOADED[id(function)] = _load(function, arguments)
    loaded = _LOADED[id(function)]
    if loaded is None and requested() == "1":
        raise UsageError(f"{VARIABLE} asks for compiled code, and numba cannot make it here")
    return loaded or plainly(function)


def plainly(function: Callable[..., None]) -> Callable[..., None]:
    """Return the plain form, which says nothing where IEEE arithmetic gives inf or nan."""
    twin = bare(function)

    def play(*arguments: Any) -> None:
        with np.errstate(all="ignore"):
            twin(*arguments)

    return play


def _load(function: Callable[..., None], arguments: tuple[Any, ...]) -> _Kernel | None:
    """Return the first form that compiles; None where none does."""
    for level, following in zip(LEVELS, (*LEVELS[1:], "plain Python"), strict=True):
        try:
            return _load_or_repair(function, arguments, level)
        except Exception as failure:
            logging.getLogger("minsksim").warning(
                "compiling (%s) failed with %s; going on with %s: the same results, more slowly",
                level,
                _short(failure),
                following,
            )
    return None


def _load_or_repair(
    function: Callable[..., None], arguments: tuple[Any, ...], level: str
) -> _Kernel:
    """Return a kernel at one level; stored code that is damaged is compiled again."""
    module = import_module(f"minsksim._compiled.{level}")
    stored = _stored(function, level)
    try:
        return compiled(function, arguments, module)
    except Exception:
        if not stored:
            raise
        for file in stored:
            file.unlink(missing_ok=True)
        return compiled(function, arguments, module)


def compiled(
    function: Callable[..., None], arguments: tuple[Any, ...], level: ModuleType
) -> _Kernel:
    """Return a kernel compiled at one level, from the cache if it was compiled before."""
    import numba

    before, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(folder() / _name(level))
    try:
        twin = Twins(level.decorate).of_function(function)
        given = [_handed(level.by_reference, each) for each in arguments]
        twin.compile(tuple(numba.typeof(each) for each in given))
    finally:
        numba.config.CACHE_DIR = before
    return _Kernel(_name(level), twin, level.by_reference)


def _handed(by_reference: Callable[[Any], Any], argument: Any) -> Any:
    return by_reference(argument) if hasattr(argument, "_fields") else argument


def _name(level: ModuleType) -> str:
    return level.__name__.rpartition(".")[2]


def _short(failure: Exception) -> str:
    """Return a failure in one line; numba's own messages fill pages."""
    lines = str(failure).strip().splitlines() or [""]
    return f"{type(failure).__name__}: {lines[0]}"[:200]
