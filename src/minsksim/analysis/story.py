"""One run as a story in data: turn by turn, who agreed what, who paid, what was seen.

Everything here is derived from a ``Run``; ``cli/render/run_text.py`` turns it into text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from minsksim.analysis.brief import Brief, brief
from minsksim.analysis.causes import cause_of, event_of, events_told
from minsksim.analysis.reasons import NoAgreement, without_agreement

if TYPE_CHECKING:
    from minsksim.engine.record.run import Agreement, Move, Run

LABEL = "one set of draws, not a distribution"
CAVEAT = "a posterior is only as good as the simulator"
_TINY = 1e-9


@dataclass(frozen=True)
class Change:
    """A lever's move; ``fate`` is empty unless it did not come as it was meant.

    ``event`` is the label of the event that moved it, whoever owns the lever.
    """

    lever: str
    label: str
    owner: str
    unit: str
    before: float
    after: float
    fate: str = ""
    is_seen: bool = True
    event: str = ""


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
    events: tuple[str, ...]
    agreements: tuple[Bargain, ...]
    threats: tuple[Threatened, ...]
    others: tuple[Change, ...]
    """Levers that moved outside this turn's agreements."""
    people: tuple[Count, ...]
    no_agreement: tuple[NoAgreement, ...] = ()
    """The channels that made none in this turn, each with the reason."""

    @property
    def is_quiet(self) -> bool:
        """Whether there was no event, agreement, threat or other move."""
        return not (self.events or self.agreements or self.threats or self.others)


@dataclass(frozen=True)
class Account:
    """One actor's utility at the start and at the end, and its terms, which add up to it."""

    actor: str
    label: str
    start: float
    end: float
    terms: Mapping[str, tuple[float, float]]


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
    """A run, told."""

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
    beliefs: tuple[Held, ...] = ()


def tell(run: Run) -> Story:
    """Return the story of a run."""
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
        beliefs=tuple(_held(run, name) for name in document.beliefs),
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
        events=events_told(run, number),
        agreements=tuple(_bargain(run, one) for one in signed),
        threats=tuple(
            Threatened(document.threats[one.name].label, one.by, one.against, one.course)
            for one in run.threats
            if one.turn == number
        ),
        others=_others(run, number, signed),
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
    )


def _bargain(run: Run, agreement: Agreement) -> Bargain:
    channel = run.scenario.document.channels[agreement.channel]
    return Bargain(
        channel=agreement.channel,
        label=channel.label,
        parties=agreement.parties,
        protocol=agreement.protocol,
        public=agreement.public,
        moves=tuple(_promise(run, agreement, move) for move in agreement.moves),
        gains=agreement.gains,
        kept=agreement.kept,
        externalities=agreement.externalities,
        blocker=agreement.blocker,
        blocking_worth=agreement.blocking_worth,
    )


def _promise(run: Run, agreement: Agreement, move: Move) -> Change:
    """Return what one party promised, with what became of it."""
    lever = run.scenario.document.levers[move.lever]
    partners = [party for party in agreement.parties if party != move.owner]
    fate = ""
    if not agreement.kept[move.owner]:
        fate = "not delivered"
    elif not all(agreement.kept[party] for party in partners) and lever.reversible:
        fate = "undone"
    elif lever.delay:
        fate = f"in {lever.delay} turns"
    if agreement.tranches > 1:
        parts = f"in {agreement.tranches} parts, {agreement.delivered} delivered"
        fate = f"{parts}; {fate}" if fate else parts
    return Change(
        lever=move.lever,
        label=lever.label,
        owner=move.owner,
        unit=lever.unit,
        before=move.before,
        after=move.after,
        fate=fate,
        is_seen=_is_seen(run, move.lever, agreement.turn),
    )


def _is_seen(run: Run, lever: str, turn: int) -> bool:
    """Return whether the public record shows a lever where it truly is."""
    true = run.record.level(f"levers.{lever}", turn)
    return abs(run.record.shown(lever, turn) - true) < _TINY


def _others(run: Run, number: int, signed: list[Agreement]) -> tuple[Change, ...]:
    """Return the levers that moved by a decision, an event or a delay, not by an agreement."""
    agreed = {move.lever for one in signed for move in one.moves}
    found = []
    for name, lever in run.scenario.document.levers.items():
        if name in agreed and not lever.delay:
            continue
        first = 0 if lever.persistence == "momentary" else number - 1
        before = run.record.level(f"levers.{name}", first)
        after = run.record.level(f"levers.{name}", number)
        if abs(after - before) > _TINY:
            told = lever.label, lever.owner, lever.unit, before, after
            cause, event = cause_of(run, name, number), event_of(run, name, number)
            found.append(Change(name, *told, cause, _is_seen(run, name, number), event))
    return tuple(found)


def _account(run: Run, actor: str) -> Account:
    axes = run.record.axes
    place = axes.actors.index(actor)
    utility, parts = run.record.utilities[:, place], run.record.contributions[:, place]
    terms = {
        name: (float(parts[0, term]), float(parts[-1, term]))
        for term, name in enumerate(axes.terms)
        if parts[:, term].any()
    }
    return Account(
        actor=actor,
        label=run.scenario.document.actors[actor].label,
        start=float(utility[0]),
        end=float(utility[-1]),
        terms=terms,
    )
