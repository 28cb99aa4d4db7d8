"""One learner's sitting: guesses first, then the run, then answers that check themselves.

Nothing that a learner types ends in a traceback: what is no answer is said in one line. Guesses
and answers are kept in one small file on this machine, if there is a memory, and sent nowhere.
"""

from __future__ import annotations

import hashlib
import platform
import textwrap
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING

from minsksim._compiled.clock import notebook_clock
from minsksim.errors import UsageError
from minsksim.experiment.question.question import version_of
from minsksim.lessons import skins
from minsksim.lessons.order import shuffled
from minsksim.lessons.question import Answer, Question, Verdict, in_words, judge, read_answer, shown
from minsksim.lessons.record import Record
from minsksim.lessons.replies import to_answer, to_first_guess, to_guess
from minsksim.lessons.sitting import Sitting
from minsksim.lessons.typed import is_blank
from minsksim.lessons.world import NO_SETTINGS, Settings, World
from minsksim.notice import NOTICE
from minsksim.scenario.places import nearest

if TYPE_CHECKING:
    import pandas as pd

    from minsksim.lessons.lab import Lab
    from minsksim.lessons.memory import Memory
    from minsksim.scenario import Scenario

_PLAYING = "playing the runs that this needs"


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
    seed : int
        In whose order the options stand.
    memory : Memory, optional
        Where guesses and answers are kept; without one they end with the kernel.
    """

    def __init__(
        self,
        lab: Lab,
        skin: str,
        say: Callable[[str], None],
        *,
        seed: int = 0,
        memory: Memory | None = None,
    ) -> None:
        self.lab = shuffled(lab, seed)
        self.seed = seed
        self.world = World(lab.in_skin(skins.check_skin(skin)), lab.cases, lab.seed)
        self._say = say
        self._record = Record(memory, self._tell)
        self._tell(f"Lab {lab.number}: {lab.heading} All of it runs on this machine.")
        if self.world.skin == skins.NAMED:
            self._tell(f"Content note. {lab.note}")
        if memory is None:
            self._tell(
                "minsksim writes no file of what you type. Jupyter may: this notebook, its "
                "checkpoint and IPython's history keep cells as typed."
            )
        elif self._record.take_up():
            self._tell(
                f"Taken up from {memory.path.name}: {len(self._sitting.guesses)} of "
                f"{len(lab.guessed)} guesses, {len(self.solved)} of {len(lab.questions)} right. "
                "The kernel is new: go to the cell where you stopped and run all cells above it "
                "(Run > Run All Above Selected Cell). lab.reset() begins afresh."
            )

    def __repr__(self) -> str:
        return f"<Session of lab {self.lab.number}: {len(self.solved)} questions solved>"

    def predict(self, key: object, *typed: object) -> None:
        """Write down what you expect, before anything is run.

        A guess that rests on a frequent misunderstanding is told which one, and what to watch in
        the run.

        Parameters
        ----------
        key : str
            The question.
        *typed
            Your guess; dots, an empty text or None stand for none yet.
        """
        question = self._question(key)
        if question is None:
            return
        given, kept = _joined(typed), self._sitting.guess_of(question.key)
        if not question.is_guessed:
            self._tell(f"{question.key} needs no guess; check it after the run.")
        elif is_blank(given) and kept is not None:
            self._tell(f"{question.key}: kept from before, {shown(question, kept)}.")
        elif is_blank(given):
            self._tell(f"{question.key}: nothing typed yet. Put your guess between the quotes.")
        else:
            answer = self._read(question, given)
            if answer is None:
                return
            if self._sitting.has_started and answer != kept:
                self._tell(
                    f"{question.key}: the run has begun, so your guess stays as it was. "
                    "lab.reset() begins the lab afresh."
                )
                return
            self._record.move(self._sitting.guessed(question.key, answer))
            verdict = self._judged(question, answer, is_guess=True)
            self._tell(to_guess(question, answer, verdict))

    def start(self) -> bool:
        """Return whether every guess is typed; from then on guesses cannot change."""
        missing = [one.key for one in self.lab.guessed if one.key not in self._sitting.guesses]
        if missing:
            self._tell(
                f"Nothing is run yet: type your guess for {', '.join(missing)} first. "
                "A guess made after the answer teaches nothing."
            )
            return False
        if not self._sitting.has_started:
            self._record.move(self._sitting.started())
        return True

    def check(self, key: object, *typed: object) -> None:
        """Say whether an answer is right, and if it is not, what it seems to rest on.

        Parameters
        ----------
        key : str
            The question.
        *typed
            Your answer; dots, an empty text or None stand for none yet.
        """
        question = self._question(key)
        if question is None:
            return
        name, given = question.key, _joined(typed)
        if not self._sitting.has_started:
            self._tell(f"{name} is not checked: type your guesses and start the run first.")
        elif question.is_guessed and name not in self._sitting.guesses:
            self._tell(f"{name} is not checked: no guess was typed before the run.")
        elif is_blank(given) and name not in self._sitting.answers:
            self._tell(f"{name}: nothing typed yet. Put your answer between the quotes.")
        elif is_blank(given):
            answer = self._sitting.answers[name]
            self._tell(f"{name}: kept from before, {shown(question, answer)}.")
            self._tell(self._reply(question, answer))
        else:
            read = self._read(question, given)
            if read is not None:
                is_right = self._judged(question, read).is_right
                self._record.move(self._sitting.answered(name, read, is_right=is_right))
                self._tell(self._reply(question, read))

    def reset(self) -> None:
        """Forget every guess and answer, also in the file that keeps them."""
        self._record.reset()

    def case(self, name: str = "base", settings: Settings = NO_SETTINGS) -> Scenario:
        """Return a scenario of this lab in its skin, with other values by dotted name."""
        return self.world.case(name, settings)

    def runs(
        self, name: str = "base", runs: int = 400, settings: Settings = NO_SETTINGS
    ) -> pd.DataFrame:
        """Return many runs of a scenario of this lab: one row a run, one column a measure."""
        with notebook_clock(_PLAYING, after=1.0):
            return self.world.runs(name, runs, settings).copy()

    def invariants(self) -> bool:
        """Test what must hold whatever the numbers are, and return whether all of it does."""
        with notebook_clock(_PLAYING, after=1.0):
            results = [(one.name, one.holds(self.world)) for one in self.lab.invariants]
        for name, holds in results:
            self._tell(f"{'holds ' if holds else 'BROKEN'}  {name}")
        return all(holds for _, holds in results)

    @property
    def solved(self) -> frozenset[str]:
        """The questions answered rightly so far."""
        return self._sitting.solved

    def progress(self) -> None:
        """Show which questions are guessed, tried and solved."""
        done = self._sitting
        for question in self.lab.questions:
            state = "right" if question.key in done.solved else "open"
            guess = ""
            if question.is_guessed:
                typed = done.guesses.get(question.key, ())
                words = ", then ".join(shown(question, one) for one in typed)
                guess = f", guess {words}" if typed else ", no guess yet"
            self._tell(
                f"{question.key:<12} {state}, tried {done.tries.get(question.key, 0)}{guess}"
            )
        self._tell(f"{len(done.solved)} of {len(self.lab.questions)} right.")

    def footer(self) -> None:
        """Show what somebody needs to get the same numbers: versions, seed, digests."""
        numbers = ", ".join(f"{name} {version_of(name)}" for name in ("numpy", "numba", "mesa"))
        self._tell(f"minsksim {version('minsksim')}, Python {platform.python_version()}, {numbers}")
        self._tell(
            f"lab {self.lab.name}, skin {self.world.skin}, runs with seed {self.world.seed}, "
            f"options in the order of seed {self.seed}"
        )
        for name in self.lab.cases:
            self._tell(f"case {name}: digest {self.world.case(name).digest[:16]}")
        with notebook_clock(_PLAYING, after=1.0):
            digest = digest_of_answers(self.lab, self.world)
        self._tell(f"answers: digest {digest[:16]}")
        self._tell(NOTICE)

    def teacher(self) -> str:
        """Return the teacher's edition in Markdown: answers, errors, timings, debrief."""
        from minsksim.lessons.teacher import edition

        return edition(self.lab, self.world)

    @property
    def _sitting(self) -> Sitting:
        return self._record.sitting

    def _question(self, key: object) -> Question | None:
        known: Mapping[str, Question] = {one.key: one for one in self.lab.questions}
        if isinstance(key, str) and key in known:
            return known[key]
        named = repr(key) if isinstance(key, str) and len(key) < 60 else "of this name"
        self._tell(f"This lab has no question {named}. {nearest(str(key)[:60], known)}")
        return None

    def _read(self, question: Question, given: object) -> Answer | None:
        """Return what was typed as an answer, or say in one line why it is none."""
        try:
            return read_answer(question, given)
        except UsageError as fault:
            self._tell(str(fault))
            return None

    def _judged(self, question: Question, answer: Answer, *, is_guess: bool = False) -> Verdict:
        with notebook_clock(_PLAYING, after=1.0):
            return judge(question, self.world, answer, is_guess=is_guess)

    def _reply(self, question: Question, answer: Answer) -> str:
        verdict = self._judged(question, answer)
        reply = to_answer(question, answer, verdict)
        guesses = self._sitting.guesses.get(question.key, ())
        if not verdict.is_right or not guesses:
            return reply
        was_right = self._judged(question, guesses[0]).is_right
        return reply + to_first_guess(question, guesses, answer, was_right=was_right)

    def _tell(self, text: str) -> None:
        spelt = text if self.world.skin == skins.FICTIONAL else skins.real_names(text)
        self._say(textwrap.fill(spelt, 92, subsequent_indent="  ", break_long_words=False))


def _joined(typed: tuple[object, ...]) -> object:
    """Return what stands between the brackets as one answer: 1,200 without quotes comes as two."""
    if len(typed) < 2:
        return typed[0] if typed else ...
    return ",".join(str(one) for one in typed)


def digest_of_answers(lab: Lab, world: World) -> str:
    """Return a SHA-256 over all right answers, which tells none of them.

    Options go in by their words, so that the order in which they are shown does not matter.
    """
    parts = [f"{one.key}={in_words(one, one.answer(world))}" for one in lab.questions]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
