"""The section ``what_if``: parts taken away, levers imposed or forbidden, to see what follows.

The rest of the file stays as it is, number for number, so that a scenario with such a section and
the one without it can be compared at the same design points.
"""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from .fields import Name, Number, Reference, Section


class Imposed(Section):
    """A lever that stands at a value from a day on: nobody moves it, nobody pays for it."""

    to: Number
    on: dt.date


class WhatIf(Section):
    """What is supposed against the rest of the file."""

    drop: tuple[Reference, ...] = ()
    """Parts taken away, while all weights that are left stay as they are: ``interests.x``,
    ``interests.x.terms.y``, ``actors.a.salience.x``, ``events.x``, ``answers.x``,
    ``channels.x``, ``channels.x.meetings`` (the parties then meet by the quality alone),
    ``channels.x.counter_offer`` (nobody bids against its packages; of several, one by its name),
    ``levers.x`` (which then stands at the low end of its bounds)."""
    forbid: tuple[Name, ...] = ()
    """Levers that stay at their initial value: on no table, moved by nobody and by no event."""
    impose: dict[Name, Imposed] = Field(default_factory=dict)
    """By lever: where it stands, and from when."""
