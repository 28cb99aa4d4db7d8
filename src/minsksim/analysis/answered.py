"""Answers as reasons: what a quantity did in a turn to those who then signed nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minsksim.scenario.references import quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from minsksim.engine.record.meetings import Meeting
    from minsksim.scenario.answers import NumberAnswer
    from minsksim.scenario.schema import Document


def answers_told(document: Document, meeting: Meeting) -> list[str]:
    """Return what answers did against a package in one turn, with the quantities that they read.

    Where no package suits all, a reservation is named only if without the answers to reservations
    some package would have suited; what an actor minds more or less is named as it stood.
    """
    return [
        f"{_level(document, one, meeting.answers[name][0])}: "
        f"{_does(document, one, meeting.answers[name][1])} ({_named(name, one)})"
        for name, one in _of(document, meeting).items()
    ]


def answers_named(document: Document, meeting: Meeting) -> list[str]:
    """Return the same without the figures of the turn, so that turns can be counted by cause."""
    return [_named(name, one) for name, one in _of(document, meeting).items()]


def answers_over(document: Document, meetings: Sequence[Meeting]) -> list[str]:
    """Return the same for several turns with one cause: between which levels quantities stood."""
    return [
        f"{_level(document, one, *sorted(each.answers[name][0] for each in meetings))}: "
        f"{_named(name, one)}"
        for name, one in _of(document, meetings[0]).items()
    ]


def _of(document: Document, meeting: Meeting) -> dict[str, NumberAnswer]:
    known = document.answers or {}
    return {
        name: known[name]
        for name, (_, amount) in meeting.answers.items()
        if _is_reason(meeting, known[name].of, amount)
    }


def _is_reason(meeting: Meeting, of: str, amount: float) -> bool:
    """Return whether what an answer adds can be why nothing was signed."""
    if meeting.ending == "not_met":
        return amount < 0.0 and of.startswith(("channels.", "meetings."))
    if of.endswith(".reservation"):
        is_why = meeting.is_answer if meeting.ending == "nothing_suits" else True
        return amount > 0.0 and is_why and meeting.ending in ("nothing_suits", "refused")
    return of.startswith("salience.") and meeting.ending in ("nothing_suits", "refused")


def _named(name: str, one: NumberAnswer) -> str:
    return one.label or f"answers.{name}"


def _level(document: Document, one: NumberAnswer, *values: float) -> str:
    """Say where a quantity stands, or between which levels, and whether beyond a red line."""
    label, unit = quantity(document, one.to) or (one.to, "")
    low, high = f"{values[0]:.4g}", f"{values[-1]:.4g}"
    level = low if low == high else f"{low} to {high}"
    beyond = "" if one.beyond is None else ", beyond the red line"
    return f"{label} at {level} {unit}".rstrip() + beyond


def _does(document: Document, one: NumberAnswer, amount: float) -> str:
    """Say what the answer does to a party or to a channel."""
    section, *names = one.of.split(".")
    if section == "actors":
        much = f"{amount:.3g} util{'s' * (amount != 1.0)}"
        return f"{document.actors[names[0]].label} asks for {much} more"
    if section == "salience":
        actor, interest = document.actors[names[0]].label, document.interests[names[1]].label
        return f"{actor} weighs {interest} by {abs(amount):.3g} {'more' if amount > 0 else 'less'}"
    return "the two are less likely to meet"
