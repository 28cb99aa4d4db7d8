"""Why a lever moved outside this turn's agreements and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minsksim.engine.record.run import Run

_COERCED = {
    ("complied", True): "under the threat",
    ("imposed", False): "as threatened",
    ("yielded", True): "under the sanction",
    ("yielded", False): "lifted in return",
}
"""Why a lever moved, by the course of a threat and whether the lever was the one demanded."""


def cause_of(run: Run, lever: str, turn: int) -> str:
    """Return why a lever that no event moved did so; empty for its owner's own decision."""
    document = run.scenario.document
    for one in run.threats:
        if one.turn == turn and lever in (one.demand.lever, one.sanction.lever):
            is_demanded = lever == one.demand.lever
            return _COERCED.get((one.course, is_demanded), "")
    for agreed in run.agreements:
        is_under_way = agreed.turn < turn < agreed.turn + agreed.tranches
        if is_under_way and any(move.lever == lever for move in agreed.moves):
            return "part of what was agreed"
    promised = {
        move.lever
        for one in run.agreements
        if one.turn == turn - document.levers[lever].delay
        for move in one.moves
    }
    return "as agreed before" if document.levers[lever].delay and lever in promised else ""
