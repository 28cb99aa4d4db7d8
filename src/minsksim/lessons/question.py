"""A question, its right answer, and the misconceptions that wrong answers give away.

A right answer is computed, from a run or a closed form. A misconception is a test on the answer
given: it names the mistake and points to what to look at, and never tells the solution.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from string import Formatter
from typing import TYPE_CHECKING, Any

import numpy as np

from minsksim.errors import UsageError
from minsksim.frozen import FrozenMap
from minsksim.lessons.typed import number_of
from minsksim.text import shown_in_line

if TYPE_CHECKING:
    from minsksim.lessons.world import World

Answer = float | bool | str
"""A number, yes or no, the letter of an option, or letters in order, such as ``"bac"``."""

_SILENT = 3.0 * (1.0 + 1e-9)
"""How many tolerances about the right number all guesses get the same reply."""

_BOUNDS = {
    "0 to 1": (0, 1),
    "probability": (0, 1),
    "Brier": (0, 1),
    "percent of": (0, 100),
}
"""What a unit says of the numbers that can be."""

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
    before : str
        What to say to a guess, when nothing has been run yet; default: the feedback.
    side : {"", "low", "high", "other"}
        Where every other wrong answer shows the belief: those below the right one, those above
        it, or all.
    is_told_to_guesses : bool
        False where naming the belief would tell the solution before the run.
    """

    name: str
    example: Compute
    feedback: str
    holds: Callable[[World, Answer], bool] | None = None
    before: str = ""
    side: str = ""
    is_told_to_guesses: bool = True


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
    never_shown : str
        The order in which the options must not stand, since it is the solved one.
    is_guessed : bool
        Whether a guess must be typed before the run.
    facts : mapping of str to callable
        What a name between braces in any of the texts stands for, computed when it is told.
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
    never_shown: str = ""
    is_guessed: bool = False
    facts: Mapping[str, Compute] = field(default_factory=lambda: FrozenMap({}))

    @property
    def letters(self) -> str:
        """The letters of the options, ``"abc"``."""
        return "".join(chr(ord("a") + k) for k in range(len(self.options)))


@dataclass(frozen=True)
class Verdict:
    """What a check found: right or not, what to say, and which misconception showed.

    ``before`` is what to say instead while nothing has been run.
    """

    is_right: bool
    text: str
    misconception: str | None = None
    before: str = ""


def read_answer(question: Question, given: object) -> Answer:
    """Return what was typed as an answer, or say what the question takes.

    Raises
    ------
    UsageError
        If it is not an answer to this kind of question.
    """
    if question.kind is Kind.NUMBER:
        value = number_of(given, question.unit)
        if value is not None:
            _check_bounds(question, value)
            return value
    elif isinstance(given, (str, bool, np.bool_, list, tuple)):
        text = "".join(one for one in str(given).lower() if one.isalnum())
        found = _letters(question, text)
        if found is not None:
            return found
    raise UsageError(f"{question.key} takes {_wanted(question)}; {_named(given)} is not that.")


def _check_bounds(question: Question, value: float) -> None:
    """Refuse a share or a percentage that cannot be."""
    bounds = next((pair for mark, pair in _BOUNDS.items() if mark in question.unit), None)
    if bounds is not None and not bounds[0] <= value <= bounds[1]:
        low, high = bounds
        raise UsageError(f"{question.key}: {low} to {high}, please; {value:g} is outside.")


def _letters(question: Question, text: str) -> Answer | None:
    if question.kind is Kind.YES_NO:
        return {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}.get(
            text
        )
    if question.kind is Kind.CHOICE:
        return text if len(text) == 1 and text in question.letters else None
    return text if sorted(text) == list(question.letters) else None


def judge(question: Question, world: World, given: object, *, is_guess: bool = False) -> Verdict:
    """Return whether an answer is right and, if it is not, which misconception it shows.

    A guess is told only beliefs that ``is_told_before`` allows.
    """
    answer = read_answer(question, given)
    right = question.answer(world)
    if is_same(question, answer, right):
        return Verdict(True, told(question.because, question.facts, world))
    for one in question.misconceptions:
        if is_guess and not is_told_before(question, one, world, answer):
            continue
        if _shows(question, one, world, answer, right):
            feedback = told(one.feedback, question.facts, world)
            before = told(one.before, question.facts, world) or feedback
            return Verdict(False, feedback, one.name, before)
    return Verdict(False, told(question.hint, question.facts, world))


def is_told_before(question: Question, error: Misconception, world: World, answer: Answer) -> bool:
    """Return whether a guess may be told this belief before the run.

    Never where the reply would show on which side of the guess the solution lies, how near it
    is, or which of two answers is right: whoever tried several guesses could read it off.
    """
    if question.kind is Kind.YES_NO or error.side or not error.is_told_to_guesses:
        return False
    if question.kind is not Kind.NUMBER:
        return True
    right, margin = float(question.answer(world)), _SILENT * question.tolerance
    return all(abs(float(one) - right) > margin for one in (answer, error.example(world)))


def _shows(
    question: Question, error: Misconception, world: World, answer: Answer, right: Answer
) -> bool:
    if error.side:
        is_below = question.kind is Kind.NUMBER and float(answer) < float(right)
        return error.side == "other" or is_below == (error.side == "low")
    if error.holds is not None:
        return error.holds(world, answer)
    return is_same(question, answer, error.example(world))


def told(text: str, facts: Mapping[str, Compute], world: World) -> str:
    """Return a text with what stands between braces computed.

    Examples
    --------
    >>> told("after {months:.0f} months", {"months": lambda world: 12.0}, None)
    'after 12 months'
    """

    class Computed(Formatter):
        def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
            return facts[str(key)](world)

    return Computed().format(text)


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
        number = round(float(answer), 9) + 0.0  # 2e-14 is the rounding of 0
        return f"{number:.4g} {question.unit.removesuffix(', 0 to 1')}".strip()
    if question.kind is Kind.YES_NO:
        return "yes" if answer else "no"
    if question.kind is Kind.ORDERING:
        return ", ".join(str(answer))
    return f"{answer} ({question.options[question.letters.index(str(answer))]})"


def in_words(question: Question, answer: Answer) -> str:
    """Return an answer without letters: options by what they say."""
    if not question.options:
        return shown(question, answer)
    return "; ".join(question.options[question.letters.index(one)] for one in str(answer))


def _named(given: object) -> str:
    """Return what was typed, fit for one line."""
    if isinstance(given, (str, int, float, complex, list, tuple)):
        text = shown_in_line(repr(given))
        return text if len(text) <= 60 else f"{text[:57]}..."
    return f"a {type(given).__name__}"


def _wanted(question: Question) -> str:
    if question.kind is Kind.NUMBER:
        return f"a number ({question.unit})" if question.unit else "a number"
    if question.kind is Kind.CHOICE:
        return f"one letter of {', '.join(question.letters)}"
    if question.kind is Kind.ORDERING:
        return f"the letters {', '.join(question.letters)} in order"
    return str(question.kind.value)
