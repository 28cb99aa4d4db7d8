"""What a lab is made of; all of them are in ``labs/``, their texts in ``pages/``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from minsksim.frozen import FrozenMap
from minsksim.lessons.skins import FICTIONAL

if TYPE_CHECKING:
    from minsksim.lessons.question import Compute, Question
    from minsksim.lessons.world import World

CONTENT_NOTE = (
    "The facts behind this lab concern people held on politically motivated charges. Names are "
    "invented unless you choose otherwise; nobody who is or was held is named, people are counted "
    "by status and never priced. Anyone may sit as an analyst or step out, without a reason and "
    "without a loss of credit."
)
TEXTBOOK_NOTE = (
    "The states and the numbers of this lab are invented, and nobody in it is held. The talk "
    "afterwards may turn to people held on politically motivated charges: nobody who is or was "
    "held is named, people are counted by status and never priced. Anyone may sit as an analyst or "
    "step out, without a reason and without a loss of credit."
)


@dataclass(frozen=True)
class Invariant:
    """Something that must hold whatever the numbers are, and a test of it."""

    name: str
    holds: Callable[[World], bool]


@dataclass(frozen=True)
class Lab:
    """One lab.

    Attributes
    ----------
    name : str
        Identifier, and the name of its page and notebook.
    number : int
        Its place in the course, from 0.
    goals : tuple of str
        Which of the learning goals it serves, such as ``"G2"``.
    warning : str
        The over-reading that it teaches to avoid.
    product : str
        What a student hands in.
    cases : mapping of str to str
        Short name to the scenario it stands for.
    minutes : tuple of int
        Set-up, run and debrief.
    debrief : tuple of str
        Questions for the talk afterwards.
    limit : str
        A question that the model cannot answer.
    facts : mapping of str to callable
        What a name between braces in its page stands for.
    is_textbook : bool
        Whether it plays textbook cases: no real case is behind them, so their names stay as they
        are in either skin.
    """

    name: str
    number: int
    title: str
    question: str
    goals: tuple[str, ...]
    warning: str
    product: str
    questions: tuple[Question, ...]
    invariants: tuple[Invariant, ...]
    debrief: tuple[str, ...]
    limit: str
    cases: Mapping[str, str]
    minutes: tuple[int, int, int] = (10, 30, 20)
    note: str = CONTENT_NOTE
    seed: int = 0
    facts: Mapping[str, Compute] = field(default_factory=lambda: FrozenMap({}))
    is_textbook: bool = False

    @property
    def heading(self) -> str:
        """Title and question, as one line."""
        stop = "" if self.title.endswith("?") else "."
        return f"{self.title}{stop} {self.question}"

    @property
    def guessed(self) -> tuple[Question, ...]:
        """The questions that need a guess before the run."""
        return tuple(question for question in self.questions if question.is_guessed)

    def in_skin(self, wanted: str) -> str:
        """Return the skin that it has where one is wanted."""
        return FICTIONAL if self.is_textbook else wanted
