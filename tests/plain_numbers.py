"""A plugin for doctests: numbers of NumPy print as numbers of Python do.

Rules are plain functions, and what they read from an array is NumPy's. NumPy 2 prints it as
``np.float64(0.5)``; an example means the number.
"""

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def _plain_numbers() -> None:
    np.set_printoptions(legacy="1.25")
