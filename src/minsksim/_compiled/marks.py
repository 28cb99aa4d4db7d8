"""What a function says of itself: how it is to be compiled, if it is.

A marked function stays the plain Python function that it is, so a rule can be called, read and
tested without any compiler. ``twins.py`` makes a compiled twin of it where one is wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

PART, INLINED, KERNEL = "part", "inlined", "kernel"
_MARK = "compiled_as"


def jit(function: Function) -> Function:
    """Mark a function that compiled code calls.

    It keeps to numbers and to the arrays that it is given, and makes no new ones.
    """
    return _marked(function, PART)


def inlined(function: Function) -> Function:
    """Mark a function of inner loops: as ``jit``, and made a part of whoever calls it."""
    return _marked(function, INLINED)


def kernel(function: Function) -> Function:
    """Mark a function in which sweeps spend their time: where compiled code begins."""
    return _marked(function, KERNEL)


def mark_of(value: object) -> str | None:
    """Return how a function is to be compiled, or None for anything that is not marked."""
    return getattr(value, _MARK, None) if callable(value) else None


def _marked(function: Function, mark: str) -> Function:
    setattr(function, _MARK, mark)
    return function
