"""The twin of a plain function, and of everything that it calls.

A twin runs the same code and reads the same names. Only its names of marked functions stand for
their twins: compiled ones, since compiled code can call nothing else, or bare ones. Either way a
rule that checks its arguments (``domains/checked.py``) is called without the checks: whoever calls
from outside meets them, and a run does not pay for them.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import Any, TypeVar, cast

from minsksim._compiled.marks import mark_of

Plain = TypeVar("Plain")
Decorate = Callable[[FunctionType, str], Any]
"""Compiles a function, given its mark."""


class Twins:
    """Makes twins, one for each function.

    Parameters
    ----------
    decorate : callable
        Makes the twin what it is to be.
    has_twin : callable
        Whether a function gets a twin: those that are marked, by default.
    """

    def __init__(self, decorate: Decorate, has_twin: Callable[[Any], object] = mark_of) -> None:
        self._decorate, self._has_twin = decorate, has_twin
        self._functions: dict[FunctionType, Any] = {}
        self._names: dict[int, dict[str, Any]] = {}

    def of_function(self, plain: Any) -> Any:
        """Return the twin of a marked function."""
        plain = inspect.unwrap(plain)
        if plain not in self._functions:
            mark, code = mark_of(plain) or "", plain.__code__
            names = self._names.setdefault(id(plain.__globals__), dict(plain.__globals__))
            twin = FunctionType(code, names, plain.__name__, plain.__defaults__)
            twin.__qualname__, twin.__module__ = plain.__qualname__, plain.__module__
            self._functions[plain] = self._decorate(twin, mark)
            # after the twin is known, since a function's own name may be among those it reads
            for name in filter(plain.__globals__.__contains__, code.co_names):
                names[name] = self._of_value(plain.__globals__[name], names[name], code.co_names)
        return self._functions[plain]

    def of_module(self, plain: ModuleType) -> Any:
        """Return a module with twins of all marked functions."""
        return self._of_value(plain, plain, tuple(vars(plain)))

    def _of_value(self, plain: Any, so_far: Any, attributes: tuple[str, ...]) -> Any:
        """Return what a name stands for in a twin: a twin, a module of twins, or the same."""
        if isinstance(plain, FunctionType) and self._has_twin(plain):
            return self.of_function(plain)
        marked = isinstance(plain, ModuleType) and [
            name for name in attributes if self._has_twin(getattr(plain, name, None))
        ]
        if not marked:
            return so_far
        module = ModuleType(plain.__name__)
        vars(module).update(vars(so_far))
        vars(module).update({name: self.of_function(getattr(plain, name)) for name in marked})
        return module


CHECKED = "domains"
"""Where a function that checks its arguments keeps what it declares."""


def _is_bared(function: Any) -> bool:
    return bool(mark_of(function)) or hasattr(function, CHECKED)


_BARE = Twins(lambda function, _: function, _is_bared)


def bare(plain: Plain) -> Plain:
    """Return a function, or a module of them, without the checks of any rule it calls.

    A function made inside another one, and what is no function, is returned as it is.
    """
    if isinstance(plain, ModuleType):
        return cast(Plain, _BARE.of_module(plain))
    # what a closure holds cannot be read anew by a twin
    is_open = isinstance(plain, FunctionType) and inspect.unwrap(plain).__closure__ is None
    return cast(Plain, _BARE.of_function(plain)) if is_open else plain
