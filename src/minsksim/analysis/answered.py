"""Answers as reasons: what a quantity did in a turn to those who then signed nothing."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from minsksim.rules.answers import with_answers
from minsksim.rules.choice import acceptance_probability
from minsksim.scenario.references import quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from minsksim.engine.record.meetings import Meeting
    from minsksim.engine.record.run import Run
    from minsksim.scenario.answers import NumberAnswer
    from minsksim.scenario.schema import Document


SEEN = 0.01
"""By how much a chance must be lower for an answer to be named: figures show whole percents."""

_MEETS = ("channels.", "meetings.")
"""How the numbers begin on which it depends whether parties meet."""


def answers_told(run: Run, meeting: Meeting) -> list[str]:
    """Return what answers did against a package in one turn, with the quantities that they read.

    An answer is named only if without it the turn would have been another: a package would have
    suited all, the parties would have been likelier to meet, or the one that refused likelier to
    sign. What a party minds more or less is told as it stood, since it was not asked what would be
    without it.
    """
    document = run.scenario.document
    reasons, minded = _reasons(run, meeting), _minded(document, meeting)
    told = [_told(document, meeting, name, one) for name, one in reasons.items()]
    return told + [f"while {_told(document, meeting, *each)}" for each in minded.items()]


def reservation_in(run: Run, meeting: Meeting, party: str) -> float:
    """Return the least gain for which a party could sign in a turn, with what answers added."""
    answers, number = run.scenario.document.answers or {}, f"actors.{party}.reservation"
    added = sum(
        amount for name, (_, amount) in meeting.answers.items() if answers[name].of == number
    )
    return with_answers(run.scenario.numbers[number].value, added, 0.0, inf)


def answers_named(run: Run, meeting: Meeting) -> list[str]:
    """Return the reasons without the figures of the turn, so that turns can be counted by cause."""
    return [_named(name, one) for name, one in _reasons(run, meeting).items()]


def answers_over(run: Run, meetings: Sequence[Meeting]) -> list[str]:
    """Return the same for several turns with one cause: between which levels quantities stood."""
    document = run.scenario.document
    return [
        f"{_level(document, one, *sorted(each.answers[name][0] for each in meetings))}: "
        f"{_named(name, one)}"
        for name, one in _reasons(run, meetings[0]).items()
    ]


def _reasons(run: Run, meeting: Meeting) -> dict[str, NumberAnswer]:
    """Return the answers without which the turn would have been another."""
    known = run.scenario.document.answers or {}
    found = {}
    for name, (_, amount) in meeting.answers.items():
        one = known[name]
        if meeting.ending == "not_met":
            is_reason = _keeps_apart(run, meeting, one.of, amount)
        elif meeting.ending == "refused":
            is_reason = _lets_refuse(run, meeting, one.of, amount)
        else:
            is_reason = name in meeting.asking
        if is_reason:
            found[name] = one
    return found


def _minded(document: Document, meeting: Meeting) -> dict[str, NumberAnswer]:
    """Return what made parties without whom nothing was signed mind something more or less."""
    if meeting.ending not in ("nothing_suits", "refused"):
        return {}
    known = document.answers or {}
    without = {f"salience.{party}" for party, has in meeting.signed.items() if not has}
    is_any = meeting.ending == "nothing_suits"
    return {
        name: known[name]
        for name, (_, amount) in meeting.answers.items()
        if known[name].of.startswith("salience.")
        and abs(amount) >= SEEN
        and (is_any or known[name].of.rpartition(".")[0] in without)
    }


def _keeps_apart(run: Run, meeting: Meeting, of: str, amount: float) -> bool:
    """Return whether without an answer the parties would have been likelier to meet."""
    if amount >= 0.0 or not of.startswith(_MEETS):
        return False
    known = run.scenario.document.answers or {}
    quality = run.record.level(f"channels.{meeting.channel}", meeting.turn - 1)
    added = sum(
        more for name, (_, more) in meeting.answers.items() if known[name].of.startswith(_MEETS)
    )
    chance, without = (with_answers(quality, x, 0.0, 1.0) for x in (added, added - amount))
    return without - chance > SEEN


def _lets_refuse(run: Run, meeting: Meeting, of: str, amount: float) -> bool:
    """Return whether without an answer the party that refused would have been likelier to sign."""
    section, *names = of.split(".")
    if amount <= 0.0 or section != "actors" or meeting.signed.get(names[0], True):
        return False
    assert meeting.offer is not None
    rationality = run.scenario.numbers[f"actors.{names[0]}.rationality"].value
    asked = max(reservation_in(run, meeting, names[0]) - amount, 0.0)
    without = acceptance_probability(meeting.offer.gains[names[0]], asked, rationality)
    return without - meeting.chances[names[0]] > SEEN


def _told(document: Document, meeting: Meeting, name: str, one: NumberAnswer) -> str:
    value, amount = meeting.answers[name]
    return f"{_level(document, one, value)}: {_does(document, one, amount)} ({_named(name, one)})"


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
