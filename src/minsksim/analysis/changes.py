"""Levers that moved in a turn: as promised, by an event or otherwise; and events as they struck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minsksim.analysis.causes import cause_of

if TYPE_CHECKING:
    from minsksim.engine.record.run import Agreement, Move, Run

_TINY = 1e-9


@dataclass(frozen=True)
class Change:
    """A lever's move; ``fate`` is empty unless it did not come as it was meant."""

    lever: str
    label: str
    owner: str
    unit: str
    before: float
    after: float
    fate: str = ""
    is_seen: bool = True


@dataclass(frozen=True)
class Happened:
    """An event that struck in a turn, or whose effect came to its end in it.

    Attributes
    ----------
    event : str
        Its name in the scenario.
    label : str
        What people read.
    over_after : int
        The turns after which what it did came to its end in this turn; 0 in the turn it struck.
    moves : tuple of Change
        The levers that it moved; whoever owns them decided nothing.
    """

    event: str
    label: str
    over_after: int
    moves: tuple[Change, ...]


def promised(run: Run, agreement: Agreement, move: Move) -> Change:
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
        is_seen=is_seen(run, move.lever, agreement.turn),
    )


def is_seen(run: Run, lever: str, turn: int) -> bool:
    """Return whether the public record shows a lever where it truly is."""
    true = run.record.level(f"levers.{lever}", turn)
    return abs(run.record.shown(lever, turn) - true) < _TINY


def happened(run: Run, number: int, signed: Sequence[Agreement]) -> tuple[Happened, ...]:
    """Return the events of a turn in their order, each with the levers that it moved."""
    document, found = run.scenario.document, []
    moved = [(_mover(run, name, number), name) for name in _moved(run, number, signed)]
    for event in run.events:
        label = document.events[event.name].label
        effects = document.events[event.name].effects.values()
        if event.turn == number:
            levers = [name for mover, name in moved if mover == event.name]
            moves = tuple(_change(run, name, number) for name in levers)
            found.append(Happened(event.name, label, over_after=0, moves=moves))
        elif number - event.turn in {effect.lasts for effect in effects if effect.lasts}:
            found.append(Happened(event.name, label, over_after=number - event.turn, moves=()))
    return tuple(found)


def others(run: Run, number: int, signed: Sequence[Agreement]) -> tuple[Change, ...]:
    """Return the levers that moved by a decision or a delay, not by an agreement or an event."""
    return tuple(
        _change(run, name, number, cause_of(run, name, number))
        for name in _moved(run, number, signed)
        if _mover(run, name, number) is None
    )


def _moved(run: Run, number: int, signed: Sequence[Agreement]) -> Iterator[str]:
    """Yield the levers that moved otherwise than as this turn's agreements say."""
    agreed = {move.lever for one in signed for move in one.moves}
    for name, lever in run.scenario.document.levers.items():
        before, after = _ends(run, name, number)
        if abs(after - before) > _TINY and (name not in agreed or lever.delay):
            yield name


def _mover(run: Run, lever: str, number: int) -> str | None:
    """Return the event of a turn that acts on a lever, if one does."""
    for event in run.events:
        effects = run.scenario.document.events[event.name].effects.values()
        if event.turn == number and any(one.of == f"levers.{lever}" for one in effects):
            return event.name
    return None


def _ends(run: Run, lever: str, number: int) -> tuple[float, float]:
    """Return where a lever stood before a turn, or where it falls back to, and after it."""
    is_momentary = run.scenario.document.levers[lever].persistence == "momentary"
    first = 0 if is_momentary else number - 1
    return run.record.level(f"levers.{lever}", first), run.record.level(f"levers.{lever}", number)


def _change(run: Run, name: str, number: int, fate: str = "") -> Change:
    lever, ends = run.scenario.document.levers[name], _ends(run, name, number)
    seen = is_seen(run, name, number)
    return Change(name, lever.label, lever.owner, lever.unit, *ends, fate, seen)
