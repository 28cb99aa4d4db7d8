"""Where a number can lie, and the sentence that says so to whoever gives another."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """An interval; an open end is not itself allowed, and neither is anything but a number.

    Where ``is_whole``, whole numbers alone are allowed; both ends are then finite.
    """

    low: float
    high: float
    sentence: str
    is_open: tuple[bool, bool] = (False, False)
    is_whole: bool = False

    def holds(self, value: float) -> bool:
        """Whether a value is allowed."""
        above = value > self.low if self.is_open[0] else value >= self.low
        below = value < self.high if self.is_open[1] else value <= self.high
        return above and below and (not self.is_whole or value == math.floor(value))

    def refuses(self, value: float) -> str:
        """Return the sentence that refuses a value; a fraction is never told as a whole number."""
        told = f"{value:.15g}" if self.is_whole else f"{value:g}"
        return f"{told} is not allowed; {self.sentence}"


ANY = Limit(-math.inf, math.inf, "any number is allowed")
SHARE = Limit(0, 1, "it must lie between 0 and 1")
OPEN_SHARE = Limit(0, 1, "it must lie strictly between 0 and 1", (True, True))
SHARE_ABOVE_0 = Limit(0, 1, "it must be above 0 and at most 1", (True, False))
BELOW_1 = Limit(0, 1, "it must be at least 0 and below 1", (False, True))
SIGNED_SHARE = Limit(-1, 1, "it must lie between -1 and 1")
NOT_NEGATIVE = Limit(0, math.inf, "it must not be negative")
POSITIVE = Limit(0, math.inf, "it must be above 0", (True, False))
