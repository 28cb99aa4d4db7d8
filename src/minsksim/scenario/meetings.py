"""The section ``meetings`` of a channel: what a meeting needs beside a chance."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pydantic import Field

from .fields import Name, Number, Section

if TYPE_CHECKING:
    from .schema import Document


class Spends(Section):
    """What a meeting takes, whatever comes of it: a visit, an envoy's days, attention."""

    stock: Name
    """No people, and nothing that only counts."""
    amount: Number
    """In the stock's unit, above 0."""


class Meetings(Section):
    """When the parties of a channel meet, and what each meeting takes."""

    on: tuple[dt.date, ...] = ()
    """Days in whose turns the parties meet for certain, if they can."""
    only_on: bool = False
    """Whether they meet on these days alone."""
    spends: Spends | None = None
    """With less than the amount left they cannot meet, on a date either."""
    waits: int = Field(default=0, ge=0, le=520)
    """Turns without a meeting that follow each meeting."""


def meets_by_quality_alone(document: Document, name: str) -> bool:
    """Whether the parties of a channel meet by its quality, without dates and answers."""
    answering = {one.of for one in (document.answers or {}).values()}
    meetings = document.channels[name].meetings
    return not (meetings and meetings.on) and answering.isdisjoint(
        (f"channels.{name}.quality", f"meetings.{name}")
    )
