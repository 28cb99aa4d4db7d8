"""Agreements that stand: where no package suits because what suits is in force already."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minsksim.engine.record.meetings import Meeting
    from minsksim.engine.record.run import Run


def all_stands(run: Run, meeting: Meeting) -> bool:
    """Return whether all that a channel agreed last stands where its parties put it.

    Asked of levers that stay where they are put, and False where none was agreed on. A lever that
    was elsewhere when the turn began, or is at its end, does not stand.
    """
    levers = run.scenario.document.levers
    put: dict[str, float] = {}
    for one in run.agreements:
        if one.channel == meeting.channel and one.turn < meeting.turn:
            put |= {move.lever: move.after for move in one.moves}
    return any(levers[name].persistence != "momentary" for name in put) and all(
        math.isclose(run.record.level(f"levers.{name}", turn), value, abs_tol=1e-9)
        for name, value in put.items()
        if levers[name].persistence != "momentary"
        for turn in (meeting.turn - 1, meeting.turn)
    )
