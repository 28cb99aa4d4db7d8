"""The section ``stocks``: counted quantities, and what flows between them."""

from __future__ import annotations

from pydantic import Field

from .fields import Bounds, Name, Number, Reference, Section, Text


class Answer(Section):
    """A flow that answers to a quantity."""

    to: Reference
    by: Number
    """Amount per turn that the quantity adds at the high end of its 0-1 scale."""


class Refusals(Section):
    """Those who are to be moved and do not go."""

    share: Number
    """Chance that one of them refuses, in [0, 1]."""
    to: Name | None = None
    """The stock that they enter instead; none means they stay where they are."""
    answers: Answer | None = None
    """A quantity that adds to the share."""


class Inflow(Section):
    """People or goods that enter a stock each turn: by a lever, or at a rate."""

    label: Text | None = None
    origin: Name | tuple[Name, ...] | None = Field(default=None, alias="from")
    """The stock they leave, or several that share the flow; none means they come from outside
    the model."""
    shares: dict[Name, Number] = Field(default_factory=dict)
    """Weight of every stock that shares the flow; without them, each gives in proportion to what
    it holds."""
    refusals: Refusals | None = None
    by: Name | None = None
    """A lever whose value is the amount per turn."""
    rate: Number | None = None
    """Share of the stock they leave per turn, in [0, 1]; instead of ``by``."""
    per: Number | None = None
    """Units of the stock for each unit of the lever ``by``; none means 1."""
    amount: Number | None = None
    """A constant amount per turn; instead of ``by`` and ``rate``."""
    answers: Answer | None = None
    """A quantity that adds to the amount: arrests that answer to the price of releases. It may
    stand alone, without ``by``, ``rate`` and ``amount``."""

    @property
    def may_drain(self) -> bool:
        """Whether the flow may be negative, so that it takes from the stock.

        A flow that is written with ``per`` or ``amount``, or with ``answers`` alone, may; one by a
        lever alone or at a rate never falls below 0.
        """
        is_plain = self.per is None and (self.by is not None or self.rate is not None)
        return not is_plain and self.origin is None


class Stock(Section):
    """A counted quantity.

    ``counts`` makes it the running total of inflows of other stocks, ``groups`` the sum of others.
    """

    label: Text
    unit: Text
    reference: Bounds
    initial: Number | None = None
    whole: bool = False
    """Whether flows are whole units (people)."""
    decay: Number | None = None
    """Share of the stock that is lost per turn, to nowhere, in [0, 1]; none means 0."""
    bounds: Bounds | None = None
    """Lowest and highest value, which nothing can leave; none means that it is never below 0."""
    inflows: dict[Name, Inflow] = Field(default_factory=dict)
    groups: tuple[Name, ...] = ()
    """For a stock that is the sum of others: which. What flows in is divided among them."""
    counts: tuple[Reference, ...] = ()

    @property
    def may_meet_bounds(self) -> bool:
        """Whether a flow may have to stop at a bound: no other is stopped but by what is left."""
        may_drain = any(one.may_drain for one in self.inflows.values())
        return self.bounds is not None or (may_drain and not self.whole)
