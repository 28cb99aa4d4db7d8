"""How numbers are written for a reader: no more digits than a reader can use."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from minsksim.numerals import decimals_for as decimals_for
from minsksim.numerals import number as number
from minsksim.numerals import share as share
from minsksim.numerals import short as short

if TYPE_CHECKING:
    from minsksim.scenario.schema import Measure

UTILS = 4
"""Decimals of utils: gains are small parts of a scale from -1 to 1."""


def level(value: float) -> str:
    """Return a lever's value to three digits, without zeros that say nothing.

    Examples
    --------
    >>> level(0.8582183), level(0.30000000000000004), level(1200.0), level(2.937)
    ('0.858', '0.3', '1,200', '2.94')
    """
    size = abs(value)
    if size >= 100:
        return number(value, 0)
    if 0 < size < 0.001:
        return f"{value:.1g}".replace("-", "−")
    places = 1 if size >= 10 else 2 if size >= 1 else 3
    text = number(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def utils(value: float, *, signed: bool = True) -> str:
    """Return a change of utility, in a sentence."""
    return number(value, UTILS, signed=signed) if round(value, UTILS) else "0"


def named(measure: Measure) -> str:
    """Return a measure's label, with the unit unless the label already says it."""
    words = short(measure.unit)
    return measure.label if words.lower() in measure.label.lower() else f"{measure.label}, {words}"


def measured(value: float, measure: Measure, decimals: int | None = None) -> str:
    """Return a measure's value; a level that was never reached is "never"."""
    if measure.take == "first_above" and not math.isfinite(value):
        return "never"
    return number(value, 3 if measure.unit == "utils" else decimals)
