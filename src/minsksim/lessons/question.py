"""A question, its right answer, and the misconceptions that wrong answers give away.

A right answer is computed, from a run or a closed form. A misconception is a test on the answer
given: it names the mistake and points to what to look at, and never tells the solution.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from minsksim.errors import UsageError

if TYPE_CHECKING:
    from minsksim.lessons.world import World

Answer = float | bool | str
"""A number, yes or no, the letter of an option, or letters in order, such as ``"bac"``."""

Compute = Callable[["World"], Answer]


class Kind(Enum):
    """What sort of answer a question takes."""

    NUMBER = "a number"
    YES_NO = '"yes" or "no"'
    CHOICE = "the letter of one option"
    ORDERING = "all letters, in order"


@dataclass(frozen=True)
class Misconception:
    """A way to be wrong: its name, an answer that shows it, and what to say to it.

    Attributes
    ----------
    name : str
        The mistaken belief, as a clause.
    example : callable
        An answer that somebody with this belief would give.
    feedback : str
        A sentence that names the belief and points to what to look at.
    holds : callable, optional
        Whether an answer shows the belief; default: it equals the example.
    """

    name: str
    example: Compute
    feedback: str
    holds: Callable[[World, Answer], bool] | None = None


@dataclass(frozen=True)
class Question:
    """One question of a lab.

    Attributes
    ----------
    key : str
        Its name in the notebook.
    answer : callable
        Computes the right answer.
    hint : str
        For a wrong answer that shows no listed misconception; it does not tell the solution.
    because : str
        The explanation that follows a right answer.
    tolerance : float
        How far off a number may be, in its unit.
    is_guessed : bool
        Whether a guess must be typed before the run.
    """

    key: str
    kind: Kind
    text: str
    answer: Compute
    hint: str
    because: str
    misconceptions: tuple[Misconception, ...]
    options: tuple[str, ...] = ()
    tolerance: float = 0.0
    unit: str = ""
    is_guessed: bool = False

    @property
    def letters(self) -> str:
        """The letters of the options, ``"abc"``."""
        return "".join(chr(ord("a") + k) for k in range(len(self.options)))


@dataclass(frozen=True)
class Verdict:
    """What a check found: right or not, what to say, and which misconception showed."""

    is_right: bool
    text: str
    misconception: str | None = None


def read_answer(question: Question, given: object) -> Answer:
    """Return what was typed as an answer, or say what the question takes.

    Raises
    ------
    UsageError
        If it is not an answer to this kind of question.
    """
    if question.kind is Kind.NUMBER:
        return _number(question, given)
    text = "".join(str(given).lower().replace(",", " ").split())
    if question.kind is Kind.YES_NO:
        if text in ("yes", "no", "true", "false"):
            return text in ("yes", "true")
    elif question.kind is Kind.CHOICE:
        if len(text) == 1 and text in question.letters:
            return text
    else:
        letters = "".join(char for char in text if char.isalpha())
        if sorted(letters) == list(question.letters):
            return letters
    raise UsageError(f"{question.key} takes {_wanted(question)}; {given!r} is not that.")


def judge(question: Question, world: World, given: object) -> Verdict:
    """Return whether an answer is right and, if it is not, which misconception it shows."""
    answer = read_answer(question, given)
    right = question.answer(world)
    if is_same(question, answer, right):
        return Verdict(True, question.because)
    for one in question.misconceptions:
        example = one.example(world)
        shows = (
            is_same(question, answer, example) if one.holds is None else one.holds(world, answer)
        )
        if shows:
            return Verdict(False, one.feedback, one.name)
    return Verdict(False, question.hint)


def is_same(question: Question, first: Answer, second: Answer) -> bool:
    """Return whether two answers count as one; numbers do within the tolerance."""
    if question.kind is Kind.NUMBER:
        return abs(float(first) - float(second)) <= question.tolerance * (1.0 + 1e-9)
    return first == second


def shown(question: Question, answer: Answer) -> str:
    """Return an answer as a person reads it.

    Examples
    --------
    >>> ask = lambda kind, unit="": Question("q", kind, "", lambda w: 0, "", "", (), unit=unit)
    >>> shown(ask(Kind.NUMBER, "utils"), 0.5), shown(ask(Kind.YES_NO), True)
    ('0.5 utils', 'yes')
    """
    if question.kind is Kind.NUMBER:
        return f"{float(answer):.4g} {question.unit}".strip()
    if question.kind is Kind.YES_NO:
        return "yes" if answer else "no"
    if question.kind is Kind.ORDERING:
        return ", ".join(str(answer))
    return f"{answer} ({question.options[question.letters.index(str(answer))]})"


def _number(question: Question, given: object) -> float:
    try:
        value = math.nan if isinstance(given, bool) else float(str(given))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise UsageError(f"{question.key} takes {_wanted(question)}; {given!r} is not that.")
    return value


def _wanted(question: Question) -> str:
    if question.kind is Kind.NUMBER:
        return f"a number ({question.unit})" if question.unit else "a number"
    if question.kind is Kind.CHOICE:
        return f"one letter of {', '.join(question.letters)}"
    if question.kind is Kind.ORDERING:
        return f'the letters {", ".join(question.letters)} in order, such as "{question.letters}"'
    return str(question.kind.value)
