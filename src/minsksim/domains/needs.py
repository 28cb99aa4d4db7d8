"""What arguments must fulfil together, where several rules ask for the same."""

from __future__ import annotations

import numpy as np

from minsksim.domains.arguments import index, numbers
from minsksim.domains.checked import Need
from minsksim.domains.kinds import Domain

_ROUNDING = 1e-9
"""Share of the largest gain by which a frontier may miss its form, since gains are rounded."""

CHAIN: dict[str, Domain] = {
    "first": numbers(">K"),
    "second": numbers(">K"),
    "last": index("K"),
}
"""The vertices of a frontier, U and V, and which of them is the last."""

LOW_FIRST = Need(lambda low, high: low <= high, "low must not be above high")


def _slack(*chains: np.ndarray) -> float:
    return _ROUNDING * float(max(np.abs(chain).max() for chain in chains))


def _falls(first: np.ndarray, last: int) -> bool:
    used = first[: last + 1]
    return bool((np.diff(used) <= _slack(used)).all())


def _rises(second: np.ndarray, last: int) -> bool:
    return _falls(-second, last)


def _is_concave(first: np.ndarray, second: np.ndarray, last: int) -> bool:
    falls, rises = -np.diff(first[: last + 1]), np.diff(second[: last + 1])
    slack = _slack(first[: last + 1]) * _slack(second[: last + 1]) / _ROUNDING
    return bool((rises[1:] * falls[:-1] - rises[:-1] * falls[1:] <= slack).all())


FALLS = Need(_falls, "the first party's utils must fall from vertex to vertex")
RISES = Need(_rises, "the second party's utils must rise from vertex to vertex")
CONCAVE = Need(_is_concave, "a frontier is concave: what the second gains for a util must fall")
FRONTIER = (FALLS, RISES, CONCAVE)

WEIGHTED = Need(
    lambda weights, parties: bool((weights[:parties] > 0.0).all()),
    "the weight of every party must be above 0",
)
FILLED = Need(
    lambda gains, counts, levers: bool((counts[:levers] <= gains.shape[1]).all()),
    "no lever may have more positions than its row of gains",
)
