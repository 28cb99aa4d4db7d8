"""Shifts of an actor's only weight, which change nothing: weights are scaled to add up to 1."""

from __future__ import annotations

from collections.abc import Iterator

from ..fields import Number
from ..schema import Document
from .remark import Remark, least, most

SETS, SHIFTS, GROWS = "sets", "shifts", "grows"
Shift = tuple[str, Number, str]
"""Dotted name of what moves a weight, to what or by how much, and in which of these ways."""


def shifts_without_effect(document: Document) -> Iterator[Remark]:
    """Yield a remark for each event's effect and answer that moves an actor's only weight.

    It does nothing while the weight keeps its sign. Left out is an actor that heeds others, or of
    whom something is believed: it may come to weigh more than one interest.
    """
    believed = {belief.of for belief in document.beliefs.values()}
    for name, actor in document.actors.items():
        weighed = [key for key, one in actor.salience.items() if least(one) or most(one)]
        shifts = _shifts(document, name)
        if len(weighed) != 1 or name in believed or _heeds(document, name):
            continue
        if set(shifts) != {weighed[0]}:
            continue
        weight, found = actor.salience[weighed[0]], shifts[weighed[0]]
        if not _keeps_sign(weight, found):
            continue
        for place, _, _ in found:
            yield Remark(
                "without_effect",
                (place, f"actors.{name}.salience.{weighed[0]}"),
                f"{place} changes nothing: {weighed[0]} is all that {name} weighs, and weights are "
                "scaled to add up to 1.",
                f"Let {name} weigh a second interest, so that its share can change, or move the "
                f"`effect` of a term of {weighed[0]}, a `cost` or a `reservation` instead.",
            )


def _shifts(document: Document, actor: str) -> dict[str, list[Shift]]:
    """Return what moves an actor's weights, by interest."""
    found: dict[str, list[Shift]] = {}
    prefix = f"salience.{actor}."
    for event, one in document.events.items():
        for key, effect in one.effects.items():
            number = effect.set or effect.shift
            if effect.of.startswith(prefix) and number is not None:
                way = SHIFTS if effect.set is None else SETS
                shift = (f"events.{event}.effects.{key}", number, way)
                found.setdefault(effect.of.removeprefix(prefix), []).append(shift)
    for name, answer in (document.answers or {}).items():
        if answer.of.startswith(prefix):
            way = GROWS if answer.beyond is None else SHIFTS
            shift = (f"answers.{name}", answer.by, way)
            found.setdefault(answer.of.removeprefix(prefix), []).append(shift)
    return found


def _keeps_sign(weight: Number, shifts: list[Shift]) -> bool:
    """Return whether the scaled weight, 1 or -1, keeps its sign whatever shifts come together."""
    sign = 1.0 if weight.value > 0.0 else -1.0
    if min(sign * least(weight), sign * most(weight)) <= 0.0:
        return False
    lowest, against = 1.0, 0.0
    for _, number, how in shifts:
        end = min(sign * least(number), sign * most(number))
        if how == SETS:
            lowest = min(lowest, end)
        elif how == GROWS and end < 0.0:  # with its quantity, which may leave its scale
            return False
        else:
            against += min(end, 0.0)
    return lowest + against > 0.0


def _heeds(document: Document, name: str) -> bool:
    is_moved = most(document.actors[name].susceptibility) > 0.0
    return is_moved and any(
        edge.to == name and most(edge.weight) > 0.0 for edge in document.influence.values()
    )
