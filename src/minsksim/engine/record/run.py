"""What one run leaves behind: frames turn by turn, agreements and what they do to all, measures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from math import isnan
from typing import TYPE_CHECKING

from minsksim.rules import blocking
from minsksim.scenario.references import quantity
from minsksim.showing import html

if TYPE_CHECKING:
    import pandas as pd

    from minsksim.engine.record.frames import Record
    from minsksim.engine.record.meetings import Meeting
    from minsksim.scenario import Scenario

ORDINALS = ("first", "second", "third", "fourth", "fifth")
"""Names of the parties of a channel in tables, in the order of the channel."""


@dataclass(frozen=True)
class Move:
    """One lever's part in an agreement, in the lever's own unit."""

    lever: str
    owner: str
    before: float
    after: float


@dataclass(frozen=True)
class Offer:
    """A package on the table.

    Attributes
    ----------
    channel : str
        Where it is offered.
    parties : tuple of str
        The actors, in the order of the channel.
    moves : tuple of Move
        What each would do.
    gains : mapping of str to float
        What each party expects to gain, in utils, its partner's moves counted with trust.
    """

    channel: str
    parties: tuple[str, ...]
    moves: tuple[Move, ...]
    gains: Mapping[str, float]


@dataclass(frozen=True, repr=False)
class Agreement:
    """An offer that all parties accepted, and what became of it.

    Attributes
    ----------
    protocol : str
        How it was settled: a protocol, or ``counter_offer``.
    kept : mapping of str to bool
        By party; of an agreement in parts, whether all parts so far were kept.
    public : bool
        Whether outsiders learnt of it.
    externalities : mapping of str to float
        Change of every actor's utility, at the table or not, if the agreement is kept, utils.
    blocker : str or None
        The outsider that loses most, if any loses.
    blocking_worth : float
        What that outsider would give to block the agreement, utils (0 if no outsider loses).
    tranches, delivered : int
        Parts in which it is delivered, one a turn, and how many of them both kept.
    """

    turn: int
    date: dt.date
    channel: str
    parties: tuple[str, ...]
    protocol: str
    moves: tuple[Move, ...]
    gains: Mapping[str, float]
    kept: Mapping[str, bool]
    public: bool
    externalities: Mapping[str, float]
    blocker: str | None
    blocking_worth: float
    tranches: int = 1
    delivered: int = 1

    def __repr__(self) -> str:
        parties = ", ".join(self.parties)
        return f"<Agreement of {parties} in turn {self.turn}, {len(self.moves)} moves>"

    def _repr_html_(self) -> str:
        return html(self)


@dataclass(frozen=True)
class Threat:
    """A threat that may be made this turn, or a sanction that stands; stakes are in utils.

    Attributes
    ----------
    name : str
        Key in the scenario's section ``threats``.
    by, against : str
        Sender and target.
    demand, sanction : Move
        What each would do this turn; while the sanction stands, its lifting.
    value, stake : float
        What compliance brings the sender and costs the target.
    harm : float
        What the sanction costs the target.
    net : float
        What imposing it (or, while it stands, lifting it) brings the sender.
    audience_cost : float
        What backing down costs the sender, 0 if the threat is not public.
    """

    name: str
    by: str
    against: str
    demand: Move
    sanction: Move
    value: float
    stake: float
    harm: float
    net: float
    audience_cost: float


@dataclass(frozen=True)
class Episode:
    """A threat that was made, or a standing sanction that the target yielded to.

    Attributes
    ----------
    course : str
        ``complied``, ``imposed``, ``backed_down`` or ``yielded``.
    demand, sanction : Move
        What moved, or would have moved, and from where to where.
    """

    turn: int
    date: dt.date
    name: str
    by: str
    against: str
    course: str
    demand: Move
    sanction: Move


@dataclass(frozen=True)
class EventHappened:
    """An event and the turn in which it struck."""

    turn: int
    name: str


@dataclass(frozen=True, repr=False)
class Run:
    """One run, complete; frames are indexed by turn 0 (the start) to T.

    Attributes
    ----------
    dates : tuple of date
        The day on which each turn began, then the day on which the last one ended: turn t began on
        ``dates[t - 1]``, and ``dates[t]`` is the day on which what row t of a frame holds was so.
    record : Record
        What ``series``, ``public``, ``utilities`` and ``contributions`` hold, as plain arrays.
    meetings : tuple of Meeting
        What became of every channel in every turn, in that order: who refused, or why nobody
        could.
    threats : tuple of Episode
        Threats that were made and sanctions that were yielded to, in their order.
    types : mapping of str to str
        By belief: ``low`` or ``high``, the true type of this run.
    custom_actors : tuple of str
        Actors whose decisions were replaced by Python code; such a run is never mixed with
        batch results.
    """

    scenario: Scenario
    seed: int
    replication: int
    dates: tuple[dt.date, ...]
    record: Record
    agreements: tuple[Agreement, ...]
    events: tuple[EventHappened, ...]
    measures: Mapping[str, float]
    meetings: tuple[Meeting, ...] = field(default=())
    threats: tuple[Episode, ...] = field(default=())
    types: Mapping[str, str] = field(default_factory=dict)
    custom_actors: tuple[str, ...] = field(default=())

    def __eq__(self, other: object) -> bool:
        """Return whether another run tells the same; what was reached in neither is the same."""
        if not isinstance(other, Run):
            return NotImplemented
        mine, theirs = ({**vars(one), "measures": None} for one in (self, other))
        names = [each.name for each in fields(self)]
        return all(mine[name] == theirs[name] for name in names) and _alike(
            self.measures, other.measures
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        address = f"seed {self.seed}, replication {self.replication}"
        told = f"{len(self.dates) - 1} turns, {len(self.agreements)} agreements"
        return f"<Run of {self.scenario.name}, {address}: {told}>"

    def _repr_html_(self) -> str:
        return html(self)

    @cached_property
    def series(self) -> pd.DataFrame:
        """True value of every quantity, natural units; columns are dotted names.

        ``series.attrs`` holds ``labels`` and ``units`` of the columns, as it does in every frame.
        """
        found = {n: quantity(self.scenario.document, n) for n in self.record.axes.quantities}
        return _told(self.record.series_frame(), {n: told for n, told in found.items() if told})

    @cached_property
    def public(self) -> pd.DataFrame:
        """Lever values as an outside observer saw them."""
        levers = self.scenario.document.levers
        told = {name: (lever.label, lever.unit) for name, lever in levers.items()}
        return _told(self.record.public_frame(), told)

    @cached_property
    def utilities(self) -> pd.DataFrame:
        """Utility of every actor, utils."""
        actors = self.scenario.document.actors
        told = {name: (actor.label, "utils") for name, actor in actors.items()}
        return _told(self.record.utility_frame(), told)

    @cached_property
    def contributions(self) -> pd.DataFrame:
        """Long form (turn, actor, interest, value) of the terms that add up to each utility.

        The interests ``regard`` and ``costs`` stand for other actors' utility and for costs paid.
        """
        told = {"value": ("Part of the actor's utility", "utils")}
        return _told(self.record.contribution_frame(), told)


def _alike(one: Mapping[str, float], two: Mapping[str, float]) -> bool:
    """Return whether measures are equal; NaN, for never, is equal to NaN."""
    return one.keys() == two.keys() and all(
        one[name] == two[name] or (isnan(one[name]) and isnan(two[name])) for name in one
    )


def _told(frame: pd.DataFrame, told: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    """Give a frame the labels and units of its columns."""
    frame.attrs["labels"] = {name: label for name, (label, _) in told.items()}
    frame.attrs["units"] = {name: unit for name, (_, unit) in told.items()}
    return frame


def worst_hit(
    externalities: Mapping[str, float], parties: tuple[str, ...]
) -> tuple[str | None, float]:
    """Return the outsider that loses most by an agreement and its loss, utils.

    Examples
    --------
    >>> worst_hit({"a": 0.2, "b": 0.1, "c": -0.05, "d": 0.0}, ("a", "b"))
    ('c', 0.05)
    >>> worst_hit({"a": 0.2, "b": 0.1, "c": 0.01}, ("a", "b"))
    (None, 0.0)
    """
    names = list(externalities)
    is_party = [name in parties for name in names]
    place, loss = blocking.worst_hit(list(externalities.values()), is_party)
    return (names[place] if place >= 0 else None), loss
