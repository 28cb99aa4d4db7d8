"""The compiled twin of a plain function, and of everything that it calls.

A twin runs the same code and reads the same names. Only its names of marked functions stand for
their twins, since compiled code can call nothing else.
"""

from __future__ import annotations

import builtins
import dis
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

from minsksim._compiled.marks import mark_of

Decorate = Callable[[FunctionType, str], Any]
"""Compiles a function, given its mark."""


class Twins:
    """Makes twins, one for each function."""

    def __init__(self, decorate: Decorate) -> None:
        self._decorate = decorate
        self._functions: dict[int, Any] = {}
        self._names: dict[int, dict[str, Any]] = {}

    def of_function(self, plain: Any) -> Any:
        """Return the twin of a marked function."""
        if id(plain) not in self._functions:
            mark, code = mark_of(plain), plain.__code__
            assert mark is not None, f"{plain.__qualname__} is not marked"
            names = self._names.setdefault(id(plain.__globals__), dict(plain.__globals__))
            for name, attribute in _read_in(code):
                names[name] = self._of_value(plain.__globals__.get(name), names[name], attribute)
            twin = FunctionType(code, names, plain.__name__, plain.__defaults__)
            twin.__qualname__, twin.__module__ = plain.__qualname__, plain.__module__
            self._functions[id(plain)] = self._decorate(twin, mark)
        return self._functions[id(plain)]

    def _of_value(self, plain: Any, so_far: Any, attribute: str) -> Any:
        """Return what a name stands for in a twin: a twin, a module of twins, or the same."""
        if isinstance(plain, FunctionType) and mark_of(plain):
            return self.of_function(plain)
        if isinstance(plain, ModuleType) and mark_of(getattr(plain, attribute, None)):
            module = ModuleType(plain.__name__)
            vars(module).update(vars(so_far))
            setattr(module, attribute, self.of_function(getattr(plain, attribute)))
            return module
        return so_far


def _read_in(code: CodeType) -> Iterator[tuple[str, str]]:
    """Yield the global names that a function reads, each with the attribute read of it, if any."""
    steps = list(dis.get_instructions(code))
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        if step.opname == "LOAD_GLOBAL" and step.argval not in vars(builtins):
            is_attribute = following is not None and following.opname in (
                "LOAD_ATTR",
                "LOAD_METHOD",
            )
            yield step.argval, following.argval if following and is_attribute else ""
