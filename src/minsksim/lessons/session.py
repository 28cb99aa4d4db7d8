"""One learner's sitting: guesses first, then the run, then answers that check themselves.

The only object here that changes. It lives in memory and ends with the notebook: nothing a
learner types is written to disk or sent anywhere.
"""

from __future__ import annotations

import hashlib
import platform
import textwrap
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING

from minsksim.errors import UsageError
from minsksim.experiment.question.question import version_of
from minsksim.lessons import skins
from minsksim.lessons.question import Answer, Kind, Question, Verdict, judge, read_answer, shown
from minsksim.lessons.world import NO_SETTINGS, Settings, World
from minsksim.notice import NOTICE
from minsksim.scenario.places import nearest

if TYPE_CHECKING:
    import pandas as pd

    from minsksim.lessons.lab import Lab
    from minsksim.scenario import Scenario


class Session:
    """A lab while somebody works through it.

    Parameters
    ----------
    lab : Lab
        Its definition.
    skin : {"fictional", "named"}
        Invented names, or those of the case behind the lab.
    say : callable
        Where sentences go.
    """

    def __init__(self, lab: Lab, skin: str, say: Callable[[str], None]) -> None:
        self.lab = lab
        self.world = World(skins.check_skin(skin), lab.cases, lab.seed)
        self._say = say
        self._guesses: dict[str, Answer] = {}
        self._tries: dict[str, int] = {}
        self._solved: set[str] = set()
        self._has_started = False
        self._tell(f"Lab {lab.number}: {lab.heading} All of it runs on this machine.")
        if skin == skins.NAMED:
            self._tell(f"Content note. {lab.note}")

    def __repr__(self) -> str:
        return f"<Session of lab {self.lab.number}: {len(self._solved)} questions solved>"

    def predict(self, key: str, answer: object) -> None:
        """Write down what you expect, before anything is run.

        Parameters
        ----------
        key : str
            The question.
        answer
            Your guess; ``...`` stands for none yet.
        """
        question = self._question(key)
        if answer is ...:
            self._tell(f"{key}: nothing typed yet. Put your guess in place of the three dots.")
        elif not question.is_guessed:
            self._tell(f"{key} needs no guess; check it after the run.")
        elif self._has_started:
            self._tell(
                f"{key}: the run has begun, so your guess stays as it was. To guess afresh, "
                "restart the kernel."
            )
        else:
            self._guesses[key] = read_answer(question, answer)
            self._tell(f"{key}: noted, {shown(question, self._guesses[key])}.")

    def start(self) -> bool:
        """Return whether every guess is typed; from then on guesses cannot change."""
        missing = [one.key for one in self.lab.guessed if one.key not in self._guesses]
        if missing:
            self._tell(
                f"Nothing is run yet: type your guess for {', '.join(missing)} first. "
                "A guess made after the answer teaches nothing."
            )
            return False
        self._has_started = True
        return True

    def check(self, key: str, answer: object) -> None:
        """Say whether an answer is right, and if it is not, what it seems to rest on.

        Parameters
        ----------
        key : str
            The question.
        answer
            Your answer; ``...`` stands for none yet.
        """
        question = self._question(key)
        if question.is_guessed and key not in self._guesses:
            self._tell(f"{key} is not checked: no guess was typed before the run.")
        elif not self._has_started:
            self._tell(f"{key} is not checked: type your guesses and start the run first.")
        elif answer is ...:
            self._tell(f"{key}: nothing typed yet. Put your answer in place of the three dots.")
        else:
            verdict = judge(question, self.world, read_answer(question, answer))
            self._tries[key] = self._tries.get(key, 0) + 1
            self._tell(self._reply(question, answer, verdict))

    def case(self, name: str = "base", settings: Settings = NO_SETTINGS) -> Scenario:
        """Return a scenario of this lab in its skin, with other values by dotted name."""
        return self.world.case(name, settings)

    def runs(
        self, name: str = "base", runs: int = 400, settings: Settings = NO_SETTINGS
    ) -> pd.DataFrame:
        """Return many runs of a scenario of this lab: one row a run, one column a measure."""
        return self.world.runs(name, runs, settings).copy()

    def invariants(self) -> bool:
        """Test what must hold whatever the numbers are, and return whether all of it does."""
        results = [(one.name, one.holds(self.world)) for one in self.lab.invariants]
        for name, holds in results:
            self._tell(f"{'holds ' if holds else 'BROKEN'}  {name}")
        return all(holds for _, holds in results)

    @property
    def solved(self) -> frozenset[str]:
        """The questions answered rightly so far."""
        return frozenset(self._solved)

    def progress(self) -> None:
        """Show which questions are guessed, tried and solved."""
        for question in self.lab.questions:
            tries = self._tries.get(question.key, 0)
            state = "right" if question.key in self._solved else "open"
            guess = ""
            if question.is_guessed:
                typed = self._guesses.get(question.key)
                guess = ", no guess yet" if typed is None else f", guess {shown(question, typed)}"
            self._tell(f"{question.key:<12} {state}, tried {tries}{guess}")
        self._tell(f"{len(self._solved)} of {len(self.lab.questions)} right.")

    def footer(self) -> None:
        """Show what somebody needs to get the same numbers: versions, seed, digests."""
        numbers = ", ".join(f"{name} {version_of(name)}" for name in ("numpy", "numba", "mesa"))
        self._tell(f"minsksim {version('minsksim')}, Python {platform.python_version()}, {numbers}")
        self._tell(f"lab {self.lab.name}, skin {self.world.skin}, seed {self.world.seed}")
        for name in self.lab.cases:
            self._tell(f"case {name}: digest {self.world.case(name).digest[:16]}")
        self._tell(f"answers: digest {digest_of_answers(self.lab, self.world)[:16]}")
        self._tell(NOTICE)

    def teacher(self) -> str:
        """Return the teacher's edition in Markdown: answers, errors, timings, debrief."""
        from minsksim.lessons.teacher import edition

        return edition(self.lab, self.world)

    def _question(self, key: str) -> Question:
        known: Mapping[str, Question] = {one.key: one for one in self.lab.questions}
        if key not in known:
            raise UsageError(f"This lab has no question {key!r}. {nearest(str(key), known)}")
        return known[key]

    def _reply(self, question: Question, answer: object, verdict: Verdict) -> str:
        if not verdict.is_right:
            opening = f"{question.key}: not yet. "
            named = f"This looks like '{verdict.misconception}'. " if verdict.misconception else ""
            return opening + named + self._spelt(verdict.text)
        self._solved.add(question.key)
        return (
            f"{question.key}: right. {self._spelt(verdict.text)}{self._compared(question, answer)}"
        )

    def _compared(self, question: Question, answer: object) -> str:
        if question.key not in self._guesses:
            return ""
        guess = self._guesses[question.key]
        if judge(question, self.world, guess).is_right:
            return " Your guess was right, too."
        text = f" You had guessed {shown(question, guess)}"
        if question.kind is Kind.NUMBER:
            text += f", {abs(float(guess) - float(str(answer))):.3g} away"
        return text + ": what made the difference?"

    def _spelt(self, text: str) -> str:
        return text if self.world.skin == skins.FICTIONAL else skins.real_names(text)

    def _tell(self, text: str) -> None:
        self._say(textwrap.fill(text, 92, subsequent_indent="  ", break_long_words=False))


def digest_of_answers(lab: Lab, world: World) -> str:
    """Return a SHA-256 over all right answers, which tells none of them."""
    parts = [f"{one.key}={shown(one, one.answer(world))}" for one in lab.questions]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
