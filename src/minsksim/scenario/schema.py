"""The shape of a scenario: frozen pydantic models, one for each section of the file.

Mappings keep the order of the file, and that order is the order of every axis
(A actors, L levers, S stocks, K interests, C channels). Each model number is a ``Number``
and has one dotted name, the path of keys that leads to it. References between sections are
checked in ``scenario/checks``, because they need the whole file.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from minsksim.vocabulary import Protocol, Shape, Switch, Take, Unilateral

from .answers import NumberAnswer as NumberAnswer
from .beliefs import Belief as Belief
from .fields import Bounds, Grade, Kind, Name, Reference, Section, Text
from .fields import Number as Number
from .fields import Reading as Reading
from .horizon import Horizon
from .markets import Market as Market
from .meetings import Meetings as Meetings
from .meetings import Spends as Spends
from .outsiders import Blocking as Blocking
from .outsiders import CounterOffers as CounterOffers
from .outsiders import Ratifiers as Ratifiers
from .records import Observation as Observation
from .records import Record as Record
from .stocks import Stock as Stock
from .threats import Threat as Threat
from .what_if import WhatIf as WhatIf


class Calendar(Section):
    """When the scenario starts, how long a turn is, and how many there are."""

    start: dt.date
    step: Literal["month", "week"]
    turns: int = Field(ge=1, le=520)


class Actor(Section):
    """A state or an organisation that decides."""

    label: Text
    role: Text | None = None
    patience: Number
    """Discount factor per turn, strictly between 0 and 1."""
    rationality: Number
    """Precision of the logit choice, 1/util, >= 0."""
    susceptibility: Number
    """Friedkin-Johnsen openness to others, in [0, 1]."""
    audience_cost: Number
    """Utils lost by breaking a public agreement, >= 0."""
    reservation: Number
    """Least gain, in utils, for which the actor will agree, >= 0."""
    horizon: Horizon | None = None
    """How far this actor looks ahead, in turns or up to a date; instead of the scenario's own."""
    brokers: Name | None = None
    """A lever of this actor: paths of access through the actor are multiplied by it."""
    bias: Number | None = None
    """Distance of a broker's own wish from the receiver's, in [0, 1]; caps what it passes on."""
    salience: dict[Name, Number]
    """Signed weight of each interest the actor cares about (normalised to sum |s| = 1)."""


class Step(Section):
    """The largest move of a lever in one turn, in the lever's own unit, >= 0."""

    up: Number
    down: Number


class MoveCost(Section):
    """Utils the owner pays once for a move over the lever's whole scale, >= 0."""

    up: Number
    down: Number


class Lever(Section):
    """An instrument that one actor owns."""

    label: Text
    owner: Name
    unit: Text
    bounds: Bounds
    initial: Number
    persistence: Literal["standing", "momentary"] = "standing"
    """A momentary lever falls back to its initial value at the start of every turn."""
    steps: tuple[float, ...] | None = None
    """The values it can take, rising, where it comes in lumps; without, any within its bounds."""
    step: Step
    cost: MoveCost
    reversible: bool = True
    """Whether a breach by the partner undoes a move of this lever."""
    secret: bool = False
    leak: Number | None = None
    """Probability per turn that a secret lever's value becomes public; secret levers only."""
    delay: int = Field(default=0, ge=0, le=12)
    """Turns between an agreed move and its effect."""
    unilateral: Unilateral = "both"
    """Directions in which the owner may move the lever outside any agreement."""
    active: bool = True


class Term(Section):
    """One quantity's part in an interest: effect * f(z), z on its 0-1 reference scale."""

    of: Reference
    effect: Number
    shape: Shape = "linear"
    rho: Number | None = None
    """Exponent of ``z**rho`` (shape concave), in (0, 4]; over 1 the growth accelerates."""
    rate: Number | None = None
    """c of a shape that needs a rate, as in ``1-exp(-c z)`` (saturating), > 0."""
    midpoint: Number | None = None
    """Where the logistic of shape threshold is one half, on the 0-1 scale."""
    steepness: Number | None = None
    """Slope parameter of that logistic, > 0."""
    times: Reference | None = None
    """A second quantity whose 0-1 value multiplies the term."""


class Interest(Section):
    """What actors care about: a sum of terms."""

    label: Text
    terms: dict[Name, Term]


class Influence(Section):
    """A directed edge: ``to`` attends to ``from``."""

    origin: Name = Field(alias="from")
    to: Name
    weight: Number
    """Attention that ``to`` pays to ``from``, >= 0 (rows are normalised)."""
    regard: Number
    """How ``to`` values the utility of ``from``, in [-1, 1]: deference +, rivalry -."""


class Ledger(Section):
    """Evidence a party starts with: agreements it saw the partner keep and break."""

    kept: Number
    broken: Number


