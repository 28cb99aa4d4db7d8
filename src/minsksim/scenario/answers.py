"""The section ``answers``: one line lets a number of the model answer to a quantity."""

from __future__ import annotations

from .fields import Number, Reference, Section, Text


class NumberAnswer(Section):
    """A number that answers to a quantity, as it stands when a turn opens for bargaining."""

    label: Text | None = None
    of: Reference
    """The number: ``channels.x.quality``, ``meetings.channel``, ``actors.a.reservation``,
    ``actors.a.audience_cost``, ``salience.actor.interest``."""
    to: Reference
    """The quantity."""
    by: Number
    """What is added to the number at the high end of the quantity's 0-1 scale, in proportion
    between; with ``beyond``, all of it while the quantity is above that level."""
    beyond: Number | None = None
    """A red line, in the quantity's own unit."""
