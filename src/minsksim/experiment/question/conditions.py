"""Conditions on finished runs: ``name op number``, and nothing else.

The text is matched against one pattern and never evaluated as code.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from minsksim.errors import UsageError
from minsksim.scenario.places import nearest

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
}
_CONDITION = re.compile(
    r"\s*([a-z][a-z0-9_.]{0,159})\s*(<=|>=|==|!=|<|>)"
    r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*",
    re.ASCII,
)


@dataclass(frozen=True)
class Condition:
    """One comparison of a measure or a varied number with a number."""

    name: str
    operator: str
    number: float

    def __str__(self) -> str:
        return f"{self.name}{self.operator}{self.number!r}"


def parse_where(text: str) -> Condition:
    """Read a condition.

    Examples
    --------
    >>> parse_where("agreements >= 3")
    Condition(name='agreements', operator='>=', number=3.0)
    """
    match = _CONDITION.fullmatch(text)
    if match is None:
        raise UsageError(
            f"--where {text[:80]!r}: not understood. Write a measure or a varied number, one of "
            "< <= > >= == !=, and a number: 'agreements>3'."
        )
    name, comparison, number = match.groups()
    return Condition(name, comparison, float(number))


def nearest_name(name: str, known: Sequence[str]) -> str:
    """Return a hint at the nearest known name."""
    return nearest(name, list(known))


def check_names(
    where: Sequence[str], varied: Sequence[str], measures: Sequence[Sequence[str]]
) -> None:
    """Refuse a condition on a name that some scenario of the sweep does not have."""
    for text in where:
        name = parse_where(text).name
        for known in measures:
            if name not in varied and name not in known:
                raise UsageError(
                    f"--where {text}: no measure or varied number {name!r}. "
                    f"{nearest(name, [*varied, *known])}"
                )


def select(runs: pd.DataFrame, where: Sequence[str]) -> pd.DataFrame:
    """Return the finished runs that meet every condition."""
    return runs[meeting(runs, where)]


def meeting(runs: pd.DataFrame, where: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Return which runs are finished and meet every condition."""
    keep: npt.NDArray[np.bool_] = runs["status"].to_numpy() == 0
    for text in where:
        condition = parse_where(text)
        values = runs[condition.name].to_numpy(dtype=np.float64)
        met = OPERATORS[condition.operator](values, condition.number)
        keep = keep & met & ~np.isnan(values)
    return keep
