"""The section ``observations``: what really happened, which the model never reads."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from .fields import Reference, Section, Text


class Record(Section):
    """One dated observation; several of one date are kept side by side."""

    on: dt.date
    source: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    note: Text | None = None


class Observation(Section):
    """The record of what happened, for comparison only; the model never reads it."""

    label: Text
    of: tuple[Reference, ...]
    take: Literal["level", "per_turn"] = "level"
    records: tuple[Record, ...]
