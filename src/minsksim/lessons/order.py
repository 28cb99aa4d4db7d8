"""The options of a question in the order of a seed: shuffled, and the same each time.

In a page the options stand as their author wrote them. Neighbours in class should not be able to
tell each other letters, and a notebook that is written again must not change. So the order follows
from the seed, the lab and the question alone, on every machine.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from minsksim.errors import UsageError
from minsksim.lessons.question import Answer, Compute, Kind, Misconception, Question

if TYPE_CHECKING:
    from minsksim.lessons.lab import Lab
    from minsksim.lessons.world import World


def check_seed(seed: object) -> int:
    """Return a seed, or say what one is."""
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**63:
        raise UsageError(f"seed={seed!r}: use a whole number from 0 to 2**63 - 1.")
    return seed


def order_of(lab: str, question: Question, seed: int) -> str:
    """Return the letters of the page in the order in which a student sees the options.

    Parameters
    ----------
    lab : str
        Name of the lab.
    question : Question
        As its page has it.
    seed : int
        The student's; any whole number, 0 or more.

    Returns
    -------
    str
        Such as ``"bca"``: what the page calls b is shown first, as a. Empty without options.
    """

    def rank(letter: str) -> bytes:
        return hashlib.sha256(f"{seed} {lab} {question.key} {letter}".encode()).digest()

    order = "".join(sorted(question.letters, key=rank))
    # one step on leaves no option where it was
    return order[1:] + order[:1] if order == question.never_shown else order


def on_page(order: str, answer: Answer) -> Answer:
    """Return an answer to shuffled options in the letters of the page.

    Examples
    --------
    >>> on_page("bca", "a"), on_page("bca", "cab"), on_page("", 0.5)
    ('b', 'abc', 0.5)
    """
    if not order or not isinstance(answer, str):
        return answer
    return "".join(order[ord(letter) - ord("a")] for letter in answer)


def as_shown(order: str, answer: Answer) -> Answer:
    """Return an answer in the letters of the page as one to shuffled options.

    Examples
    --------
    >>> as_shown("bca", on_page("bca", "cab"))
    'cab'
    """
    if not order or not isinstance(answer, str):
        return answer
    return "".join(chr(ord("a") + order.index(letter)) for letter in answer)


def shuffled(lab: Lab, seed: int) -> Lab:
    """Return a lab with the options of every question in the order of a seed."""
    seed = check_seed(seed)
    return replace(
        lab,
        questions=tuple(_shuffled(one, order_of(lab.name, one, seed)) for one in lab.questions),
    )


def _shuffled(question: Question, order: str) -> Question:
    if question.kind not in (Kind.CHOICE, Kind.ORDERING):
        return question
    return replace(
        question,
        options=tuple(question.options[ord(letter) - ord("a")] for letter in order),
        answer=_shown_by(order, question.answer),
        misconceptions=tuple(_translated(one, order) for one in question.misconceptions),
    )


def _translated(error: Misconception, order: str) -> Misconception:
    return replace(error, example=_shown_by(order, error.example))


def _shown_by(order: str, compute: Compute) -> Compute:
    def computed(world: World) -> Answer:
        return as_shown(order, compute(world))

    return computed
