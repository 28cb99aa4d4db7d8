"""The section ``stocks``: counted quantities, and what flows between them."""

from __future__ import annotations

from pydantic import Field

from .fields import Bounds, Name, Number, Reference, Section, Text


class Answer(Section):
    """A flow that answers to a quantity."""

    to: Reference
    by: Number
    """Amount per turn that the quantity adds at the high end of its 0-1 scale."""


class Inflow(Section):
    """People or goods that enter a stock each turn: by a lever, or at a rate."""

    label: Text | None = None
    origin: Name | None = Field(default=None, alias="from")
    """The stock they leave; none means they come from outside the model."""
    by: Name | None = None
    """A lever whose value is the amount per turn."""
    rate: Number | None = None
    """Share of the stock they leave per turn, in [0, 1]; instead of ``by``."""
    answers: Answer | None = None
    """A quantity that adds to the amount: arrests that answer to the price of releases."""


class Stock(Section):
    """A counted quantity. ``counts`` makes it the running total of inflows of other stocks."""

    label: Text
    unit: Text
    reference: Bounds
    initial: Number | None = None
    whole: bool = False
    """Whether flows are whole units (people)."""
    inflows: dict[Name, Inflow] = Field(default_factory=dict)
    counts: tuple[Reference, ...] = ()
