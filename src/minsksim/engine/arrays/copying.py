"""Copying between arrays that do not overlap; numba's own assignment would make a spare copy."""

import numpy as np

from minsksim._compiled.marks import jit


@jit
def copy_row(source: np.ndarray, target: np.ndarray) -> None:
    """Copy as many numbers as ``target`` has."""
    for i in range(target.shape[0]):
        target[i] = source[i]


@jit
def copy_rows(source: np.ndarray, target: np.ndarray) -> None:
    """Copy a table to one of the same shape."""
    copy_row(source.reshape(-1), target.reshape(-1))
