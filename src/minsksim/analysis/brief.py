"""A run in brief: who traded what with whom, what was seen, and why there was no more."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from minsksim.analysis.changes import is_seen
from minsksim.analysis.outbid import Outbid, outbid_agreements
from minsksim.analysis.quiet import Quiet, quiet_turns
from minsksim.endings import NOT_HELD, Ending

if TYPE_CHECKING:
    from minsksim.engine.record.run import Agreement, Move, Run
    from minsksim.scenario.schema import Lever

_TINY = 1e-9


@dataclass(frozen=True)
class Given:
    """What one party moved as agreed, over all agreements of a channel.

    Attributes
    ----------
    lever, label, owner, unit : str
    before, after : float
        Its value before the first of these agreements and after the last one, as delivered.
    highest : float
        The value furthest from where it began.
    total : float
        The changes added up: what a flow, such as releases a month, came to.
    share : float
        The sizes of the changes added up, in shares of the lever's scale; it sorts the list.
    is_momentary, is_people : bool
        Whether it falls back every turn, and whether it moves people.
    """

    lever: str
    label: str
    owner: str
    unit: str
    before: float
    after: float
    highest: float
    total: float
    share: float
    is_momentary: bool
    is_people: bool


@dataclass(frozen=True)
class Trade:
    """What the parties of one channel traded over the run.

    ``given`` has people first, then levers that stay where they are put, then what is given anew
    each time; within these the largest moves come first.
    """

    channel: str
    parties: tuple[str, ...]
    agreements: int
    broken: int
    first: dt.date
    last: dt.date
    given: tuple[Given, ...]

    @property
    def share(self) -> float:
        """How far levers moved in all, in shares of their scales."""
        return sum(one.share for one in self.given)


@dataclass(frozen=True)
class Status:
    """People of one status before the first turn and at the end."""

    stock: str
    label: str
    start: float
    end: float


@dataclass(frozen=True)
class Met:
    """How often the parties of a channel met.

    Attributes
    ----------
    channel : str
    parties : tuple of str
    held, turns : int
        Turns with a meeting, and all turns.
    missed : mapping of str to int
        How often there was none, by the word of ``minsksim.endings.ENDINGS``.
    """

    channel: str
    parties: tuple[str, ...]
    held: int
    turns: int
    missed: Mapping[Ending, int]


@dataclass(frozen=True)
class Brief:
    """A run in brief.

    Attributes
    ----------
    trades : tuple of Trade
        By channel, the one in which levers moved most first.
    public, secret : int
        Agreements that outsiders learnt of, and those that they did not.
    hidden : mapping of str to int
        By lever: turns after which the public record shows another value than the true one.
    people : tuple of Status
    silent : mapping of str to int
        How often a channel made no agreement, by the word of ``minsksim.endings.ENDINGS``.
    outbid : tuple of Outbid
        Packages that fell to an outsider's counter-offer.
    meetings : tuple of Met
        Of the channels whose meetings need a cause, in the order of the file.
    quiet : tuple of Quiet
        Why channels made no agreement, by channel in the order of the file, the most frequent
        reason first.
    """

    trades: tuple[Trade, ...]
    public: int
    secret: int
    hidden: Mapping[str, int]
    people: tuple[Status, ...]
    silent: Mapping[Ending, int]
    outbid: tuple[Outbid, ...] = ()
    meetings: tuple[Met, ...] = ()
    quiet: tuple[Quiet, ...] = ()


def brief(run: Run) -> Brief:
    """Return a run in brief.

    Examples
    --------
    >>> from minsksim import run_scenario
    >>> found = brief(run_scenario("split_the_pie"))
    >>> found.trades[0].parties, found.trades[0].agreements
    (('ana', 'bo'), 3)
    """
    signed = [one.channel for one in run.agreements]
    trades = [_trade(run, channel) for channel in dict.fromkeys(signed)]
    public = sum(one.public for one in run.agreements)
    turns = len(run.dates) - 1
    return Brief(
        trades=tuple(sorted(trades, key=lambda one: -one.share)),
        public=public,
        secret=len(run.agreements) - public,
        hidden=_hidden(run),
        people=tuple(
            Status(
                name,
                stock.label,
                *(run.record.level(f"stocks.{name}", turn) for turn in (0, turns)),
            )
            for name, stock in run.scenario.document.stocks.items()
            if stock.whole
        ),
        silent=dict(Counter(one.ending for one in run.meetings if one.ending != "agreed")),
        outbid=outbid_agreements(run),
        meetings=tuple(
            _met(run, name)
            for name, channel in run.scenario.document.channels.items()
            if channel.meetings is not None
        ),
        quiet=quiet_turns(run),
    )


def _met(run: Run, channel: str) -> Met:
    endings = Counter(one.ending for one in run.meetings if one.channel == channel)
    missed = {ending: count for ending, count in endings.items() if ending in NOT_HELD}
    parties, turns = run.scenario.document.channels[channel].between, len(run.dates) - 1
    return Met(channel, parties, turns - sum(missed.values()), turns, missed)


def is_kept(agreement: Agreement) -> bool:
    """Return whether every party kept an agreement, all its parts so far."""
    return all(agreement.kept.values())


def _trade(run: Run, channel: str) -> Trade:
    made = [one for one in run.agreements if one.channel == channel]
    moves: dict[str, list[Move]] = {}
    for agreement in made:
        for move in agreement.moves:
            if delivered := list(_delivered(run, agreement, move)):
                moves.setdefault(move.lever, []).extend(delivered)
    document = run.scenario.document
    flows = {
        flow.by
        for stock in document.stocks.values()
        if stock.whole
        for flow in stock.inflows.values()
    }
    given = [_given(document.levers[name], found, name in flows) for name, found in moves.items()]
    return Trade(
        channel=channel,
        parties=made[0].parties,
        agreements=len(made),
        broken=sum(not is_kept(one) for one in made),
        first=made[0].date,
        last=made[-1].date,
        given=tuple(sorted(given, key=_rank)),
    )


def _delivered(run: Run, agreement: Agreement, move: Move) -> Iterator[Move]:
    """Yield what came of a promised move: in each of its turns, or by the last of them if it stays.

    A partner's breach holds it back, parts may end early, and a delay may outlast the run.
    """
    lever = run.scenario.document.levers[move.lever]
    first = agreement.turn + lever.delay
    turns = range(first, min(first + agreement.tranches, len(run.dates)))
    levels = [run.record.level(f"levers.{move.lever}", turn) for turn in turns]
    for level in levels if lever.persistence == "momentary" else levels[-1:]:
        if abs(level - move.before) > _TINY:
            yield replace(move, after=level)


def _rank(given: Given) -> tuple[bool, bool, float]:
    """Sort people before all else, what lasts before what is given anew each time, then by size."""
    return not given.is_people, given.is_momentary, -given.share


def _given(lever: Lever, moves: Sequence[Move], is_people: bool) -> Given:
    changes = [move.after - move.before for move in moves]
    span = lever.bounds[1] - lever.bounds[0]
    start = moves[0].before
    return Given(
        lever=moves[0].lever,
        label=lever.label,
        owner=lever.owner,
        unit=lever.unit,
        before=start,
        after=moves[-1].after,
        highest=max((move.after for move in moves), key=lambda value: abs(value - start)),
        total=sum(changes),
        share=sum(map(abs, changes)) / span,
        is_momentary=lever.persistence == "momentary",
        is_people=is_people,
    )


def _hidden(run: Run) -> dict[str, int]:
    """Count the turns in which the public record shows a lever where it is not."""
    found = {}
    for name in run.record.axes.levers:
        hidden = sum(not is_seen(run, name, turn) for turn in range(1, len(run.dates)))
        if hidden:
            found[name] = hidden
    return dict(sorted(found.items(), key=lambda item: -item[1]))
