"""Kinds of arguments: what each takes, what it makes of it, and what it says of anything else.

A domain turns what a caller gives (a list, a tuple, a whole number for a real one) into what the
function works with, or refuses it. Letters name sizes: two arrays with the letter ``A`` are
equally long, and ``index("A")`` is a place in them. ``A+2`` is a size two larger than ``A``, and
``>A`` an array that may be longer than is used, so that ``A`` is the shortest of these; after
``...`` may come any axes.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import numpy as np

from minsksim.domains import limits
from minsksim.domains.limits import Limit

Sizes = dict[str, int]


class Refused(ValueError):
    """A value outside its domain; the text says what would be inside."""


class Domain(Protocol):
    """What an argument may be."""

    is_sized: ClassVar[bool]
    """Whether its sizes bound other arguments, so that it comes before them."""

    def take(self, value: Any, sizes: Sizes) -> Any:
        """Return the value as the function works with it."""


@dataclass(frozen=True)
class Number:
    """A real number, finite unless ``may_be_infinite``."""

    limit: Limit = limits.ANY
    may_be_infinite: bool = False
    is_sized: ClassVar[bool] = False

    def take(self, value: Any, sizes: Sizes) -> float:
        """Return it as a float."""
        number = _scalar(value, float, "a number")
        if not (np.isfinite(number) or (self.may_be_infinite and not np.isnan(number))):
            raise Refused("it must be a number" if self.may_be_infinite else "it must be finite")
        if not self.limit.holds(number):
            raise Refused(self.limit.sentence)
        return float(number)


@dataclass(frozen=True)
class Whole:
    """A whole number; bounds may be sizes, and ``below`` says how far under the size it stays."""

    low: int = 0
    high: int | str | None = None
    below: int = 0
    is_sized: ClassVar[bool] = False

    def take(self, value: Any, sizes: Sizes) -> int:
        """Return it as an int."""
        number = _scalar(value, _as_whole, "a whole number")
        high = sizes[self.high] - self.below if isinstance(self.high, str) else self.high
        if number < self.low or (high is not None and number > high):
            end = f", {self.low} or more" if high is None else f" from {self.low} to {high}"
            raise Refused(f"it must be a whole number{end}")
        return int(number)


@dataclass(frozen=True)
class Position:
    """A place on a chain of vertices: from 0 to the index of the last."""

    size: str
    is_sized: ClassVar[bool] = False

    def take(self, value: Any, sizes: Sizes) -> float:
        """Return it as a float."""
        last = sizes[self.size] - 1
        if not 0.0 <= (number := _scalar(value, float, "a number")) <= last:
            raise Refused(f"it must be a position between 0 and {last}, the last vertex")
        return float(number)


@dataclass(frozen=True)
class Choice:
    """One of a few codes or words, each with what it means."""

    meanings: Mapping[Any, str]
    is_sized: ClassVar[bool] = False

    def take(self, value: Any, sizes: Sizes) -> Any:
        """Return the code itself."""
        for code in self.meanings:
            if isinstance(value, int | np.integer | str) and value == code:
                return code
        told = ", ".join(
            f"{code!r} ({meaning})" if meaning else repr(code)
            for code, meaning in self.meanings.items()
        )
        raise Refused(f"it must be one of {told}")


@dataclass(frozen=True)
class Flag:
    """True or false."""

    is_sized: ClassVar[bool] = False

    def take(self, value: Any, sizes: Sizes) -> bool:
        """Return it as a bool."""
        if isinstance(value, bool | np.bool_) or (isinstance(value, int) and value in (0, 1)):
            return bool(value)
        raise Refused("it must be True or False")


@dataclass(frozen=True)
class Array:
    """Numbers of a shape; a list or tuple will do.

    Into an array that ``is_written`` the function writes, so only an array itself will do; what
    stands in it does not matter unless it ``is_read``, too.
    """

    dims: tuple[str | int, ...]
    limit: Limit = limits.ANY
    kind: type = np.float64
    may_be_infinite: bool = False
    is_written: bool = False
    is_read: bool = True
    is_sized: ClassVar[bool] = True

    def take(self, value: Any, sizes: Sizes) -> np.ndarray:
        """Return it as an array."""
        if self.is_written and not (isinstance(value, np.ndarray) and value.dtype == self.kind):
            raise Refused(
                f"it must be a NumPy array of {np.dtype(self.kind)}, into which the function writes"
            )
        array = value if self.is_written else _array(value, self.kind)
        _fit(array.shape, self.dims, sizes)
        if self.is_read and self.kind is not np.bool_ and array.size:
            self._check(array)
        return array

    def _check(self, array: np.ndarray) -> None:
        if np.isnan(array).any() or not (self.may_be_infinite or np.isfinite(array).all()):
            raise Refused("every number must be finite")
        if not (self.limit.holds(array.min()) and self.limit.holds(array.max())):
            raise Refused(f"of every number, {self.limit.sentence}")


@dataclass(frozen=True)
class Several:
    """A tuple of as many as there are domains, or a list of any length of one domain."""

    domains: tuple[Any, ...]
    is_list: bool = False
    made: type | None = None
    is_sized: ClassVar[bool] = True

    def take(self, value: Any, sizes: Sizes) -> Any:
        """Return them in a tuple, a list, or the named tuple that is expected."""
        if isinstance(value, str | bytes) or not isinstance(value, Iterable):
            raise Refused("it must be a sequence")
        given = list(value)
        if self.is_list:
            return [self.domains[0].take(one, sizes) for one in given]
        if len(given) != len(self.domains):
            raise Refused(f"it must have {len(self.domains)} parts")
        taken = [one.take(each, sizes) for one, each in zip(self.domains, given, strict=True)]
        return self.made(*taken) if self.made else tuple(taken)


@dataclass(frozen=True)
class Function:
    """Anything that can be called."""

    is_sized: ClassVar[bool] = False

    def take(self, value: Any, sizes: Sizes) -> Any:
        """Return it as it is."""
        if not callable(value):
            raise Refused("it must be a function")
        return value


def _scalar(value: Any, kind: Any, word: str) -> Any:
    """Return a single number of a kind; a text is none, although Python would read it as one."""
    try:
        if isinstance(value, str | bytes) or np.ndim(value) > 0:
            raise TypeError
        return kind(value)
    except (TypeError, ValueError, OverflowError):
        raise Refused(f"it must be {word}") from None


def _as_whole(value: Any) -> int:
    return int(value) if float(value).is_integer() else operator.index(value)


def _array(value: Any, kind: type) -> np.ndarray:
    """Return numbers as an array of a kind, without a copy where it is one already."""
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            raise TypeError
        if kind is np.float64:
            return np.asarray(array, dtype=np.float64)
        if not np.isfinite(array).all():
            raise ValueError
        same: np.ndarray = array.astype(kind)
        if not np.array_equal(same, array):
            raise ValueError
    except (TypeError, ValueError):
        words = {np.int64: "whole numbers", np.bool_: "True and False"}
        raise Refused(f"it must be an array or a list of {words.get(kind, 'numbers')}") from None
    return array if array.dtype == kind else same


def _fit(shape: tuple[int, ...], dims: tuple[str | int, ...], sizes: Sizes) -> None:
    """Refuse a shape that does not fit the sizes known so far, and learn new ones from it."""
    if dims[-1] == "...":
        shape, dims = shape[: len(dims) - 1], dims[:-1]
    fits = len(shape) == len(dims)
    for size, dim in zip(shape, dims, strict=False):
        if isinstance(dim, int):
            fits &= size == dim
        elif dim.startswith(">") and dim[1:] in sizes and f"={dim[1:]}" in sizes:
            fits &= size >= sizes[dim[1:]]
        elif dim.startswith(">"):
            sizes[dim[1:]] = min(size, sizes.get(dim[1:], size))
        else:
            letter, _, more = dim.partition("+")
            size -= int(more or 0)
            fits &= sizes.setdefault(letter, size) == sizes.setdefault(f"={letter}", size) == size
    if not fits:
        told = ", ".join(str(dim).replace(">", "at least ") for dim in dims)
        letters = {str(dim).strip(">").partition("+")[0] for dim in dims} & sizes.keys()
        known = "".join(f", where {letter} is {sizes[letter]}" for letter in sorted(letters))
        raise Refused(f"its shape is {shape} and must be ({told}){known}")
