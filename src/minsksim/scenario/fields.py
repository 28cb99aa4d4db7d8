"""What every section of a scenario is made of: names, texts, and numbers with their origin."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from minsksim.vocabulary import Distribution

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
"""A key: lower-case letters, digits and underscores, at most 48 characters."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Reference = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]{0,159}$")]
"""A dotted reference such as ``levers.arrests`` or ``access.washington.moscow``."""

Bounds = tuple[float, float]
Kind = Literal["measured", "published", "elicited", "calibrated", "assumed", "definition"]
Grade = Literal["A", "B", "C"]


class Section(BaseModel):
    """Base of every part of a scenario: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, allow_inf_nan=False)


class Reading(Section):
    """One of several figures that sources give for the same number."""

    value: float
    on: dt.date
    source: str
    note: Text | None = None


class Number(Section):
    """A model number: a value, the range a sweep may sample, and where it comes from."""

    value: float
    source: str
    range: Bounds | None = None
    distribution: Distribution = "uniform"
    unit: Text | None = None
    note: Text | None = None
    readings: tuple[Reading, ...] = ()
