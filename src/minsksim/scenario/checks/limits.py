"""Where each kind of number can lie, whatever its source says."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..places import Keys


@dataclass(frozen=True)
class Limit:
    """An interval; an open end is not itself allowed."""

    low: float
    high: float
    sentence: str
    is_open: tuple[bool, bool] = (False, False)

    def holds(self, value: float) -> bool:
        """Whether a value lies in the interval."""
        above = value > self.low if self.is_open[0] else value >= self.low
        below = value < self.high if self.is_open[1] else value <= self.high
        return above and below


ANY = Limit(-math.inf, math.inf, "any number is allowed")
SHARE = Limit(0, 1, "it must lie between 0 and 1")
NOT_NEGATIVE = Limit(0, math.inf, "it must not be negative")
POSITIVE = Limit(0, math.inf, "it must be above 0", (True, False))

_LIMITS: dict[str, Limit] = {
    "actors.*.patience": Limit(0, 1, "it must lie strictly between 0 and 1", (True, True)),
    "actors.*.rationality": NOT_NEGATIVE,
    "actors.*.susceptibility": SHARE,
    "actors.*.audience_cost": NOT_NEGATIVE,
    "actors.*.reservation": NOT_NEGATIVE,
    "actors.*.bias": SHARE,
    "levers.*.step.*": NOT_NEGATIVE,
    "levers.*.cost.*": NOT_NEGATIVE,
    "levers.*.leak": SHARE,
    "stocks.*.initial": NOT_NEGATIVE,
    "stocks.*.inflows.*.rate": SHARE,
    "markets.*.demand.*": POSITIVE,
    "markets.*.sellers.*.cost": NOT_NEGATIVE,
    "markets.*.sellers.*.reach": Limit(0, 1, "it must be above 0 and at most 1", (True, False)),
    "markets.*.sellers.*.profit_weight": SHARE,
    "markets.*.sellers.*.tariff.at_full": NOT_NEGATIVE,
    "markets.*.sellers.*.sanctions.*.reroute.share": SHARE,
    "markets.*.sellers.*.sanctions.*.reroute.unasked": SHARE,
    "markets.*.sellers.*.sanctions.*.reroute.detour": NOT_NEGATIVE,
    "markets.*.sellers.*.sanctions.*.reroute.fee.at_full": NOT_NEGATIVE,
    "interests.*.terms.*.rho": Limit(0, 4, "it must be above 0 and at most 4", (True, False)),
    "interests.*.terms.*.rate": POSITIVE,
    "interests.*.terms.*.midpoint": SHARE,
    "interests.*.terms.*.steepness": POSITIVE,
    "influence.*.weight": NOT_NEGATIVE,
    "influence.*.regard": Limit(-1, 1, "it must lie between -1 and 1"),
    "channels.*.quality": SHARE,
    "channels.*.decay": SHARE,
    "channels.*.build": SHARE,
    "channels.*.forgetting": Limit(0, 1, "it must be above 0 and at most 1", (True, False)),
    "channels.*.breakdown": SHARE,
    "channels.*.ratification.*.needs": NOT_NEGATIVE,
    "channels.*.trust.*.*": NOT_NEGATIVE,
    "events.*.hazard": SHARE,
    "threats.*.uncertainty": NOT_NEGATIVE,
    "threats.*.doubt": NOT_NEGATIVE,
    "beliefs.*.prior": SHARE,
}
_PATTERNS = [(tuple(pattern.split(".")), limit) for pattern, limit in _LIMITS.items()]


def limit_at(path: Keys) -> Limit:
    """Return where the number at a path can lie."""
    for pattern, limit in _PATTERNS:
        if len(pattern) == len(path) and all(
            part in ("*", key) for part, key in zip(pattern, path, strict=True)
        ):
            return limit
    return ANY
