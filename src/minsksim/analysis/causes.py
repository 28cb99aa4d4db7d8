"""Why a lever moved outside this turn's agreements."""

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
    """Return why a lever moved outside an agreement; empty for its owner's own decision."""
    document = run.scenario.document
    if event_of(run, lever, turn):
        return "by the event"
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


def event_of(run: Run, lever: str, turn: int) -> str:
    """Return the label of the event that moved a lever in a turn; empty if none did."""
    events = run.scenario.document.events
    struck = [events[event.name] for event in run.events if event.turn == turn]
    found = [
        event.label
        for event in struck
        if any(effect.of == f"levers.{lever}" for effect in event.effects.values())
    ]
    return found[-1] if found else ""


def events_told(run: Run, number: int) -> tuple[str, ...]:
    """Return the labels of what happened in a turn, and of what came to its end in it."""
    document, told = run.scenario.document, []
    for event in run.events:
        found = document.events[event.name]
        lasts = {effect.lasts for effect in found.effects.values() if effect.lasts}
        if event.turn == number:
            told.append(found.label)
        elif number - event.turn in lasts:
            told.append(f"{found.label}: over after {number - event.turn} turns")
    return tuple(told)