class Channel(Section):
    """An undirected edge through which two actors can talk, or a table of up to five."""

    label: Text
    between: tuple[Name, ...] = Field(min_length=2, max_length=5)
    """The first proposes, where the protocol has one party propose. Three to five actors make a
    table of several, which settles by ``nash``."""
    quality: Number
    """Probability per turn that the two meet, in [0, 1]."""
    decay: Number
    """Share of quality lost in a turn without an agreement, in [0, 1]."""
    build: Number
    """Share of the missing quality gained by an agreement that both keep, in [0, 1]."""
    forgetting: Number
    """Weight the old ledger keeps when new evidence arrives, in (0, 1]."""
    trust: dict[Name, Ledger]
    """By party: the ledger it starts with about each of the others."""
    protocol: Protocol = "nash"
    rounds: int | None = Field(default=None, ge=1, le=100)
    """Offers before a deadline, under ``alternating_offers``; none means there is no deadline."""
    breakdown: Number | None = None
    """Probability that a refusal ends the talks, in [0, 1]; ``alternating_offers`` only."""
    ratification: dict[Name, Ratifiers] | None = None
    """By party: who at home must gain how much; one ratifier, or several by name."""
    blocking: Blocking | None = None
    counter_offer: CounterOffers | None = None
    """Who outside may offer a party something better before all sign; one, or several by name."""
    public: bool = True
    """Whether outsiders learn that an agreement was made here."""
    open: bool = True
    tranches: int = Field(default=1, ge=1)
    """Equal parts, one a turn, in which an agreement is delivered."""
    meetings: Meetings | None = None
    """What a meeting needs beside a chance: a date, something scarce, a wait since the last."""
    table: tuple[Name, ...]
    """Levers of the parties that may enter a package."""


class Effect(Section):
    """What an event does to one quantity: ``of`` and exactly one of the other fields."""

    of: Reference
    """``levers.x``, ``stocks.x``, ``channels.x``, ``salience.actor.interest``,
    ``trust.channel.party``."""
    set: Number | None = None
    shift: Number | None = None
    switch: Switch | None = None
    """Levers and channels only."""
    lasts: int | None = Field(default=None, ge=1, le=520)
    """Turns after which a shift or setting of a salience or of a channel's quality, or a switch,
    is taken back; for ever if missing."""
    fades: Number | None = None
    """Share that what was done to a salience loses in each later turn, in (0, 1]."""


class Event(Section):
    """An outside shock, dated or by hazard."""

    label: Text
    on: dt.date | None = None
    hazard: Number | None = None
    """Probability per turn, in [0, 1]; a hazard event happens at most once."""
    source: str
    public: bool = True
    effects: dict[Name, Effect]


class Measure(Section):
    """A reported quantity of a run."""

    label: Text
    unit: Text
    of: tuple[Reference, ...]
    """``levers.x``, ``stocks.x``, ``channels.x``, ``markets.x`` (or ``markets.x.sales.seller``,
    ``profit``, ``rent``), ``access.a.b``, ``utility.a``, ``agreements.channel``,
    ``breaches.channel``, ``delivered.channel``, ``outbid.channel``,
    ``meetings.channel.held`` (or another ending), ``threats.x.made``, ``beliefs.x``; several of
    one unit are added. A turn has one ending; where several reasons kept parties from a meeting,
    the first of ``under_way``, ``closed``, ``no_date``, ``waiting``, ``nothing_left`` counts."""
    take: Take
    above: float | None = None
    """Level for ``first_above`` (turn number; empty in a run that never gets there) and for
    ``turns_above`` (number of turns)."""


class Source(Section):
    """Where a number comes from."""

    kind: Kind
    cite: str | None = None
    at: Text | None = None
    note: Text | None = None
    grade: Grade | None = None
    as_of: dt.date | None = None


class Document(Section):
    """A whole scenario file after its variant's differences were applied."""

    format: Literal[1]
    title: Text
    question: Text
    summary: Text
    calendar: Calendar
    horizon: Horizon | None = None
    """How far actors look ahead, in turns or up to a date; without it a move is worth what it
    brings in one turn."""
    actors: dict[Name, Actor]
    levers: dict[Name, Lever]
    stocks: dict[Name, Stock] = Field(default_factory=dict)
    interests: dict[Name, Interest]
    influence: dict[Name, Influence] = Field(default_factory=dict)
    channels: dict[Name, Channel] = Field(default_factory=dict)
    markets: dict[Name, Market] = Field(default_factory=dict)
    events: dict[Name, Event] = Field(default_factory=dict)
    answers: dict[Name, NumberAnswer] | None = None
    threats: dict[Name, Threat] = Field(default_factory=dict)
    beliefs: dict[Name, Belief] = Field(default_factory=dict)
    measures: dict[Name, Measure]
    observations: dict[Name, Observation] = Field(default_factory=dict)
    what_if: WhatIf | None = None
    sources: dict[str, Source]


class VariantDocument(Section):
    """A variant: differences from a base file, each with its reason."""

    format: Literal[1]
    title: Text
    question: Text
    based_on: str
    because: Text
    changes: dict[Reference, object] = Field(default_factory=dict)
    adds: dict[str, object] = Field(default_factory=dict)
    removes: tuple[Reference, ...] = ()
