"""How much chaos: few cases in ``make test``, many in ``make chaos``."""

from __future__ import annotations

import os

NIGHTLY = os.environ.get("MINSKSIM_CHAOS", "") == "nightly"


def size(pull_request: int, nightly: int) -> int:
    """Return how many cases to run."""
    return nightly if NIGHTLY else pull_request
