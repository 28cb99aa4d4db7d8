"""Where each kind of number can lie, whatever its source says."""

from __future__ import annotations

from minsksim.domains.limits import (
    ANY,
    NOT_NEGATIVE,
    OPEN_SHARE,
    POSITIVE,
    SHARE,
    SHARE_ABOVE_0,
    SIGNED_SHARE,
    Limit,
)

from ..places import Keys

_LIMITS: dict[str, Limit] = {
    "actors.*.patience": OPEN_SHARE,
    "actors.*.rationality": NOT_NEGATIVE,
    "actors.*.susceptibility": SHARE,
    "actors.*.audience_cost": NOT_NEGATIVE,
    "actors.*.reservation": NOT_NEGATIVE,
    "actors.*.bias": SHARE,
    "levers.*.step.*": NOT_NEGATIVE,
    "levers.*.cost.*": NOT_NEGATIVE,
    "levers.*.leak": SHARE,
    "stocks.*.initial": NOT_NEGATIVE,
    "stocks.*.decay": SHARE,
    "stocks.*.inflows.*.rate": SHARE,
    "stocks.*.inflows.*.shares.*": Limit(
        1e-6, 1e6, "it must be above 0, from 1e-6 to 1e6: only the ratios of shares count"
    ),
    "stocks.*.inflows.*.refusals.share": SHARE,
    "markets.*.demand.*": POSITIVE,
    "markets.*.sellers.*.cost": NOT_NEGATIVE,
    "markets.*.sellers.*.reach": SHARE_ABOVE_0,
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
    "influence.*.regard": SIGNED_SHARE,
    "channels.*.quality": SHARE,
    "channels.*.decay": SHARE,
    "channels.*.build": SHARE,
    "channels.*.forgetting": SHARE_ABOVE_0,
    "channels.*.breakdown": SHARE,
    "channels.*.ratification.*.needs": NOT_NEGATIVE,
    "channels.*.ratification.*.*.needs": NOT_NEGATIVE,
    "channels.*.meetings.spends.amount": POSITIVE,
    "channels.*.trust.*.*": NOT_NEGATIVE,
    "events.*.hazard": SHARE,
    "events.*.effects.*.fades": SHARE_ABOVE_0,
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
