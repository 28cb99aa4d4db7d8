"""Threats and their course as the Mesa form shows them: names in place of indices."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from minsksim.engine import threat as at
from minsksim.engine.run import Episode, Move, Threat

if TYPE_CHECKING:
    from minsksim.engine.layout import State
    from minsksim.scenario.schema import Document

COURSES = {
    at.COMPLIED: "complied",
    at.IMPOSED: "imposed",
    at.BACKED_DOWN: "backed_down",
    at.YIELDED: "yielded",
}


def threat_of(document: Document, state: State, h: int, is_standing: bool) -> Threat:
    """Return threat ``h`` with this turn's moves and stakes."""
    name, spoken = list(document.threats.items())[h]
    levers, room = list(document.levers), state.standoff
    stakes = [float(value) for value in room.stakes[h]]

    def move(lever: str, to: float) -> Move:
        now = float(state.planned[levers.index(lever)])
        return Move(lever, document.levers[lever].owner, now, float(to))

    return Threat(
        name=name,
        by=spoken.by,
        against=spoken.against,
        demand=move(spoken.demand.lever, room.move[h, 0]),
        sanction=move(spoken.sanction.lever, room.origin[h] if is_standing else room.move[h, 1]),
        value=stakes[at.VALUE],
        stake=stakes[at.STAKE],
        harm=stakes[at.HARM],
        net=stakes[at.LIFT if is_standing else at.NET],
        audience_cost=stakes[at.EXPOSURE],
    )


def episode_of(threat: Threat, state: State, h: int, turn: int, date: dt.date) -> Episode:
    """Return what became of a threat that was made, or that the target yielded to."""
    mark = state.standoff.mark[h]
    course = next(word for column, word in COURSES.items() if mark[column] == 1)
    return Episode(
        turn=turn,
        date=date,
        name=threat.name,
        by=threat.by,
        against=threat.against,
        course=course,
        demand=threat.demand,
        sanction=threat.sanction,
    )
