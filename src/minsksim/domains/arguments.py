"""The domains that rules declare for their arguments, in the words of their docstrings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from minsksim.domains import limits
from minsksim.domains.kinds import (
    Array,
    Choice,
    Domain,
    Flag,
    Function,
    Number,
    Position,
    Several,
    Whole,
)
from minsksim.domains.limits import Limit

NUMBER = Number()
EXTENDED = Number(may_be_infinite=True)
"""A number, or plus or minus infinity."""
SHARE = Number(limits.SHARE)
OPEN_SHARE = Number(limits.OPEN_SHARE)
SHARE_ABOVE_0 = Number(limits.SHARE_ABOVE_0)
UNIFORM = Number(limits.BELOW_1)
"""A random number in [0, 1)."""
NOT_NEGATIVE = Number(limits.NOT_NEGATIVE)
POSITIVE = Number(limits.POSITIVE)
NORMAL = Number(Limit(2.0**-1022, np.inf, "it must be at least 2**-1022"))
"""A number of full precision above 0."""
FLAG = Flag()
FUNCTION = Function()


def numbers(*dims: str | int, limit: Limit = limits.ANY, may_be_infinite: bool = False) -> Array:
    """Return the domain of an array of real numbers."""
    return Array(dims, limit, may_be_infinite=may_be_infinite)


def shares(*dims: str | int) -> Array:
    """Return the domain of an array of numbers from 0 to 1."""
    return Array(dims, limits.SHARE)


def not_negative(*dims: str | int) -> Array:
    """Return the domain of an array of numbers from 0 up."""
    return Array(dims, limits.NOT_NEGATIVE)


def positive(*dims: str | int) -> Array:
    """Return the domain of an array of numbers above 0."""
    return Array(dims, limits.POSITIVE)


def wholes(*dims: str | int, limit: Limit = limits.NOT_NEGATIVE) -> Array:
    """Return the domain of an array of whole numbers, by default from 0 up."""
    return Array(dims, limit, np.int64)


def flags(*dims: str | int) -> Array:
    """Return the domain of an array of True and False."""
    return Array(dims, kind=np.bool_)


def room(*dims: str | int, kind: type = np.float64) -> Array:
    """Return the domain of an array into which a function writes."""
    return Array(dims, kind=kind, is_written=True, is_read=False)


def changed(*dims: str | int, limit: Limit = limits.ANY) -> Array:
    """Return the domain of an array that a function reads and changes in place."""
    return Array(dims, limit, is_written=True)


def index(size: str) -> Whole:
    """Return the domain of a place in arrays of this size."""
    return Whole(0, size, below=1)


def count(size: str, least: int = 0) -> Whole:
    """Return the domain of how many entries of arrays of this size are used."""
    return Whole(least, size)


def whole(low: int = 0, high: int | None = None) -> Whole:
    """Return the domain of a whole number."""
    return Whole(low, high)


def position(size: str) -> Position:
    """Return the domain of a place on or between the vertices of arrays of this size."""
    return Position(size)


def one_of(meanings: Mapping[Any, str]) -> Choice:
    """Return the domain of a code or a word that stands for something."""
    return Choice(meanings)


def tuple_of(*domains: Domain) -> Several:
    """Return the domain of a tuple, part by part."""
    return Several(domains)


def pair(domain: Domain) -> Several:
    """Return the domain of a pair, one for each party."""
    return Several((domain, domain))


def list_of(domain: Domain) -> Several:
    """Return the domain of a sequence of any length."""
    return Several((domain,), is_list=True)


def record(made: type, *domains: Domain) -> Several:
    """Return the domain of a named tuple, field by field."""
    return Several(domains, made=made)
