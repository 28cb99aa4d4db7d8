"""One run as a story in data: turn by turn, who agreed what, who paid, what was seen.

Everything here is derived from a ``Run``; ``cli/render/run_text.py`` turns it into text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from minsksim.analysis.brief import Brief, brief
from minsksim.analysis.changes import Change, Happened, happened, others, promised
from minsksim.analysis.dated import Dated, dated
from minsksim.analysis.fared import (
    Cost,
    Fared,
    Valued,
    costs,
    fared,
    mean_of_turns,
    ratifiers,
    valued_by,
)
from minsksim.analysis.flows import Flow
from minsksim.analysis.outbid import is_instead
from minsksim.analysis.reasons import NoAgreement, without_agreement

if TYPE_CHECKING:
    from minsksim.engine.arrays.kinds import Floats
    from minsksim.engine.record.assents import Assent
    from minsksim.engine.record.run import Agreement, Run

LABEL = "one set of draws, not a distribution"
CAVEAT = "a posterior is only as good as the simulator"


@dataclass(frozen=True)
class Bargain:
    """An agreement: terms, expected gains, whether it was kept, what it does to outsiders.

    ``gains`` count the partner's promises with trust; ``externalities`` is what every actor, at the
    table or not, gets if the agreement is kept. Both are utils.
    """

    channel: str
    label: str
    parties: tuple[str, ...]
    protocol: str
    public: bool
    moves: tuple[Change, ...]
    gains: Mapping[str, float]
    kept: Mapping[str, bool]
    externalities: Mapping[str, float]
    blocker: str | None
    blocking_worth: float
    ratifiers: tuple[str, ...] = ()
    """Who had to ratify it, and would."""
    assents: tuple[Assent, ...] = ()
    """What it brings them, as the engine compared it with what each needs."""
    outbid_by: str | None = None
    """For a counter-offer, who made it; its gain counts from the package that fell."""
    spared: float = 0.0
    """What that package would have cost the outsider that made the counter-offer, utils."""


@dataclass(frozen=True)
class Threatened:
    """A threat: who to whom, over what, and its course (see ``engine.run.Episode``)."""

    label: str
    by: str
    against: str
    course: str


@dataclass(frozen=True)
class Count:
    """People of one status: how many now, and the change in this turn."""

    stock: str
    label: str
    unit: str
    now: float
    change: float


@dataclass(frozen=True)
class Turn:
    """What happened in one turn."""

    turn: int
    date: str
    events: tuple[Happened, ...]
    agreements: tuple[Bargain, ...]
    threats: tuple[Threatened, ...]
    others: tuple[Change, ...]
    """Levers that moved by a decision or a delay outside this turn's agreements."""
    people: tuple[Count, ...]
    no_agreement: tuple[NoAgreement, ...] = ()
    """The channels that made none in this turn, each with the reason."""
    dated: tuple[Dated, ...] = ()
    """The channels that were to meet on a date in this turn."""

    @property
    def is_quiet(self) -> bool:
        """Whether there was no event, agreement, threat or other move."""
        return not (self.events or self.agreements or self.threats or self.others)


@dataclass(frozen=True)
class Account:
    """One actor's utility before the first turn, at the end and as the mean of the turns.

    ``terms`` has the same three numbers of each part; they add up to the actor's.
    """

    actor: str
    label: str
    start: float
    end: float
    mean: float
    terms: Mapping[str, tuple[float, float, float]]


@dataclass(frozen=True)
class Value:
    """A measure of the run; no value is a turn that was never reached."""

    measure: str
    label: str
    unit: str
    value: float | None


@dataclass(frozen=True)
class Held:
    """A belief that a private salience is the high one, at the start and the end, and the truth."""

    belief: str
    label: str
    by: str
    start: float
    end: float
    is_high: bool
    caveat: str = CAVEAT


@dataclass(frozen=True)
class Story:
    """A run, told.

    ``valued`` says by actor what gains and costs of agreements are to it: of one turn, or present
    values over its horizon. ``flows`` are people that flows moved, where they were asked for.
    """

    scenario: str
    title: str
    question: str
    seed: int
    replication: int
    label: str
    actors: Mapping[str, str]
    brief: Brief
    turns: tuple[Turn, ...]
    utilities: tuple[Account, ...]
    measures: tuple[Value, ...]
    valued: Mapping[str, Valued]
    fared: tuple[Fared, ...]
    costs: tuple[Cost, ...]
    beliefs: tuple[Held, ...] = ()
    flows: tuple[Flow, ...] = ()


