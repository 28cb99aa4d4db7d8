"""Compiling with nothing but what numba promises: slower code, the same bits."""

from __future__ import annotations

from types import FunctionType
from typing import Any

import numba
from numba.experimental import structref

from minsksim._compiled.marks import INLINED, KERNEL

__all__ = ["by_reference", "decorate"]


def decorate(function: FunctionType, mark: str) -> Any:
    """Return numba's dispatcher of a function."""
    return numba.njit(
        cache=mark == KERNEL,
        nogil=True,
        error_model="numpy",
        fastmath=False,
        forceinline=mark == INLINED,
    )(function)


@structref.register
class _RecordType(numba.types.StructRef):  # type: ignore[misc]
    """A struct of arrays, whole numbers and such structs."""

    def preprocess_fields(self, fields: Any) -> Any:
        """Take every whole number as one, not as the constant that it happens to be."""
        return tuple((name, numba.types.unliteral(kind)) for name, kind in fields)


structref.define_boxing(_RecordType, structref.StructRefProxy)

_MAKERS: dict[type, Any] = {}


def by_reference(record: Any) -> Any:
    """Return a NamedTuple of arrays as one struct of the same arrays.

    Passing so many fields by value would take numba minutes to compile.
    """
    kind = type(record)
    values = [by_reference(each) if hasattr(each, "_fields") else each for each in record]
    if kind not in _MAKERS:
        layout = _RecordType(list(zip(kind._fields, map(numba.typeof, values), strict=True)))
        names = ", ".join(kind._fields)
        lines = [f"    made.{name} = {name}" for name in kind._fields]
        source = "\n".join([f"def make({names}):", "    made = new(layout)", *lines])
        scope: dict[str, Any] = {"new": structref.new, "layout": layout}
        exec(f"{source}\n    return made", scope)  # noqa: S102
        _MAKERS[kind] = numba.njit(scope["make"])
    return _MAKERS[kind](*values)
