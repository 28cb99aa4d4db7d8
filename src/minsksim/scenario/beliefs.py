"""Beliefs: what one actor keeps to itself, and what somebody else thinks of it."""

from __future__ import annotations

from minsksim.vocabulary import BeliefType

from .fields import Name, Number, Section, Text

PUBLIC = "public"
"""Who believes, where it is an outside observer of the public record."""


class Belief(Section):
    """A salience that is one of two, known to its actor alone, and the believer's prior."""

    label: Text
    of: Name
    """The actor with the private type."""
    by: Name
    """Its partner in a channel, or ``public`` for an outside observer."""
    interest: Name
    """Whose salience is private; the number under ``actors`` is then not read."""
    low: Number
    high: Number
    prior: Number
    """The belief, before turn 1, that the salience is the high one, in [0, 1]."""
    truth: BeliefType | None = None
    """Which it is; if missing, every run draws it with the prior."""