def tell(run: Run, flows: tuple[Flow, ...] = ()) -> Story:
    """Return the story of a run, with what ``flows_of_people`` counted in it if that is given."""
    document = run.scenario.document
    return Story(
        scenario=run.scenario.name,
        title=document.title,
        question=" ".join(document.question.split()),
        seed=run.seed,
        replication=run.replication,
        label=LABEL,
        actors={name: actor.label for name, actor in document.actors.items()},
        brief=brief(run),
        turns=tuple(_turn(run, number) for number in range(1, len(run.dates))),
        utilities=tuple(_account(run, name) for name in document.actors),
        measures=tuple(_value(run, name) for name in document.measures),
        valued=valued_by(document),
        fared=fared(run),
        costs=costs(run),
        beliefs=tuple(_held(run, name) for name in document.beliefs),
        flows=flows,
    )


def _value(run: Run, name: str) -> Value:
    measure, value = run.scenario.document.measures[name], run.measures[name]
    return Value(name, measure.label, measure.unit, None if isnan(value) else value)


def _held(run: Run, name: str) -> Held:
    belief, last = run.scenario.document.beliefs[name], len(run.dates) - 1
    start, end = (run.record.level(f"beliefs.{name}", turn) for turn in (0, last))
    return Held(name, belief.label, belief.by, start, end, run.types[name] == "high")


def _turn(run: Run, number: int) -> Turn:
    document = run.scenario.document
    signed = [one for one in run.agreements if one.turn == number]
    return Turn(
        turn=number,
        date=run.dates[number - 1].isoformat(),
        events=happened(run, number, signed),
        agreements=tuple(_bargain(run, one) for one in signed),
        threats=tuple(
            Threatened(document.threats[one.name].label, one.by, one.against, one.course)
            for one in run.threats
            if one.turn == number
        ),
        others=others(run, number, signed),
        people=tuple(
            Count(
                stock=name,
                label=stock.label,
                unit=stock.unit,
                now=run.record.level(f"stocks.{name}", number),
                change=run.record.level(f"stocks.{name}", number)
                - run.record.level(f"stocks.{name}", number - 1),
            )
            for name, stock in document.stocks.items()
            if stock.whole
        ),
        no_agreement=without_agreement(run, number),
        dated=tuple(dated(run, number)),
    )


def _bargain(run: Run, agreement: Agreement) -> Bargain:
    channel = run.scenario.document.channels[agreement.channel]
    bid = next((one for one in run.meetings if is_instead(one, agreement)), None)
    return Bargain(
        channel=agreement.channel,
        label=channel.label,
        parties=agreement.parties,
        protocol=agreement.protocol,
        public=agreement.public,
        moves=tuple(promised(run, agreement, move) for move in agreement.moves),
        gains=agreement.gains,
        kept=agreement.kept,
        externalities=agreement.externalities,
        blocker=agreement.blocker,
        blocking_worth=agreement.blocking_worth,
        assents=_assents(run, agreement),
        ratifiers=ratifiers(run.scenario.document, agreement.channel),
        outbid_by=None if bid is None else bid.outbid_by,
        spared=0.0 if bid is None else bid.spared,
    )


def _assents(run: Run, agreement: Agreement) -> tuple[Assent, ...]:
    """Return what an agreement brings its ratifiers, as its meeting noted it."""
    return next(
        one.assents
        for one in run.meetings
        if (one.turn, one.channel) == (agreement.turn, agreement.channel)
    )


def _account(run: Run, actor: str) -> Account:
    axes = run.record.axes
    place = axes.actors.index(actor)
    utility, parts = run.record.utilities[:, place], run.record.contributions[:, place]
    terms = {
        name: _points(parts[:, term])
        for term, name in enumerate(axes.terms)
        if parts[:, term].any()
    }
    label = run.scenario.document.actors[actor].label
    return Account(actor, label, *_points(utility), terms)


def _points(by_turn: Floats) -> tuple[float, float, float]:
    """Return a number before the first turn, at the end, and as the mean of the turns."""
    return float(by_turn[0]), float(by_turn[-1]), float(mean_of_turns(by_turn))
