"""Which design points to leave out: conditions on varied numbers, checked before anything runs.

The text is matched against one pattern and never evaluated as code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from minsksim.errors import UsageError
from minsksim.experiment.question.conditions import OPERATORS, nearest_name

_NAME = r"[a-z][a-z0-9_.]{0,159}"
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?"
_FILTER = re.compile(rf"\s*({_NAME})\s*(<=|>=|==|!=|<|>)\s*(?:({_NUMBER})|({_NAME}))\s*", re.ASCII)


def tidy_filter(text: str, names: Sequence[str]) -> str:
    """Return a filter in its one spelling, or say what is wrong with it.

    Examples
    --------
    >>> tidy_filter("a.x <b.y", ["a.x", "b.y"])
    'a.x<b.y'
    """
    match = _FILTER.fullmatch(text)
    if match is None:
        raise UsageError(
            f"--filter {text[:80]!r}: not understood. Write a varied number, one of "
            "< <= > >= == !=, and a number or another varied number."
        )
    left, sign, number, right = match.groups()
    for name in [left, *([right] if right else [])]:
        if name not in names:
            raise UsageError(
                f"--filter {text}: {name!r} is not varied. {nearest_name(name, names)}"
            )
    return f"{left}{sign}{right or repr(float(number))}"


def passing(
    values: npt.NDArray[np.float64], names: Sequence[str], filters: Sequence[str]
) -> npt.NDArray[np.bool_]:
    """Return which rows of values[P, D] meet every filter."""
    keep = np.ones(len(values), dtype=np.bool_)
    for text in filters:
        match = _FILTER.fullmatch(text)
        assert match is not None
        left, sign, number, right = match.groups()
        other = values[:, names.index(right)] if right else float(number)
        keep &= OPERATORS[sign](values[:, names.index(left)], other)
    return keep
