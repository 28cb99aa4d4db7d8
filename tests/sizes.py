"""How much chaos: few cases in ``make test``, many in ``make chaos``."""

from __future__ import annotations

import os
from typing import TypeVar

NIGHTLY = os.environ.get("MINSKSIM_CHAOS", "") == "nightly"


T = TypeVar("T")


def size(pull_request: T, nightly: T) -> T:
    """Return how many cases to run, or which."""
    return nightly if NIGHTLY else pull_request
