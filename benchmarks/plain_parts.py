"""The parts of the plain model: levers, stocks' inflows, channels, and the terms of interests."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from minsksim.scenario.schema import Document


def logistic(x: float) -> float:
    if x >= 0.0:
        return 1.0 / (1.0 + math.exp(-min(x, 700.0)))
    return math.exp(max(x, -700.0)) / (1.0 + math.exp(max(x, -700.0)))


@dataclass(eq=False)
class Term:
    interest: str
    of: str
    times: str | None
    effect: float
    kind: str
    parameter: float

    def satisfaction(self, z: float) -> float:
        if self.kind == "linear":
            return z
        if self.kind == "concave":
            return z**self.parameter if z > 0.0 else 0.0
        return 1.0 - math.exp(-self.parameter * z)  # saturating


@dataclass(eq=False)
class Lever:
    name: str
    key: str
    owner: str
    low: float
    high: float
    initial: float
    step: dict[str, float]
    cost: dict[str, float]
    leak: float
    delay: int
    directions: tuple[str, ...]
    is_momentary: bool
    is_reversible: bool
    is_secret: bool
    is_active: bool
    is_whole: bool = False
    is_curved: bool = False
    drawn: str | None = None
    terms: list[Term] = field(default_factory=list)
    planned: float = 0.0
    promised: Channel | None = None
    bound: Channel | None = None
    bound_from: float = 0.0
    is_reverted: bool = False
    has_leaked: bool = False
    pending: dict[int, float] = field(default_factory=dict)

    def price(self, before: float, after: float) -> float:
        share = (after - before) / (self.high - self.low)
        return self.cost["up"] * share if share >= 0.0 else self.cost["down"] * -share


@dataclass(eq=False)
class Inflow:
    key: str
    to: str
    origin: str | None
    by: Lever | None
    """A momentary lever, so that what it moves moves at the end of the turn."""
    rate: float
    counters: list[str]


@dataclass(eq=False)
class Offer:
    moves: dict[Lever, float]
    gains: list[float]
    own: list[float]
    kept: list[bool] = field(default_factory=lambda: [False, False])
    externalities: dict[str, float] = field(default_factory=dict)


@dataclass(eq=False)
class Channel:
    name: str
    key: str
    parties: tuple[str, str]
    table: list[Lever]
    is_public: bool
    is_open: bool
    decay: float
    build: float
    forgetting: float
    evidence: list[list[float]]
    agreement: Offer | None = None
    was_broken: bool = False

    def trust_of(self, side: int) -> float:
        kept, broken = self.evidence[side]
        return kept / (kept + broken)

    def judge(self, side: int, has_kept: bool) -> None:
        kept, broken = self.evidence[1 - side]
        seen_kept, seen_broken = (1.0, 0.0) if has_kept else (0.0, 1.0)
        self.evidence[1 - side] = [
            self.forgetting * kept + seen_kept,
            self.forgetting * broken + seen_broken,
        ]


def make_terms(document: Document) -> list[Term]:
    terms = []
    for interest, sheet in document.interests.items():
        for term in sheet.terms.values():
            number = term.rho or term.rate
            parameter = number.value if number else 0.0
            terms.append(
                Term(interest, term.of, term.times, term.effect.value, term.shape, parameter)
            )
    return terms


def make_levers(document: Document, terms: list[Term]) -> dict[str, Lever]:
    directions = {"both": ("up", "down"), "up": ("up",), "none": ()}
    levers = {}
    for name, sheet in document.levers.items():
        key = f"levers.{name}"
        levers[name] = Lever(
            name=name,
            key=key,
            owner=sheet.owner,
            low=sheet.bounds[0],
            high=sheet.bounds[1],
            initial=sheet.initial.value,
            step={"up": sheet.step.up.value, "down": sheet.step.down.value},
            cost={"up": sheet.cost.up.value, "down": sheet.cost.down.value},
            leak=sheet.leak.value if sheet.leak else 0.0,
            delay=sheet.delay,
            directions=directions[sheet.unilateral],
            is_momentary=sheet.persistence == "momentary",
            is_reversible=sheet.reversible,
            is_secret=sheet.secret,
            is_active=sheet.active,
            is_curved=any(t.of == key and t.kind != "linear" for t in terms),
            terms=[t for t in terms for key_of_term in (t.of, t.times) if key_of_term == key],
        )
    return levers


def make_inflows(document: Document, levers: dict[str, Lever]) -> list[Inflow]:
    inflows = []
    for name, stock in document.stocks.items():
        for inflow_name, sheet in stock.inflows.items():
            key = f"stocks.{name}.inflows.{inflow_name}"
            counters = [
                f"stocks.{other}"
                for other, counter in document.stocks.items()
                if key in counter.counts
            ]
            origin = f"stocks.{sheet.origin}" if sheet.origin else None
            by = levers[sheet.by] if sheet.by else None
            if by is not None:
                by.is_whole, by.drawn = True, origin  # every stock that moves counts people
            rate = sheet.rate.value if sheet.rate else 0.0
            inflows.append(Inflow(key, f"stocks.{name}", origin, by, rate, counters))
    return inflows


def make_channels(document: Document, levers: dict[str, Lever]) -> list[Channel]:
    return [
        Channel(
            name=name,
            key=f"channels.{name}",
            parties=sheet.between,
            table=[levers[lever] for lever in sheet.table],
            is_public=sheet.public,
            is_open=sheet.open,
            decay=sheet.decay.value,
            build=sheet.build.value,
            forgetting=sheet.forgetting.value,
            evidence=[
                [sheet.trust[party].kept.value, sheet.trust[party].broken.value]
                for party in sheet.between
            ],
        )
        for name, sheet in document.channels.items()
    ]
