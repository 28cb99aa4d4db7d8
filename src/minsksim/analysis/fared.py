"""How actors fared over a run, and what agreements cost those without a seat, each in one unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from minsksim.analysis.outbid import is_instead
from minsksim.rules.blocking import loss
from minsksim.scenario.outsiders import ratifiers_of

if TYPE_CHECKING:
    from minsksim.engine.arrays.kinds import Floats
    from minsksim.engine.record.run import Agreement, Run
    from minsksim.scenario.schema import Document

Part = Literal["party", "outbidder", "ratifier", "outsider"]
"""What an actor had to do with the agreements of a run."""

Valued = Literal["in_one_turn", "present_value"]
"""What a gain from an agreement is to an actor: what it brings in one turn or, with a horizon, in
all turns that the actor counts."""


@dataclass(frozen=True)
class Fared:
    """How one actor fared.

    Attributes
    ----------
    actor : str
    part : str
        ``party`` of an agreement, kept or not; ``outbidder``, if all those were counter-offers of
        its own; ``ratifier`` of a channel's agreements; else ``outsider``.
    gained : float
        Mean of its utility over the turns, less its utility before the first turn, from all
        causes: utils a turn. What is moved for one turn alone counts in that turn.
    """

    actor: str
    part: Part
    gained: float


@dataclass(frozen=True)
class Cost:
    """The agreement that takes most from an actor without a seat in it, of those valued alike.

    Attributes
    ----------
    actor : str
        Who loses.
    part : str
        ``ratifier`` of that channel's agreements, or ``outsider``.
    parties : tuple of str
    date : date
    worth : float
        What it loses if the agreement is kept, utils.
    valued : str
        ``in_one_turn`` or ``present_value``, which are never compared with each other.
    """

    actor: str
    part: Part
    parties: tuple[str, ...]
    date: dt.date
    worth: float
    valued: Valued


def fared(run: Run) -> tuple[Fared, ...]:
    """Return how every actor fared, in the order of the file.

    Examples
    --------
    >>> from minsksim import run_scenario
    >>> [(one.actor, one.part, round(one.gained, 6)) for one in fared(run_scenario("outbid"))]
    [('north', 'outsider', 0.0), ('isle', 'party', 0.4), ('south', 'outbidder', -0.4)]
    """
    document, utilities = run.scenario.document, run.record.utilities
    gained = mean_of_turns(utilities) - utilities[0]
    return tuple(
        Fared(name, _part(run, name), float(gained[place]))
        for place, name in enumerate(document.actors)
    )


def mean_of_turns(by_turn: Floats) -> Floats:
    """Return the mean over the turns of what has a row for each, the first before all of them."""
    found: Floats = (by_turn[1:] if len(by_turn) > 1 else by_turn).mean(axis=0)
    return found


def costs(run: Run) -> tuple[Cost, ...]:
    """Return the worst agreement for an actor without a seat, one for each way of valuing it."""
    found: dict[Valued, Cost] = {}
    for one in _losses(run):
        cost = found.get(one.valued)
        if cost is None or one.worth > cost.worth:
            found[one.valued] = one
    return tuple(found[word] for word in sorted(found))


def valued_by(document: Document) -> dict[str, Valued]:
    """Return, by actor, what gains and losses from agreements are to it."""
    return {
        name: "in_one_turn"
        if actor.horizon is None and document.horizon is None
        else "present_value"
        for name, actor in document.actors.items()
    }


def ratifiers(document: Document, channel: str) -> tuple[str, ...]:
    """Return who ratifies what a channel agrees, each once."""
    return tuple(dict.fromkeys(one.by for _, _, one in ratifiers_of(document, channel)))


def _part(run: Run, actor: str) -> Part:
    signed = [one for one in run.agreements if actor in one.parties]
    if signed:
        return "outbidder" if all(_is_own_bid(run, one, actor) for one in signed) else "party"
    document = run.scenario.document
    is_ratifier = any(actor in ratifiers(document, name) for name in document.channels)
    return "ratifier" if is_ratifier else "outsider"


def _is_own_bid(run: Run, agreement: Agreement, actor: str) -> bool:
    """Return whether an agreement was a counter-offer that the actor made."""
    return any(one.outbid_by == actor and is_instead(one, agreement) for one in run.meetings)


def _losses(run: Run) -> Iterator[Cost]:
    """Yield what each agreement takes from each actor without a seat."""
    document = run.scenario.document
    valued = valued_by(document)
    for one in run.agreements:
        at_home = ratifiers(document, one.channel)
        for actor, change in one.externalities.items():
            if actor not in one.parties and loss(change) > 0.0:
                part: Part = "ratifier" if actor in at_home else "outsider"
                yield Cost(actor, part, one.parties, one.date, loss(change), valued[actor])
