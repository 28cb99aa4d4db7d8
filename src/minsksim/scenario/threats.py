"""Threats: what one actor demands of another, and the sanction it would impose otherwise."""

from __future__ import annotations

from .fields import Name, Number, Section, Text


class Aim(Section):
    """A lever and the value it is to take."""

    lever: Name
    to: Number


class Threat(Section):
    """A demand that may be backed by a sanction, played in phase coerce."""

    label: Text
    by: Name
    """The sender; it owns the lever of the sanction."""
    against: Name
    """The target; it owns the lever of the demand."""
    demand: Aim
    sanction: Aim
    uncertainty: Number | None = None
    """Half-width, in utils, of the error with which the sender reads what the sanction would cost
    the target, >= 0; none means complete information."""
    doubt: Number | None = None
    """Half-width, in utils, of the error with which the target reads what imposing would bring the
    sender, >= 0; none means complete information."""
    public: bool = True
    """Whether backing down costs the sender its audience cost."""
