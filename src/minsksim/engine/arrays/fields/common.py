"""Small helpers that every section of ``Structure`` is built with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from minsksim.engine.arrays.kinds import Ints
from minsksim.scenario.groups import inflow_name as inflow_name
from minsksim.scenario.schema import Document

Place = Mapping[str, int]
"""Where each model number stands in the flat vector, by dotted name."""

Fields = dict[str, object]
"""Some fields of ``Structure`` by name."""


def ints(values: object, shape: tuple[int, ...] | None = None) -> Ints:
    """Return a C-ordered int64 array, of the given shape even when empty."""
    array = np.array(values, dtype=np.int64)
    return np.ascontiguousarray(array.reshape(shape) if shape is not None else array)


def starts(lengths: Sequence[int]) -> Ints:
    """Return where each run of rows starts, and where the last ends."""
    return ints(np.concatenate([[0], np.cumsum(np.array(lengths, dtype=np.int64))]))


def most_parties(document: Document) -> int:
    """Return how many sit at the largest table, at least two."""
    return max((len(channel.between) for channel in document.channels.values()), default=2)
