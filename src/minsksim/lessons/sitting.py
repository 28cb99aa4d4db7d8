"""How far one learner has come: guesses, answers and what is solved; a frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from minsksim.frozen import FrozenMap
from minsksim.lessons.question import Answer


@dataclass(frozen=True)
class Sitting:
    """What was typed in one lab.

    Attributes
    ----------
    guesses : mapping of str to tuple
        For each question every guess, in the order typed; the last one counts.
    answers : mapping of str to answer
        The last answer to each question that was checked.
    tries : mapping of str to int
        How often each was checked.
    solved : frozenset of str
        The questions answered rightly.
    has_started : bool
        Whether the run has begun, from when on guesses stay as they are.
    """

    guesses: Mapping[str, tuple[Answer, ...]] = field(default_factory=lambda: FrozenMap({}))
    answers: Mapping[str, Answer] = field(default_factory=lambda: FrozenMap({}))
    tries: Mapping[str, int] = field(default_factory=lambda: FrozenMap({}))
    solved: frozenset[str] = frozenset()
    has_started: bool = False

    def guess_of(self, key: str) -> Answer | None:
        """Return the guess that counts, or None."""
        return self.guesses[key][-1] if key in self.guesses else None

    def guessed(self, key: str, answer: Answer) -> Sitting:
        """Return the sitting with one more guess; the same guess again changes nothing."""
        if self.guess_of(key) == answer:
            return self
        before = self.guesses.get(key, ())
        return replace(self, guesses=FrozenMap({**self.guesses, key: (*before, answer)}))

    def started(self) -> Sitting:
        """Return the sitting with the run begun."""
        return replace(self, has_started=True)

    def answered(self, key: str, answer: Answer, *, is_right: bool) -> Sitting:
        """Return the sitting with one more answer checked; what is solved stays solved."""
        return replace(
            self,
            answers=FrozenMap({**self.answers, key: answer}),
            tries=FrozenMap({**self.tries, key: self.tries.get(key, 0) + 1}),
            solved=self.solved | {key} if is_right else self.solved,
        )
