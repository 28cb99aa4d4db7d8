"""Parties that have nothing to give in a turn, since none of their levers on the table can move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minsksim.scenario.groups import flows, origins
from minsksim.text import joined

if TYPE_CHECKING:
    from minsksim.engine.record.meetings import Meeting
    from minsksim.engine.record.run import Run


def nothing_to_give(run: Run, meeting: Meeting) -> list[str]:
    """Return which parties could move none of the levers that they have on the table, and why.

    Said only of a party that has levers there. That people are gone is said where the lever moves
    people and nobody is in the stocks that it draws on.
    """
    document, told = run.scenario.document, []
    table = document.channels[meeting.channel].table
    for party in meeting.parties:
        own = [name for name in table if document.levers[name].owner == party]
        if own and set(own) <= set(meeting.still):
            labels = joined([document.levers[name].label for name in own])
            gone = [label for name in own for label in _empty(run, meeting.turn, name)]
            nobody = f", since nobody is left of: {joined(gone)}" if gone else ""
            told.append(
                f"{document.actors[party].label} has nothing to give: {labels} cannot move{nobody}"
            )
    return told


def _empty(run: Run, turn: int, lever: str) -> list[str]:
    """Return the labels of the people whom a lever moves, if there are none."""
    stocks, gone = run.scenario.document.stocks, []
    for _, _, flow in flows(stocks):
        pool = origins(stocks, flow) if flow.by == lever else ()
        held = sum(run.record.level(f"stocks.{name}", turn) for name in pool)
        if pool and held < 1.0 and all(stocks[name].whole for name in pool):
            whole = (flow.origin,) if isinstance(flow.origin, str) else pool
            gone += [stocks[name].label for name in whole]
    return list(dict.fromkeys(gone))
